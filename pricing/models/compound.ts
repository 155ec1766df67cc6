/**
 * Options on options.
 *
 * Source: R. Geske, "The valuation of compound options", Journal of Financial Economics 7 (1979); M. Rubinstein,
 * "Double trouble", Risk 5 (1992), for the four kinds.
 */
import { bivariateNormalCdf } from '../math/bivariate-normal';
import { normalCdf } from '../math/normal';
import { brentRoot } from '../math/roots';
import { blackScholesPrice, type LognormalMarket, type Right, signOf } from './black';

export interface CompoundTerms {
  /** The option that is held, on … */
  readonly mother: { readonly right: Right; readonly strike: number; readonly time: number };
  /** … this one, which lives longer. */
  readonly daughter: { readonly right: Right; readonly strike: number; readonly time: number };
}

/** The price at the mother's expiry where the daughter is worth the mother's strike; 0 or Infinity when it never is. */
export const criticalSpot = ({ mother, daughter }: CompoundTerms, market: LognormalMarket): number => {
  const rest = { ...daughter, time: daughter.time - mother.time };
  const excess = (x: number) =>
    blackScholesPrice(rest, { ...market, spot: daughter.strike * Math.exp(x) }) - mother.strike;
  const reach = 40 * Math.max(market.volatility * Math.sqrt(rest.time), 0.05) + 10;
  const root = brentRoot(excess, { low: -reach, high: reach, tolerance: 1e-15 });
  // A put is worth at most its discounted strike: beyond that no price makes it worth buying.
  if (Number.isNaN(root)) return daughter.right === 'put' ? 0 : Infinity;
  return daughter.strike * Math.exp(root);
};

export const compoundPrice = (terms: CompoundTerms, market: LognormalMarket): number => {
  const { mother, daughter } = terms;
  const { spot, rate, dividend, volatility } = market;
  const [phi, eta] = [signOf(mother.right), signOf(daughter.right)];
  const critical = criticalSpot(terms, market);
  const [deviation1, deviation2] = [
    volatility * Math.sqrt(mother.time),
    volatility * Math.sqrt(daughter.time),
  ];
  const b = rate - dividend;
  const a1 = (Math.log(spot / critical) + b * mother.time) / deviation1 + 0.5 * deviation1;
  const b1 = (Math.log(spot / daughter.strike) + b * daughter.time) / deviation2 + 0.5 * deviation2;
  const rho = phi * Math.sqrt(mother.time / daughter.time);
  const sign = phi * eta;
  const asset = bivariateNormalCdf({ a: sign * a1, b: eta * b1, rho });
  const cash = bivariateNormalCdf({ a: sign * (a1 - deviation1), b: eta * (b1 - deviation2), rho });
  return (
    sign *
      (spot * Math.exp(-dividend * daughter.time) * asset -
        daughter.strike * Math.exp(-rate * daughter.time) * cash) -
    phi * mother.strike * Math.exp(-rate * mother.time) * normalCdf(sign * (a1 - deviation1))
  );
};
