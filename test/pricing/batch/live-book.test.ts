/**
 * A book that lives is the book prepared afresh from what it holds now, bit for bit, whatever came before; and a tick
 * costs the rows that it moves.
 */
import fc from 'fast-check';
import {
  type BookOption,
  delistOption,
  listOption,
  MICROS_PER_YEAR,
  type PreparedBook,
  prepareBook,
  reasonOf,
  repriceBook,
  repriceMoved,
  setRate,
  setSmile,
  setSpot,
  setTime,
  setVolatility,
  setYield,
} from '../../../pricing/batch/book';
import { bookThreads } from '../../../pricing/batch/book-threads';
import { MEASURES } from '../../../pricing/batch/columns';
import type { BookSmile } from '../../../pricing/batch/smiles';
import { cases } from '../../support/long-runs';

const ORIGIN = Date.UTC(2026, 0, 5) * 1000;
const HOUR = 3600e6;
const ROOM = { options: 40, nodes: 24, underlyings: 4, rates: 4, yields: 4, smiles: 4 };

/** Small alphabets, so that rows share nodes and inputs. */
const option: fc.Arbitrary<BookOption> = fc
  .record({
    right: fc.constantFrom('call' as const, 'put' as const),
    exercise: fc.constantFrom('european' as const, 'european' as const, 'american' as const),
    strike: fc.constantFrom(80, 95, 100, 110),
    expiry: fc.constantFrom(ORIGIN + 2 * HOUR, ORIGIN + 0.1 * MICROS_PER_YEAR, ORIGIN + MICROS_PER_YEAR),
    on: fc.constantFrom('spot' as const, 'spot' as const, 'future' as const, 'coin' as const),
    underlying: fc.constantFrom(0, 1, 2),
    rate: fc.constantFrom(0, 1),
    yield: fc.constantFrom(0, 1),
    smile: fc.constantFrom(undefined, undefined, 0, 1),
    pays: fc.constantFrom(
      ...(['vanilla', 'vanilla', 'vanilla', 'cash', 'asset', 'knock-out', 'knock-in'] as const),
    ),
  })
  .map(({ smile, exercise, pays, on, ...rest }) => ({
    ...rest,
    on,
    pays,
    exercise: pays === 'vanilla' && on !== 'coin' ? exercise : ('european' as const),
    ...(smile !== undefined && { smile }),
    ...(pays === 'cash' && { cash: 3 }),
    ...(pays.startsWith('knock') && { lower: 70, upper: 125, cash: 1 }),
  }));

type Step =
  | { readonly do: 'list'; readonly option: BookOption }
  | { readonly do: 'delist' | 'volatility'; readonly which: number; readonly value: number }
  | { readonly do: 'spot' | 'rate' | 'yield'; readonly place: number; readonly value: number }
  | { readonly do: 'smile'; readonly place: number; readonly level: number }
  | { readonly do: 'time'; readonly hours: number }
  | { readonly do: 'reprice' };

const place = fc.constantFrom(0, 1, 2);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('list' as const), option }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('delist' as const, 'volatility' as const, 'volatility' as const),
      which: fc.nat(30),
      value: fc.constantFrom(0.1, 0.35, 0, -0.2, Number.NaN),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('spot' as const),
      place,
      value: fc.constantFrom(97, 100, 103, 69, 130, 0, -1, Number.NaN, Number.POSITIVE_INFINITY),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('rate' as const, 'yield' as const),
      place: fc.constantFrom(0, 1),
      value: fc.constantFrom(0.04, 0, -0.01, -0.05, 400, Number.NaN),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('smile' as const),
      place: fc.constantFrom(0, 1),
      level: fc.constantFrom(0.01, 0.04, Number.NaN),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('time' as const), hours: fc.constantFrom(0, 1, 2, 48) }),
  },
  { weight: 4, arbitrary: fc.constant({ do: 'reprice' as const }) },
);

const smileOf = (level: number): BookSmile | undefined =>
  Number.isNaN(level)
    ? undefined
    : { parameters: { a: level, b: 0.1, rho: -0.4, m: 0, sigma: 0.2 }, forward: 100, expiry: 1 };

const emptyBook = (kernel: 'wasm-simd' | 'javascript' = 'wasm-simd'): PreparedBook => {
  const book = prepareBook([], { origin: ORIGIN, kernel, room: ROOM });
  if (!book.ok) throw new Error(book.message);
  return book.value;
};

/** A plain account of what the book was told: the oracle's own state. */
interface Account {
  readonly rows: Map<number, { readonly option: BookOption; volatility?: number }>;
  readonly inputs: Map<string, () => void>;
  now: number;
}

const apply = (book: PreparedBook, account: Account, at: Step): void => {
  const nth = (which: number): number | undefined => [...account.rows.keys()].sort((a, b) => a - b)[which];
  if (at.do === 'list') {
    const row = listOption(book, at.option);
    if (row.ok) account.rows.set(row.value, { option: at.option });
    else expect(row.reason).toBe('book-is-full');
  } else if (at.do === 'delist') {
    const row = nth(at.which);
    if (row === undefined) return;
    expect(delistOption(book, row).ok).toBe(true);
    account.rows.delete(row);
    expect(reasonOf(book, row)).toBe('not-listed');
  } else if (at.do === 'volatility') {
    const row = nth(at.which);
    if (row === undefined || account.rows.get(row)!.option.smile !== undefined) return;
    account.rows.get(row)!.volatility = at.value;
    setVolatility(book, row, at.value);
  } else if (at.do === 'reprice') repriceMoved(book);
  else {
    const set = (to: PreparedBook): void => {
      if (at.do === 'spot') setSpot(to, at.place, at.value);
      if (at.do === 'rate') setRate(to, at.place, at.value);
      if (at.do === 'yield') setYield(to, at.place, at.value);
      if (at.do === 'smile') setSmile(to, at.place, smileOf(at.level));
      if (at.do === 'time') setTime(to, ORIGIN + at.hours * HOUR);
    };
    set(book);
    const key = `${at.do} ${'place' in at ? at.place : ''}`;
    account.inputs.set(key, () => set(fresh));
    if (at.do === 'time') account.now = ORIGIN + at.hours * HOUR;
  }
};

let fresh: PreparedBook;

/** The account's book from nothing, in another order of rows. */
const afresh = (account: Account): ReadonlyMap<number, number> => {
  fresh = emptyBook();
  const places = new Map<number, number>();
  for (const [row, { option: booked, volatility }] of [...account.rows].reverse()) {
    const listed = listOption(fresh, booked);
    if (!listed.ok) throw new Error(listed.message);
    places.set(row, listed.value);
    if (volatility !== undefined) setVolatility(fresh, listed.value, volatility);
  }
  for (const set of account.inputs.values()) set();
  repriceBook(fresh, account.now);
  return places;
};

const expectSameBits = (book: PreparedBook, account: Account): void => {
  for (const [row, there] of afresh(account)) {
    expect(reasonOf(book, row)).toBe(reasonOf(fresh, there));
    const values = MEASURES.map((measure) => book.columns[measure][row]!);
    expect(values).toEqual(MEASURES.map((measure) => fresh.columns[measure][there]!));
    // Missing is a reason: never a NaN without one, never a reason for no values beside some.
    const isPriced = ['priced', 'barrier-touched'].includes(reasonOf(book, row));
    expect(values.every((value) => Number.isFinite(value) === isPriced)).toBe(true);
  }
};

test('after any history a book has the bits of a fresh one, and every row without values says why', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
      const book = emptyBook();
      const account: Account = { rows: new Map(), inputs: new Map(), now: ORIGIN };
      for (const at of steps) apply(book, account, at);
      repriceMoved(book);
      expectSameBits(book, account);
      for (const row of account.rows.keys()) seen.add(reasonOf(book, row));
    }),
    { numRuns: cases(150), seed: 7 },
  );
  for (const reason of ['priced', 'expired', 'spot-missing', 'volatility-missing', 'rate-missing'])
    expect(seen).toContain(reason);
});

const chain = (underlyings: number, strikes: number): readonly BookOption[] =>
  Array.from({ length: underlyings * strikes }, (_, i) => ({
    right: i % 2 === 0 ? ('call' as const) : ('put' as const),
    exercise: 'european' as const,
    strike: 80 + (i % strikes),
    expiry: ORIGIN + ((i % 3) + 1) * 0.1 * MICROS_PER_YEAR,
    underlying: Math.floor(i / strikes),
    rate: i % 3,
    yield: Math.floor(i / strikes),
  }));

const chainBook = (): PreparedBook => {
  const book = prepareBook(chain(20, 30), { origin: ORIGIN });
  if (!book.ok) throw new Error(book.message);
  for (let i = 0; i < 20; i++) {
    setSpot(book.value, i, 90 + i);
    setYield(book.value, i, 0.01);
  }
  for (let i = 0; i < 3; i++) setRate(book.value, i, 0.02);
  for (let row = 0; row < 600; row++) setVolatility(book.value, row, 0.2 + row / 3000);
  repriceBook(book.value, ORIGIN);
  return book.value;
};

test.each([
  ['a spot', (book: PreparedBook) => setSpot(book, 7, 101), 30, 3],
  ['a yield', (book: PreparedBook) => setYield(book, 7, 0.02), 30, 3],
  ['a rate', (book: PreparedBook) => setRate(book, 1, 0.03), 200, 20],
  ['a volatility', (book: PreparedBook) => setVolatility(book, 100, 0.5), 1, 0],
  ['an input that stays', (book: PreparedBook) => setSpot(book, 7, 97), 0, 0],
  [
    'a listing',
    (book: PreparedBook) => listOption(book, { ...chain(1, 1)[0]!, strike: 123, underlying: 4 }),
    1,
    1,
  ],
] as const)('%s costs its own rows', (_name, move, rows, nodes) => {
  const book = chainBook();
  const before = { rows: book.state.rowsPriced, nodes: book.state.nodesComputed };
  move(book);
  const moved = repriceMoved(book);
  expect(moved).toHaveLength(rows);
  expect(new Set(moved).size).toBe(rows);
  expect(book.state.rowsPriced - before.rows).toBe(rows);
  expect(book.state.nodesComputed - before.nodes).toBe(nodes);
});

test('rows that are taken out make room for others, and a full book says so', () => {
  const book = emptyBook('javascript');
  const line = { ...chain(1, 1)[0]!, strike: 100 };
  const rows = Array.from({ length: ROOM.options }, () => listOption(book, line));
  expect(rows.every(({ ok }) => ok)).toBe(true);
  expect(listOption(book, line)).toMatchObject({ ok: false, reason: 'book-is-full' });
  expect(delistOption(book, 17)).toEqual({ ok: true, value: true });
  expect(delistOption(book, 17)).toMatchObject({ ok: false, reason: 'row-must-be-listed' });
  expect(listOption(book, line)).toEqual({ ok: true, value: 17 });
  // A node is let go with its last row: twice as many expiries as there is room for nodes.
  for (let row = 0; row < ROOM.options; row++) delistOption(book, row);
  for (let i = 0; i < 2 * ROOM.nodes; i++) {
    const row = listOption(book, { ...line, expiry: line.expiry + i * HOUR });
    if (!row.ok) throw new Error(row.message);
    delistOption(book, row.value);
  }
});

test('an input that arrives while threads reprice is taken after the round', async () => {
  const [book, alone] = [chainBook(), chainBook()];
  const threads = await bookThreads(book, 2);
  const round = threads.reprice(ORIGIN);
  setSpot(book, 3, 88);
  setSpot(book, 3, 89);
  expect(listOption(book, chain(1, 1)[0]!)).toMatchObject({ ok: false, reason: 'book-is-repricing' });
  expect(() => repriceMoved(book)).toThrow('a round is running');
  await expect(threads.reprice(ORIGIN)).rejects.toThrow('a round is running');
  await round;
  expect(book.columns.price).toEqual(alone.columns.price);
  expect(repriceMoved(book)).toHaveLength(30);
  setSpot(alone, 3, 89);
  repriceMoved(alone);
  await threads.close();
  for (const measure of MEASURES) expect(book.columns[measure]).toEqual(alone.columns[measure]);
});

test.each([
  [{ right: 'CALL' }, 'right-must-be-known'],
  [{ exercise: 'bermudan' }, 'exercise-must-be-known'],
  [{ on: 'bond' }, 'on-must-be-known'],
  [{ pays: 'nothing' }, 'pays-must-be-known'],
  [{ pays: 'cash' }, 'cash-must-be-positive'],
  [{ pays: 'knock-out' }, 'barriers-must-be-in-order'],
  [{ pays: 'knock-in', lower: 100, upper: 90 }, 'barriers-must-be-in-order'],
  [{ exercise: 'american', on: 'coin' }, 'exercise-must-be-european'],
  [{ strike: Number.NaN }, 'strike-must-be-positive'],
  [{ expiry: 1e300 }, 'expiry-must-be-near'],
  [{ underlying: 0.5 }, 'place-must-be-a-number'],
  [{ yield: undefined }, 'place-must-be-a-number'],
  [{ smile: -1 }, 'place-must-be-a-number'],
  [{ underlying: 99 }, 'book-is-full'],
])('an option with %j is refused: %s', (change, reason) => {
  const wrong = { ...chain(1, 1)[0]!, ...change } as BookOption;
  expect(listOption(emptyBook('javascript'), wrong)).toMatchObject({ ok: false, reason });
});

test('rows and nodes that came after the threads started are priced by them, to the bits of one thread', async () => {
  const [book, alone] = [chainBook(), chainBook()];
  const threads = await bookThreads(book, 2);
  for (const to of [book, alone])
    for (let i = 0; i < 300; i++) {
      const exercise = i % 4 === 0 ? ('american' as const) : ('european' as const);
      const expiry = ORIGIN + (40 + (i % 9)) * 24 * HOUR;
      const row = listOption(to, { ...chain(20, 30)[i]!, exercise, expiry });
      if (!row.ok) throw new Error(row.message);
      setVolatility(to, row.value, 0.3);
    }
  await threads.reprice(ORIGIN + HOUR);
  await threads.close();
  repriceBook(alone, ORIGIN + HOUR);
  expect(reasonOf(book, 899)).toBe('priced');
  for (const measure of MEASURES) expect(book.columns[measure]).toEqual(alone.columns[measure]);
  expect(book.columns.reasons).toEqual(alone.columns.reasons);
});

test('a valuation time that is none is a mistake, not an expiry', () => {
  const book = chainBook();
  expect(() => setTime(book, Number.NaN)).toThrow('NaN is no valuation time');
  expect(() => repriceBook(book, Number.POSITIVE_INFINITY)).toThrow('no valuation time');
  expect(reasonOf(book, 0)).toBe('priced');
});
