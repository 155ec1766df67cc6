/**
 * Barriers watched for a part of the life, and soft barriers.
 *
 * Partial time (R. Heynen and H. Kat, "Partial barrier options", Journal of Financial Engineering 3, 1994): by
 * quadrature over the price at the cover event. Soft (I. Hart and M. Ross, "Striking continuity", Risk 7, 1994): the
 * barrier option averaged over the levels of the soft range.
 */
import { gaussLegendre, integrateAdaptively } from '../math/gauss-legendre';
import { normalExpectation } from '../math/normal-expectation';
import { type BarrierTerms, barrierPrice, type Knock } from './barrier';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from './black';

const RULE = gaussLegendre(32);

/**
 * `start`: watched from now to the cover event. `end-cross` (type B1): watched from then to expiry, knocked by
 * reaching the barrier from either side. `end-beyond` (B2): knocked also by being beyond it at the cover event.
 */
export type PartialWatch = 'start' | 'end-cross' | 'end-beyond';

export interface PartialBarrierTerms extends VanillaTerms {
  readonly knock: Knock;
  readonly barrier: number;
  readonly side: 'down' | 'up';
  readonly watch: PartialWatch;
  /** Years from now of the cover event. */
  readonly cover: number;
}

const corridorOf = (side: 'down' | 'up', barrier: number) =>
  side === 'down' ? { lower: barrier, upper: Infinity } : { lower: 0, upper: barrier };

/** Value at the cover event of the option that is alive there, at price `then`. */
const aliveAtCover = (terms: PartialBarrierTerms, then: number, market: LognormalMarket): number => {
  const { right, strike, side, barrier, watch } = terms;
  const rest = { right, strike, time: terms.time - terms.cover };
  const below = then < barrier;
  if (watch === 'start') return blackScholesPrice(rest, market);
  if (watch === 'end-beyond' && below === (side === 'down')) return 0;
  const corridor = corridorOf(below ? 'up' : 'down', barrier);
  return barrierPrice({ ...rest, ...corridor, knock: 'out', rebate: 0 }, market);
};

const partialOut = (terms: PartialBarrierTerms, market: LognormalMarket): number => {
  const { side, barrier, watch, cover } = terms;
  const { spot, volatility } = market;
  const variance = volatility * volatility;
  const deviation = volatility * Math.sqrt(cover);
  const nu = market.rate - market.dividend - 0.5 * variance;
  const level = Math.log(barrier / spot);
  if (watch === 'start' && level >= 0 === (side === 'down')) return 0;
  if (cover <= 0) return aliveAtCover(terms, spot, market);
  // The image of the start takes off the paths that touched before the cover event.
  const survival = (z: number) => {
    if (watch !== 'start') return 1;
    const x = nu * cover + deviation * z;
    return x < level === (side === 'down') ? 0 : -Math.expm1((-2 * level * (level - x)) / (variance * cover));
  };
  const value = (z: number) => {
    const then = spot * Math.exp(nu * cover + deviation * z);
    return survival(z) * aliveAtCover(terms, then, { ...market, spot: then });
  };
  // Short remaining lives bend sharply at the barrier and at the strike.
  const width = Math.sqrt(Math.max(terms.time - cover, 0) / cover);
  const bends = [barrier, terms.strike].map((price) => ({
    at: (Math.log(price / spot) - nu * cover) / deviation,
    width,
  }));
  return Math.exp(-market.rate * cover) * normalExpectation(value, { bends, tilt: deviation });
};

/** No rebate. */
export const partialBarrierPrice = (terms: PartialBarrierTerms, market: LognormalMarket): number => {
  const out = partialOut(terms, market);
  return terms.knock === 'out' ? out : blackScholesPrice(terms, market) - out;
};

export interface SoftBarrierTerms extends VanillaTerms {
  readonly knock: Knock;
  readonly side: 'down' | 'up';
  /** The soft range; the option is knocked in proportion to how far the price went through it. */
  readonly low: number;
  readonly high: number;
}

export const softBarrierPrice = (terms: SoftBarrierTerms, market: LognormalMarket): number => {
  const { low, high, side } = terms;
  const at = (barrier: number): number => {
    const hard: BarrierTerms = { ...terms, ...corridorOf(side, barrier), rebate: 0 };
    return barrierPrice(hard, market);
  };
  if (high <= low) return at(low);
  // The price and the strike bend the average; the panels end there.
  const ends = [low, market.spot, terms.strike, high]
    .filter((x) => x >= low && x <= high)
    .sort((a, b) => a - b);
  const tolerance = 1e-14 * market.spot * (high - low);
  let sum = 0;
  for (let i = 1; i < ends.length; i++)
    sum += integrateAdaptively(at, { from: ends[i - 1]!, to: ends[i]!, rule: RULE, tolerance });
  return sum / (high - low);
};
