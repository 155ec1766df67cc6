/**
 * Options on a geometric basket c·∏ Sᵢ^aᵢ of correlated lognormal assets, lognormal itself: the control variate of the
 * arithmetic one, as Kemna and Vorst 1990 use it for averages in time.
 */
import { blackPrice, type Right } from './black';

export interface GeometricBasket {
  readonly right: Right;
  readonly strike: number;
  readonly time: number;
  readonly scale: number;
  readonly exponents: readonly number[];
}

export interface LognormalBasketMarket {
  readonly rate: number;
  readonly assets: readonly {
    readonly spot: number;
    readonly dividend: number;
    readonly volatility: number;
  }[];
  /** The identity when absent. */
  readonly correlation?: readonly (readonly number[])[];
}

export function geometricBasketPrice(
  { right, strike, time, scale, exponents }: GeometricBasket,
  { rate, assets, correlation }: LognormalBasketMarket,
): number {
  let mean = Math.log(scale);
  let variance = 0;
  assets.forEach(({ spot, dividend, volatility }, i) => {
    const a = exponents[i]!;
    mean += a * (Math.log(spot) + (rate - dividend - 0.5 * volatility * volatility) * time);
    assets.forEach((other, j) => {
      const rho = correlation ? correlation[i]![j]! : i === j ? 1 : 0;
      variance += a * exponents[j]! * rho * volatility * other.volatility * time;
    });
  });
  const forward = Math.exp(mean + 0.5 * variance);
  return blackPrice({
    right,
    strike,
    forward,
    stdDev: Math.sqrt(variance),
    discount: Math.exp(-rate * time),
  });
}
