/**
 * Bachelier's normal model on a forward, for rates and spreads that may be negative.
 *
 * Source: L. Bachelier, "Théorie de la spéculation" (1900), in the forward form of the market. The standard deviation
 * is in the units of the forward: normal volatility times the square root of time.
 */
import { normalCdf, normalPdf } from '../math/normal';
import { type ForwardTerms, signOf } from './black';

export const bachelierPrice = ({ right, strike, forward, stdDev, discount }: ForwardTerms): number => {
  const moneyness = signOf(right) * (forward - strike);
  if (stdDev <= 0) return discount * Math.max(moneyness, 0);
  const d = moneyness / stdDev;
  return discount * Math.max(moneyness * normalCdf(d) + stdDev * normalPdf(d), 0);
};

export interface BachelierSensitivities {
  /** ∂V/∂F. */
  readonly delta: number;
  /** ∂²V/∂F². */
  readonly gamma: number;
  /** ∂V/∂(normal standard deviation); times √T it is vega. */
  readonly perStdDev: number;
}

export const bachelierSensitivities = ({
  right,
  strike,
  forward,
  stdDev,
  discount,
}: ForwardTerms): BachelierSensitivities => {
  const phi = signOf(right);
  const d = (phi * (forward - strike)) / stdDev;
  return {
    delta: discount * phi * normalCdf(d),
    gamma: (discount * normalPdf(d)) / stdDev,
    perStdDev: discount * normalPdf(d),
  };
};
