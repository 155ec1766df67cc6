/**
 * Calibrates one raw SVI slice to implied volatilities, with the error reported.
 *
 * The search runs over coordinates in which positivity and Lee's wing bounds hold by themselves: the two wing slopes
 * through a logistic function, the smallest variance and σ through exponentials. The first search looks at the quotes
 * alone. Only where its slice has a negative density, or leaves the bounds it was given, a penalty is added and raised
 * until it holds, so a slice gives up fit before it gives up its density.
 */
import { type LeastSquaresSolution, leastSquares } from '../math/levenberg-marquardt.js';
import { durrleman, type SviParameters, sviPoint, sviVariance } from './svi.js';

export interface SmileQuote {
  /** ln(K/F). */
  readonly k: number;
  readonly volatility: number;
  /** Relative trust, for example 1/(bid–ask spread in volatility); 1 when absent. */
  readonly weight?: number;
}

/** How well a slice repeats its quotes, in volatility (0.01 is one point). */
export interface FitError {
  readonly rmse: number;
  readonly max: number;
  /** The log-moneyness of the worst quote. */
  readonly maxAt: number;
  readonly quotes: number;
}

export interface SviFit {
  readonly parameters: SviParameters;
  readonly error: FitError;
  /** False when no start converged within the iterations: the parameters are then the best point seen. */
  readonly converged: boolean;
}

export interface SviFitRequest {
  readonly quotes: readonly SmileQuote[];
  readonly expiry: number;
  /** The slice before a quote moved: then the only start, and the search takes a few steps. */
  readonly warmStart?: SviParameters;
  /** Total variance that the slice may not leave, where it has neighbours in time. */
  readonly bounds?: readonly VarianceBound[];
}

/** Least and most total variance at one log-moneyness. */
export interface VarianceBound {
  readonly k: number;
  readonly least: number;
  readonly most: number;
}

const WING_MAX = 1.999;
/** A sharper bend than this is a kink that no strike grid resolves. */
const SIGMA_MIN = 1e-3;
const DENSITY_NODES = 101;
/** Weights of g and of volatility beyond their margins against volatility error, tried in turn. */
const PENALTIES: readonly Penalty[] = [
  { weight: 1, margin: 0.002, volatilityMargin: 1e-5 },
  { weight: 10, margin: 0.005, volatilityMargin: 3e-5 },
  { weight: 100, margin: 0.01, volatilityMargin: 1e-4 },
];

const logistic = (x: number): number => WING_MAX / (1 + Math.exp(-x));
const logit = (y: number): number => {
  const share = Math.min(Math.max(y / WING_MAX, 1e-6), 1 - 1e-6);
  return Math.log(share / (1 - share));
};

const fromCoordinates = (x: ArrayLike<number>): SviParameters => {
  const left = logistic(x[1]!);
  const right = logistic(x[2]!);
  const b = 0.5 * (left + right);
  const rho = (right - left) / (left + right);
  const sigma = SIGMA_MIN + Math.exp(x[4]!);
  return { a: Math.exp(x[0]!) - b * sigma * Math.sqrt(1 - rho * rho), b, rho, m: x[3]!, sigma };
};

const toCoordinates = (p: SviParameters): readonly number[] => [
  Math.log(Math.max(p.a + p.b * p.sigma * Math.sqrt(1 - p.rho * p.rho), 1e-10)),
  logit(p.b * (1 - p.rho)),
  logit(p.b * (1 + p.rho)),
  p.m,
  Math.log(Math.max(p.sigma - SIGMA_MIN, 1e-6)),
];

/** Slopes from the outer thirds of the quotes, the minimum from the lowest one, and four widths of the bend. */
function startsFrom({ quotes, expiry }: SviFitRequest): readonly (readonly number[])[] {
  const sorted = [...quotes].sort((x, y) => x.k - y.k);
  const variance = (q: SmileQuote): number => q.volatility * q.volatility * expiry;
  const lowest = sorted.reduce((best, q) => (variance(q) < variance(best) ? q : best));
  const [first, last] = [sorted[0]!, sorted[sorted.length - 1]!];
  const width = Math.max(last.k - first.k, 1e-3);
  const wing = (q: SmileQuote): number =>
    Math.max((variance(q) - variance(lowest)) / Math.max(Math.abs(q.k - lowest.k), 0.1 * width), 1e-3);
  return [0.03, 0.1, 0.25, 0.6].map((share) => [
    Math.log(Math.max(variance(lowest) * 0.9, 1e-10)),
    logit(wing(first)),
    logit(wing(last)),
    lowest.k,
    Math.log(share * width),
  ]);
}

const errorOf = (p: SviParameters, { quotes, expiry }: SviFitRequest): FitError => {
  let square = 0;
  let max = 0;
  let maxAt = 0;
  for (const q of quotes) {
    const off = Math.abs(Math.sqrt(Math.max(sviPoint(p, q.k).w, 0) / expiry) - q.volatility);
    square += off * off;
    if (off > max) [max, maxAt] = [off, q.k];
  }
  return { rmse: Math.sqrt(square / quotes.length), max, maxAt, quotes: quotes.length };
};

/** Nodes where the density is judged: the quoted moneyness on both sides and as far again beyond it. */
function densityNodes({ quotes }: SviFitRequest): readonly number[] {
  const far = 2 * Math.max(0.05, ...quotes.map((q) => Math.abs(q.k)));
  return Array.from({ length: DENSITY_NODES }, (_, i) => far * ((2 * i) / (DENSITY_NODES - 1) - 1));
}

interface Penalty {
  readonly weight: number;
  /** Of g. */
  readonly margin: number;
  readonly volatilityMargin: number;
}

/** How far a variance is outside its bound, in volatility, with a margin; zero or below when inside. */
const outside = (bound: VarianceBound, w: number, expiry: number, margin: number): number => {
  const volatility = Math.sqrt(w / expiry);
  const [least, most] = [Math.sqrt(bound.least / expiry), Math.sqrt(bound.most / expiry)];
  // A corridor narrower than two margins is held in its middle.
  const room = Math.min(margin, 0.5 * (most - least));
  return Math.max(least + room - volatility, volatility - most + room);
};

/** Residuals: weighted volatility errors, then, with a penalty, what g and the bounds lack to their margins. */
function residualsOf(
  request: SviFitRequest,
  penalty?: Penalty,
): (x: Float64Array, out: Float64Array) => void {
  const { quotes, expiry, bounds = [] } = request;
  const weights = quotes.map((q) => q.weight ?? 1);
  const scale = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0));
  const nodes = penalty ? densityNodes(request) : [];
  const corridor = penalty ? bounds : [];
  const boundsFrom = quotes.length + nodes.length;
  return (x, out) => {
    const p = fromCoordinates(x);
    for (let i = 0; i < quotes.length; i++) {
      const w = sviVariance(p, quotes[i]!.k);
      out[i] = (weights[i]! / scale) * (Math.sqrt(w / expiry) - quotes[i]!.volatility);
    }
    for (let i = 0; i < nodes.length; i++) {
      const lack = penalty!.margin - durrleman(sviPoint(p, nodes[i]!), nodes[i]!);
      out[quotes.length + i] = lack > 0 ? penalty!.weight * lack : 0;
    }
    for (let i = 0; i < corridor.length; i++) {
      const bound = corridor[i]!;
      const far = outside(bound, sviVariance(p, bound.k), expiry, penalty!.volatilityMargin);
      out[boundsFrom + i] = far > 0 ? penalty!.weight * far : 0;
    }
  };
}

type Starts = readonly ArrayLike<number>[];

function search(request: SviFitRequest, starts: Starts, penalty?: Penalty): LeastSquaresSolution {
  const count = request.quotes.length + (penalty ? DENSITY_NODES + (request.bounds?.length ?? 0) : 0);
  const residuals = residualsOf(request, penalty);
  const rough = starts
    .map((start) => leastSquares({ residuals, count, start, iterationsMax: 30, tolerance: 1e-6 }))
    .reduce((a, b) => (b.cost < a.cost ? b : a));
  return leastSquares({ residuals, count, start: rough.x, iterationsMax: 200, tolerance: 1e-7 });
}

const hasDensity = (request: SviFitRequest, p: SviParameters): boolean =>
  densityNodes(request).every((k) => durrleman(sviPoint(p, k), k) >= 0);

const withinBounds = ({ bounds = [], expiry }: SviFitRequest, p: SviParameters): boolean =>
  bounds.every((bound) => outside(bound, sviVariance(p, bound.k), expiry, 0) <= 0);

/** The best slice through at least five quotes; fewer leave the parameters undetermined and throw a RangeError. */
export function fitSvi(request: SviFitRequest): SviFit {
  const { quotes, expiry, warmStart } = request;
  if (quotes.length < 5) throw new RangeError(`an SVI slice needs at least 5 quotes, got ${quotes.length}`);
  if (!(expiry > 0)) throw new RangeError(`an SVI slice needs an expiry above zero, got ${expiry}`);
  const starts = warmStart ? [toCoordinates(warmStart)] : startsFrom(request);
  let best = search(request, starts);
  for (const penalty of PENALTIES) {
    const found = fromCoordinates(best.x);
    if (hasDensity(request, found) && withinBounds(request, found)) break;
    best = search(request, [best.x, ...starts], penalty);
  }
  const parameters = fromCoordinates(best.x);
  return { parameters, error: errorOf(parameters, request), converged: best.converged };
}
