/** A thread of `book-threads.ts`: waits for a round, reprices its rows, says so. */
import { parentPort, workerData } from 'node:worker_threads';
import { type PreparedBook, repriceRows } from './book.js';
import { DONE, ROUND, STOP } from './book-threads.js';
import type { ColumnSizes } from './columns.js';
import { wasmSolver } from './wasm-american.js';
import { wasmBook } from './wasm-kernel.js';
import type { KernelMemory } from './web-assembly.js';

interface Share {
  readonly memory: KernelMemory;
  readonly sizes: ColumnSizes;
  readonly americans: Uint32Array;
  readonly origin: number;
  readonly control: SharedArrayBuffer;
  readonly start: number;
  readonly end: number;
  /** The word of the control buffer that this worker answers in. */
  readonly at: number;
}

const serve = ({ memory, sizes, americans, origin, control: buffer, start, end, at }: Share): void => {
  const book: PreparedBook = {
    ...wasmBook(memory, sizes),
    solver: wasmSolver(),
    sizes,
    americans,
    origin,
    memory,
  };
  const control = new Int32Array(buffer);
  let round = 0;
  parentPort?.postMessage('ready');
  while (Atomics.load(control, STOP) === 0) {
    Atomics.wait(control, ROUND, round);
    if (Atomics.load(control, STOP) !== 0) return;
    round = Atomics.load(control, ROUND);
    repriceRows(book, { start, end });
    Atomics.store(control, at, round);
    Atomics.notify(control, at);
  }
};

// Imported for its constants' sake elsewhere, this file does nothing; as a worker it has its share.
const share = workerData as Share | null;
if (share && share.at >= DONE) serve(share);
