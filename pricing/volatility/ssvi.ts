/**
 * SSVI: a whole surface from the at-the-money variance curve θ and three numbers (Gatheral, Jacquier 2014, section 4),
 *
 *   w(k, θ) = θ/2 (1 + ρ φk + √((φk + ρ)² + 1 − ρ²)),   φ(θ) = η / (θ^γ (1 + θ)^(1−γ)).
 *
 * With θ rising in expiry, 0 < γ ≤ 1/2 and η(1 + |ρ|) ≤ 2 the surface has no static arbitrage (there, remark 4.4 and
 * theorem 4.1); the calibration searches only there, so its result needs no repair.
 */
import { leastSquares } from '../math/levenberg-marquardt';
import type { SmilePoint, SviParameters } from './svi';
import type { FitError, SmileQuote } from './svi-fit';

export interface SsviParameters {
  readonly rho: number;
  readonly eta: number;
  readonly gamma: number;
}

export interface SsviSlice {
  readonly label: string;
  readonly expiry: number;
  /** At-the-money-forward total variance. */
  readonly theta: number;
}

export interface SsviSurface {
  readonly parameters: SsviParameters;
  readonly slices: readonly SsviSlice[];
}

export const ssviPhi = ({ eta, gamma }: SsviParameters, theta: number): number =>
  eta / (theta ** gamma * (1 + theta) ** (1 - gamma));

/** The raw SVI slice that SSVI is at one θ. */
export function ssviAsSvi(p: SsviParameters, theta: number): SviParameters {
  const phi = ssviPhi(p, theta);
  const rest = Math.sqrt(1 - p.rho * p.rho);
  return {
    a: 0.5 * theta * (1 - p.rho * p.rho),
    b: 0.5 * theta * phi,
    rho: p.rho,
    m: -p.rho / phi,
    sigma: rest / phi,
  };
}

export function ssviPoint(p: SsviParameters, theta: number, k: number): SmilePoint {
  const phi = ssviPhi(p, theta);
  const x = phi * k + p.rho;
  const root = Math.sqrt(x * x + 1 - p.rho * p.rho);
  return {
    w: 0.5 * theta * (1 + p.rho * phi * k + root),
    slope: 0.5 * theta * phi * (p.rho + x / root),
    curvature: (0.5 * theta * phi * phi * (1 - p.rho * p.rho)) / (root * root * root),
  };
}

export interface SsviQuotes {
  readonly label: string;
  readonly expiry: number;
  readonly quotes: readonly SmileQuote[];
}

export interface SsviFit {
  readonly surface: SsviSurface;
  readonly error: FitError;
  /** The error of each expiry by itself, in their order. */
  readonly byExpiry: readonly FitError[];
  readonly converged: boolean;
}

/** ρ by tanh, γ by a logistic below 1/2, η by a logistic below 2/(1 + |ρ|): the whole plane is free of arbitrage. */
const parametersAt = (x: ArrayLike<number>): SsviParameters => {
  const rho = 0.999 * Math.tanh(x[0]!);
  const share = 1 / (1 + Math.exp(-x[1]!));
  return { rho, eta: (2 * share) / (1 + Math.abs(rho)), gamma: 0.5 / (1 + Math.exp(-x[2]!)) };
};

/** θ rises because its increments are exponentials. */
function thetasAt(x: ArrayLike<number>, count: number): readonly number[] {
  let theta = 0;
  return Array.from({ length: count }, (_, i) => {
    theta += Math.exp(x[3 + i]!);
    return theta;
  });
}

const errorOf = (offs: readonly { readonly off: number; readonly k: number }[]): FitError => {
  const worst = offs.reduce((a, b) => (b.off > a.off ? b : a));
  const rmse = Math.sqrt(offs.reduce((sum, { off }) => sum + off * off, 0) / offs.length);
  return { rmse, max: worst.off, maxAt: worst.k, quotes: offs.length };
};

/** The quote nearest the forward gives the first guess of θ. */
const atTheMoney = ({ quotes, expiry }: SsviQuotes): number => {
  const nearest = quotes.reduce((a, b) => (Math.abs(b.k) < Math.abs(a.k) ? b : a));
  return nearest.volatility * nearest.volatility * expiry;
};

/** Least squares in volatility over all expiries at once, each expiry with the same total weight. */
export function fitSsvi(expiries: readonly SsviQuotes[]): SsviFit {
  if (expiries.length === 0 || expiries.some(({ quotes }) => quotes.length === 0)) {
    throw new RangeError('an SSVI surface needs at least one quote for each expiry');
  }
  const sorted = [...expiries].sort((a, b) => a.expiry - b.expiry);
  const n = sorted.length;
  let above = 0;
  const increments = sorted.map((e) => {
    const theta = Math.max(atTheMoney(e), above * 1.0001 + 1e-8);
    const rise = theta - above;
    above = theta;
    return Math.log(rise);
  });
  const flat = sorted.flatMap((e, i) =>
    e.quotes.map((q) => ({ i, q, expiry: e.expiry, weight: (q.weight ?? 1) / Math.sqrt(e.quotes.length) })),
  );
  const residuals = (x: Float64Array, out: Float64Array): void => {
    const p = parametersAt(x);
    const thetas = thetasAt(x, n);
    flat.forEach(({ i, q, expiry, weight }, r) => {
      out[r] = weight * (Math.sqrt(ssviPoint(p, thetas[i]!, q.k).w / expiry) - q.volatility);
    });
  };
  const fits = [-0.5, 0.5].map((skew) =>
    leastSquares({ residuals, count: flat.length, start: [skew, 0, 0, ...increments], tolerance: 1e-9 }),
  );
  const best = fits.reduce((a, b) => (b.cost < a.cost ? b : a));
  const parameters = parametersAt(best.x);
  const thetas = thetasAt(best.x, n);
  const slices = sorted.map((e, i) => ({ label: e.label, expiry: e.expiry, theta: thetas[i]! }));
  const offs = flat.map(({ i, q, expiry }) => ({
    i,
    k: q.k,
    off: Math.abs(Math.sqrt(ssviPoint(parameters, thetas[i]!, q.k).w / expiry) - q.volatility),
  }));
  return {
    surface: { parameters, slices },
    error: errorOf(offs),
    byExpiry: sorted.map((_, i) => errorOf(offs.filter((o) => o.i === i))),
    converged: best.converged,
  };
}
