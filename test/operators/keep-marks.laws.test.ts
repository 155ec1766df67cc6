import fc from 'fast-check';
import { marksWith } from '../../pipelines/marks';
import { InstrumentKind } from '../../schemas/reference';
import { type Outcome, obeysLaws } from '../support/laws';
import type { History, Row } from '../support/run';

const SECOND = 1_000_000;
const STALE_AFTER = 10 * SECOND;
const START = 100 * SECOND;
/** Equities have no price of zero or less, spreads may. */
const reference = [
  {
    instrument: 1,
    name: 'EQ',
    currency: 'USD',
    multiplier: 10n ** 9n,
    inverse: false,
    kind: InstrumentKind.Equity,
  },
  {
    instrument: 2,
    name: 'SP',
    currency: 'USD',
    multiplier: 10n ** 9n,
    inverse: false,
    kind: InstrumentKind.Other,
  },
];

const price = fc.constantFrom(Number.NaN, -1, 0, 1, 2, 3, Number.POSITIVE_INFINITY);
const size = fc.constantFrom(0, 5, 5, 5, Number.NaN);
const anyQuote = fc.record({
  instrument: fc.constantFrom(1, 2, 3),
  venue: fc.constantFrom(1, 2, 3),
  bid: price,
  bidSize: size,
  ask: price,
  askSize: size,
  condition: fc.constantFrom(0, 0, 0, 0, 1),
  time: fc.integer({ min: -15, max: 3 }).map((seconds) => START + seconds * SECOND),
});

describe('consolidateQuotes and keepMarks', () => {
  obeysLaws({
    pipelines: [marksWith({ staleAfterMicros: STALE_AFTER })],
    start: START,
    drainMicros: 5 * SECOND,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND, 4 * SECOND, 12 * SECOND),
      data: fc.record({
        'reference.instruments': fc.subarray(reference).map((rows) => rows as readonly Row[]),
        'market.quotes': fc.array(anyQuote, { maxLength: 5 }).map((rows) => rows as readonly Row[]),
      }),
    }),
    oracle: marksFromScratch,
    snapshotsAreWhatWasSaid: true,
    runs: 100,
  });
});

interface Believed {
  readonly bids: Map<number, number>;
  readonly asks: Map<number, number>;
  bid: number;
  ask: number;
  time: number;
  affirmed: number | undefined;
}

/** All quotes are gone through again, and the best is looked for among all venues after each. */
function marksFromScratch(history: History, end: number): Outcome {
  const spreads = new Set<unknown>();
  const believed = new Map<number, Believed>();
  for (const { now, data } of history) {
    for (const { instrument, kind } of data['reference.instruments'] ?? [])
      if (kind === InstrumentKind.Other) spreads.add(instrument);
    for (const quote of (data['market.quotes'] ?? []) as readonly Record<string, number>[]) {
      if (quote['condition'] === 1) continue;
      const { instrument, venue, bid, bidSize, ask, askSize, time } = quote as Record<string, number>;
      const one = believed.get(instrument!) ?? unpriced(time!);
      believed.set(instrument!, one);
      tell(one.bids, venue!, bid!, bidSize!);
      tell(one.asks, venue!, ask!, askSize!);
      if (one.bids.size === 0 || one.asks.size === 0) continue;
      const best = { bid: Math.max(...one.bids.values()), ask: Math.min(...one.asks.values()) };
      if (best.bid > best.ask || (best.bid <= 0 && !spreads.has(instrument))) continue;
      if (best.bid !== one.bid || best.ask !== one.ask) Object.assign(one, best, { time });
      one.affirmed = Math.max(one.affirmed ?? -1, Math.min(time!, now));
    }
  }
  const rows = [...believed]
    .sort(([a], [b]) => a - b)
    .map(([instrument, { bid, ask, time, affirmed }]): readonly [string, Row] => {
      const state = stateAt(affirmed, end);
      return [String(instrument), { instrument, bid, ask, price: (bid + ask) / 2, state, time }];
    });
  return { 'market.marks': new Map(rows) };
}

const unpriced = (time: number): Believed => ({
  bids: new Map(),
  asks: new Map(),
  bid: Number.NaN,
  ask: Number.NaN,
  time,
  affirmed: undefined,
});

function tell(side: Map<number, number>, venue: number, price: number, size: number): void {
  if (!Number.isFinite(price)) return;
  if (size <= 0) side.delete(venue);
  else side.set(venue, price);
}

function stateAt(affirmed: number | undefined, end: number): string {
  if (affirmed === undefined) return 'Missing';
  return affirmed + STALE_AFTER <= end ? 'Stale' : 'Priced';
}
