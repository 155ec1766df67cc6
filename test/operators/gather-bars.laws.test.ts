import fc from 'fast-check';
import { bars } from '../../pipelines/bars';
import { type Outcome, obeysLaws } from '../support/laws';
import { type History, type Row, Run } from '../support/run';

const SECOND = 1_000_000;
/** A second before midnight: days are crossed as well. */
const START = 20_000 * 86_400 * SECOND - SECOND;
const NOON = START + SECOND + 43_200 * SECOND;
const anyTrade = fc.record({
  instrument: fc.constantFrom(1, 1, 2),
  venue: fc.constantFrom(1, 2),
  price: fc.constantFrom(-1, 1, 2, 2.5, 3, Number.NaN),
  size: fc.oneof(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 999_999_999 }).map((billionths) => billionths / 1e9),
    fc.constantFrom(0, Number.NaN, Number.POSITIVE_INFINITY),
  ),
  condition: fc.constantFrom(0, 0, 0, 0, 1),
  tradeId: fc.constantFrom(0, 0, 0, 1, 2, 3),
  // Seconds and halves, within the bars that are kept and beyond them; minutes ahead now and then, which cannot be.
  time: fc
    .constantFrom(0, 0, 0.5, 1, 1, 2, 2.5, 3, 7, 8, 9, 60, -1, -8, -9, -600, 3600)
    .map((at) => START + at * SECOND),
});

describe('gatherBars', () => {
  obeysLaws({
    pipelines: [bars],
    start: START,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND / 2, SECOND, 3 * SECOND, 60 * SECOND),
      data: fc.record({
        'market.trades': fc.array(anyTrade, { maxLength: 6 }).map((rows) => rows as readonly Row[]),
      }),
    }),
    oracle: barsFromScratch,
    comparable: ({ knownAt: _, ...row }) => ({ ...row, vwap: near(Number(row['vwap'])) }),
    snapshotsAreWhatWasSaid: true,
    keysEnd: true,
    runs: 200,
  });
});

test('a late trade tells its bar again while it is one of the latest eight, and is counted where it is not', () => {
  const run = new Run([bars]);
  const trade = (second: number, price: number): Row => ({
    instrument: 1,
    venue: 1,
    price,
    size: 1,
    condition: 0,
    tradeId: 0,
    time: NOON + second * SECOND,
  });
  const told = (...trades: readonly Row[]): unknown[] =>
    run
      .bring({ now: NOON + 60 * SECOND, data: { 'market.trades': trades } })
      ['market.bars']!.filter(({ interval }) => interval === 'Second')
      .map(({ begins, open, close, trades: count, tooLate }) => [
        (Number(begins) - NOON) / SECOND,
        open,
        close,
        count,
        tooLate,
      ]);
  expect(told(trade(10, 100), trade(10.5, 101))).toEqual([[10, 100, 101, 2, 0]]);
  expect(told(trade(17, 105))).toEqual([[17, 105, 105, 1, 0]]);
  expect(told(trade(10.2, 99))).toEqual([[10, 100, 101, 3, 0]]);
  expect(told(trade(18, 106))).toEqual([[18, 106, 106, 1, 0]]);
  expect(told(trade(10.7, 98))).toEqual([[18, 106, 106, 1, 1]]);
  // Half a minute in one step: every bar is told, although most make way within it.
  const minute = Array.from({ length: 30 }, (_, second) => trade(20 + second, second));
  expect(told(...minute)).toHaveLength(30);
});

const LENGTHS = { Second: SECOND, Minute: 60 * SECOND, Day: 86_400 * SECOND } as const;
const KEPT = 8;

type Trade = Readonly<Record<string, number>>;

/**
 * By the rules: each regular trade, once, is in the bar of its venue's time, unless that is eight or more bars before the
 * latest that there is by then. A time more than a second ahead of the clock is that of the clock.
 */
function barsFromScratch(history: History): Outcome {
  const all = history.flatMap(({ now, data }) =>
    ((data['market.trades'] ?? []) as readonly Trade[]).map((trade) => ({
      ...trade,
      time: trade['time']! > now + SECOND ? now : trade['time']!,
    })),
  ) as Trade[];
  const once = all.filter(
    (trade, index) =>
      trade['tradeId'] === 0 ||
      all.findIndex((other) =>
        ['instrument', 'venue', 'tradeId'].every((name) => other[name] === trade[name]),
      ) === index,
  );
  const regular = once.filter(
    ({ condition, price, size }) =>
      condition === 0 && Number.isFinite(price) && size! > 0 && Number.isFinite(size),
  );
  const rows = new Map<string, Row>();
  for (const instrument of [1, 2])
    for (const [interval, length] of Object.entries(LENGTHS)) {
      const mine = regular.filter((trade) => trade['instrument'] === instrument);
      for (const row of barsOf(mine, length)) {
        const bar: Row = { instrument, interval, ...row };
        rows.set([instrument, interval, row['begins']].join('/'), bar);
      }
    }
  return { 'market.bars': new Map([...rows].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function barsOf(trades: readonly Trade[], length: number): Row[] {
  const bars = new Map<number, Trade[]>();
  const tooLate = new Map<number, number>();
  let latest = Number.NEGATIVE_INFINITY;
  for (const trade of trades) {
    const number = Math.floor(trade['time']! / length);
    if (number <= latest - KEPT) tooLate.set(latest, (tooLate.get(latest) ?? 0) + 1);
    else bars.set(number, [...(bars.get(number) ?? []), trade]);
    latest = Math.max(latest, number);
  }
  return [...bars].map(([number, own]) => {
    const byTime = [...own].sort((a, b) => a['time']! - b['time']!);
    const prices = own.map(({ price }) => price!);
    const billionths = own.map(({ size }) => BigInt(size!.toFixed(9).replace('.', '')));
    const sum = billionths.reduce((total, one) => total + one, 0n);
    // Prices have one decimal here: exact in tenths.
    const turnover = own.reduce(
      (total, { price }, at) => total + BigInt(Math.round(price! * 10)) * billionths[at]!,
      0n,
    );
    const volume = Number(sum / 1_000_000_000n) + Number(sum % 1_000_000_000n) / 1e9;
    return {
      begins: number * length,
      open: byTime[0]!['price'],
      high: Math.max(...prices),
      low: Math.min(...prices),
      close: byTime.at(-1)!['price'],
      vwap: near(Number(turnover) / Number(sum) / 10),
      volume,
      trades: own.length,
      tooLate: tooLate.get(number) ?? 0,
      time: byTime.at(-1)!['time'],
    };
  });
}

/**
 * In cells of a billionth: prices below zero take from those above it, and what is left is no nearer than the doubles
 * that were summed. The cells are shifted by an odd part, so that round averages lie within one and not between two.
 */
function near(vwap: number): number {
  return Math.floor(vwap * 1e9 + 0.271_828) + 0;
}
