/**
 * Heston strips: options a second on one core at a stated maximum error, by parameter set and width of the strip, and
 * over the corners of what is reasonable: speed of mean reversion, variances, their volatility and correlation.
 * Run: node dist/bench/pricing/heston.js   (with --values: the prices that quantlib-heston.py compares)
 */
import { type HestonParameters, hestonExpectedVariance } from '../../pricing/models/heston';
import { hestonLinePrices } from '../../pricing/models/heston-line';
import { hestonStrip } from '../../pricing/models/heston-strip';

const sets = {
  Lewis: { v0: 0.04, kappa: 4, theta: 0.25, sigma: 1, rho: -0.5 },
  index: { v0: 0.1, kappa: 2, theta: 0.08, sigma: 0.5, rho: -0.7 },
  // Far from the Feller condition and nearly perfectly correlated: the characteristic function decays slowest.
  extreme: { v0: 0.03, kappa: 0.5, theta: 0.05, sigma: 1.2, rho: -0.9 },
};
const expiries = [7 / 365, 30 / 365, 0.25, 0.5, 1, 2, 5];
const tolerance = 5e-7;

interface Strip {
  readonly parameters: HestonParameters;
  readonly forward: number;
  readonly discount: number;
  readonly expiry: number;
  readonly strikes: Float64Array;
  readonly tolerance: number;
}

/** Strikes from −4 to +3 deviations, as a listed chain has them. */
function stripOf(parameters: HestonParameters, expiry: number, width: number, deviation: number): Strip {
  const strikes = Float64Array.from(
    { length: width },
    (_, i) => 100 * Math.exp(deviation * ((7 * i) / (width - 1) - 4)),
  );
  return { parameters, forward: 100, discount: 1, expiry, strikes, tolerance };
}

/** Largest difference from the straight contour at 1e-13, as a fraction of the forward. */
function errorOf({ parameters, expiry, strikes, ...strip }: Strip): number {
  const logStrikes = strikes.map((k) => Math.log(k / 100));
  const exact = hestonLinePrices({ parameters, expiry, logStrikes, tolerance: 1e-13, greeks: false });
  const { call } = hestonStrip({ parameters, expiry, strikes, ...strip });
  return call.reduce((worst, value, i) => Math.max(worst, Math.abs(value / 100 - exact.call[i]!)), 0);
}

/** Options a second over the strips: the best of many short passes, so that other work on the machine counts little. */
function rateOf(strips: readonly Strip[], greeks: boolean): number {
  let best = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < 300; pass++) {
    const start = performance.now();
    for (const strip of strips) hestonStrip(strip, greeks);
    best = Math.min(best, performance.now() - start);
  }
  const options = strips.reduce((sum, { strikes }) => sum + strikes.length, 0);
  return (1000 * options) / best;
}

const thousands = (value: number): string => Math.round(value / 1000).toLocaleString('en');

function report(name: string, parameters: HestonParameters, width: number): void {
  const strips = expiries.map((expiry) => stripOf(parameters, expiry, width, 0.25 * Math.sqrt(expiry)));
  console.log(
    `${name}, ${width} strikes: ${thousands(rateOf(strips, false))} k options/s, ` +
      `${thousands(rateOf(strips, true))} k with four sensitivities, ` +
      `largest error ${Math.max(...strips.map(errorOf)).toExponential(1)} of the forward`,
  );
}

/** Every strip whose parameters are each the least or the most of what is reasonable. */
function corners(width: number): readonly Strip[] {
  const ends: Readonly<Record<keyof HestonParameters, readonly number[]>> = {
    v0: [0.005, 0.5],
    kappa: [0.1, 10],
    theta: [0.005, 0.5],
    sigma: [0.05, 2],
    rho: [-0.95, 0.5],
  };
  const names = ['v0', 'kappa', 'theta', 'sigma', 'rho'] as const;
  return Array.from({ length: 32 }, (_, corner) => {
    const at = (i: number): number => ends[names[i]!][(corner >> i) & 1]!;
    return { v0: at(0), kappa: at(1), theta: at(2), sigma: at(3), rho: at(4) };
  }).flatMap((p) =>
    [7 / 365, 1, 10].map((expiry) => stripOf(p, expiry, width, Math.sqrt(hestonExpectedVariance(p, expiry)))),
  );
}

function reportCorners(width: number): void {
  const strips = corners(width);
  const rates = strips.map((strip) => rateOf([strip], false));
  const slowest = rates.indexOf(Math.min(...rates));
  const { parameters, expiry } = strips[slowest]!;
  console.log(
    `${strips.length} corners, ${width} strikes: ${thousands(rateOf(strips, false))} k options/s together, ` +
      `${thousands(rateOf(strips, true))} k with four sensitivities, slowest ${thousands(rates[slowest]!)} k at ` +
      `${JSON.stringify(parameters)} and ${expiry.toFixed(2)} years, ` +
      `largest error ${Math.max(...strips.map(errorOf)).toExponential(1)} of the forward`,
  );
}

if (process.argv.includes('--values')) {
  for (const [name, parameters] of Object.entries(sets)) {
    for (const expiry of [0.5, 1, 2]) {
      const strikes = [70, 85, 100, 115, 140];
      const { call } = hestonStrip({
        parameters,
        forward: 100,
        discount: 1,
        expiry,
        strikes,
        tolerance: 1e-12,
      });
      console.log(JSON.stringify({ name, ...parameters, expiry, strikes, calls: [...call] }));
    }
  }
} else {
  for (const width of [13, 25, 50, 100]) {
    for (const [name, parameters] of Object.entries(sets)) report(name, parameters, width);
  }
  reportCorners(13);
}
