import fc from 'fast-check';
import { USUAL_RULES } from '../../operators/marks/rules';
import { marksWith } from '../../pipelines/marks';
import { InstrumentKind } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import { type Outcome, obeysLaws } from '../support/laws';
import { countedTime, MarkOracle, type OracleQuote, type OracleRules } from '../support/marks-oracle';
import type { History, Row } from '../support/run';

const SECOND = 1_000_000;
const STALE_AFTER = 10 * SECOND;
const START = 100 * SECOND;
const KINDS = [InstrumentKind.Equity, InstrumentKind.Option, InstrumentKind.Future, InstrumentKind.Fx];
const reference = KINDS.map((kind, index) => ({
  instrument: index + 1,
  name: `I${index + 1}`,
  currency: 'USD',
  multiplier: 10n ** 9n,
  inverse: false,
  kind,
  ...instrumentUntold,
}));
const rules = {
  ...USUAL_RULES,
  Equity: { ...USUAL_RULES.Equity, staleAfterMicros: STALE_AFTER },
  Option: { ...USUAL_RULES.Option, staleAfterMicros: STALE_AFTER, narrow: 2 },
  Future: { ...USUAL_RULES.Future, staleAfterMicros: 5 * SECOND },
  Fx: { ...USUAL_RULES.Fx, staleAfterMicros: STALE_AFTER, consolidate: 'latest' as const },
};
const oracleRules = (kind: number): OracleRules => {
  const name = (Object.keys(InstrumentKind) as (keyof typeof InstrumentKind)[]).find(
    (one) => InstrumentKind[one] === kind,
  )!;
  const rule = rules[name];
  return {
    stale: rule.staleAfterMicros,
    wide: rule.wideSpread,
    absurd: rule.absurdSpread,
    narrow: rule.narrow,
    signed: rule.signed,
    bidMayBeNothing: rule.bidMayBeNothing,
    latest: rule.consolidate === 'latest',
  };
};

const price = fc.constantFrom(Number.NaN, -1, 0, 10, 10.5, 11, 11, 12, 50, Number.POSITIVE_INFINITY);
const size = fc.constantFrom(0, 5, 5, 5, 5, Number.NaN);
const anyQuote = fc.record({
  instrument: fc.constantFrom(1, 1, 2, 3, 4),
  venue: fc.constantFrom(1, 2),
  bid: price,
  bidSize: size,
  ask: price,
  askSize: size,
  condition: fc.constantFrom(0, 0, 0, 0, 1, 2),
  // Venues that quote at one time would leave open which of them is the latest.
  time: fc.integer({ min: -15, max: 3 }),
  sequence: fc.constantFrom(0, 0, 1),
});
const anyState = fc.record({
  venue: fc.constantFrom(1, 2),
  state: fc.constantFrom(0, 0, 1, 2, 3),
  detail: fc.constant(''),
  time: fc.integer({ min: -5, max: 3 }),
  since: fc.constantFrom(0, 0, START - SECOND, START + SECOND, START + 2000 * SECOND),
});
const from = <R extends { readonly time: number }>(rows: readonly R[], offset = 0): readonly Row[] =>
  rows.map((row) => ({ ...row, time: START + row.time * SECOND + offset }));

/** As nearly all are: both sides, in order of time (what is of later than now is of now), from venues that are up. */
const usualQuote = fc.record({
  instrument: fc.constantFrom(1, 1, 1, 3),
  venue: fc.constantFrom(1, 2, 3),
  bid: fc.constantFrom(10, 10.25, 10.25, 10.5, 10.75),
  bidSize: fc.constantFrom(5, 5, 5, 5, 5, 5, 5, 0),
  ask: fc.constantFrom(10.5, 10.75, 10.75, 11, 14, Number.NaN),
  askSize: fc.constantFrom(5, Number.NaN),
  condition: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 1, 2),
  time: fc.constantFrom(900, 900, 900, 900, 900, 900, -1),
  sequence: fc.constantFrom(0, 1, 1, 1, 2),
});
const rareState = fc.array(anyState, { maxLength: 8 }).map((states) => states.slice(7));

const laws = (
  quotesOfStep: fc.Arbitrary<readonly Row[]>,
  states: fc.Arbitrary<readonly Row[]>,
  runs: number,
) =>
  obeysLaws({
    pipelines: [marksWith({ rules })],
    start: START,
    drainMicros: 5 * SECOND,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND, 4 * SECOND, 12 * SECOND),
      data: fc.record({
        'reference.instruments': fc.constant(reference as readonly Row[]),
        'market.venue_states': states,
        'market.quotes': quotesOfStep,
      }),
    }),
    oracle: marksFromScratch,
    comparable: ({ knownAt: _, state: __, ...row }) => row,
    snapshotsAreWhatWasSaid: true,
    runs,
  });

describe('consolidateQuotes and keepMarks, of quotes of all kinds', () => {
  const ofStep = fc
    .array(anyQuote, { maxLength: 5 })
    .map((rows) => from(rows).map((row) => ({ ...row, time: Number(row['time']) + Number(row['venue']) })));
  laws(
    ofStep,
    fc.array(anyState, { maxLength: 1 }).map((rows) => from(rows)),
    300,
  );
});

describe('consolidateQuotes and keepMarks, of quotes that need no care and some that do', () => {
  laws(
    fc.array(usualQuote, { maxLength: 12 }).map((rows) => from(rows)),
    rareState.map((rows) => from(rows)),
    120,
  );
});

const STATES = ['Up', 'Down', 'Gap', 'Recovering'] as const;

function marksFromScratch(history: History, end: number): Outcome {
  const outages = new Map<number, { state: (typeof STATES)[number]; time: number; since: number }[]>();
  const oracles = new Map(
    reference.map(({ instrument, kind }) => [instrument, new MarkOracle(() => oracleRules(kind), outages)]),
  );
  let before = Number.NEGATIVE_INFINITY;
  for (const { now, data } of history) {
    for (const oracle of oracles.values()) oracle.passTo(now, before);
    const changed = (data['market.venue_states'] ?? []) as readonly Record<string, number>[];
    for (const { venue, state, time: told, since: from } of changed) {
      const time = Math.min(told!, now);
      const since = countedTime(from!, now);
      if (time >= (outages.get(venue!)?.at(-1)?.time ?? 0))
        outages.set(venue!, [...(outages.get(venue!) ?? []), { state: STATES[state!]!, time, since }]);
    }
    if (changed.length > 0) for (const oracle of oracles.values()) oracle.venueChanged(now);
    for (const quote of (data['market.quotes'] ?? []) as readonly Record<string, number>[])
      if (quote['condition'] !== 1)
        oracles
          .get(quote['instrument']!)!
          .quote({ ...(quote as unknown as OracleQuote), isGap: quote['condition'] === 2 }, now);
    before = now;
  }
  for (const oracle of oracles.values()) oracle.passTo(end, before);
  const rows = [...oracles].flatMap(([instrument, { mark }]): (readonly [string, Row])[] =>
    mark ? [[String(instrument), { instrument, ...mark }]] : [],
  );
  return { 'market.marks': new Map(rows) };
}
