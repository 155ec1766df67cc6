/**
 * SABR's α, ρ and ν from the smile of one expiry, with β and the shift given, as desks do: β and ρ bend the smile
 * alike, so one of them is chosen.
 */
import { failure, type Result, success } from '../contract';
import { leastSquares } from '../math/levenberg-marquardt';
import { type SabrParameters, sabrLognormalVolatility, sabrNormalVolatility } from '../volatility/sabr';
import { calibrationError, type ModelCalibration } from './model-calibration';

export interface SabrCalibrationRequest {
  readonly forward: number;
  /** Years. */
  readonly expiry: number;
  /** How the quotes are quoted, and the error reported. */
  readonly volatilities: 'lognormal' | 'normal';
  readonly quotes: readonly {
    readonly strike: number;
    readonly volatility: number;
    readonly weight?: number;
  }[];
  readonly beta: number;
  readonly shift?: number;
}

/** Failures: `calibration-needs-quotes`, `calibration-quotes-must-be-positive`, `sabr-parameters-must-be-in-domain`. */
export function calibrateSabr(request: SabrCalibrationRequest): Result<ModelCalibration<SabrParameters>> {
  const { forward, expiry, quotes, beta, shift = 0, volatilities } = request;
  const strikes = new Set(quotes.map(({ strike }) => strike)).size;
  if (strikes < 3) {
    return failure(
      'calibration-needs-quotes',
      `cannot calibrate SABR to quotes of ${strikes} strikes. Give three or more.`,
    );
  }
  if (!(beta >= 0 && beta <= 1)) {
    return failure('sabr-parameters-must-be-in-domain', `SABR beta is ${beta}. Choose one from 0 to 1.`);
  }
  const positive = (x: number): boolean => (volatilities === 'normal' && beta === 0) || x + shift > 0;
  const bad = quotes.find((q) => !(q.volatility > 0) || !positive(q.strike));
  if (bad || !positive(forward) || !(expiry > 0)) {
    return failure(
      'calibration-quotes-must-be-positive',
      `forward ${forward}, expiry ${expiry}, strike ${bad?.strike}: shifted rates, volatilities and expiry must be above zero. Raise the shift.`,
    );
  }
  const volatilityOf = volatilities === 'normal' ? sabrNormalVolatility : sabrLognormalVolatility;
  const parametersAt = (x: ArrayLike<number>): SabrParameters => ({
    alpha: Math.exp(x[0]!),
    beta,
    rho: 0.9999 * Math.tanh(x[1]!),
    nu: Math.exp(x[2]!),
    shift,
  });
  const deviation = (p: SabrParameters, strike: number, volatility: number): number =>
    volatilityOf({ forward, strike, time: expiry }, p) - volatility;
  const level = quotes.reduce((a, b) =>
    Math.abs(b.strike - forward) < Math.abs(a.strike - forward) ? b : a,
  ).volatility;
  // α sets the level: σ_N ≈ α F^β and σ_LN ≈ α F^(β−1).
  const power = beta === 0 ? 1 : (forward + shift) ** beta;
  const alpha = volatilities === 'normal' ? level / power : (level * (forward + shift)) / power;
  const scale = 1 / level;
  const residuals = (x: Float64Array, out: Float64Array): void => {
    const p = parametersAt(x);
    quotes.forEach((q, i) => {
      out[i] = scale * (q.weight ?? 1) * deviation(p, q.strike, q.volatility);
    });
  };
  const best = [-0.5, 0, 0.5]
    .map((skew) =>
      leastSquares({
        residuals,
        count: quotes.length,
        start: [Math.log(alpha), skew, Math.log(0.4)],
        tolerance: 1e-12,
      }),
    )
    .reduce((a, b) => (b.cost < a.cost ? b : a));
  const parameters = parametersAt(best.x);
  const off = quotes.map((q) => ({
    name: `strike ${q.strike}`,
    deviation: deviation(parameters, q.strike, q.volatility),
  }));
  return success({ parameters, error: calibrationError(off), converged: best.converged });
}
