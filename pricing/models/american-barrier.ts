/**
 * American options with one barrier.
 *
 * Knock-outs by finite differences with the barrier as the end of the grid. Knock-ins pay an American option at the
 * moment of the touch: its value at the barrier, by spectral collocation, weighed by the density of the first passage.
 */
import { gaussLegendre } from '../math/gauss-legendre.js';
import { normalPdf } from '../math/normal.js';
import { isTouched } from './absorbed-diffusion.js';
import { americanPrice } from './american.js';
import { type BarrierTerms, noTouchValue } from './barrier.js';
import { type LognormalMarket, signOf } from './black.js';
import { finiteDifference } from './finite-difference.js';

export interface AmericanBarrierValue {
  readonly value: number;
  /** Estimated error of `value`. */
  readonly error: number;
}

const RULE = gaussLegendre(64);
const GRID = { nodes: 401, steps: 200 } as const;

/** At the touch the rebate, or what exercise a moment before it pays: the holder sees the barrier coming. */
const knockOut = (terms: BarrierTerms, market: LognormalMarket): AmericanBarrierValue => {
  const { right, strike, time, lower, upper, rebate } = terms;
  if (isTouched(terms, market.spot)) return { value: rebate, error: 0 };
  const barrier = lower > 0 ? lower : upper;
  const atTouch = Math.max(rebate, signOf(right) * (barrier - strike), 0);
  const { value, error } = finiteDifference(
    {
      spot: market.spot,
      expiry: time,
      rate: market.rate,
      yield: market.dividend,
      payoff: (s) => Math.max(signOf(right) * (s - strike), 0),
      volatility: () => market.volatility,
      volatilityScale: market.volatility,
      strike,
      american: true,
      barrier: { ...(lower > 0 ? { lower } : { upper }), rebate: atTouch },
    },
    GRID,
  );
  return { value, error };
};

/** The rebate is paid at expiry if it is never touched. */
const knockIn = (terms: BarrierTerms, market: LognormalMarket): AmericanBarrierValue => {
  const { right, strike, time, lower, upper, rebate } = terms;
  if (isTouched(terms, market.spot))
    return { value: americanPrice({ right, strike, time }, market), error: 1e-6 };
  const barrier = lower > 0 ? lower : upper;
  const { rate, dividend, volatility } = market;
  const level = Math.log(barrier / market.spot);
  const nu = rate - dividend - 0.5 * volatility * volatility;
  let sum = 0;
  RULE.nodes.forEach((node, i) => {
    // Passage times bunch near now for a close barrier: quadratic spacing.
    const x = (1 + node) / 2;
    const t = time * x * x;
    const root = volatility * Math.sqrt(t);
    const density = (Math.abs(level) / (root * t)) * normalPdf((level - nu * t) / root);
    const then = americanPrice({ right, strike, time: time - t }, { ...market, spot: barrier });
    sum += RULE.weights[i]! * time * x * Math.exp(-rate * t) * density * then;
  });
  const untouched = rebate === 0 ? 0 : rebate * noTouchValue(terms, market);
  return { value: sum + untouched, error: 1e-5 * barrier };
};

/** One barrier: `lower` at 0 or `upper` at Infinity. */
export const americanBarrierPrice = (terms: BarrierTerms, market: LognormalMarket): AmericanBarrierValue =>
  terms.knock === 'out' ? knockOut(terms, market) : knockIn(terms, market);
