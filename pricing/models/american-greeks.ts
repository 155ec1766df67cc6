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
  type BoundaryWork,
  boundaryNow,
  boundaryWork,
  type ExercisePremium,
  exercisePremium,
  premiumIsNegligible,
  schemeFor,
  solveBoundary,
} from './american';
import { ACCURATE_SCHEME, type AmericanScheme } from './american-scheme';
import { type LognormalMarket, signOf, type VanillaTerms } from './black';
import { type BlackSensitivities, blackSensitivities } from './black-greeks';

export type AmericanSensitivities = Omit<BlackSensitivities, 'vanna' | 'volga'>;

const STEP = 1e-4;

interface Solver {
  readonly scheme: AmericanScheme;
  readonly work: BoundaryWork;
}
const usual: Solver = { scheme: ACCURATE_SCHEME, work: boundaryWork(ACCURATE_SCHEME) };

/** One scheme for a value and all its differences. */
const solverFor = (put: AmericanPut): Solver => {
  const scheme = schemeFor(put);
  return scheme === ACCURATE_SCHEME ? usual : { scheme, work: boundaryWork(scheme) };
};

/** The premium along the boundary that was solved last. */
const premiumOf = (put: AmericanPut, { scheme, work }: Solver): ExercisePremium => {
  const premium = { value: 0, delta: 0, gamma: 0 };
  exercisePremium(put, scheme, work, premium);
  return premium;
};

/** Central difference of the premium in one input of the put; a rate stays above zero. */
const slopeIn = (put: AmericanPut, name: 'rate' | 'dividend' | 'volatility', solver: Solver): number => {
  const step = name === 'dividend' ? STEP : Math.min(STEP, put[name] / 2);
  const at = (move: number): number => {
    const moved = { ...put, [name]: put[name] + move };
    solveBoundary(moved, solver.scheme, solver.work);
    return premiumOf(moved, solver).value;
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

export const exercisedSensitivities = (
  { right, strike }: VanillaTerms,
  { spot }: LognormalMarket,
): AmericanSensitivities => {
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
    return intrinsic > european.value ? exercisedSensitivities(terms, market) : european;
  }
  const solver = solverFor(put);
  solveBoundary(put, solver.scheme, solver.work);
  if (put.spot <= boundaryNow(put, solver.scheme, solver.work)) return exercisedSensitivities(terms, market);
  const call = terms.right === 'call';
  const premium = premiumOf(put, solver);
  const { value, delta, gamma } = call ? asCall(premium, put) : premium;
  const { spot, rate, dividend, volatility } = market;
  const bent = 0.5 * volatility * volatility * spot * spot * gamma;
  return {
    value: european.value + value,
    delta: european.delta + delta,
    gamma: european.gamma + gamma,
    vega: european.vega + slopeIn(put, 'volatility', solver),
    theta: european.theta + rate * value - (rate - dividend) * spot * delta - bent,
    rho: european.rho + slopeIn(put, call ? 'dividend' : 'rate', solver),
    dividendRho: european.dividendRho + slopeIn(put, call ? 'rate' : 'dividend', solver),
  };
};
