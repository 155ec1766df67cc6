/**
 * Lognormal jumps added to Black–Scholes: a Poisson mixture of Black–Scholes prices.
 *
 * Source: R. Merton, "Option pricing when underlying stock returns are discontinuous", Journal of Financial Economics 3
 * (1976). The sum runs over twelve deviations about the mean number of jumps, in the measures of money and of the asset.
 */
import { blackPrice, type LognormalMarket, type VanillaTerms } from './black';

export interface JumpMarket extends LognormalMarket {
  /** Jumps per year. `volatility` is that of the diffusion alone. */
  readonly intensity: number;
  /** Mean and deviation of the logarithm of a jump. */
  readonly jumpMean: number;
  readonly jumpVolatility: number;
}

/** Terms this many deviations of the Poisson law away from its mean weigh less than a double can see. */
const DEVIATIONS = 12;

/** More jumps than this are a diffusion, and the sum over them would have no end. */
export const JUMPS_MAX = 100_000;

/** ln n! by Stirling's series, exact to doubles beyond ten; a sum below. */
const logFactorial = (n: number): number => {
  if (n < 10) {
    let sum = 0;
    for (let k = 2; k <= n; k++) sum += Math.log(k);
    return sum;
  }
  const x = n + 1;
  return (
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    1 / (12 * x) -
    1 / (360 * x ** 3) +
    1 / (1260 * x ** 5)
  );
};

/**
 * The numbers of jumps that count: about the mean in money's measure, and about the mean in the asset's, where each
 * jump weighs by its growth.
 */
const rangeOf = (mean: number, expected: number): readonly [from: number, to: number] => {
  const [low, high] = [mean * Math.min(1, expected), mean * Math.max(1, expected)];
  return [
    Math.max(0, Math.floor(low - DEVIATIONS * Math.sqrt(low))),
    Math.ceil(high + DEVIATIONS * Math.sqrt(high) + 3 * DEVIATIONS),
  ];
};

/** The largest number of jumps that the price of a time would sum over. */
export const jumpsOf = (time: number, { intensity, jumpMean, jumpVolatility }: JumpMarket): number =>
  rangeOf(intensity * time, Math.exp(jumpMean + 0.5 * jumpVolatility * jumpVolatility))[1];

/** Needs `jumpsOf` within `JUMPS_MAX`. */
export const mertonPrice = (terms: VanillaTerms, market: JumpMarket): number => {
  const { intensity, jumpMean, jumpVolatility, volatility, dividend, rate, spot } = market;
  const { right, strike, time } = terms;
  const logExpected = jumpMean + 0.5 * jumpVolatility * jumpVolatility;
  const expected = Math.exp(logExpected);
  const mean = intensity * time;
  // The asset's drift is lowered by what the jumps add; each jump then multiplies the forward.
  const compensated = (rate - dividend) * time - mean * Math.expm1(logExpected);
  const [from, to] = rangeOf(mean, expected);
  const discount = Math.exp(-rate * time);
  let sum = 0;
  for (let n = from; n <= to; n++) {
    const logWeight = n === 0 ? -mean : n * Math.log(mean) - mean - logFactorial(n);
    const deviation = Math.sqrt(volatility * volatility * time + n * jumpVolatility * jumpVolatility);
    const logForward = Math.log(spot) + compensated + n * logExpected;
    // The weight goes into forward and strike, because many large jumps overflow before the weight makes them small.
    sum += blackPrice({
      right,
      strike: strike * Math.exp(logWeight),
      forward: Math.exp(logForward + logWeight),
      stdDev: deviation,
      discount,
    });
  }
  return sum;
};
