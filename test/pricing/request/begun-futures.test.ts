/** The front quarter of an overnight future: what its rate has earned is known, its price says the rest. */
import { answered, answers, faultsOf } from '../support/rows';

const valuation = '2026-01-15';
const earnedRate = 0.04;
/** Fixings of SOFR from the third Wednesday of December 2025, each with the days that it covers. */
const fixingDays: readonly (readonly [string, number])[] = [
  ...([
    ['2025-12-17', 1],
    ['2025-12-18', 1],
    ['2025-12-19', 3],
    ['2025-12-22', 1],
    ['2025-12-23', 1],
  ] as const),
  ...([
    ['2025-12-24', 2],
    ['2025-12-26', 3],
    ['2025-12-29', 1],
    ['2025-12-30', 1],
    ['2025-12-31', 2],
  ] as const),
  ...([
    ['2026-01-02', 3],
    ['2026-01-05', 1],
    ['2026-01-06', 1],
    ['2026-01-07', 1],
    ['2026-01-08', 1],
  ] as const),
  ...([
    ['2026-01-09', 3],
    ['2026-01-12', 1],
    ['2026-01-13', 1],
    ['2026-01-14', 1],
  ] as const),
];
const fixings = fixingDays.map(([date]) => ({ index: 'USD-SOFR', date, value: earnedRate }));
const models = (more: object, known: readonly object[] = fixings) => ({
  d: {
    model: 'discounting',
    curves: [
      {
        name: 'USD',
        instruments: [
          { type: 'future', index: 'USD-SOFR', month: '2025-12', quote: 96.1, ...more },
          { type: 'future', index: 'USD-SOFR', month: '2026-03', quote: 96.3 },
        ],
      },
    ],
    discount: { USD: 'USD' },
    forward: { 'USD-SOFR': 'USD' },
    fixings: known,
  },
});
/** One dollar on the last day of the quarter, 18 March: the discount factor to it. */
const dollar = {
  product: 'term-deposit',
  model: 'd',
  lends: true,
  currency: 'USD',
  notional: 1,
  start: valuation,
  end: '2026-03-18',
  rate: 0,
  dayCount: 'ACT/360',
};

test('compounded: what is earned times the growth to come is the quarter at the rate of the price', () => {
  const earned = fixingDays.reduce((growth, [, days]) => growth * (1 + (earnedRate * days) / 360), 1);
  const toCome = (1 + (0.039 * 91) / 360) / earned;
  expect(answered(valuation, models({}), dollar).value).toBeCloseTo(1 / toCome, 12);
});

test('averaged: what is earned and the sum to come are the quarter at the rate of the price', () => {
  const month = { start: '2026-01-02', end: '2026-02-02', month: undefined, averaged: true };
  const row = { ...dollar, end: '2026-02-02' };
  // Thirteen days at 4 % of thirty-one at 3.9 %; the eighteen to come earn the rest, but for squares of 1e-8.
  const rest = (0.039 * 31 - earnedRate * 13) / 18;
  expect(-Math.log(answered(valuation, models(month), row).value) * (360 / 18)).toBeCloseTo(rest, 5);
});

test('a day without its fixing is named', () => {
  const known = fixings.filter(({ date }) => date !== '2025-12-26');
  const rows = answers(valuation, models({}, known), [dollar]);
  expect(faultsOf(rows)).toContain('1 model "d" curves[0].instruments[0]: fixing-must-be-known');
  expect(JSON.stringify(rows)).toContain('2025-12 has begun: no fixing of USD-SOFR for 2025-12-26');
});
