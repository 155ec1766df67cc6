/** A thread of `book-threads.ts`: told of a round, it reprices its rows and says so; the first one makes the nodes. */
import { parentPort, workerData } from 'node:worker_threads';
import { computeNodes, repriceRows } from './book';
import { NODES_DONE, type RoundRequest } from './book-threads';
import type { ColumnSizes } from './columns';
import { wasmSolver } from './wasm-american';
import { wasmBook } from './wasm-kernel';
import type { KernelMemory } from './web-assembly';

interface Share {
  readonly memory: KernelMemory;
  readonly sizes: ColumnSizes;
  readonly control: SharedArrayBuffer;
  /** Whether this thread makes the nodes. */
  readonly first: boolean;
}

/** The first thread has died if its nodes, a fraction of a millisecond, take longer. */
const NODES_MILLIS_MAX = 30_000;

const awaitNodes = (control: Int32Array, round: number): void => {
  for (let done = Atomics.load(control, NODES_DONE); done !== round; done = Atomics.load(control, NODES_DONE))
    if (Atomics.wait(control, NODES_DONE, done, NODES_MILLIS_MAX) === 'timed-out')
      throw new Error('the nodes of the book do not come; its first thread has died');
};

const serve = ({ memory, sizes, control: buffer, first }: Share): void => {
  const book = { ...wasmBook(memory, sizes), solver: wasmSolver() };
  const control = new Int32Array(buffer);
  parentPort?.on('message', (request: RoundRequest) => {
    if (first) {
      computeNodes(book, request);
      Atomics.store(control, NODES_DONE, request.round);
      Atomics.notify(control, NODES_DONE);
    } else awaitNodes(control, request.round);
    repriceRows(book, request);
    parentPort?.postMessage('done');
  });
  parentPort?.postMessage('ready');
};

// Imported for its constants' sake elsewhere, this file does nothing; as a worker it has its share.
const share = workerData as Share | null;
if (share?.control instanceof SharedArrayBuffer && 'first' in share) serve(share);
