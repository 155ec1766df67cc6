/**
 * A lognormal price killed at one or two flat barriers: the one density behind every barrier formula of the library.
 *
 * The log return is a Brownian motion with drift ν; killing at a level is mending the density with mirror images of
 * the start. An image at distance c carries the weight exp(νc/σ²). One barrier has one image; two barriers at distance
 * w mirror each other for ever, at 2nw (added) and 2l + 2nw (taken off).
 *
 * Sources: E. Reiner and M. Rubinstein, "Breaking down the barriers", Risk 4 (1991); N. Kunitomo and M. Ikeda, "Pricing
 * options with curved boundaries", Mathematical Finance 2 (1992); C. H. Hui, "One-touch double barrier binary option
 * values", Applied Financial Economics 6 (1996).
 */
import { gaussLegendre, integrateAdaptively } from '../math/gauss-legendre';
import { normalPdf } from '../math/normal';
import { weightedTail } from '../math/weighted-tail';
import type { LognormalMarket } from './black';

/** Barriers at 0 and Infinity are absent. */
export interface Corridor {
  readonly lower: number;
  readonly upper: number;
  readonly time: number;
}

interface Image {
  readonly sign: 1 | -1;
  /** Distance of the image from the start, in log price. */
  readonly shift: number;
}

/** Pairs of images beyond this carry nothing a double can see unless the corridor is absurdly narrow. */
const IMAGES_MAX = 2000;

const imagesOf = (
  corridor: Corridor,
  { spot, volatility, rate, dividend }: LognormalMarket,
): readonly Image[] => {
  const low = Math.log(corridor.lower / spot);
  const high = Math.log(corridor.upper / spot);
  const start: Image = { sign: 1, shift: 0 };
  if (low === -Infinity && high === Infinity) return [start];
  if (low === -Infinity) return [start, { sign: -1, shift: 2 * high }];
  if (high === Infinity) return [start, { sign: -1, shift: 2 * low }];
  const width = high - low;
  const nu = rate - dividend - 0.5 * volatility * volatility;
  const reach = 10 * volatility * Math.sqrt(corridor.time) + Math.abs(nu) * corridor.time + 2 * width;
  const pairs = Math.min(IMAGES_MAX, 1 + Math.ceil(reach / (2 * width)));
  const images: Image[] = [];
  for (let n = -pairs; n <= pairs; n++) {
    images.push({ sign: 1, shift: 2 * n * width }, { sign: -1, shift: 2 * low + 2 * n * width });
  }
  return images;
};

/** e^exponent·(N(high) − N(low)) without cancellation in the upper tail. */
const between = (exponent: number, low: number, high: number): number =>
  low > 0
    ? weightedTail(exponent, low) - weightedTail(exponent, high)
    : weightedTail(exponent, -high) - weightedTail(exponent, -low);

/** Whether the barrier has been reached at the spot itself. */
export const isTouched = ({ lower, upper }: Corridor, spot: number): boolean =>
  spot <= lower || spot >= upper;

export interface Window {
  /** 0 counts paths, 1 counts the asset. */
  readonly power: 0 | 1;
  /** Bounds on the price at expiry. */
  readonly from: number;
  readonly to: number;
}

/** E[Sᵏ; from < S < to, no barrier touched], undiscounted. */
export const aliveMoment = (corridor: Corridor, window: Window, market: LognormalMarket): number => {
  const { spot, volatility, rate, dividend } = market;
  const from = Math.max(window.from, corridor.lower);
  const to = Math.min(window.to, corridor.upper);
  if (from >= to || isTouched(corridor, spot)) return 0;
  const { time } = corridor;
  const variance = volatility * volatility;
  const nu = rate - dividend - 0.5 * variance;
  const deviation = volatility * Math.sqrt(time);
  const [low, high] = [Math.log(from / spot), Math.log(to / spot)];
  const k = window.power;
  let sum = 0;
  for (const { sign, shift } of imagesOf(corridor, market)) {
    const mean = shift + nu * time + k * variance * time;
    const exponent = (nu * shift) / variance + k * shift;
    sum += sign * between(exponent, (low - mean) / deviation, (high - mean) / deviation);
  }
  return sum * Math.exp(k * (nu * time + 0.5 * variance * time)) * (k === 1 ? spot : 1);
};

const RULE = gaussLegendre(32);
const PASSAGE_SPAN = 9;

/**
 * The same integral where the rate is so negative that its closed form is complex: with u = d/(σ√t) it runs over a
 * normal density, 2∫φ(u − νd/(σ²u))·exp(−rd²/(σ²u²)) du from d/(σ√T).
 */
const passageByQuadrature = (distance: number, nu: number, market: LognormalMarket, time: number): number => {
  const { rate, volatility } = market;
  const scale = distance / volatility;
  const at = (u: number): number => {
    const t = (scale / u) ** 2;
    return 2 * normalPdf(u - (nu * scale) / (volatility * u)) * Math.exp(-rate * t);
  };
  const from = scale / Math.sqrt(time);
  const to = from + PASSAGE_SPAN + Math.abs(nu / volatility) * Math.sqrt(time);
  return integrateAdaptively(at, { from, to, rule: RULE, tolerance: 1e-15 });
};

/** ∫₀ᵀ e^{−rt} g(d, t) dt for the first passage density g over a distance d > 0 with drift `nu` towards it. */
const passage = (distance: number, nu: number, market: LognormalMarket, time: number): number => {
  const variance = market.volatility * market.volatility;
  const square = nu * nu + 2 * market.rate * variance;
  if (square < 0) return passageByQuadrature(distance, nu, market, time);
  const lambda = Math.sqrt(square);
  const deviation = market.volatility * Math.sqrt(time);
  const term = (l: number) =>
    weightedTail((distance * (nu - l)) / variance, (distance - l * time) / deviation);
  return term(lambda) + term(-lambda);
};

/** E[e^{−rτ}; τ ≤ T, this barrier reached before the other]: the value of one unit paid on touching it. */
export const touchValue = (corridor: Corridor, side: 'lower' | 'upper', market: LognormalMarket): number => {
  const { spot, volatility, rate, dividend } = market;
  if (isTouched(corridor, spot)) return (side === 'lower') === spot <= corridor.lower ? 1 : 0;
  const level = Math.log((side === 'lower' ? corridor.lower : corridor.upper) / spot);
  if (!Number.isFinite(level)) return 0;
  const variance = volatility * volatility;
  const nu = rate - dividend - 0.5 * variance;
  // Seen from the lower barrier the world is turned over: distances and drift change sign.
  const flip = side === 'upper' ? 1 : -1;
  let sum = 0;
  for (const { sign, shift } of imagesOf(corridor, market)) {
    if (sign < 0) continue;
    const distance = flip * (level - shift);
    const flow =
      distance > 0
        ? passage(distance, flip * nu, market, corridor.time)
        : -passage(-distance, -flip * nu, market, corridor.time);
    if (flow !== 0) sum += Math.exp((nu * shift) / variance) * flow;
  }
  return sum;
};
