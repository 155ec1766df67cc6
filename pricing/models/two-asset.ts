/**
 * Options on the better or worse of two assets, and options on one asset with a barrier on another.
 *
 * Sources: R. Stulz, "Options on the minimum or the maximum of two risky assets", Journal of Financial Economics 10
 * (1982); R. Heynen and H. Kat, "Crossing barriers", Risk 7 (1994), here by quadrature over the second asset.
 */
import { bivariateNormalCdf } from '../math/bivariate-normal';
import { type Bend, normalExpectation } from '../math/normal-expectation';
import { isTouched } from './absorbed-diffusion';
import type { Knock } from './barrier';
import { blackPrice, blackScholesPrice, type Right } from './black';
import { margrabePrice, type PairMarket, ratioVolatility } from './exchange';

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

/**
 * The knock-out: given where the second asset ends, the first is lognormal and the second survived its bridge with
 * probability 1 − e^{−2l(l−x)/(σ₂²T)}; every term is positive, so nothing cancels however steep the drift.
 */
const aliveOption = (terms: TwoAssetBarrierTerms, market: PairMarket): number => {
  const { spot1, spot2, rate, correlation: rho, volatility1: v1, volatility2: v2 } = market;
  const { right, time, strike } = terms;
  const root = Math.sqrt(time);
  const down = terms.side === 'down';
  const drift2 = (rate - market.dividend2 - 0.5 * v2 * v2) * time;
  const level = Math.log(terms.barrier / spot2);
  const forward1 = spot1 * Math.exp((rate - market.dividend1) * time);
  const tilt = rho * v1 * root;
  const stdDev = v1 * root * Math.sqrt(Math.max(1 - rho * rho, 0));
  const given = (z: number): number => {
    const end = drift2 + v2 * root * z;
    if (end <= level === down) return 0;
    const survival = -Math.expm1((-2 * level * (level - end)) / (v2 * v2 * time));
    const forward = forward1 * Math.exp(tilt * z - 0.5 * tilt * tilt);
    return survival * blackPrice({ right, forward, strike, stdDev, discount: 1 });
  };
  const barrierAt = (level - drift2) / (v2 * root);
  const strikeAt = (Math.log(strike / forward1) + 0.5 * tilt * tilt) / tilt;
  const bends: Bend[] = [{ at: barrierAt, width: (v2 * root) / (2 * Math.abs(level)) }];
  if (Number.isFinite(strikeAt)) bends.push({ at: strikeAt, width: stdDev / Math.abs(tilt) });
  return Math.exp(-rate * time) * normalExpectation(given, { bends, tilt });
};

export const twoAssetBarrierPrice = (terms: TwoAssetBarrierTerms, market: PairMarket): number => {
  const { right, strike, time, side, barrier } = terms;
  const vanilla = blackScholesPrice(
    { right, strike, time },
    { spot: market.spot1, rate: market.rate, dividend: market.dividend1, volatility: market.volatility1 },
  );
  const corridor = { lower: side === 'down' ? barrier : 0, upper: side === 'up' ? barrier : Infinity, time };
  const out = isTouched(corridor, market.spot2) ? 0 : aliveOption(terms, market);
  return terms.knock === 'out' ? out : vanilla - out;
};
