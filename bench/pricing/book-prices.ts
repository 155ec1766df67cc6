/**
 * A book repriced from its columns: `node dist/bench/pricing/book-prices.js`.
 *
 * 100,000 options on 500 underlyings in 12 expiries; price and seven Greeks, gathering of marks, rates and nodes included.
 * Then the same with 10 % of them American, with the same Greeks, on one thread and on two.
 */
import { type BookOption, type PreparedBook, prepareBook, repriceBook } from '../../pricing/batch/book';
import { bookThreads } from '../../pricing/batch/book-threads';
import { cheapest, drawn, fastest, report } from './option-cases';

const OPTIONS = 100_000;
const UNDERLYINGS = 500;
const EXPIRIES = 12;
const ORIGIN = Date.UTC(2026, 0, 5) * 1000;
const MONTH = 30 * 86_400e6;

const options = (americanShare: number): readonly BookOption[] => {
  const next = drawn(1);
  return Array.from({ length: OPTIONS }, () => {
    const underlying = Math.floor(next() * UNDERLYINGS);
    const expiry = Math.floor(next() * EXPIRIES);
    return {
      right: next() < 0.5 ? ('call' as const) : ('put' as const),
      exercise: next() < americanShare ? ('american' as const) : ('european' as const),
      strike: 100 * Math.exp(next() - 0.5),
      expiry: ORIGIN + (expiry + 1) * MONTH,
      underlying,
      rate: expiry,
      yield: underlying,
    };
  });
};

const filled = (americanShare: number, kernel: 'wasm-simd' | 'javascript'): PreparedBook => {
  const book = prepareBook(options(americanShare), { origin: ORIGIN, kernel });
  if (!book.ok) throw new Error(book.message);
  const next = drawn(2);
  const { columns } = book.value;
  for (let i = 0; i < UNDERLYINGS; i++) {
    columns.spots[i] = 90 + 20 * next();
    columns.yieldValues[i] = 0.03 * next();
  }
  for (let i = 0; i < EXPIRIES; i++) columns.rateValues[i] = 0.02 + 0.001 * i;
  for (let i = 0; i < OPTIONS; i++) columns.volatilities[i] = 0.15 + 0.3 * next();
  return book.value;
};

const allocated = (book: PreparedBook): number => {
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 50; i++) repriceBook(book, ORIGIN);
  return (process.memoryUsage().heapUsed - before) / 50;
};

let seconds = 0;
/** A second on: exercise boundaries are those of a time, and must be solved for again. */
const later = (): number => ORIGIN + 1e6 * ++seconds;

/** Seconds of the fastest of several rounds that end later. */
const fastestOf = async (times: number, work: () => Promise<void>): Promise<number> => {
  let least = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    await work();
    least = Math.min(least, performance.now() - start);
  }
  return least / 1000;
};

const run = async (): Promise<void> => {
  for (const kernel of ['wasm-simd', 'javascript'] as const) {
    const book = filled(0, kernel);
    const seconds = fastest(60, () => repriceBook(book, ORIGIN));
    report(`European, price and 7 Greeks, one thread, ${kernel}`, OPTIONS / seconds / 1e6, 'M options/s');
    if (kernel === 'wasm-simd') report('  heap per repricing of 100,000', allocated(book), 'bytes');
  }
  const mixed = filled(0.1, 'wasm-simd');
  const one = fastest(5, () => repriceBook(mixed, later()));
  report('10 % American, one thread', one * 1e3, 'ms a book');
  const processor = cheapest(5, () => repriceBook(mixed, later()));
  report('  by processor time', processor * 1e3, 'ms a book');
  const plain = filled(0.1, 'javascript');
  report('  in JavaScript', fastest(3, () => repriceBook(plain, later())) * 1e3, 'ms a book');
  const threads = await bookThreads(mixed, 2);
  const two = await fastestOf(10, () => threads.reprice(later()));
  report('10 % American, two threads', two * 1e3, 'ms a book');
  await threads.close();
};

export const bench = { name: 'book-prices', run };

if (require.main === module) void bench.run();
