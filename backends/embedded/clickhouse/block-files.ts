/**
 * Blocks on their way into the engine: the in-process connection takes binary data from files only. A file is written
 * over once the engine has read it: that costs half of what a new one does.
 */
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writevSync } from 'node:fs';
import { join } from 'node:path';

/** More are removed as they come back. */
const SPARE_MAX = 2;

export class BlockFiles {
  private readonly spare: string[] = [];
  private count = 0;

  /** Whatever an earlier process left behind is removed. */
  constructor(private readonly dir: string) {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
  }

  write(pieces: readonly Uint8Array[]): string {
    const path = this.spare.pop() ?? this.create();
    const file = openSync(path, 'r+');
    try {
      let rest = pieces.filter(({ length }) => length > 0);
      while (rest.length > 0) rest = without(rest, writevSync(file, rest));
      ftruncateSync(
        file,
        pieces.reduce((sum, { length }) => sum + length, 0),
      );
    } finally {
      closeSync(file);
    }
    return path;
  }

  /** Nobody reads it any more. */
  release(path: string): void {
    if (this.spare.length < SPARE_MAX) this.spare.push(path);
    else rmSync(path, { force: true });
  }

  private create(): string {
    this.count += 1;
    const path = join(this.dir, `${this.count}.native`);
    closeSync(openSync(path, 'w'));
    return path;
  }
}

/** What remains when the first `written` bytes are gone: a write may be cut short. */
function without(pieces: readonly Uint8Array[], written: number): Uint8Array[] {
  let rest = written;
  return pieces.flatMap((piece) => {
    const taken = Math.min(rest, piece.length);
    rest -= taken;
    return taken === piece.length ? [] : [piece.subarray(taken)];
  });
}
