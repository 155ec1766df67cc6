/**
 * SABR by Hagan's expansions: implied lognormal and normal volatilities of one expiry (P. Hagan, D. Kumar, A. Lesniewski,
 * D. Woodward, "Managing smile risk", Wilmott, September 2002, equations 2.17 and A.59), on a forward moved by a shift.
 */
import { failure, type Result, success } from '../contract';

export interface SabrParameters {
  readonly alpha: number;
  /** 0 (normal) to 1 (lognormal). */
  readonly beta: number;
  readonly rho: number;
  readonly nu: number;
  /** Added to forward and strike; lets rates be negative down to −shift. */
  readonly shift?: number;
}

export interface SabrPoint {
  readonly forward: number;
  readonly strike: number;
  /** Years to expiry. */
  readonly time: number;
}

/** The parameters' domain; outside it the expansions mean nothing. */
export function checkedSabr(parameters: SabrParameters): Result<SabrParameters> {
  const { alpha, beta, rho, nu, shift = 0 } = parameters;
  const sound = alpha > 0 && beta >= 0 && beta <= 1 && Math.abs(rho) < 1 && nu >= 0 && Number.isFinite(shift);
  if (sound) return success(parameters);
  return failure(
    'sabr-parameters-must-be-in-domain',
    `SABR alpha ${alpha}, beta ${beta}, rho ${rho}, nu ${nu}: alpha > 0, 0 ≤ beta ≤ 1, −1 < rho < 1, nu ≥ 0 are needed.`,
  );
}

/** z/χ(z), by its series near the money where both vanish. */
function zOverChi(z: number, rho: number): number {
  if (Math.abs(z) < 1e-4) return 1 - 0.5 * rho * z + (2 - 3 * rho * rho) * z * z * (1 / 12);
  const root = Math.sqrt(1 - 2 * rho * z + z * z);
  // Of the two equal forms of the logarithm the one that does not cancel, with root − 1 written as a product.
  const rise = (z - 2 * rho) / (root + 1);
  const chi = z > 0 ? Math.log1p((z * (rise + 1)) / (1 - rho)) : -Math.log1p((z * (rise - 1)) / (1 + rho));
  return z / chi;
}

/** Black volatility of forward + shift; both must be positive after the shift. */
export function sabrLognormalVolatility(
  { forward, strike, time }: SabrPoint,
  parameters: SabrParameters,
): number {
  const { alpha, beta, rho, nu, shift = 0 } = parameters;
  const [f, k] = [forward + shift, strike + shift];
  const power = (f * k) ** (1 - beta);
  const root = Math.sqrt(power);
  const log = Math.log(f / k);
  const wide = (1 - beta) ** 2 * log * log;
  const z = (nu / alpha) * root * log;
  const drift =
    ((1 - beta) ** 2 * alpha * alpha) / (24 * power) +
    (rho * beta * nu * alpha) / (4 * root) +
    ((2 - 3 * rho * rho) * nu * nu) / 24;
  return (alpha / (root * (1 + wide / 24 + (wide * wide) / 1920))) * zOverChi(z, rho) * (1 + drift * time);
}

/** Normal (Bachelier) volatility, in units of rate; with beta = 0 forward and strike may have any sign. */
export function sabrNormalVolatility(
  { forward, strike, time }: SabrPoint,
  parameters: SabrParameters,
): number {
  const { alpha, beta, rho, nu, shift = 0 } = parameters;
  if (beta === 0) {
    const z = (nu / alpha) * (forward - strike);
    return alpha * zOverChi(z, rho) * (1 + ((2 - 3 * rho * rho) / 24) * nu * nu * time);
  }
  const [f, k] = [forward + shift, strike + shift];
  const power = (f * k) ** (1 - beta);
  const root = Math.sqrt(power);
  const square = Math.log(f / k) ** 2;
  const wide = (1 - beta) ** 2 * square;
  const z = (nu / alpha) * root * Math.log(f / k);
  const series = (1 + square / 24 + (square * square) / 1920) / (1 + wide / 24 + (wide * wide) / 1920);
  const drift =
    (-beta * (2 - beta) * alpha * alpha) / (24 * power) +
    (rho * alpha * nu * beta) / (4 * root) +
    ((2 - 3 * rho * rho) * nu * nu) / 24;
  return alpha * (f * k) ** (beta / 2) * series * zOverChi(z, rho) * (1 + drift * time);
}
