/**
 * Options on a geometric average, exact under Black–Scholes because the average is itself lognormal.
 *
 * Sources: A. Kemna and A. Vorst, "A pricing method for options based on average asset values", Journal of Banking and
 * Finance 14 (1990), continuous; E. Levy, in Clewlow and Strickland, Exotic Options (1997), discrete with past fixings.
 */
import { blackPrice, type LognormalMarket, type Right } from './black';

export interface DiscreteAverage {
  /** Fixings already known, oldest first; empty on the first day. */
  readonly pastFixings: readonly number[];
  /** Years from now of the fixings to come, rising, none after expiry. */
  readonly fixingTimes: readonly number[];
}

export interface AverageTerms {
  readonly right: Right;
  readonly strike: number;
  /** Years from now of the payment. */
  readonly time: number;
}

/** Option on a lognormal variable with the given mean and variance of its logarithm. */
const lognormalOption = (
  { right, strike, time }: AverageTerms,
  { mean, variance, rate }: { readonly mean: number; readonly variance: number; readonly rate: number },
): number =>
  blackPrice({
    right,
    strike,
    forward: Math.exp(mean + 0.5 * variance),
    stdDev: Math.sqrt(variance),
    discount: Math.exp(-rate * time),
  });

export const geometricDiscretePrice = (
  terms: AverageTerms & DiscreteAverage,
  { spot, rate, dividend, volatility }: LognormalMarket,
): number => {
  const { pastFixings, fixingTimes } = terms;
  const count = pastFixings.length + fixingTimes.length;
  const nu = rate - dividend - 0.5 * volatility * volatility;
  let mean = 0;
  for (const fixing of pastFixings) mean += Math.log(fixing);
  let variance = 0;
  fixingTimes.forEach((t, i) => {
    mean += Math.log(spot) + nu * t;
    // Cov(xᵢ, xⱼ) = σ² min(tᵢ, tⱼ): fixing i is the earlier one against itself and all after it.
    variance += t * (2 * (fixingTimes.length - i) - 1);
  });
  const scale = (volatility * volatility) / (count * count);
  return lognormalOption(terms, { mean: mean / count, variance: scale * variance, rate });
};

export interface ContinuousAverage {
  /** Years of averaging already behind; 0 when it starts now. */
  readonly elapsed: number;
  /** The average so far; read only when `elapsed` > 0. */
  readonly averageSoFar: number;
}

/** Averaging runs until expiry. */
export const geometricContinuousPrice = (
  terms: AverageTerms & ContinuousAverage,
  { spot, rate, dividend, volatility }: LognormalMarket,
): number => {
  const { elapsed, averageSoFar, time } = terms;
  const length = elapsed + time;
  const nu = rate - dividend - 0.5 * volatility * volatility;
  const past = elapsed > 0 ? (elapsed / length) * Math.log(averageSoFar) : 0;
  const mean = past + (time / length) * (Math.log(spot) + (nu * time) / 2);
  const variance = (volatility * volatility * time ** 3) / (3 * length * length);
  return lognormalOption(terms, { mean, variance, rate });
};
