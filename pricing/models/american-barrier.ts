/**
 * American options with one barrier, and knock-outs with two.
 *
 * Knock-outs by finite differences with the barrier as the end of the grid. Knock-ins pay an American option at the
 * moment of the touch: its value at the barrier, by spectral collocation, weighed by the density of the first passage.
 */
import { gaussLegendre, integrate } from '../math/gauss-legendre';
import { normalPdf } from '../math/normal';
import { isTouched } from './absorbed-diffusion';
import { americanPrice } from './american';
import { interpolationAt } from './american-scheme';
import { type BarrierTerms, noTouchValue } from './barrier';
import { type LognormalMarket, signOf } from './black';
import { finiteDifference } from './finite-difference';

export interface AmericanBarrierValue {
  readonly value: number;
  /** Estimated error of `value`. */
  readonly error: number;
}

const RULE = gaussLegendre(16);
/** Nothing passes later, in deviations of u below. */
const PASSAGE_SPAN = 9;
const GRID = { nodes: 401, steps: 200 } as const;

/** At the touch the rebate, or what exercise a moment before it pays: the holder sees the barrier coming. */
const knockOut = (terms: BarrierTerms, market: LognormalMarket): AmericanBarrierValue => {
  const { right, strike, time, lower, upper, rebate } = terms;
  if (isTouched(terms, market.spot)) return { value: rebate, error: 0 };
  const atTouch = (barrier: number): number => Math.max(rebate, signOf(right) * (barrier - strike), 0);
  const barrier = {
    ...(lower > 0 && { lower, rebate: atTouch(lower) }),
    ...(upper < Infinity && { upper, upperRebate: atTouch(upper) }),
  };
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
      barrier,
    },
    GRID,
  );
  return { value, error };
};

/**
 * ∫ density of the first passage at t · e^{−rt} · then(t) dt over the life. With u = d/(σ√t) the density is normal,
 * 2φ(u − νd/(σ²u)); with u = u₀ + y² the square root with which an option dies at expiry is smooth; and the panels grow
 * geometrically from u₀ on, because a barrier close by is passed within hours.
 */
const paidAtPassage = (
  then: (t: number) => number,
  {
    distance,
    time,
    drift,
    market,
  }: { distance: number; time: number; drift: number; market: LognormalMarket },
): number => {
  const { rate, volatility } = market;
  const scale = distance / volatility;
  const first = scale / Math.sqrt(time);
  const integrand = (y: number): number => {
    const u = first + y * y;
    const t = (scale / u) ** 2;
    const density = 2 * normalPdf(u - (drift * scale) / (volatility * u));
    return 2 * y * density * Math.exp(-rate * t) * then(t);
  };
  const last = Math.sqrt(PASSAGE_SPAN + (Math.abs(drift) / volatility) * Math.sqrt(time));
  let sum = 0;
  let from = 0;
  for (let to = Math.min(Math.sqrt(first), last / 2); from < last; to *= 2) {
    sum += integrate(integrand, { from, to: Math.min(to, last), rule: RULE });
    from = to;
  }
  return sum;
};

const NODES = 28;
const SCALE = Float64Array.from({ length: NODES + 1 }, (_, i) => 0.5 * (1 - Math.cos((Math.PI * i) / NODES)));

/** A value that is smooth in the square root of the time left, by the polynomial through its values at Chebyshev points. */
const valueByTime = (value: (left: number) => number, time: number): ((elapsed: number) => number) => {
  const values = SCALE.map((root) => value(time * root * root));
  const row = new Float64Array(NODES + 1);
  return (elapsed) => {
    interpolationAt(Math.sqrt(Math.max(1 - elapsed / time, 0)), SCALE, NODES, row);
    return row.reduce((sum, weight, i) => sum + weight * values[i]!, 0);
  };
};

/** The rebate is paid at expiry if it is never touched. */
const knockIn = (terms: BarrierTerms, market: LognormalMarket): AmericanBarrierValue => {
  const { right, strike, time, lower, upper, rebate } = terms;
  if (isTouched(terms, market.spot))
    return { value: americanPrice({ right, strike, time }, market), error: 1e-6 };
  const barrier = lower > 0 ? lower : upper;
  const { rate, dividend, volatility } = market;
  const level = Math.log(barrier / market.spot);
  // Towards the barrier.
  const drift = Math.sign(level) * (rate - dividend - 0.5 * volatility * volatility);
  const then = valueByTime(
    (left) => americanPrice({ right, strike, time: left }, { ...market, spot: barrier }),
    time,
  );
  const paid = paidAtPassage(then, { distance: Math.abs(level), time, drift, market });
  const untouched = rebate === 0 ? 0 : rebate * noTouchValue(terms, market);
  return { value: paid + untouched, error: 1e-5 * barrier };
};

/** One barrier (`lower` at 0 or `upper` at Infinity); knock-outs may have two. */
export const americanBarrierPrice = (terms: BarrierTerms, market: LognormalMarket): AmericanBarrierValue =>
  terms.knock === 'out' ? knockOut(terms, market) : knockIn(terms, market);
