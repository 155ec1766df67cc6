/** Heston as a plug-in: Lewis' published digits, parity, arbitrage over strikes, convergence to Black–Scholes. */
import { calibrateHeston } from '../calibration/heston';
import { success } from '../contract';
import { blackPrice } from '../models/black';
import { hestonExpectedVariance } from '../models/heston';
import { hestonStrip } from '../models/heston-strip';
import { largest, type ModelPlugin, type ValidationCheck } from './model-plugin';

const parameters = { v0: 0.04, kappa: 4, theta: 0.25, sigma: 1, rho: -0.5 };
/** S = 100, r = 1 %, q = 2 %, one year; the first digits of fifty. */
const lewisCalls: readonly (readonly [strike: number, value: number])[] = [
  [80, 26.77475874399885],
  [90, 20.93334900059671],
  [100, 16.07015491702883],
  [110, 12.13221151670984],
  [120, 9.02491348345783],
];

function reference(): ValidationCheck {
  const { call } = hestonStrip({
    parameters,
    forward: 100 * Math.exp(-0.01),
    discount: Math.exp(-0.01),
    expiry: 1,
    strikes: lewisCalls.map(([strike]) => strike),
    tolerance: 1e-13,
  });
  return {
    kind: 'reference',
    name: "Lewis' high-precision calls",
    found: largest(lewisCalls.map(([, value], i) => call[i]! - value)),
    allowed: 1e-10,
    cases: lewisCalls.length,
    source: "Alan Lewis, wilmott.com thread 90957; QuantLib's testAlanLewisReferencePrices",
  };
}

/** Convexity and monotony of calls over strike, on short and long expiries. */
function arbitrage(): ValidationCheck {
  const expiries = [0.05, 0.5, 3, 10];
  const breaks = expiries.flatMap((expiry) => {
    const strikes = Array.from({ length: 61 }, (_, i) => 40 + 3 * i);
    const { call } = hestonStrip({
      parameters,
      forward: 100,
      discount: 1,
      expiry,
      strikes,
      tolerance: 1e-12,
    });
    return strikes.slice(1, -1).flatMap((_, i) => {
      const [a, b, c] = [call[i]!, call[i + 1]!, call[i + 2]!];
      return [Math.max(b - a, 0), Math.max(2 * b - a - c, 0)];
    });
  });
  return {
    kind: 'arbitrage',
    name: 'calls fall and are convex in strike',
    found: largest(breaks),
    allowed: 1e-8,
    cases: breaks.length,
    source: 'no static arbitrage',
  };
}

function convergence(): ValidationCheck {
  const strikes = [70, 100, 140];
  const still = { v0: 0.09, kappa: 1, theta: 0.09, sigma: 0, rho: -0.5 };
  const { call } = hestonStrip({
    parameters: still,
    forward: 100,
    discount: 1,
    expiry: 2,
    strikes,
    tolerance: 1e-12,
  });
  const stdDev = Math.sqrt(0.18);
  return {
    kind: 'convergence',
    name: 'no volatility of variance is Black–Scholes',
    found: largest(
      strikes.map(
        (strike, i) => call[i]! - blackPrice({ right: 'call', strike, forward: 100, stdDev, discount: 1 }),
      ),
    ),
    allowed: 1e-9,
    cases: strikes.length,
    source: 'Black 1976',
  };
}

/** The strip of out-of-the-money options that replicates −2 ln(S/F) is worth the expected variance, by Simpson's rule. */
function parity(): ValidationCheck {
  const half = 700;
  const step = 0.01;
  const logs = Array.from({ length: 2 * half + 1 }, (_, i) => (i - half) * step);
  const strikes = logs.map((k) => 100 * Math.exp(k));
  const base = { parameters, forward: 100, discount: 1, strikes, tolerance: 1e-12 };
  const expiries = [0.25, 1];
  const off = expiries.map((expiry) => {
    const { call } = hestonStrip({ ...base, expiry });
    let sum = 0;
    logs.forEach((k, i) => {
      const price = k < 0 ? call[i]! - 100 + strikes[i]! : call[i]!;
      // The two sides meet in a kink at the forward, so each has its own Simpson weights.
      const end = i === 0 || i === 2 * half || i === half;
      sum += (end ? (i === half ? 2 : 1) : i % 2 === 1 ? 4 : 2) * (price / strikes[i]!);
    });
    return (2 * sum * step) / 3 - hestonExpectedVariance(parameters, expiry);
  });
  return {
    kind: 'parity',
    name: 'the strip that replicates variance is worth the expected variance',
    found: largest(off),
    allowed: 1e-6,
    cases: expiries.length,
    source: 'Carr, Madan 1998: −2 E ln(S/F) = E ∫ v dt',
  };
}

export const hestonPlugin: ModelPlugin = {
  name: 'heston',
  about: 'stochastic variance with mean reversion (Heston 1993)',
  parameters: [
    { name: 'v0', about: "today's variance, per year", least: 0 },
    { name: 'kappa', about: 'mean reversion, per year', least: 0 },
    { name: 'theta', about: 'long-run variance, per year', least: 0 },
    { name: 'sigma', about: 'volatility of variance', least: 0 },
    { name: 'rho', about: 'correlation of spot and variance', least: -1, most: 1 },
  ],
  calibrate: (slices) => {
    const result = calibrateHeston(slices);
    return result.ok ? success({ ...result.value, parameters: { ...result.value.parameters } }) : result;
  },
  validate: () => [reference(), parity(), arbitrage(), convergence()],
};
