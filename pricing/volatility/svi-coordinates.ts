/**
 * The coordinates in which an SVI slice is searched: positivity and Lee's wing bounds hold by themselves.
 *
 * With wing slopes L and R, w(k) = v + ½(R − L)x + ½(L + R)√(x² + σ²) − σ√(LR), x = k − m: v is the smallest variance.
 * Searched are ln v, the logits of L and R below 2, m, and ln(σ − σ_min).
 */
import type { SviParameters } from './svi';

export const COORDINATES = 5;
const WING_MAX = 1.999;
/** A sharper bend than this is a kink that no strike grid resolves. */
export const SIGMA_MIN = 1e-3;
const VARIANCE_MIN = 1e-10;

const logistic = (x: number): number => WING_MAX / (1 + Math.exp(-x));
const logit = (y: number): number => {
  const share = Math.min(Math.max(y / WING_MAX, 1e-6), 1 - 1e-6);
  return Math.log(share / (1 - share));
};

/** A slice as the search sees it: w(k) = base + tilt·x + opening·√(x² + σ²), with what its derivatives need. */
export interface SviShape {
  lowest: number;
  left: number;
  right: number;
  m: number;
  sigma: number;
  tilt: number;
  opening: number;
  base: number;
  /** √(LR), and σ√(LR) over L and over R. */
  mean: number;
  leftDrop: number;
  rightDrop: number;
  /** Derivatives of L, R and σ in their own coordinates. */
  leftSlope: number;
  rightSlope: number;
  sigmaSlope: number;
}

export const sviShape = (): SviShape => ({
  lowest: 0,
  left: 0,
  right: 0,
  m: 0,
  sigma: 0,
  tilt: 0,
  opening: 0,
  base: 0,
  mean: 0,
  leftDrop: 0,
  rightDrop: 0,
  leftSlope: 0,
  rightSlope: 0,
  sigmaSlope: 0,
});

/** Fills the shape from coordinates, so that a search allocates nothing a step. */
export const readShape = (x: Float64Array, shape: SviShape): void => {
  const lowest = Math.exp(x[0]!);
  const left = logistic(x[1]!);
  const right = logistic(x[2]!);
  const sigmaSlope = Math.exp(x[4]!);
  const sigma = SIGMA_MIN + sigmaSlope;
  const mean = Math.sqrt(left * right);
  shape.lowest = lowest;
  shape.left = left;
  shape.right = right;
  shape.m = x[3]!;
  shape.sigma = sigma;
  shape.tilt = 0.5 * (right - left);
  shape.opening = 0.5 * (right + left);
  shape.base = lowest - sigma * mean;
  shape.mean = mean;
  shape.leftDrop = (sigma * mean) / left;
  shape.rightDrop = (sigma * mean) / right;
  shape.leftSlope = left * (1 - left / WING_MAX);
  shape.rightSlope = right * (1 - right / WING_MAX);
  shape.sigmaSlope = sigmaSlope;
};

export const fromCoordinates = (x: Float64Array): SviParameters => {
  const shape = sviShape();
  readShape(x, shape);
  const { base, opening, tilt, m, sigma } = shape;
  return { a: base, b: opening, rho: tilt / opening, m, sigma };
};

/** The nearest coordinates of the slice: what lies outside the bounds is moved to them. */
export const toCoordinates = (p: SviParameters): Float64Array =>
  Float64Array.of(
    Math.log(Math.max(p.a + p.b * p.sigma * Math.sqrt(Math.max(1 - p.rho * p.rho, 0)), VARIANCE_MIN)),
    logit(p.b * (1 - p.rho)),
    logit(p.b * (1 + p.rho)),
    p.m,
    Math.log(Math.max(p.sigma - SIGMA_MIN, 1e-6)),
  );
