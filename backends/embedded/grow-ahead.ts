/**
 * Makes LMDB's file longer before a commit has to: a flush that also has the file's length to write waits for the journal
 * of the file system, and one in a hundred waits long. Written as zeros and flushed, a piece at a time, while nothing
 * waits; LMDB takes pages from there as it would beyond the end. The file never shrinks, and has at most AHEAD_BYTES_MAX
 * that nobody uses yet.
 */
import { closeSync, fdatasyncSync, fstatSync, openSync, statfsSync, writeSync } from 'node:fs';

const PIECE_BYTES = 2 ** 20;
const AHEAD_BYTES_MAX = 16 * 2 ** 20;
/** A small store gets a small share of its size. */
const AHEAD_SHARE = 1 / 4;
/** Where the disk has less than so many pieces left, its room is for what is written. */
const FREE_PIECES_MIN = 1024;

export class GrowAhead {
  private readonly handle: number;
  private readonly zeros = Buffer.alloc(PIECE_BYTES);
  private failed = false;

  constructor(
    private readonly dir: string,
    file: string,
  ) {
    this.handle = openSync(file, 'r+');
  }

  /** Writes a piece if one is wanted, given how much of the file is in use; answers whether there is more to do. */
  slice(usedBytes: number): boolean {
    if (this.failed) return false;
    const { size } = fstatSync(this.handle);
    const ahead = Math.min(AHEAD_BYTES_MAX, usedBytes * AHEAD_SHARE);
    if (size - usedBytes >= ahead) return false;
    try {
      const { bavail, bsize } = statfsSync(this.dir);
      if (bavail * bsize < FREE_PIECES_MIN * PIECE_BYTES) return false;
      // Only ever beyond the end: nothing that is in use lies there, and this thread alone makes the file longer.
      writeSync(this.handle, this.zeros, 0, PIECE_BYTES, Math.max(size, usedBytes));
      fdatasyncSync(this.handle);
      return true;
    } catch {
      // No room, or a file system that tells nothing: commits make the file longer themselves, and say so if they cannot.
      this.failed = true;
      return false;
    }
  }

  close(): void {
    closeSync(this.handle);
  }
}
