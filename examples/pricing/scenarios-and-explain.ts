/** A live book under a grid and under days of the past, and what made a day's profit. Run: node dist/examples/pricing/scenarios-and-explain.js */
import { prepareBook, repriceBook, setRate, setSpot, setVolatility, setYield } from '../../pricing/batch';
import {
  compileScenarios,
  explainBook,
  explainPosition,
  factorSet,
  grid,
  historicalScenarios,
  PROFIT_AXES,
  scenarioProfits,
  tailRisk,
} from '../../pricing/scenarios';

const now = Date.UTC(2026, 0, 5, 16) * 1000;
const DAY = 86_400e6;
const option = (right: 'call' | 'put', strike: number) => ({
  right,
  exercise: 'european' as const,
  strike,
  expiry: now + 90 * DAY,
  underlying: 0,
  rate: 0,
  yield: 0,
});
const prepared = prepareBook([option('call', 105), option('put', 95)], { origin: now });
if (!prepared.ok) throw new Error(prepared.message);
const book = prepared.value;
setSpot(book, 0, 100);
setRate(book, 0, 0.03);
setYield(book, 0, 0.01);
for (const row of [0, 1]) setVolatility(book, row, 0.25);
repriceBook(book, now);

// Factors are the market's numbers under names; bindings say where they enter the book.
const factors = factorSet([
  { kind: 'spot', name: 'ACME' },
  { kind: 'volatility', name: 'ACME' },
]);
if (!factors.ok) throw new Error(factors.message);
const run = {
  set: factors.value,
  values: Float64Array.of(100, 0.25),
  bindings: [
    { factor: 0, input: 'spot', place: 0 },
    { factor: 1, input: 'volatility', place: 0 },
    { factor: 1, input: 'volatility', place: 1 },
  ] as const,
};
const held = Float64Array.of(10, -10);

const cells = compileScenarios(
  run.set,
  grid(
    { kind: 'spot', how: 'relative', steps: [-0.1, 0, 0.1] },
    { kind: 'volatility', how: 'absolute', steps: [-0.05, 0, 0.05] },
  ),
);
if (!cells.ok) throw new Error(cells.message);
const stressed = scenarioProfits(book, { ...run, scenarios: cells.value }, held);
if (!stressed.ok) throw new Error(stressed.message);
for (const [cell, { name }] of cells.value.entries())
  console.log(`${name}: ${stressed.value.profits[cell]!.toFixed(2)}`);

const days = [100, 103, 98, 99, 104, 97].map((spot, day) => ({
  day: `day ${day}`,
  values: Float64Array.of(spot, 0.25 + 0.01 * (day % 2)),
}));
const history = historicalScenarios(run.set, days, { how: {} });
if (!history.ok) throw new Error(history.message);
const past = scenarioProfits(book, { ...run, scenarios: history.value.scenarios }, held);
if (!past.ok) throw new Error(past.message);
const risk = tailRisk(past.value.profits, 0.2);
if (!risk.ok) throw new Error(risk.message);
const worst = history.value.scenarios[risk.value.scenario]!.name;
console.log(`value at risk ${risk.value.valueAtRisk.toFixed(2)}, from ${worst}`);

const explained = explainBook(book, { now: now + DAY, spots: [[0, 102]], volatilities: [[0, 0.26]] });
if (!explained.ok) throw new Error(explained.message);
const { theta, rho, dividend, delta, gamma, vega, vanna, volga, before, after } = explained.value;
const profit = explainPosition({
  before: before[0]!,
  after: after[0]!,
  axes: {
    theta: theta[0]!,
    rho: rho[0]!,
    dividend: dividend[0]!,
    delta: delta[0]!,
    gamma: gamma[0]!,
    vega: vega[0]!,
    vanna: vanna[0]!,
    volga: volga[0]!,
  },
  quantityBefore: 10,
  quantityAfter: 10,
  fxBefore: 1,
  fxAfter: 1,
  carry: 0,
  cash: 0,
  paid: 0,
});
for (const axis of PROFIT_AXES) if (profit[axis] !== 0) console.log(`  ${axis}: ${profit[axis].toFixed(3)}`);
console.log(`explained to the last digit: ${profit.total.toFixed(3)}`);
