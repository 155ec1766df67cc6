/**
 * Options on the better or worse of two assets, and options on one asset with a barrier on another.
 *
 * Sources: R. Stulz, "Options on the minimum or the maximum of two risky assets", Journal of Financial Economics 10
 * (1982); R. Heynen and H. Kat, "Crossing barriers", Risk 7 (1994).
 */
import { bivariateNormalCdf } from '../math/bivariate-normal.js';
import { isTouched } from './absorbed-diffusion.js';
import type { Knock } from './barrier.js';
import { blackScholesPrice, type Right, signOf } from './black.js';
import { margrabePrice, type PairMarket, ratioVolatility } from './exchange.js';

export interface TwoAssetTerms {
  readonly right: Right;
  readonly best: 'minimum' | 'maximum';
  readonly strike: number;
  readonly time: number;
}

/** Call on the minimum; the maximum follows because min + max = S₁ + S₂ state by state. */
const minimumCall = (strike: number, time: number, market: PairMarket): number => {
  const { spot1, spot2, rate, correlation: rho, volatility1: v1, volatility2: v2 } = market;
  const [carried1, carried2] = [
    spot1 * Math.exp(-market.dividend1 * time),
    spot2 * Math.exp(-market.dividend2 * time),
  ];
  const root = Math.sqrt(time);
  const ratio = ratioVolatility(market);
  // Assets that move as one: the smaller forward is the minimum.
  if (ratio * root < 1e-12) {
    const first = carried1 <= carried2;
    return blackScholesPrice(
      { right: 'call', strike, time },
      {
        spot: first ? spot1 : spot2,
        dividend: first ? market.dividend1 : market.dividend2,
        volatility: v1,
        rate,
      },
    );
  }
  const y1 = (Math.log(carried1 / strike) + rate * time) / (v1 * root) + 0.5 * v1 * root;
  const y2 = (Math.log(carried2 / strike) + rate * time) / (v2 * root) + 0.5 * v2 * root;
  const d = Math.log(carried1 / carried2) / (ratio * root) + 0.5 * ratio * root;
  return (
    carried1 * bivariateNormalCdf({ a: y1, b: -d, rho: (rho * v2 - v1) / ratio }) +
    carried2 * bivariateNormalCdf({ a: y2, b: d - ratio * root, rho: (rho * v1 - v2) / ratio }) -
    strike * Math.exp(-rate * time) * bivariateNormalCdf({ a: y1 - v1 * root, b: y2 - v2 * root, rho })
  );
};

const singleCalls = (strike: number, time: number, market: PairMarket): number =>
  ([1, 2] as const).reduce(
    (sum, i) =>
      sum +
      blackScholesPrice(
        { right: 'call', strike, time },
        {
          spot: i === 1 ? market.spot1 : market.spot2,
          dividend: i === 1 ? market.dividend1 : market.dividend2,
          volatility: i === 1 ? market.volatility1 : market.volatility2,
          rate: market.rate,
        },
      ),
    0,
  );

/** European option on the minimum or maximum of two assets. */
export const twoAssetPrice = ({ right, best, strike, time }: TwoAssetTerms, market: PairMarket): number => {
  const onMinimum = minimumCall(strike, time, market);
  const call = best === 'minimum' ? onMinimum : singleCalls(strike, time, market) - onMinimum;
  if (right === 'call') return Math.max(call, 0);
  // Parity: put = call − value of the asset + discounted strike.
  const carried1 = market.spot1 * Math.exp(-market.dividend1 * time);
  const swap = margrabePrice({ time, quantity1: 1, quantity2: 1 }, market);
  const carried2 = market.spot2 * Math.exp(-market.dividend2 * time);
  const asset = best === 'minimum' ? carried1 - swap : carried2 + swap;
  return Math.max(call - asset + strike * Math.exp(-market.rate * time), 0);
};

export interface TwoAssetBarrierTerms {
  readonly right: Right;
  readonly strike: number;
  readonly time: number;
  readonly knock: Knock;
  readonly side: 'down' | 'up';
  /** Level that the second asset must (not) touch; the payoff is on the first. */
  readonly barrier: number;
}

/** E[S₁ᵏ; in the money, barrier not touched]: the second asset's mirror image drags the first along by ρσ₁/σ₂. */
const aliveMoment = (power: 0 | 1, terms: TwoAssetBarrierTerms, market: PairMarket): number => {
  const { spot1, spot2, rate, correlation: rho, volatility1: v1, volatility2: v2 } = market;
  const { time, strike } = terms;
  const phi = signOf(terms.right);
  const eta = terms.side === 'down' ? 1 : -1;
  const [nu1, nu2] = [rate - market.dividend1 - 0.5 * v1 * v1, rate - market.dividend2 - 0.5 * v2 * v2];
  const root = Math.sqrt(time);
  const level = Math.log(terms.barrier / spot2);
  const part = (shift: number): number => {
    const mean1 = nu1 * time + ((rho * v1) / v2) * shift + power * v1 * v1 * time;
    const mean2 = nu2 * time + shift + power * rho * v1 * v2 * time;
    const mass = bivariateNormalCdf({
      a: (phi * (mean1 - Math.log(strike / spot1))) / (v1 * root),
      b: (eta * (mean2 - level)) / (v2 * root),
      rho: phi * eta * rho,
    });
    const drag = power * ((rho * v1) / v2) * shift;
    return mass > 0 ? Math.exp((nu2 * shift) / (v2 * v2) + drag) * mass : 0;
  };
  return (part(0) - part(2 * level)) * (power === 1 ? spot1 * Math.exp((rate - market.dividend1) * time) : 1);
};

export const twoAssetBarrierPrice = (terms: TwoAssetBarrierTerms, market: PairMarket): number => {
  const { right, strike, time, side, barrier } = terms;
  const vanilla = blackScholesPrice(
    { right, strike, time },
    { spot: market.spot1, rate: market.rate, dividend: market.dividend1, volatility: market.volatility1 },
  );
  const corridor = { lower: side === 'down' ? barrier : 0, upper: side === 'up' ? barrier : Infinity, time };
  const out = isTouched(corridor, market.spot2)
    ? 0
    : signOf(right) *
      Math.exp(-market.rate * time) *
      (aliveMoment(1, terms, market) - strike * aliveMoment(0, terms, market));
  return terms.knock === 'out' ? out : vanilla - out;
};
