/**
 * Sensitivities of Black–Scholes–Merton in closed form, raw: per unit of spot, per 1.00 of volatility and rate, per year.
 *
 * Source: E. G. Haug, The Complete Guide to Option Pricing Formulas, second edition, chapter 2.
 */
import { normalCdf, normalPdf } from '../math/normal';
import { blackScholesPrice, type LognormalMarket, signOf, type VanillaTerms } from './black';

export interface BlackSensitivities {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  /** ∂V/∂σ. */
  readonly vega: number;
  /** ∂V/∂(calendar time) = −∂V/∂T, per year. */
  readonly theta: number;
  /** ∂V/∂r with the spot and the yield held. */
  readonly rho: number;
  /** ∂V/∂q. */
  readonly dividendRho: number;
  /** ∂²V/∂S∂σ. */
  readonly vanna: number;
  /** ∂²V/∂σ². */
  readonly volga: number;
}

/** Needs volatility, strike, spot and time above zero; the callers check. */
export const blackSensitivities = (terms: VanillaTerms, market: LognormalMarket): BlackSensitivities => {
  const { spot, rate, dividend, volatility } = market;
  const { right, strike, time } = terms;
  const phi = signOf(right);
  const root = Math.sqrt(time);
  const stdDev = volatility * root;
  const d1 = (Math.log(spot / strike) + (rate - dividend) * time) / stdDev + 0.5 * stdDev;
  const d2 = d1 - stdDev;
  const carried = Math.exp(-dividend * time);
  const discounted = strike * Math.exp(-rate * time);
  const density = carried * normalPdf(d1);
  const [n1, n2] = [normalCdf(phi * d1), normalCdf(phi * d2)];
  const vega = spot * density * root;
  return {
    value: blackScholesPrice(terms, market),
    delta: phi * carried * n1,
    gamma: density / (spot * stdDev),
    vega,
    theta:
      (-spot * density * volatility) / (2 * root) +
      phi * (dividend * spot * carried * n1 - rate * discounted * n2),
    rho: phi * time * discounted * n2,
    dividendRho: -phi * time * spot * carried * n1,
    vanna: (-density * d2) / volatility,
    volga: (vega * d1 * d2) / volatility,
  };
};
