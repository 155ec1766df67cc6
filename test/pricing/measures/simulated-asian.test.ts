/** Arithmetic Asians by simulation: Levy's table, the control variate, past fixings, refusals. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MonteCarloModel } from '../../../pricing/measures/scripted';
import { simulatedAsianPricer } from '../../../pricing/measures/simulated-asian';
import type { ArithmeticAsian } from '../../../pricing/products/asian-option';

const context = { valuationTime: 0, snapshot: 'test' };
const table = join(
  resolve(process.env['BREAKWATER_DATA'] ?? '../shared/data'),
  'reference-values/asianoptions.testMCDiscreteArithmeticAveragePrice.cases4.csv',
);
const withTable = existsSync(table) ? test : test.skip;

const modelOf = (
  market: { spot: number; rate: number; dividend: number; volatility: number },
  paths: number,
): MonteCarloModel => {
  const { rate, ...asset } = market;
  return {
    kind: 'monte-carlo',
    seed: 1997,
    paths,
    dynamics: { kind: 'lognormal', rate, assets: [{ name: 'S', ...asset }] },
  };
};
const priced = (product: ArithmeticAsian, model: MonteCarloModel) => {
  const result = simulatedAsianPricer.price(product, model, context);
  if (!result.ok) throw new Error(result.message);
  return result.value;
};
const put: ArithmeticAsian = {
  kind: 'arithmetic-asian',
  right: 'put',
  strike: 87,
  time: 1,
  pastFixings: [],
  fixingTimes: [0.25, 0.5, 0.75, 1],
};
const market = { spot: 90, rate: 0.025, dividend: 0.06, volatility: 0.13 };

withTable("Levy's table of puts, up to 26 fixings, within its tolerance of 0.02", () => {
  const rows = readFileSync(table, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
  const short = rows.filter((row) => Number(row[7]) <= 26);
  expect(short.length).toBeGreaterThan(7);
  for (const [, underlying, strike, dividend, rate, first, length, fixings, volatility, , result] of short) {
    const [start, n] = [Number(first), Number(fixings)];
    const times = Array.from({ length: n }, (_, i) => start + (i * Number(length)) / (n - 1));
    const product = {
      ...put,
      strike: Number(strike),
      time: start + Number(length),
      // A fixing that falls on today is known.
      pastFixings: start === 0 ? [Number(underlying)] : [],
      fixingTimes: times.filter((t) => t > 0),
    };
    const model = modelOf(
      {
        spot: Number(underlying),
        rate: Number(rate),
        dividend: Number(dividend),
        volatility: Number(volatility),
      },
      4096,
    );
    const { value, error } = priced(product, model);
    expect(error).toBeLessThan(5e-3);
    expect(Math.abs(value - Number(result))).toBeLessThan(2e-2);
  }
});

test('the control leaves a hundredth of the error, and delta and vega have it too', () => {
  const { explain, greeks, error } = priced(put, modelOf(market, 8192));
  const reduction = explain.find(({ name }) => name === 'variance reduction by controls')!.value as number;
  expect(reduction).toBeGreaterThan(300);
  expect(error).toBeLessThan(1e-3);
  const at = (spot: number): number => priced(put, modelOf({ ...market, spot }, 8192)).value;
  expect(greeks['delta S']!.value).toBeCloseTo((at(90.45) - at(89.55)) / 0.9, 3);
  expect(greeks['vega S']!.value).toBeGreaterThan(0);
});

test('fixings of the past enter the average', () => {
  const known = { ...put, pastFixings: [70, 70, 70], fixingTimes: [0.5] };
  const { value } = priced(known, modelOf(market, 4096));
  const mean = (3 * 70 + 90 * Math.exp((0.025 - 0.06) * 0.5)) / 4;
  // So far in the money that it is the discounted forward of the average.
  expect(value).toBeCloseTo(Math.exp(-0.025) * (87 - mean), 2);
});

test.each([
  [{ pastFixings: [], fixingTimes: [] }, 'fixings-must-be-given'],
  [{ fixingTimes: [0.5, 0.25] }, 'fixing-times-must-rise'],
])('%j is refused by %s', (change, reason) => {
  expect(simulatedAsianPricer.price({ ...put, ...change }, modelOf(market, 1024), context)).toMatchObject({
    ok: false,
    reason,
  });
});
