/**
 * Lognormal jumps added to Black–Scholes: a Poisson mixture of Black–Scholes prices.
 *
 * Source: R. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial Economics 3
 * (1976). The sum runs until the Poisson weight left over is below 1e-16, which bounds the error by that of spot.
 */
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from './black.js';

export interface JumpMarket extends LognormalMarket {
  /** Jumps per year. `volatility` is that of the diffusion alone. */
  readonly intensity: number;
  /** Mean and deviation of the logarithm of a jump. */
  readonly jumpMean: number;
  readonly jumpVolatility: number;
}

const WEIGHT_LEFT = 1e-16;
const JUMPS_MAX = 10_000;

export const mertonPrice = (terms: VanillaTerms, market: JumpMarket): number => {
  const { intensity, jumpMean, jumpVolatility, volatility, dividend, rate } = market;
  const { time } = terms;
  const expected = Math.exp(jumpMean + 0.5 * jumpVolatility * jumpVolatility);
  const mean = intensity * time;
  // The asset's drift is lowered by what the jumps add; each jump then multiplies the forward.
  const compensation = intensity * (expected - 1);
  let weight = Math.exp(-mean);
  let left = 1;
  let sum = 0;
  for (let n = 0; n < JUMPS_MAX && (left > WEIGHT_LEFT || n <= mean); n++) {
    const variance = volatility * volatility + (n * jumpVolatility * jumpVolatility) / time;
    const growth = (n * Math.log(expected)) / time - compensation;
    sum +=
      weight *
      blackScholesPrice(terms, {
        ...market,
        rate,
        dividend: dividend - growth,
        volatility: Math.sqrt(variance),
      });
    left -= weight;
    weight *= mean / (n + 1);
  }
  return sum;
};
