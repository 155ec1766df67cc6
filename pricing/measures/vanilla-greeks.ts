/** Greeks of vanilla options with their units said, and what the right to exercise early adds. */
import type { ExplainStep, Greek } from '../contract.js';
import type { AmericanSensitivities } from '../models/american-greeks.js';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from '../models/black.js';
import { blackSensitivities } from '../models/black-greeks.js';

const greek = (value: number, convention: string): Greek => ({ value, convention });

/** What European and American options have both, with units. */
export const commonGreeks = (raw: AmericanSensitivities): Readonly<Record<string, Greek>> => ({
  delta: greek(raw.delta, 'spot delta, per unit of spot'),
  gamma: greek(raw.gamma, 'change of delta per unit of the price'),
  vega: greek(raw.vega, 'per 1.00 of volatility'),
  theta: greek(raw.theta, 'per year, market held'),
  thetaDay: greek(raw.theta / 365, 'per calendar day (ACT/365)'),
  rho: greek(raw.rho, 'per 1.00 of the continuously compounded rate'),
  dividendRho: greek(raw.dividendRho, 'per 1.00 of the continuous yield'),
});

/** Closed-form Greeks with their units said. */
export const blackGreeks = (terms: VanillaTerms, model: LognormalMarket): Readonly<Record<string, Greek>> => {
  const raw = blackSensitivities(terms, model);
  return {
    ...commonGreeks(raw),
    vanna: greek(raw.vanna, 'change of delta per 1.00 of volatility'),
    volga: greek(raw.volga, 'change of vega per 1.00 of volatility'),
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
