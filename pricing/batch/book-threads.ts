/**
 * A book repriced by threads over one shared memory, while the caller's thread goes on.
 *
 * Nothing is copied and nothing allocated for a row; the bits are those of one thread. Inputs that are set during a round
 * wait for its end and are then taken, the last one of each; rows come and go between rounds.
 */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PreparedBook } from './book';
import { KIND } from './book-option';
import { beginRound, takeWaiting } from './book-state';
import { yearsAt } from './prepared-book';

export interface BookThreads {
  /** As `repriceBook`, on the threads. Rejects when one has died, and while another round runs. */
  readonly reprice: (now: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What a worker is asked for: its rows, and for the first one the nodes before them. */
export interface RoundRequest {
  readonly round: number;
  readonly start: number;
  readonly end: number;
  readonly nodes: number;
  readonly underlyings: number;
  /** Years after the book's origin. */
  readonly now: number;
}

/** Word of the control buffer: the last round whose nodes are there. */
export const NODES_DONE = 0;

const THREADS_MAX = 64;
/** Shares cost the same: what a row weighs against a European one. */
const WEIGHTS: Readonly<Record<number, number>> = {
  [KIND.american]: 400,
  [KIND.knockOut]: 600,
  [KIND.knockIn]: 600,
  [KIND.cash]: 10,
  [KIND.asset]: 10,
};

const weightOf = (kind: number): number => WEIGHTS[kind] ?? 1;

/** Even row numbers 0 = e₀ ≤ e₁ ≤ … ≤ rows. */
export const sharesOf = ({ columns, state }: PreparedBook, threads: number): readonly number[] => {
  let total = 0;
  for (let row = 0; row < state.rows; row++) total += weightOf(columns.kinds[row]!);
  const edges = [0];
  let sum = 0;
  for (let row = 0; row < state.rows && edges.length < threads; row++) {
    sum += weightOf(columns.kinds[row]!);
    if (sum >= (total * edges.length) / threads) edges.push(Math.min(row + 1 + ((row + 1) % 2), state.rows));
  }
  while (edges.length < threads) edges.push(state.rows);
  return [...edges, state.rows];
};

interface Thread {
  readonly worker: Worker;
  /** Resolves with the worker's next answer; rejects when it dies. */
  readonly answer: () => Promise<void>;
}

const startThread = async (
  book: PreparedBook,
  control: SharedArrayBuffer,
  first: boolean,
): Promise<Thread> => {
  const { memory, sizes } = book;
  const worker = new Worker(join(__dirname, 'book-worker.js'), {
    workerData: { memory, sizes, control, first },
  });
  const answer = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const ended = (settle: () => void): void => {
        worker.off('message', told);
        worker.off('error', died);
        worker.off('exit', left);
        settle();
      };
      const told = (): void => ended(resolve);
      const died = (cause: Error): void =>
        ended(() => reject(new Error('a pricing thread died; prepare the book anew', { cause })));
      const left = (code: number): void =>
        ended(() => reject(new Error(`a pricing thread left with code ${code}; prepare the book anew`)));
      worker.once('message', told);
      worker.once('error', died);
      worker.once('exit', left);
    });
  await answer();
  // Between rounds the thread alone keeps nobody's program from ending.
  worker.unref();
  return { worker, answer };
};

const ask = async ({ worker, answer }: Thread, request: RoundRequest): Promise<void> => {
  worker.ref();
  worker.postMessage(request);
  try {
    await answer();
  } finally {
    worker.unref();
  }
};

/** Needs a book on a shared memory (the WebAssembly kernel); throws on another, and on threads outside 1 to 64. */
export const bookThreads = async (book: PreparedBook, count: number): Promise<BookThreads> => {
  if (!book.memory) throw new Error('only a book on a WebAssembly memory can be shared between threads');
  if (!(Number.isInteger(count) && count >= 1 && count <= THREADS_MAX))
    throw new Error(`cannot run on ${count} threads; ask for 1 to ${THREADS_MAX}`);
  const control = new SharedArrayBuffer(8);
  const threads = await Promise.all(
    Array.from({ length: count }, (_, i) => startThread(book, control, i === 0)),
  );
  const { state, origin } = book;
  let round = 0;

  const reprice = async (now: number): Promise<void> => {
    if (state.busy) throw new Error('a round is running; wait for it before the next one');
    state.now = yearsAt(origin, now);
    state.busy = true;
    round = (round + 1) | 0;
    const edges = sharesOf(book, count);
    const common = { round, nodes: state.nodes, underlyings: state.used.underlying, now: state.now };
    beginRound(state);
    try {
      await Promise.all(
        threads.map((thread, i) => ask(thread, { ...common, start: edges[i]!, end: edges[i + 1]! })),
      );
      state.rowsPriced += state.rows;
      state.nodesComputed += state.nodes;
    } catch (error) {
      state.allMoved = true;
      throw error;
    } finally {
      state.busy = false;
      takeWaiting(state);
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  };
  return { reprice, close };
};
