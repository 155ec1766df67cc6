/**
 * Sensitivities of American vanillas: those of the European option in closed form, and of the exercise premium.
 *
 * The boundary does not depend on spot, so delta and gamma of the premium are integrals along it; its theta follows from
 * the pricing equation, which holds until exercise: rV = θ + (r − q)SΔ + ½σ²S²Γ. For volatility, rate and yield the
 * boundary is solved again on both sides; premiums are smooth in them.
 */
import {
  type AmericanPut,
  asPut,
  boundaryNow,
  boundaryWork,
  type ExercisePremium,
  exercisePremium,
  premiumIsNegligible,
  solveBoundary,
} from './american.js';
import { ACCURATE_SCHEME } from './american-scheme.js';
import { type LognormalMarket, signOf, type VanillaTerms } from './black.js';
import { type BlackSensitivities, blackSensitivities } from './black-greeks.js';

export type AmericanSensitivities = Omit<BlackSensitivities, 'vanna' | 'volga'>;

const STEP = 1e-4;
const work = boundaryWork(ACCURATE_SCHEME);

/** The premium along the boundary that was solved last. */
const premiumOf = (put: AmericanPut): ExercisePremium => {
  const premium = { value: 0, delta: 0, gamma: 0 };
  exercisePremium(put, ACCURATE_SCHEME, work, premium);
  return premium;
};

/** Central difference of the premium in one input of the put; a rate stays above zero. */
const slopeIn = (put: AmericanPut, name: 'rate' | 'dividend' | 'volatility'): number => {
  const step = name === 'dividend' ? STEP : Math.min(STEP, put[name] / 2);
  const at = (move: number): number => {
    const moved = { ...put, [name]: put[name] + move };
    solveBoundary(moved, ACCURATE_SCHEME, work);
    return premiumOf(moved).value;
  };
  return (at(step) - at(-step)) / (2 * step);
};

/** Delta and gamma of a call from those of its put, in which spot and strike have changed places. */
const asCall = (
  { value, delta, gamma }: ExercisePremium,
  { spot, strike }: AmericanPut,
): ExercisePremium => ({
  value,
  delta: (value - spot * delta) / strike,
  gamma: (gamma * spot * spot) / (strike * strike),
});

const exercised = ({ right, strike }: VanillaTerms, { spot }: LognormalMarket): AmericanSensitivities => {
  const sign = signOf(right);
  return { value: sign * (spot - strike), delta: sign, gamma: 0, vega: 0, theta: 0, rho: 0, dividendRho: 0 };
};

/** Needs volatility, strike, spot and time above zero, and a single exercise boundary; the callers check. */
export const americanSensitivities = (
  terms: VanillaTerms,
  market: LognormalMarket,
): AmericanSensitivities => {
  const european = blackSensitivities(terms, market);
  const put = asPut(terms, market);
  if (premiumIsNegligible(put)) {
    const intrinsic = signOf(terms.right) * (market.spot - terms.strike);
    return intrinsic > european.value ? exercised(terms, market) : european;
  }
  solveBoundary(put, ACCURATE_SCHEME, work);
  if (put.spot <= boundaryNow(put, ACCURATE_SCHEME, work)) return exercised(terms, market);
  const call = terms.right === 'call';
  const premium = premiumOf(put);
  const { value, delta, gamma } = call ? asCall(premium, put) : premium;
  const { spot, rate, dividend, volatility } = market;
  const bent = 0.5 * volatility * volatility * spot * spot * gamma;
  return {
    value: european.value + value,
    delta: european.delta + delta,
    gamma: european.gamma + gamma,
    vega: european.vega + slopeIn(put, 'volatility'),
    theta: european.theta + rate * value - (rate - dividend) * spot * delta - bent,
    rho: european.rho + slopeIn(put, call ? 'dividend' : 'rate'),
    dividendRho: european.dividendRho + slopeIn(put, call ? 'rate' : 'dividend'),
  };
};
