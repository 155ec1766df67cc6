/** Blocks on their way into the engine: the in-process connection takes binary data from files only. */
import { closeSync, mkdirSync, openSync, rmSync, writevSync } from 'node:fs';
import { join } from 'node:path';

export class BlockFiles {
  private count = 0;

  /** Whatever an earlier process left behind is removed. */
  constructor(private readonly dir: string) {
    rmSync(dir, { recursive: true, force: true });
    mkdirSync(dir, { recursive: true });
  }

  write(pieces: readonly Uint8Array[]): string {
    this.count += 1;
    const path = join(this.dir, `${this.count}.native`);
    const file = openSync(path, 'w');
    try {
      let rest = pieces.filter(({ length }) => length > 0);
      while (rest.length > 0) rest = without(rest, writevSync(file, rest));
    } finally {
      closeSync(file);
    }
    return path;
  }

  remove(path: string): void {
    rmSync(path, { force: true });
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
