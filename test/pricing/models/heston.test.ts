/** European options under Heston, judged by published fifty-digit values, limits, parity and finite differences. */
import * as fc from 'fast-check';
import { normalCdf } from '../../../pricing/math/normal';
import { type HestonParameters, hestonFault } from '../../../pricing/models/heston';
import { hestonStrip } from '../../../pricing/models/heston-strip';
import { cases } from '../../support/long-runs';

/**
 * Alan Lewis: "High precision Heston prices" posted at wilmott.com, thread 90957, as quoted in QuantLib's
 * test-suite/hestonmodel.cpp, testAlanLewisReferencePrices: S = 100, r = 1 %, q = 2 %, one year.
 */
const lewis = {
  parameters: { v0: 0.04, kappa: 4, theta: 0.25, sigma: 1, rho: -0.5 },
  forward: 100 * Math.exp(-0.01),
  discount: Math.exp(-0.01),
  strikes: [80, 90, 100, 110, 120],
  puts: [
    '7.958878113256768285213263077598987193482161301733',
    '12.017966707346304987709573290236471654992071308187',
    '17.055270961270109413522653999411000974895436309183',
    '23.017825898442800538908781834822560777763225722188',
    '29.811026202682471843340682293165857439167301370697',
  ].map(Number),
  calls: [
    '26.774758743998854221382195325726949201687074848341',
    '20.933349000596710388139445766564068085476194042256',
    '16.070154917028834278213466703938231827658768230714',
    '12.132211516709844867860534767549426052805766831181',
    '9.024913483457835636553375454092357136489051667150',
  ].map(Number),
};

test.each(lewis.strikes.map((strike, i) => ({ strike, i })))('Lewis, strike $strike, to 1e-10', ({
  strike,
  i,
}) => {
  const strip = hestonStrip({ ...lewis, expiry: 1, tolerance: 1e-13 });
  const put = strip.call[i]! - lewis.discount * (lewis.forward - strike);
  expect(Math.abs(strip.call[i]! - lewis.calls[i]!)).toBeLessThan(1e-12);
  expect(Math.abs(put - lewis.puts[i]!)).toBeLessThan(1e-12);
});

type Complex = readonly [number, number];
const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c];
const plus = ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d];
const over = (x: Complex, [c, d]: Complex): Complex => times(x, [c / (c * c + d * d), -d / (c * c + d * d)]);
const exp = ([a, b]: Complex): Complex => [Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b)];
const scale = (a: number, [x, y]: Complex): Complex => [a * x, a * y];

/**
 * The oracle shares no formula with the library: it integrates the Riccati equations of the characteristic function
 * by Runge–Kutta, and Lewis' integral without control variate by the plain trapezoidal rule.
 */
function oracleCall(
  p: HestonParameters,
  market: { forward: number; strike: number; expiry: number },
): number {
  const phi = (u: number): Complex => {
    const z: Complex = [u, -0.5];
    const c = scale(-0.5, plus(times(z, z), [-z[1], z[0]]));
    const b = plus([p.kappa, 0], scale(-p.rho * p.sigma, [-z[1], z[0]]));
    const slope = (d: Complex): Complex =>
      plus(c, plus(scale(-1, times(b, d)), scale(0.5 * p.sigma * p.sigma, times(d, d))));
    const n = 500;
    const h = market.expiry / n;
    let d: Complex = [0, 0];
    let integral: Complex = [0, 0];
    for (let i = 0; i < n; i++) {
      const k1 = slope(d);
      const k2 = slope(plus(d, scale(h / 2, k1)));
      const k3 = slope(plus(d, scale(h / 2, k2)));
      const k4 = slope(plus(d, scale(h, k3)));
      const middle = plus(
        d,
        plus(scale(h / 2, k1), scale((h * h) / 8, over(plus(k4, scale(-1, k1)), [h, 0]))),
      );
      const next = plus(d, scale(h / 6, plus(plus(k1, k4), scale(2, plus(k2, k3)))));
      integral = plus(integral, scale(h / 6, plus(plus(d, next), scale(4, middle))));
      d = next;
    }
    return exp(plus(scale(p.kappa * p.theta, integral), scale(p.v0, d)));
  };
  const x = Math.log(market.forward / market.strike);
  const n = 300;
  const end = 30;
  const term = (u: number): number => times(exp([0, u * x]), phi(u))[0] / (u * u + 0.25);
  let sum = term(0) / 2;
  for (let i = 1; i <= n; i++) sum += term((i * end) / n);
  return market.forward - (Math.sqrt(market.forward * market.strike) / Math.PI) * ((sum * end) / n);
}

test('an oracle by Runge–Kutta and plain trapezoids agrees over parameters that break and keep the Feller condition', () => {
  const cases = [
    { p: { v0: 0.3, kappa: 1.5, theta: 0.2, sigma: 0.4, rho: -0.7 }, expiry: 1.5 },
    { p: { v0: 0.25, kappa: 0.6, theta: 0.3, sigma: 0.9, rho: 0.6 }, expiry: 2 },
    { p: { v0: 0.4, kappa: 3, theta: 0.2, sigma: 0.05, rho: 0 }, expiry: 1 },
  ];
  for (const { p, expiry } of cases) {
    const strikes = [100, 140];
    const strip = hestonStrip({
      parameters: p,
      forward: 100,
      discount: 1,
      expiry,
      strikes,
      tolerance: 1e-12,
    });
    strikes.forEach((strike, i) => {
      expect(Math.abs(strip.call[i]! - oracleCall(p, { forward: 100, strike, expiry }))).toBeLessThan(2e-6);
    });
  }
});

const anyParameters = fc.record({
  v0: fc.double({ min: 0.005, max: 0.5, noNaN: true }),
  kappa: fc.double({ min: 0.05, max: 8, noNaN: true }),
  theta: fc.double({ min: 0.005, max: 0.5, noNaN: true }),
  sigma: fc.double({ min: 0, max: 2, noNaN: true }),
  rho: fc.double({ min: -0.95, max: 0.95, noNaN: true }),
});
const anyExpiry = fc.double({ min: 0.02, max: 10, noNaN: true });

test('the stated error is kept: a loose tolerance stays within it of a tight one', () => {
  fc.assert(
    fc.property(anyParameters, anyExpiry, (parameters, expiry) => {
      const base = { parameters, forward: 100, discount: 0.97, expiry, strikes: [50, 80, 100, 125, 200] };
      const loose = hestonStrip({ ...base, tolerance: 1e-8 });
      const tight = hestonStrip({ ...base, tolerance: 1e-13 });
      loose.call.forEach((value, i) => {
        expect(Math.abs(value - tight.call[i]!)).toBeLessThan(1e-6);
        expect(Math.abs(value - tight.call[i]!)).toBeLessThan(loose.error + tight.error + 1e-10);
      });
    }),
    { numRuns: cases(150), seed: 11 },
  );
});

test('calls fall and are convex in strike, and stay within the bounds of no arbitrage', () => {
  fc.assert(
    fc.property(anyParameters, anyExpiry, (parameters, expiry) => {
      const strikes = Array.from({ length: 41 }, (_, i) => 60 + 2 * i);
      const { call } = hestonStrip({
        parameters,
        forward: 100,
        discount: 1,
        expiry,
        strikes,
        tolerance: 1e-12,
      });
      for (let i = 1; i < 40; i++) {
        expect(call[i - 1]! - call[i]!).toBeGreaterThanOrEqual(-1e-9);
        expect(call[i - 1]! - 2 * call[i]! + call[i + 1]!).toBeGreaterThanOrEqual(-1e-8);
      }
    }),
    { numRuns: cases(60), seed: 5 },
  );
});

test('without volatility of variance the price is Black–Scholes at the mean variance', () => {
  const parameters = { v0: 0.09, kappa: 1.2, theta: 0.04, sigma: 0, rho: -0.5 };
  const w = 0.04 * 2 + (0.05 * (1 - Math.exp(-2.4))) / 1.2;
  const d1 = Math.log(100 / 110) / Math.sqrt(w) + Math.sqrt(w) / 2;
  const strip = hestonStrip({ parameters, forward: 100, discount: 1, expiry: 2, strikes: [110] });
  expect(strip.call[0]!).toBeCloseTo(100 * normalCdf(d1) - 110 * normalCdf(d1 - Math.sqrt(w)), 10);
});

test('every sensitivity is the central difference of the value at two step sizes', () => {
  const p = { v0: 0.05, kappa: 2, theta: 0.08, sigma: 0.6, rho: -0.6 };
  const value = (bump: { f?: number; v0?: number; t?: number }): Float64Array =>
    hestonStrip({
      parameters: { ...p, v0: p.v0 + (bump.v0 ?? 0) },
      forward: 100 + (bump.f ?? 0),
      discount: 0.98,
      expiry: 0.75 + (bump.t ?? 0),
      strikes: [80, 100, 130],
      tolerance: 1e-13,
    }).call;
  const at = hestonStrip(
    { parameters: p, forward: 100, discount: 0.98, expiry: 0.75, strikes: [80, 100, 130], tolerance: 1e-13 },
    true,
  );
  const middle = value({});
  for (let i = 0; i < 3; i++) {
    const close = (got: number, difference: number): void =>
      expect(Math.abs(got - difference)).toBeLessThan(1e-6 * Math.max(1, Math.abs(got)));
    for (const h of [0.02, 0.01]) {
      close(at.deltaForward[i]!, (value({ f: h })[i]! - value({ f: -h })[i]!) / (2 * h));
      close(at.gammaForward[i]!, (value({ f: h })[i]! + value({ f: -h })[i]! - 2 * middle[i]!) / (h * h));
    }
    for (const h of [2e-5, 1e-5]) {
      close(at.vegaV0[i]!, (value({ v0: h })[i]! - value({ v0: -h })[i]!) / (2 * h));
      close(at.slopeExpiry[i]!, (value({ t: h })[i]! - value({ t: -h })[i]!) / (2 * h));
    }
  }
});

test.each([
  [{ v0: -0.01 }, 'heston-v0-must-not-be-negative'],
  [{ kappa: 0 }, 'heston-kappa-must-be-positive'],
  [{ rho: 1.2 }, 'heston-rho-must-be-a-correlation'],
  [{ sigma: Number.NaN }, 'heston-parameters-must-be-finite'],
])('parameters %j are refused by %s', (change, reason) => {
  expect(hestonFault({ ...lewis.parameters, ...change })?.reason).toBe(reason);
});
