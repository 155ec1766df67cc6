/**
 * Heston strips: options a second on one core at a stated maximum error, by parameter set and width of the strip.
 * Run: node dist/bench/pricing/heston.js   (with --values: the prices that quantlib-heston.py compares)
 */
import { hestonStrip } from '../../pricing/models/heston-strip.js';

const sets = {
  Lewis: { v0: 0.04, kappa: 4, theta: 0.25, sigma: 1, rho: -0.5 },
  index: { v0: 0.1, kappa: 2, theta: 0.08, sigma: 0.5, rho: -0.7 },
  // Far from the Feller condition and nearly perfectly correlated: the characteristic function decays slowest.
  extreme: { v0: 0.03, kappa: 0.5, theta: 0.05, sigma: 1.2, rho: -0.9 },
};
const expiries = [7 / 365, 30 / 365, 0.25, 0.5, 1, 2, 5];
const repeats = 20;

/** Strikes from −4 to +3 standard deviations of each expiry, as a listed chain has them. */
const strikesOf = (expiry: number, width: number): Float64Array =>
  Float64Array.from(
    { length: width },
    (_, i) => 100 * Math.exp(0.25 * Math.sqrt(expiry) * ((7 * i) / (width - 1) - 4)),
  );

function report(name: string, parameters: (typeof sets)['Lewis'], width: number): void {
  let worst = 0;
  const requests = expiries.map((expiry) => {
    const base = { parameters, forward: 100, discount: 1, expiry, strikes: strikesOf(expiry, width) };
    const fast = hestonStrip({ ...base, tolerance: 5e-7 });
    const exact = hestonStrip({ ...base, tolerance: 1e-13 });
    fast.call.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - exact.call[i]!));
    });
    return { ...base, tolerance: 5e-7 };
  });
  const rate = (greeks: boolean): number => {
    let best = Number.POSITIVE_INFINITY;
    for (let run = 0; run < 7; run++) {
      const start = performance.now();
      for (let repeat = 0; repeat < repeats; repeat++) for (const r of requests) hestonStrip(r, greeks);
      best = Math.min(best, performance.now() - start);
    }
    return (1000 * repeats * requests.length * width) / best;
  };
  const count = (value: number): string => Math.round(value / 1000).toLocaleString('en');
  console.log(
    `${name}, ${width} strikes: ${count(rate(false))} k options/s, ${count(rate(true))} k with four sensitivities, ` +
      `largest error ${worst.toExponential(1)} on a forward of 100`,
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
}
