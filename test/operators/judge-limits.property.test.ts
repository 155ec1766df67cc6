/** Random histories of positions, marks and limits against limits judged from scratch after every step. */
import fc from 'fast-check';
import { exposuresWith } from '../../pipelines/exposures';
import { limitsWith } from '../../pipelines/limits';
import { pnlWith } from '../../pipelines/pnl';
import { breachPhaseNames, limitStateNames } from '../../schemas/limits';
import { heldPosition } from '../support/held-position';
import { ScratchLimits } from '../support/limits-oracle';
import { cases } from '../support/long-runs';
import { type History, latestBy, type Row, Run, removal, type Written } from '../support/run';

const SECOND = 1_000_000;
const START = 100 * SECOND;
const PIPELINES = [
  pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
  exposuresWith({ everyMicros: 0, baseCurrency: 'USD' }),
  limitsWith({ baseCurrency: 'USD' }),
];

const anyMark: fc.Arbitrary<Row> = fc
  .record({ instrument: fc.constantFrom(1, 2), price: fc.integer({ min: 1, max: 4 }), isThere: fc.nat(4) })
  .map(({ instrument, price, isThere }) => {
    const side = isThere === 0 ? Number.NaN : price;
    const state = isThere === 0 ? 0 : 1;
    return { instrument, bid: side, ask: side, price: side, state, quality: state, reason: 0, time: START };
  });
const anyPosition: fc.Arbitrary<Row> = fc
  .record({
    account: fc.constantFrom(7, 8),
    instrument: fc.constantFrom(1, 2),
    quantity: fc.integer({ min: -3, max: 3 }),
  })
  .map(({ quantity, ...key }) => heldPosition(quantity, { ...key, time: START }));
const time = fc.constantFrom(0, 0, START + SECOND, START + 3 * SECOND);
const anyLimit: fc.Arbitrary<Row> = fc
  .record({
    limit: fc.constantFrom('a', 'b'),
    scope: fc.constantFrom({ dimension: 'firm', account: -1 }, { dimension: 'account', account: 7 }),
    measure: fc.nat(3),
    sense: fc.constantFrom(0, 0, 1, 2),
    warning: fc.constantFrom(Number.NaN, 2, 4, -2),
    breach: fc.constantFrom(6, 6, 8, -4, 0),
    hysteresis: fc.constantFrom(0, 0.5),
    currency: fc.constantFrom('USD', 'USD', 'USD', 'EUR'),
    validFrom: time,
    validUntil: time,
    isGone: fc.nat(5),
  })
  .map(({ scope, isGone, ...row }) => {
    const terms = { ...scope, member: '', version: 1, by: 'ann', why: 'test', ...row };
    return isGone === 0 ? removal({ limit: row.limit, validFrom: row.validFrom }) : terms;
  });
const history: fc.Arbitrary<History> = fc
  .array(
    fc.record({
      passed: fc.constantFrom(0, SECOND),
      data: fc.record({
        'market.marks': fc.array(anyMark, { maxLength: 2 }),
        'ledger.positions': fc.array(anyPosition, { maxLength: 2 }),
        'risk.limits': fc.array(anyLimit, { maxLength: 1 }),
      }),
    }),
    { maxLength: 12 },
  )
  .map((steps) => {
    let now = START;
    return steps.map(({ passed, data }) => {
      now += passed;
      return { now, data };
    });
  });

const shownStatus = (row: Row) => ({
  limit: row['limit'],
  state: limitStateNames[row['state'] as number],
  value: row['value'],
  known: row['known'] ?? Number.NaN,
  severity: row['severity'],
  since: row['since'],
  breached: row['breached'],
  extreme: row['extreme'],
});
const shownPhase = (row: Row) => ({
  limit: row['limit'],
  phase: breachPhaseNames[row['phase'] as number],
  excursion: row['excursion'],
  before: row['before'],
  after: row['after'],
});
const byLimit = (a: { limit: unknown }, b: { limit: unknown }): number => (a.limit! < b.limit! ? -1 : 1);

describe('judgeLimits', () => {
  test('5 incremental equals recomputed: statuses and phases after every step are those judged from scratch', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const run = new Run(PIPELINES);
        const scratch = new ScratchLimits();
        const said: Row[] = [];
        steps.forEach((step, index) => {
          const written = run.bring(step);
          const expected = scratch.step(steps.slice(0, index + 1), step.now);
          said.push(...written['risk.limit_statuses']!);
          const found = [...latestBy(said, ['limit']).values()].map(shownStatus);
          expect(found).toEqual(
            [...expected.statuses.values()].map(({ least: _, reads: __, ...status }) => status).sort(byLimit),
          );
          const phases = written['risk.breaches']!.map(shownPhase);
          expect(phases).toEqual([...expected.phases].sort(byLimit));
        });
      }),
      { numRuns: cases(100) },
    );
  });

  test('one breach an excursion: between a beginning and an end each phase is said once', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const written = new Run(PIPELINES).bringAll(steps).flatMap((step) => step['risk.breaches']!);
        const keys = written.map((row) => `${row['limit']} ${row['excursion']} ${row['phase']}`);
        // A limit that is cured and breached again in one instant begins two excursions of one name.
        const atOnce = new Set(steps.map(({ now }) => now)).size < steps.length;
        if (!atOnce) expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: cases(50) },
    );
  });

  test('restored in the middle it says the same, in the same order', () => {
    fc.assert(
      fc.property(history, fc.nat(12), (steps, cut) => {
        const undisturbed = new Run(PIPELINES);
        const expected = undisturbed.bringAll(steps).slice(cut);
        const before = new Run(PIPELINES);
        before.bringAll(steps.slice(0, cut));
        before.save();
        const restored = new Run(PIPELINES, before.saved, cut);
        const found: readonly Written[] = restored.bringAll(steps.slice(cut));
        expect(found).toEqual(expected);
      }),
      { numRuns: cases(50) },
    );
  });
});
