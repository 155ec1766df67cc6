/**
 * Heston's five parameters from a surface of implied volatilities.
 *
 * Least squares of price errors over Black vega first, which are volatility errors to first order and forgive a bad
 * start, then of true implied volatilities, which is what is reported. The search runs over logarithms and an inverse hyperbolic
 * tangent, so every point is a legal model.
 */
import { failure, type Result, success } from '../contract';
import { leastSquares } from '../math/levenberg-marquardt';
import { normalPdf } from '../math/normal';
import { blackPrice } from '../models/black';
import type { HestonParameters } from '../models/heston';
import { hestonStrip } from '../models/heston-strip';
import { impliedBlackVolatility } from '../models/implied-volatility';
import { calibrationError, type ModelCalibration, type QuoteDeviation } from './model-calibration';

export interface HestonCalibrationSlice {
  readonly label: string;
  readonly expiry: number;
  readonly forward: number;
  readonly discount: number;
  readonly quotes: readonly {
    readonly strike: number;
    readonly volatility: number;
    readonly weight?: number;
  }[];
}

export interface HestonCalibrationSettings {
  readonly start?: HestonParameters;
  /** Error of the model prices during the search, as a fraction of the forward. */
  readonly tolerance?: number;
}

const usualStart: HestonParameters = { v0: 0.06, kappa: 1.5, theta: 0.06, sigma: 0.5, rho: -0.4 };

const fromCoordinates = (x: ArrayLike<number>): HestonParameters => ({
  v0: Math.exp(x[0]!),
  kappa: Math.exp(x[1]!),
  theta: Math.exp(x[2]!),
  sigma: Math.exp(x[3]!),
  rho: Math.tanh(x[4]!),
});

const toCoordinates = (p: HestonParameters): readonly number[] => [
  Math.log(p.v0),
  Math.log(p.kappa),
  Math.log(p.theta),
  Math.log(p.sigma),
  Math.atanh(p.rho),
];

interface Prepared extends HestonCalibrationSlice {
  readonly strikes: Float64Array;
  /** Market call, and its Black vega, by strike; both discounted. */
  readonly calls: readonly number[];
  readonly vegas: readonly number[];
}

function prepared(slice: HestonCalibrationSlice): Prepared {
  const root = Math.sqrt(slice.expiry);
  const { forward, discount } = slice;
  return {
    ...slice,
    strikes: Float64Array.from(slice.quotes, (q) => q.strike),
    calls: slice.quotes.map(({ strike, volatility }) =>
      blackPrice({ right: 'call', strike, forward, stdDev: volatility * root, discount }),
    ),
    vegas: slice.quotes.map(({ strike, volatility }) => {
      const d1 = Math.log(forward / strike) / (volatility * root) + 0.5 * volatility * root;
      return discount * forward * normalPdf(d1) * root;
    }),
  };
}

/** Model call prices of a slice. */
const modelCalls = (parameters: HestonParameters, s: Prepared, tolerance: number): Float64Array =>
  hestonStrip({
    parameters,
    forward: s.forward,
    discount: s.discount,
    expiry: s.expiry,
    strikes: s.strikes,
    tolerance,
  }).call;

function deviations(
  parameters: HestonParameters,
  slices: readonly Prepared[],
  tolerance = 1e-10,
): readonly QuoteDeviation[] {
  return slices.flatMap((s) => {
    const calls = modelCalls(parameters, s, tolerance);
    return s.quotes.map(({ strike, volatility }, i) => {
      // The out-of-the-money side keeps the digits of small prices.
      const right = strike >= s.forward ? ('call' as const) : ('put' as const);
      const price = right === 'call' ? calls[i]! : calls[i]! - s.discount * (s.forward - strike);
      const implied = impliedBlackVolatility({
        right,
        price,
        forward: s.forward,
        strike,
        discount: s.discount,
        time: s.expiry,
      });
      const model = implied.ok ? implied.value : volatility + (calls[i]! - s.calls[i]!) / s.vegas[i]!;
      return { name: `${s.label} strike ${strike}`, deviation: model - volatility };
    });
  });
}

/** Failures: `calibration-needs-quotes`, `calibration-quotes-must-be-positive`. */
export function calibrateHeston(
  slices: readonly HestonCalibrationSlice[],
  settings: HestonCalibrationSettings = {},
): Result<ModelCalibration<HestonParameters>> {
  const count = slices.reduce((sum, { quotes }) => sum + new Set(quotes.map(({ strike }) => strike)).size, 0);
  if (count < 5) {
    return failure(
      'calibration-needs-quotes',
      `cannot calibrate Heston to quotes of ${count} strikes. Give five or more.`,
    );
  }
  const bad = slices.find(
    (s) =>
      !(s.expiry > 0 && s.forward > 0 && s.discount > 0) ||
      s.quotes.some((q) => !(q.strike > 0 && q.volatility > 0)),
  );
  if (bad) {
    return failure(
      'calibration-quotes-must-be-positive',
      `slice "${bad.label}" has an expiry, forward, discount factor, strike or volatility that is not above zero.`,
    );
  }
  const list = slices.map(prepared);
  const tolerance = settings.tolerance ?? 1e-7;
  const weights = list.flatMap((s) => s.quotes.map((q) => q.weight ?? 1));
  const byPrice = (p: HestonParameters): readonly number[] =>
    list.flatMap((s) => {
      const calls = modelCalls(p, s, tolerance);
      return s.quotes.map((_, i) => (calls[i]! - s.calls[i]!) / s.vegas[i]!);
    });
  const byVolatility = (p: HestonParameters): readonly number[] =>
    deviations(p, list, tolerance).map(({ deviation }) => deviation);
  const search = (start: ArrayLike<number>, off: (p: HestonParameters) => readonly number[]) =>
    leastSquares({
      residuals: (x, out) => {
        const p = fromCoordinates(x);
        // Beyond these the search has lost its way; a NaN turns it back.
        const lost = !(p.sigma < 20 && p.kappa < 100 && p.v0 < 10 && p.theta < 10);
        if (lost) out.fill(Number.NaN);
        else out.set(off(p).map((value, i) => weights[i]! * value));
      },
      count,
      start,
      iterationsMax: 60,
      tolerance: 1e-6,
    });
  const rough = search(toCoordinates(settings.start ?? usualStart), byPrice);
  const found = search(rough.x, byVolatility);
  const parameters = fromCoordinates(found.x);
  return success({
    parameters,
    error: calibrationError(deviations(parameters, list)),
    converged: found.converged,
  });
}
