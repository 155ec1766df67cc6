/**
 * A book repriced by several threads over one shared memory: the caller's thread takes the first share of the rows, one
 * worker each the others. Nothing is copied and nothing allocated while repricing; the bits are those of one thread.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { type PreparedBook, repriceNodes, repriceRows } from './book.js';

export interface BookThreads {
  /** As `repriceBook`; returns when every thread is done. Throws when a thread has died or does not answer. */
  readonly reprice: (now: number) => void;
  readonly close: () => Promise<void>;
}

/** Words of the control buffer: a round to do, the rounds each worker has done from `DONE` on, and whether to stop. */
export const ROUND = 0;
export const STOP = 1;
export const DONE = 2;

const THREADS_MAX = 64;
/** A worker that takes longer than this for its share is taken for dead. */
const ANSWER_MILLIS_MAX = 30_000;

/** Cuts the rows so that shares cost the same: an American row weighs as much as this many European ones. */
const AMERICAN_WEIGHT = 400;

/** Even row numbers 0 = e₀ ≤ e₁ ≤ … ≤ rows. */
export const sharesOf = (book: PreparedBook, threads: number): readonly number[] => {
  const { options } = book.columns;
  const total = options + AMERICAN_WEIGHT * book.americans.length;
  const edges = [0];
  let american = 0;
  for (let row = 0; row < options && edges.length < threads; row++) {
    if (book.americans[american] === row) american++;
    if (row + AMERICAN_WEIGHT * american >= (total * edges.length) / threads) edges.push(row + (row % 2));
  }
  while (edges.length < threads) edges.push(options);
  return [...edges, options];
};

const startWorker = (
  book: PreparedBook,
  control: SharedArrayBuffer,
  share: readonly [number, number],
  at: number,
) => {
  const { memory, sizes, americans, origin } = book;
  const workerData = { memory, sizes, americans, origin, control, start: share[0], end: share[1], at };
  const worker = new Worker(join(__dirname, 'book-worker.js'), { workerData });
  const ready = new Promise<void>((resolve, reject) => {
    worker.once('message', () => {
      // From now on the thread alone keeps nobody's program from ending.
      worker.unref();
      resolve();
    });
    worker.once('error', reject);
  });
  return { worker, ready };
};

/** Needs a book on a shared memory (the WebAssembly kernel); throws on another, and on threads outside 1 to 64. */
export const bookThreads = async (book: PreparedBook, threads: number): Promise<BookThreads> => {
  if (!book.memory) throw new Error('only a book on a WebAssembly memory can be shared between threads');
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= THREADS_MAX))
    throw new Error(`cannot run on ${threads} threads; ask for 1 to ${THREADS_MAX}`);
  const buffer = new SharedArrayBuffer(4 * (DONE + threads));
  const control = new Int32Array(buffer);
  const edges = sharesOf(book, threads);
  const workers = edges
    .slice(1, -1)
    .map((start, i) => startWorker(book, buffer, [start, edges[i + 2]!], DONE + i));
  await Promise.all(workers.map(({ ready }) => ready));
  const own = { start: edges[0]!, end: edges[1]! };

  const reprice: BookThreads['reprice'] = (now) => {
    repriceNodes(book, now);
    const round = Atomics.add(control, ROUND, 1) + 1;
    Atomics.notify(control, ROUND);
    repriceRows(book, own);
    for (let i = 0; i < workers.length; i++) {
      let done = Atomics.load(control, DONE + i);
      while (done !== round) {
        if (Atomics.wait(control, DONE + i, done, ANSWER_MILLIS_MAX) === 'timed-out')
          throw new Error(`pricing thread ${i + 1} does not answer; close the book and prepare it anew`);
        done = Atomics.load(control, DONE + i);
      }
    }
  };
  const close = async (): Promise<void> => {
    Atomics.store(control, STOP, 1);
    Atomics.add(control, ROUND, 1);
    Atomics.notify(control, ROUND);
    await Promise.all(workers.map(({ worker }) => worker.terminate()));
  };
  return { reprice, close };
};
