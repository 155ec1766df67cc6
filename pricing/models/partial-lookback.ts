/**
 * Lookbacks whose extreme is watched for a part of their life.
 *
 * Floating strike, watched from now to `watchEnd` (Heynen and Kat, "Selective memory", Risk 7, 1994): by parts,
 * E[(S − λm)⁺] is the vanilla at today's minimum plus λ∫P(S > λk, m < k)dk, and each probability is two bivariate
 * normals (the price and its mirror image). Fixed strike, watched from `watchStart` to expiry: the full lookback, averaged
 * over the price at the start. Both by Gauss–Legendre; the error is below 1e-9 of spot.
 */
import { bivariateNormalCdf } from '../math/bivariate-normal';
import { gaussLegendre, integrate, integrateAdaptively } from '../math/gauss-legendre';
import { ONE_OVER_SQRT_2PI } from '../math/normal';
import { normalExpectation } from '../math/normal-expectation';
import { weightedTail } from '../math/weighted-tail';
import { blackScholesPrice, type LognormalMarket, signOf, type VanillaTerms } from './black';
import { type FixedLookbackTerms, type FloatingLookbackTerms, fixedLookbackPrice } from './lookback';

const RULE = gaussLegendre(32);
/** Standard deviations that the quadratures span on each side. */
const SPAN = 9;

export interface PartialFloatingTerms extends FloatingLookbackTerms {
  /** The strike is λ times the extreme: at least 1 for a call, at most 1 for a put. */
  readonly lambda: number;
  /** Years from now until which the extreme is watched. */
  readonly watchEnd: number;
}

const REST = 9;
/** Up to this exponent the absolute error of the bivariate normal stays far below a double's of the sum. */
const EXPONENT_SAFE = 3;

/**
 * e^exponent·N₂(a, b; ρ), a probability. With little volatility and much drift the weight of the mirror image overflows
 * while its mass underflows, so there the exponents are added under an integral over the first variable.
 */
const weightedBivariate = (
  exponent: number,
  { a, b, rho }: { readonly a: number; readonly b: number; readonly rho: number },
): number => {
  if (exponent < EXPONENT_SAFE) return Math.exp(exponent) * bivariateNormalCdf({ a, b, rho });
  const spread = Math.sqrt(1 - rho * rho);
  if (spread === 0) return weightedTail(exponent, -Math.min(a, b));
  const density = (x: number): number =>
    ONE_OVER_SQRT_2PI * weightedTail(exponent - 0.5 * x * x, (rho * x - b) / spread);
  // The mass lies at the edge, or where the second variable leaves the most of it.
  const from = Math.min(a, rho * b) - REST;
  return integrateAdaptively(density, { from, to: a, rule: RULE, tolerance: 1e-15 });
};

/** P(φ(x_T − a) > 0 and the level h touched by t₁), for a log price from 0 with drift ν; h on the far side of 0. */
const touchedAndEndsBeyond = (
  { phi, h, a, t1, time }: { phi: 1 | -1; h: number; a: number; t1: number; time: number },
  nu: number,
  volatility: number,
): number => {
  const rho = Math.sqrt(t1 / time);
  const [s1, s] = [volatility * Math.sqrt(t1), volatility * Math.sqrt(time)];
  // A call watches the minimum: at or below h at t₁, or mirrored at 2h and above it again.
  const direct = bivariateNormalCdf({
    a: (phi * (h - nu * t1)) / s1,
    b: (-phi * (a - nu * time)) / s,
    rho: -rho,
  });
  const mirrored = weightedBivariate((2 * nu * h) / (volatility * volatility), {
    a: (-phi * (h - 2 * h - nu * t1)) / s1,
    b: (-phi * (a - 2 * h - nu * time)) / s,
    rho,
  });
  return direct + mirrored;
};

export const partialFloatingLookbackPrice = (
  terms: PartialFloatingTerms,
  market: LognormalMarket,
): number => {
  const { right, extreme, lambda, watchEnd, time } = terms;
  const { spot, volatility } = market;
  const phi = signOf(right);
  const nu = market.rate - market.dividend - 0.5 * volatility * volatility;
  const vanilla = blackScholesPrice({ right, strike: lambda * extreme, time }, market);
  const from = Math.log(extreme / spot);
  const reach = SPAN * volatility * Math.sqrt(watchEnd) + Math.abs(nu) * watchEnd;
  const probability = (y: number) =>
    spot *
    Math.exp(y) *
    touchedAndEndsBeyond({ phi, h: y, a: y + Math.log(lambda), t1: watchEnd, time }, nu, volatility);
  let sum = 0;
  for (let panel = 0; panel < 4; panel++) {
    const ends = [from - (phi * panel * reach) / 4, from - (phi * (panel + 1) * reach) / 4] as const;
    sum += integrate(probability, { from: Math.min(...ends), to: Math.max(...ends), rule: RULE });
  }
  return vanilla + lambda * Math.exp(-market.rate * time) * sum;
};

export interface PartialFixedTerms extends VanillaTerms {
  /** Years from now at which watching starts. */
  readonly watchStart: number;
}

export const partialFixedLookbackPrice = (terms: PartialFixedTerms, market: LognormalMarket): number => {
  const { right, strike, watchStart, time } = terms;
  const { spot, rate, dividend, volatility } = market;
  if (watchStart <= 0) return fixedLookbackPrice({ ...terms, extreme: spot }, market);
  // Watched in the last instant alone, the extreme is the last price.
  if (watchStart >= time) return blackScholesPrice(terms, market);
  const deviation = volatility * Math.sqrt(watchStart);
  const drift = (rate - dividend - 0.5 * volatility * volatility) * watchStart;
  const value = (z: number) => {
    const then = spot * Math.exp(drift + deviation * z);
    const start: FixedLookbackTerms = { right, strike, time: time - watchStart, extreme: then };
    return fixedLookbackPrice(start, { ...market, spot: then });
  };
  // The value bends where the price at the start is the strike, the sharper the shorter the watch.
  const strikeAt = (Math.log(strike / spot) - drift) / deviation;
  const width = Math.sqrt((time - watchStart) / watchStart);
  const mean = normalExpectation(value, { bends: [{ at: strikeAt, width }], tilt: deviation });
  return Math.exp(-rate * watchStart) * mean;
};
