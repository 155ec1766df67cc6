/**
 * Fair variance of a smile: the strip of out-of-the-money options that replicates the log contract, integrated over all
 * strikes. Source: P. Carr and D. Madan, "Towards a theory of volatility trading", 1998: E ∫v dt = 2 ∫ O(K)/K² dK, with
 * undiscounted prices O; in k = ln(K/F) per unit of the forward the integrand is O(k)·e^(−k).
 */
import { gaussLegendre } from '../math/gauss-legendre';
import { blackPrice, type Right } from './black';

/** Panels of each side, finer towards the kink at the forward, and nodes of each. */
const PANELS = 32;
const RULE = gaussLegendre(16);
/** Deviations at its own volatility that the last strike of a side lies away: what is left out is below 1e-15. */
const REACH = 9;
/** No wing is followed farther: e^50 times the forward. */
const FAR = 50;

/** The log-moneyness that lies REACH of its own deviations from the forward; wings rise, so it is found by climbing. */
function reachOf(volatility: (k: number) => number, root: number, side: number): number {
  let k = REACH * Math.max(volatility(0) * root, 1e-4);
  for (let i = 0; i < 60; i++) {
    const next = Math.min(REACH * volatility(side * k) * root, FAR);
    if (next <= k * 1.001) break;
    k = next;
  }
  return k;
}

/** Annualised; volatilities by log-moneyness k must be above zero. */
export function smileVariance(volatility: (k: number) => number, time: number): number {
  const root = Math.sqrt(time);
  const integrand = (k: number, right: Right): number =>
    Math.exp(-k) *
    blackPrice({ right, forward: 1, strike: Math.exp(k), stdDev: volatility(k) * root, discount: 1 });
  let sum = 0;
  for (const [side, right] of [
    [-1, 'put'],
    [1, 'call'],
  ] as const) {
    const reach = reachOf(volatility, root, side);
    for (let panel = 0; panel < PANELS; panel++) {
      const from = reach * (panel / PANELS) ** 2;
      const half = (reach * ((panel + 1) / PANELS) ** 2 - from) / 2;
      for (let i = 0; i < RULE.nodes.length; i++)
        sum += half * RULE.weights[i]! * integrand(side * (from + half * (1 + RULE.nodes[i]!)), right);
    }
  }
  return (2 * sum) / time;
}
