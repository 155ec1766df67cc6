/** Heston strips: options a second on one core at a stated maximum error. Run: node dist/bench/pricing/heston.js */
import { hestonStrip } from '../../pricing/models/heston-strip.js';

const parameters = { v0: 0.04, kappa: 4, theta: 0.25, sigma: 1, rho: -0.5 };
const sets = [
  parameters,
  { v0: 0.1, kappa: 2, theta: 0.08, sigma: 0.5, rho: -0.7 },
  { v0: 0.03, kappa: 0.5, theta: 0.05, sigma: 1.2, rho: -0.9 },
];
const expiries = [7 / 365, 30 / 365, 0.25, 0.5, 1, 2, 5];

for (const width of [13, 25, 50, 100]) {
  for (const greeks of [false, true]) {
    // Strikes from −4 to +3 standard deviations of each expiry, as a listed chain has them.
    const strikesOf = (expiry: number): Float64Array =>
      Float64Array.from(
        { length: width },
        (_, i) => 100 * Math.exp(0.25 * Math.sqrt(expiry) * ((7 * i) / (width - 1) - 4)),
      );
    let worst = 0;
    for (const p of sets)
      for (const expiry of expiries) {
        const base = { parameters: p, forward: 100, discount: 1, expiry, strikes: strikesOf(expiry) };
        const fast = hestonStrip({ ...base, tolerance: 1e-8 });
        const exact = hestonStrip({ ...base, tolerance: 1e-13 });
        fast.call.forEach((value, i) => {
          worst = Math.max(worst, Math.abs(value - exact.call[i]!));
        });
      }
    let best = Number.POSITIVE_INFINITY;
    let nodes = 0;
    for (let run = 0; run < 7; run++) {
      const start = process.hrtime.bigint();
      nodes = 0;
      for (let repeat = 0; repeat < 10; repeat++)
        for (const p of sets)
          for (const expiry of expiries)
            nodes += hestonStrip(
              {
                parameters: p,
                forward: 100,
                discount: 1,
                expiry,
                strikes: strikesOf(expiry),
                tolerance: 1e-8,
              },
              greeks,
            ).nodes;
      const seconds = Number(process.hrtime.bigint() - start) / 1e9;
      best = Math.min(best, seconds);
    }
    const strips = 10 * sets.length * expiries.length;
    console.log(
      `${width} strikes${greeks ? ' with 4 sensitivities' : ''}: ${Math.round((strips * width) / best).toLocaleString('en')} options/s, ` +
        `${(nodes / strips).toFixed(0)} nodes a strip, largest error ${worst.toExponential(1)} on a forward of 100`,
    );
  }
}
