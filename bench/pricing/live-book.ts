/**
 * A book that lives: `node dist/bench/pricing/live-book.js`.
 *
 * 100,000 options on 490 underlyings, 204 each: one tick of spot, of a rate, of a smile; a listing and a delisting; and the
 * same tick where a tenth of the rows are American. The figure is the median, from the input to the last value written.
 */
import {
  type BookOption,
  delistOption,
  listOption,
  type PreparedBook,
  prepareBook,
  repriceBook,
  repriceMoved,
  setRate,
  setSmile,
  setSpot,
  setVolatility,
  setYield,
} from '../../pricing/batch/book';
import { drawn, report } from './option-cases';

const UNDERLYINGS = 490;
const EACH = 204;
const EXPIRIES = 12;
const ORIGIN = Date.UTC(2026, 0, 5) * 1000;
const MONTH = 30 * 86_400e6;

const options = (americanShare: number): readonly BookOption[] => {
  const next = drawn(3);
  // Rows of one underlying lie scattered over the book, as listings come.
  return Array.from({ length: UNDERLYINGS * EACH }, (_, i) => ({
    right: next() < 0.5 ? ('call' as const) : ('put' as const),
    exercise: next() < americanShare ? ('american' as const) : ('european' as const),
    strike: 100 * Math.exp(next() - 0.5),
    expiry: ORIGIN + (1 + (Math.floor(i / UNDERLYINGS) % EXPIRIES)) * MONTH,
    underlying: i % UNDERLYINGS,
    rate: Math.floor(i / UNDERLYINGS) % EXPIRIES,
    yield: i % UNDERLYINGS,
    ...(i % UNDERLYINGS === 0 && { smile: Math.floor(i / UNDERLYINGS) % EXPIRIES }),
  }));
};

const filled = (americanShare: number): PreparedBook => {
  const book = prepareBook(options(americanShare), { origin: ORIGIN });
  if (!book.ok) throw new Error(book.message);
  const next = drawn(4);
  for (let i = 0; i < UNDERLYINGS; i++) {
    setSpot(book.value, i, 90 + 20 * next());
    setYield(book.value, i, 0.03 * next());
  }
  for (let i = 0; i < EXPIRIES; i++) {
    setRate(book.value, i, 0.02 + 0.001 * i);
    setSmile(book.value, i, smile(0));
  }
  for (let row = 0; row < UNDERLYINGS * EACH; row++)
    if (row % UNDERLYINGS !== 0) setVolatility(book.value, row, 0.15 + 0.3 * next());
  repriceBook(book.value, ORIGIN);
  return book.value;
};

const smile = (i: number) => ({
  parameters: { a: 0.02 + 1e-6 * i, b: 0.1, rho: -0.4, m: 0, sigma: 0.2 },
  forward: 100,
  expiry: 1,
});

/** Median microseconds of an action with its repricing, and how many rows it priced. */
const timed = (name: string, book: PreparedBook, times: number, act: (i: number) => void): void => {
  const took: number[] = [];
  const before = book.state.rowsPriced;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    act(i);
    repriceMoved(book);
    took.push(1000 * (performance.now() - start));
  }
  took.sort((a, b) => a - b);
  const rows = (book.state.rowsPriced - before) / times;
  report(`${name}, ${rows} rows`, took[times >> 1]!, 'µs');
};

const run = (): void => {
  for (const share of [0, 0.1]) {
    const book = filled(share);
    const what = share === 0 ? 'all European' : 'a tenth American';
    timed(`spot, ${what}`, book, 2000, (i) => setSpot(book, 1 + (i % 480), 95 + 0.001 * i));
    if (share > 0) continue;
    timed('smile', book, 1000, (i) => setSmile(book, i % EXPIRIES, smile(i)));
    timed('volatility', book, 2000, (i) => setVolatility(book, 1 + (i % 480), 0.2 + 1e-5 * i));
    timed('rate', book, 50, (i) => setRate(book, i % EXPIRIES, 0.03 + 1e-5 * i));
    const option = options(0)[1]!;
    timed('listing', book, 2000, (i) => listOption(book, { ...option, strike: 90 + 0.001 * i }));
    const rows = UNDERLYINGS * EACH;
    timed('delisting', book, 2000, (i) => delistOption(book, rows + i));
    timed('listing with a node of its own', book, 1000, (i) =>
      listOption(book, { ...option, expiry: option.expiry + 1e6 * (i + 1) }),
    );
  }
};

export const bench = { name: 'live-book', run };

if (require.main === module) run();
