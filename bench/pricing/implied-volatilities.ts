/**
 * Implied volatilities in batch: `node dist/bench/pricing/implied-volatilities.js`.
 *
 * 100,000 prices of out- and in-the-money options, a week to three years, 10 to 90 % volatility, within six deviations.
 */
import {
  type ImpliedColumns,
  impliedSolver,
  type QuotedPrices,
} from '../../pricing/batch/implied-volatilities';
import { blackPrice } from '../../pricing/models/black';
import { drawn, fastest, report } from './option-cases';

const COUNT = 100_000;

const run = (): void => {
  const next = drawn(5);
  const column = (): Float64Array => new Float64Array(COUNT);
  const quotes: QuotedPrices = {
    sign: column(),
    price: column(),
    forward: column(),
    strike: column(),
    discount: column(),
    time: column(),
  };
  const truth = column();
  for (let i = 0; i < COUNT; i++) {
    const time = 7 / 365 + 3 * next() ** 2;
    const volatility = 0.1 + 0.8 * next();
    const stdDev = volatility * Math.sqrt(time);
    const right = next() < 0.5 ? 'call' : 'put';
    const strike = 100 * Math.exp((4 * next() - 2) * stdDev);
    const discount = Math.exp(-0.03 * time);
    quotes.sign[i] = right === 'call' ? 1 : -1;
    quotes.price[i] = blackPrice({ right, strike, forward: 100, stdDev, discount });
    quotes.forward[i] = 100;
    quotes.strike[i] = strike;
    quotes.discount[i] = discount;
    quotes.time[i] = time;
    truth[i] = volatility;
  }
  for (const kernel of ['wasm-simd', 'javascript'] as const) {
    const solver = impliedSolver(kernel);
    const out: ImpliedColumns = { volatility: column(), reason: new Uint8Array(COUNT) };
    const seconds = fastest(kernel === 'javascript' ? 3 : 30, () => solver.solve(quotes, COUNT, out));
    report(`implied volatilities, ${kernel}`, COUNT / seconds / 1e6, 'M prices/s');
    const gaps = truth.map((v, i) => Math.abs(out.volatility[i]! / v - 1));
    report('  without a volatility', out.reason.filter((code) => code !== 0).length, 'prices');
    report('  within 1e-9 of the volatility', gaps.filter((gap) => gap < 1e-9).length, 'prices');
  }
};

export const bench = { name: 'implied-volatilities', run };

if (require.main === module) run();
