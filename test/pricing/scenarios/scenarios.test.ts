/** Scenarios as a desk asks for them: bumps, ladders, grids, days of the past; and what they do to books and curves. */
import fc from 'fast-check';
import {
  type BookOption,
  MICROS_PER_YEAR,
  prepareBook,
  repriceBook,
  repriceMoved,
  setRate,
  setSmile,
  setSpot,
  setVolatility,
  setYield,
} from '../../../pricing/batch/book';
import { MEASURES } from '../../../pricing/batch/columns';
import { buildCurves, compileCurveGroup } from '../../../pricing/curves/curve-group';
import { runScenarios, scenarioProfits } from '../../../pricing/scenarios/book-scenarios';
import {
  curveFactors,
  curvesOnFactors,
  curvesOnQuotes,
  quoteFactors,
} from '../../../pricing/scenarios/curve-scenarios';
import { type Factor, factorSet } from '../../../pricing/scenarios/factors';
import {
  applyScenario,
  compileScenario,
  compileScenarios,
  type Scenario,
} from '../../../pricing/scenarios/scenario';
import { bumps, grid, historicalScenarios, ladder } from '../../../pricing/scenarios/scenario-lists';
import { tailRisk } from '../../../pricing/scenarios/value-at-risk';
import { certain, dualCurve, dualQuotes } from '../support/dual-curve';
import { curveSet } from '../support/rates-books';

const factors: readonly Factor[] = [
  { kind: 'spot', name: 'BTC', tags: ['coin'] },
  { kind: 'spot', name: 'ETH', tags: ['coin', 'alt'] },
  { kind: 'volatility', name: 'BTC', node: '1M' },
  { kind: 'rate', name: 'USD', node: '1Y' },
  { kind: 'rate', name: 'USD', node: '5Y' },
];
const set = certain(factorSet(factors));
const values = Float64Array.of(50_000, 2_000, 0.6, 0.04, 0.045);
const under = (scenario: Scenario): number[] => {
  const moved = new Float64Array(values.length);
  applyScenario(certain(compileScenario(set, scenario)), values, moved);
  return [...moved];
};

test.each<[Scenario['moves'], number[]]>([
  [[{ tag: 'coin', how: 'relative', by: -0.2 }], [40_000, 1_600, 0.6, 0.04, 0.045]],
  [[{ kind: 'rate', how: 'absolute', by: 0.01 }], [50_000, 2_000, 0.6, 0.05, 0.055]],
  [[{ kind: 'rate', node: '5Y', how: 'to', by: 0.03 }], [50_000, 2_000, 0.6, 0.04, 0.03]],
  [[{ name: 'BTC', kind: 'volatility', how: 'absolute', by: 0.1 }], [50_000, 2_000, 0.7, 0.04, 0.045]],
  [
    [
      { kind: 'spot', how: 'relative', by: -0.5 },
      { tag: 'alt', how: 'relative', by: -0.5 },
      { name: 'ETH', how: 'absolute', by: 10 },
    ],
    [25_000, 510, 0.6, 0.04, 0.045],
  ],
])('%j moves the market', (moves, expected) => {
  under({ name: 'stress', moves }).forEach((value, place) => {
    expect(value).toBeCloseTo(expected[place]!, 9);
  });
});

test.each<[Scenario['moves'], string]>([
  [[{ name: 'BTX', how: 'relative', by: 0.1 }], 'scenario-must-move-something'],
  [[{ kind: 'spot', how: 'relative', by: Number.NaN }], 'move-must-be-finite'],
  [[{ kind: 'spot', how: 'twice' as 'to', by: 2 }], 'move-must-be-known'],
])('%j is refused as %s', (moves, reason) => {
  expect(compileScenario(set, { name: 's', moves })).toMatchObject({ ok: false, reason });
});

test('factors are named once and of a known kind', () => {
  expect(factorSet([factors[0]!, { kind: 'spot', name: 'BTC' }])).toMatchObject({
    reason: 'factor-must-be-once',
  });
  expect(factorSet([{ kind: 'price' as 'spot', name: 'BTC' }])).toMatchObject({
    reason: 'factor-kind-must-be-known',
  });
});

test('a missing value stays missing whatever moves it', () => {
  const moved = new Float64Array(5);
  const scenario = certain(compileScenario(set, { name: 's', moves: [{ how: 'to', by: 1 }] }));
  applyScenario(scenario, Float64Array.of(1, Number.NaN, 2, 3, 4), moved);
  expect([...moved]).toEqual([1, Number.NaN, 1, 1, 1]);
});

test('a ladder has a rung a step, a grid one for every pair, bumps one a factor', () => {
  const spots = { kind: 'spot', name: 'BTC', how: 'relative', steps: [-0.1, 0.07] } as const;
  const volatilities = { kind: 'volatility', how: 'absolute', steps: [-0.05, 0, 0.05] } as const;
  expect(ladder(spots).map(({ name }) => name)).toEqual(['spot BTC -10 %', 'spot BTC 7 %']);
  const pairs = grid(spots, volatilities);
  expect(pairs).toHaveLength(6);
  expect(pairs[5]!.name).toBe('spot BTC 7 %, volatility 0.05');
  expect(under(pairs[5]!).slice(0, 3)).toEqual([53_500, 2_000, expect.closeTo(0.65, 12)]);
  const up = bumps(set, { kind: 'rate', how: 'absolute', by: 0.0001 });
  expect(up.map(({ name }) => name)).toEqual(['rate USD 1Y 0.0001', 'rate USD 5Y 0.0001']);
  expect(under(up[0]!)[3]).toBeCloseTo(0.0401, 12);
});

test('days of the past are carried over to today: prices by the share, rates by the difference, gaps by name', () => {
  const days = [
    { day: '2026-01-05', values: Float64Array.of(40_000, 1_000, 0.5, 0.03, 0.03) },
    { day: '2026-01-06', values: Float64Array.of(44_000, Number.NaN, 0.55, 0.031, 0.028) },
    { day: '2026-01-07', values: Float64Array.of(22_000, 1_100, 0.66, 0.031, 0.028) },
  ];
  const { scenarios, missing } = certain(historicalScenarios(set, days, { how: {} }));
  expect(missing.map(({ factors: names }) => names)).toEqual([['spot ETH'], ['spot ETH']]);
  const moved = new Float64Array(5);
  applyScenario(scenarios[0]!, values, moved);
  [55_000, 2_000, 0.66, 0.041, 0.043].forEach((value, place) => {
    expect(moved[place]).toBeCloseTo(value, 9);
  });
  const two = certain(historicalScenarios(set, days, { how: { spot: 'absolute' }, horizon: 2 }));
  applyScenario(two.scenarios[0]!, values, moved);
  expect(moved[0]).toBe(32_000);
  expect(two.missing).toEqual([]);
  expect(historicalScenarios(set, days, { how: {}, horizon: 3 })).toMatchObject({
    reason: 'history-must-be-long-enough',
  });
});

test('the quantile is the P&L number ⌈p·n⌉, the shortfall the mean of what is at or below it', () => {
  const profits = [3, -10, 4, -7, 0, 2, -7, 9, 1, 5];
  expect(certain(tailRisk(profits, 0.1))).toEqual({ valueAtRisk: 10, expectedShortfall: 10, scenario: 1 });
  expect(certain(tailRisk(profits, 0.11))).toEqual({ valueAtRisk: 7, expectedShortfall: 8, scenario: 3 });
  expect(certain(tailRisk(profits, 0.3)).valueAtRisk).toBe(7);
  expect(certain(tailRisk(profits, 0.95)).valueAtRisk).toBe(-9);
  expect(tailRisk([1, Number.NaN], 0.1)).toMatchObject({ reason: 'scenarios-must-be-priced' });
  expect(tailRisk([], 0.1)).toMatchObject({ reason: 'scenarios-must-be-priced' });
  expect(tailRisk(profits, 0)).toMatchObject({ reason: 'tail-must-be-a-share' });
});

const ORIGIN = Date.UTC(2026, 0, 5) * 1000;
const option = (strike: number, more: Partial<BookOption> = {}): BookOption => ({
  right: 'call',
  exercise: 'european',
  strike,
  expiry: ORIGIN + 0.4 * MICROS_PER_YEAR,
  underlying: 0,
  rate: 0,
  yield: 0,
  ...more,
});
const smile = {
  parameters: { a: 0.01, b: 0.05, rho: -0.3, m: 0, sigma: 0.1 },
  forward: 100,
  expiry: 0.4,
};
const options = [
  option(95),
  option(105, { right: 'put', exercise: 'american' }),
  option(100, { smile: 0 }),
  option(110, { smile: 0, right: 'put' }),
  option(100, { underlying: 1, on: 'coin' }),
];
const filled = (spot: number, rate: number, volatility: number, share: number) => {
  const book = certain(prepareBook(options, { origin: ORIGIN }));
  setSpot(book, 0, spot);
  setSpot(book, 1, 120);
  setRate(book, 0, rate);
  setYield(book, 0, 0.01);
  for (const row of [0, 1, 4]) setVolatility(book, row, volatility);
  const { a, b } = smile.parameters;
  const parameters = { ...smile.parameters, a: a * share * share, b: b * share * share };
  setSmile(book, 0, { ...smile, parameters });
  repriceBook(book, ORIGIN);
  return book;
};
const own = certain(
  factorSet([
    { kind: 'spot', name: 'A' },
    { kind: 'rate', name: 'USD' },
    { kind: 'volatility', name: 'A' },
    { kind: 'volatility', name: 'A smile' },
  ]),
);
const bindings = [
  { factor: 0, input: 'spot', place: 0 },
  { factor: 1, input: 'rate', place: 0 },
  { factor: 2, input: 'volatility', place: 0 },
  { factor: 2, input: 'volatility', place: 1 },
  { factor: 2, input: 'volatility', place: 4 },
  { factor: 3, input: 'smile', place: 0 },
] as const;
const now = Float64Array.of(100, 0.03, 0.25, 0.2);

test('under any scenario the book has the values of one prepared on that market, and then its own again, to the bit', () => {
  const book = filled(100, 0.03, 0.25, 1);
  const before = MEASURES.map((measure) => book.columns[measure].slice(0, options.length));
  const shift = fc.constantFrom(-0.1, -0.02, 0, 0.05, 0.3);
  fc.assert(
    fc.property(fc.array(fc.tuple(shift, shift, shift, shift), { minLength: 1, maxLength: 4 }), (moves) => {
      const scenarios = certain(
        compileScenarios(
          own,
          moves.map(([spot, rate, volatility, skew], index) => ({
            name: `${index}`,
            moves: [
              { kind: 'spot', how: 'relative', by: spot },
              { kind: 'rate', how: 'absolute', by: rate },
              { name: 'A', kind: 'volatility', how: 'relative', by: volatility },
              { name: 'A smile', how: 'relative', by: skew },
            ],
          })),
        ),
      );
      const run = { set: own, values: now, bindings, scenarios };
      certain(
        runScenarios(book, run, (number) => {
          const [spot, rate, volatility, skew] = moves[number]!;
          const fresh = filled(100 * (1 + spot), 0.03 + rate, 0.25 * (1 + volatility), 1 + skew);
          for (const measure of MEASURES)
            for (let row = 0; row < options.length; row += 1)
              expect(book.columns[measure][row]).toBeCloseTo(fresh.columns[measure][row]!, 9);
        }),
      );
      MEASURES.forEach((measure, place) => {
        expect(book.columns[measure].slice(0, options.length)).toEqual(before[place]);
      });
      expect(repriceMoved(book)).toHaveLength(0);
    }),
    { numRuns: 25 },
  );
});

test('profits are in money and a row without a price is counted, not read as zero', () => {
  const book = filled(100, 0.03, 0.25, 1);
  setVolatility(book, 1, Number.NaN);
  const scenarios = certain(
    compileScenarios(own, ladder({ kind: 'spot', how: 'relative', steps: [-0.1, 0.1] })),
  );
  const run = {
    set: own,
    values: now,
    bindings: bindings.filter(({ input }) => input === 'spot'),
    scenarios,
  };
  const { profits, unpriced } = certain(scenarioProfits(book, run, Float64Array.of(10, 1, 0, 0, 5)));
  expect([...unpriced]).toEqual([1, 1]);
  const at = (spot: number) => filled(spot, 0.03, 0.25, 1).columns.price[0]!;
  expect(profits[0]).toBeCloseTo(10 * (at(90) - at(100)), 9);
  expect(profits[1]).toBeCloseTo(10 * (at(110) - at(100)), 9);
});

test('a factor that is not what the book holds is refused: putting it back would move the book', () => {
  const book = filled(100, 0.03, 0.25, 1);
  const scenarios = certain(compileScenarios(own, ladder({ kind: 'spot', how: 'relative', steps: [0.1] })));
  const stale = { set: own, values: Float64Array.of(99, 0.03, 0.25, 0.2), bindings, scenarios };
  expect(runScenarios(book, stale, () => undefined)).toMatchObject({
    ok: false,
    reason: 'factor-must-be-what-the-book-holds',
  });
  expect(book.columns.spots[0]).toBe(100);
});

test('a scenario to where no market is, is refused, and the book is as it was', () => {
  const book = filled(100, 0.03, 0.25, 1);
  const price = book.columns.price.slice(0, 5);
  const scenarios = certain(
    compileScenarios(own, [
      { name: 'fine', moves: [{ kind: 'spot', how: 'relative', by: 0.1 }] },
      { name: 'beyond', moves: [{ kind: 'spot', how: 'relative', by: -1 }] },
    ]),
  );
  const seen: number[] = [];
  const run = { set: own, values: now, bindings, scenarios };
  expect(runScenarios(book, run, (number) => seen.push(number))).toMatchObject({
    ok: false,
    reason: 'factor-must-be-positive',
  });
  expect(seen).toEqual([0]);
  expect(book.columns.price.slice(0, 5)).toEqual(price);
});

test('nodes of curves and quotes of a set are factors, and what none of them moves is the same object', () => {
  const nodes = curveFactors(curveSet.curves, { 'EUR-OIS': ['discounting'] });
  const all = certain(factorSet(nodes.factors));
  const up = certain(
    compileScenario(all, { name: 'up', moves: [{ tag: 'discounting', how: 'absolute', by: 0.001 }] }),
  );
  const moved = new Float64Array(nodes.values.length);
  applyScenario(up, nodes.values, moved);
  const curves = curvesOnFactors(curveSet.curves, moved);
  expect(curves.get('EUR-6M')).toBe(curveSet.curves.get('EUR-6M'));
  expect(curves.get('EUR-OIS')!.zeroRate(3.3)).toBeCloseTo(
    curveSet.curves.get('EUR-OIS')!.zeroRate(3.3) + 0.001,
    12,
  );

  const group = certain(compileCurveGroup(dualCurve()));
  const quotes = quoteFactors(certain(buildCurves(group, dualQuotes)));
  const quoted = certain(factorSet(quotes.factors));
  const bump = certain(
    compileScenario(quoted, { name: 'S-10Y', moves: [{ name: 'S-10Y', how: 'absolute', by: 1e-4 }] }),
  );
  const bumped = new Float64Array(quotes.values.length);
  applyScenario(bump, quotes.values, bumped);
  const rebuilt = certain(curvesOnQuotes(curveSet, bumped));
  expect(rebuilt.curves.get('EUR-OIS')).toBe(curveSet.curves.get('EUR-OIS'));
  expect(rebuilt.quotes.get('S-10Y')).toBeCloseTo(dualQuotes['S-10Y']! + 1e-4, 15);
  expect(certain(curvesOnQuotes(curveSet, quotes.values))).toBe(curveSet);
});
