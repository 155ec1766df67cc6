/**
 * Delta conventions of the foreign exchange market, both ways, and what it calls at the money.
 *
 * Source: D. Reiswich and U. Wystup, "FX volatility smile construction", CPQF working paper 20 (2010). Forward deltas
 * hedge with the forward, premium-adjusted ones are net of a premium paid in the foreign currency.
 */
import { normalCdf, normalInverse } from '../math/normal';
import { brentRoot } from '../math/roots';
import { type Right, signOf } from './black';

export type DeltaConvention = 'spot' | 'forward' | 'spot-premium-adjusted' | 'forward-premium-adjusted';

export interface FxTerms {
  readonly right: Right;
  readonly convention: DeltaConvention;
  readonly spot: number;
  readonly domesticDiscount: number;
  readonly foreignDiscount: number;
  /** Volatility times the square root of time. */
  readonly stdDev: number;
}

const forwardOf = ({ spot, foreignDiscount, domesticDiscount }: FxTerms): number =>
  (spot * foreignDiscount) / domesticDiscount;

const isAdjusted = ({ convention }: FxTerms): boolean => convention.endsWith('premium-adjusted');
const scaleOf = (terms: FxTerms): number => (terms.convention.startsWith('spot') ? terms.foreignDiscount : 1);

/** Delta of a strike. With no deviation the option is the forward or nothing. */
export const deltaOfStrike = (terms: FxTerms, strike: number): number => {
  const phi = signOf(terms.right);
  const forward = forwardOf(terms);
  const d1 = Math.log(forward / strike) / terms.stdDev + 0.5 * terms.stdDev;
  const d = isAdjusted(terms) ? d1 - terms.stdDev : d1;
  const probability = terms.stdDev > 0 ? normalCdf(phi * d) : phi * (forward - strike) >= 0 ? 1 : 0;
  return phi * scaleOf(terms) * (isAdjusted(terms) ? strike / forward : 1) * probability;
};

/**
 * Strike of a delta; NaN when no strike has it. A premium-adjusted call has two strikes for a delta: the market's is
 * the higher one, beyond the strike of greatest delta.
 */
export const strikeOfDelta = (terms: FxTerms, delta: number): number => {
  const phi = signOf(terms.right);
  const forward = forwardOf(terms);
  const { stdDev } = terms;
  if (!isAdjusted(terms)) {
    const d1 = phi * normalInverse((phi * delta) / scaleOf(terms));
    return forward * Math.exp(-stdDev * d1 + 0.5 * stdDev * stdDev);
  }
  const excess = (x: number) => deltaOfStrike(terms, forward * Math.exp(x)) - delta;
  const reach = 12 * stdDev + 1;
  let low = -reach;
  if (terms.right === 'call') {
    // The greatest delta is where the slope N(d₂)σ√T − n(d₂) vanishes; a golden section finds it.
    let [a, b] = [-reach, reach];
    const ratio = (Math.sqrt(5) - 1) / 2;
    while (b - a > 1e-10) {
      const [c, d] = [b - ratio * (b - a), a + ratio * (b - a)];
      if (excess(c) > excess(d)) b = d;
      else a = c;
    }
    low = (a + b) / 2;
  }
  return forward * Math.exp(brentRoot(excess, { low, high: reach, tolerance: 1e-14 }));
};

export type AtTheMoney = 'spot' | 'forward' | 'delta-neutral';

/** The strike that the convention calls at the money; delta-neutral: call and put deltas cancel. */
export const atTheMoneyStrike = (terms: FxTerms, kind: AtTheMoney): number => {
  if (kind === 'spot') return terms.spot;
  const forward = forwardOf(terms);
  if (kind === 'forward') return forward;
  const half = 0.5 * terms.stdDev * terms.stdDev;
  return forward * Math.exp(isAdjusted(terms) ? -half : half);
};
