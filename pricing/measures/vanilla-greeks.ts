/** Greeks of vanilla options with their units said, and what the right to exercise early adds. */
import type { ExplainStep, Greek } from '../contract';
import type { AmericanSensitivities } from '../models/american-greeks';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from '../models/black';
import { blackSensitivities } from '../models/black-greeks';
import { perDay, perRate, perVolatility, perYear, plainGreek, spotDelta } from './greek-unit';

/** What European and American options have both, with units. */
export const commonGreeks = (raw: AmericanSensitivities): Readonly<Record<string, Greek>> => ({
  delta: spotDelta(raw.delta, 'per unit of spot'),
  gamma: plainGreek(raw.gamma, 'change of delta per unit of the price'),
  vega: perVolatility(raw.vega),
  theta: perYear(raw.theta, 'market held'),
  thetaDay: perDay(raw.theta),
  rho: perRate(raw.rho, 'the continuously compounded rate'),
  dividendRho: perRate(raw.dividendRho, 'the continuous yield'),
});

/** Closed-form Greeks with their units said. */
export const blackGreeks = (terms: VanillaTerms, model: LognormalMarket): Readonly<Record<string, Greek>> => {
  const raw = blackSensitivities(terms, model);
  return {
    ...commonGreeks(raw),
    vanna: plainGreek(raw.vanna, 'change of delta per 1.00 of volatility'),
    volga: plainGreek(raw.volga, 'change of vega per 1.00 of volatility'),
  };
};

/** What the right to exercise early adds. */
export const premiumSteps = (
  product: VanillaTerms,
  model: LognormalMarket,
  value: number,
): readonly ExplainStep[] => {
  const european = blackScholesPrice(product, model);
  return [
    { name: 'European value', value: european, source: 'Black and Scholes 1973, Merton 1973' },
    { name: 'early-exercise premium', value: value - european },
  ];
};
