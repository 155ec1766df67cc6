import fc from 'fast-check';
import { volumes } from '../../pipelines/volumes';
import { type Outcome, obeysLaws } from '../support/laws';
import type { History, Row } from '../support/run';

const START = 100_000_000;
const anyTrade = fc.record({
  instrument: fc.constantFrom(1, 2),
  venue: fc.constantFrom(1, 2),
  price: fc.constantFrom(-1, 1, 2, 3, Number.NaN),
  size: fc.oneof(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 999_999_999 }).map((billionths) => billionths / 1e9),
    fc.constantFrom(0, -1, Number.NaN, Number.POSITIVE_INFINITY),
  ),
  condition: fc.constantFrom(0, 0, 0, 1),
  // Few ids, so that trades are sent twice; 0 where the venue gives none.
  tradeId: fc.constantFrom(0, 0, 1, 2, 3, 2 ** 40),
  time: fc.integer({ min: 0, max: 5 }).map((micros) => START + micros),
});

describe('sumVolumes', () => {
  obeysLaws({
    pipelines: [volumes],
    start: START,
    step: fc.record({
      passed: fc.constant(1),
      data: fc.record({
        'market.trades': fc.array(anyTrade, { maxLength: 5 }).map((rows) => rows as readonly Row[]),
      }),
    }),
    oracle: volumesFromScratch,
    comparable: ({ knownAt: _, ...row }) => row,
    snapshotsAreWhatWasSaid: true,
  });
});

const isSame = (one: Record<string, number>, other: Record<string, number>): boolean =>
  ['instrument', 'venue', 'tradeId'].every((field) => one[field] === other[field]);

/** Sizes as decimals, summed in whole billionths of a unit. */
function volumesFromScratch(history: History): Outcome {
  const trades = history.flatMap(
    ({ data }) => (data['market.trades'] ?? []) as readonly Record<string, number>[],
  );
  const instruments = [...new Set(trades.map(({ instrument }) => instrument!))].sort((a, b) => a - b);
  const rows = instruments.map((instrument): readonly [string, Row] => {
    const mine = trades.filter(
      (trade, index) =>
        trade['instrument'] === instrument &&
        (trade['tradeId'] === 0 || index === trades.findIndex((other) => isSame(other, trade))),
    );
    const regular = mine.filter(
      ({ condition, price, size }) =>
        condition === 0 && Number.isFinite(price) && size! > 0 && Number.isFinite(size),
    );
    const billionths = regular.reduce((sum, { size }) => sum + BigInt(size!.toFixed(9).replace('.', '')), 0n);
    const prices = regular.map(({ price }) => price!);
    const time = Math.max(-1, ...regular.map((trade) => trade['time']!));
    const volume = Number(billionths / 1_000_000_000n) + Number(billionths % 1_000_000_000n) / 1e9;
    const row = {
      instrument,
      volume,
      trades: regular.length,
      suspect: mine.length - regular.length,
      lastPrice: regular.filter((trade) => trade['time'] === time).at(-1)?.['price'] ?? Number.NaN,
      high: prices.length > 0 ? Math.max(...prices) : Number.NaN,
      low: prices.length > 0 ? Math.min(...prices) : Number.NaN,
      time,
    };
    return [String(instrument), row];
  });
  return { 'market.volumes': new Map(rows) };
}
