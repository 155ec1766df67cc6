/**
 * American options with two exercise boundaries: money that costs and an asset that costs more, so that exercise pays
 * between two prices only. The European option is exact, what exercise adds comes from the grid, which states its error.
 */
import { failure, type PricingContext, type Result, success, type Valuation } from '../contract';
import { type AmericanSensitivities, exercisedSensitivities } from '../models/american-greeks';
import { type LognormalMarket, signOf, type VanillaTerms } from '../models/black';
import { blackSensitivities } from '../models/black-greeks';
import { exercisePremiumOnGrid, type FiniteDifferenceProblem } from '../models/finite-difference';
import { gridFault } from '../models/finite-difference-grid';
import { withComputed } from './computed-valuation';
import { commonGreeks, premiumSteps } from './vanilla-greeks';

const NODES = 401;
const SIZE = { nodes: NODES, steps: 200 };

const problemOf = (
  { right, strike, time }: VanillaTerms,
  { spot, rate, dividend, volatility }: LognormalMarket,
): FiniteDifferenceProblem => ({
  spot,
  strike,
  rate,
  expiry: time,
  yield: dividend,
  payoff: (s) => Math.max(signOf(right) * (s - strike), 0),
  volatility: () => volatility,
  volatilityScale: volatility,
});

const premiumOf = (terms: VanillaTerms, market: LognormalMarket) =>
  exercisePremiumOnGrid(problemOf(terms, market), SIZE);

/** Far out of the money both sides of the grid's choice are nothing: nobody exercises at a loss. */
const isExercised = (premium: { readonly exercised: boolean }, exercised: number): boolean =>
  premium.exercised && exercised > 0;

/** Greeks of the whole from those of its European part, the premium's, and its differences. */
function sensitivities(terms: VanillaTerms, market: LognormalMarket): AmericanSensitivities {
  const european = blackSensitivities(terms, market);
  const premium = premiumOf(terms, market);
  const value = european.value + premium.value;
  const exercised = signOf(terms.right) * (market.spot - terms.strike);
  if (isExercised(premium, exercised) || value <= exercised) return exercisedSensitivities(terms, market);
  const slope = (name: 'rate' | 'dividend' | 'volatility', step: number): number => {
    const at = (move: number) => premiumOf(terms, { ...market, [name]: market[name] + move }).value;
    return (at(step) - at(-step)) / (2 * step);
  };
  const { spot, rate, dividend, volatility } = market;
  const delta = european.delta + premium.delta;
  const gamma = european.gamma + premium.gamma;
  const diffusion = 0.5 * volatility * volatility * spot * spot * gamma;
  return {
    value,
    delta,
    gamma,
    theta: rate * value - (rate - dividend) * spot * delta - diffusion,
    vega: european.vega + slope('volatility', Math.min(1e-3, volatility / 10)),
    rho: european.rho + slope('rate', 1e-4),
    dividendRho: european.dividendRho + slope('dividend', 1e-4),
  };
}

export function twoBoundaryValuation(
  terms: VanillaTerms,
  market: LognormalMarket,
  context: PricingContext,
): Result<Valuation> {
  const fault = gridFault(problemOf(terms, market), NODES);
  if (fault) return failure('grid-must-hold-the-option', `two exercise boundaries need a grid, and ${fault}`);
  const premium = premiumOf(terms, market);
  const european = blackSensitivities(terms, market).value;
  const exercised = signOf(terms.right) * (market.spot - terms.strike);
  // What the grid exercises is worth what exercise pays, whatever its European part is off by.
  const value = isExercised(premium, exercised)
    ? exercised
    : Math.max(european + premium.value, european, exercised);
  const error = premium.error + (value - exercised < premium.slack ? premium.slack : 0);
  return success(
    withComputed(
      { value, error },
      {
        greeks: () => commonGreeks(sensitivities(terms, market)),
        explain: () => [
          { name: 'market data', value: context.snapshot },
          {
            name: 'exercise boundaries',
            value: 2,
            source: `rate ${market.rate} and yield ${market.dividend}: on a grid instead of by collocation`,
          },
          ...premiumSteps(terms, market, value),
          { name: 'value', value, source: 'closed form, with the early exercise of finite differences' },
        ],
      },
    ),
  );
}
