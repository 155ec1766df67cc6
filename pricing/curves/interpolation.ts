/**
 * How a curve runs between its nodes. Every scheme has the same parameters, the continuously compounded zero rates at
 * the node times, and answers the integral of the instantaneous forward from zero, I(t) = −ln P(t), with its gradient
 * in the zero rates. Beyond the last node the forward is flat.
 */
import { cubicScheme } from './cubic-interpolation.js';
import { linearZero, logLinearDiscount } from './linear-interpolation.js';
import { monotoneConvex } from './monotone-convex.js';

export type InterpolationName =
  | 'log-linear-discount'
  | 'linear-zero'
  | 'natural-cubic-zero'
  | 'hyman-cubic-zero'
  | 'natural-cubic-log-discount'
  | 'hyman-cubic-log-discount'
  | 'monotone-convex';

export interface Interpolant {
  /** I(t) = −ln P(t) for a time in years; t ≥ 0. */
  readonly integral: (time: number) => number;
  /** The instantaneous forward rate I'(t), from the left at a node. */
  readonly forward: (time: number) => number;
  /** Adds weight · ∂I(t)/∂z to the gradient, which has one place for each node from `offset` on. */
  readonly addGradient: (time: number, weight: number, gradient: Float64Array, offset: number) => void;
}

/** Binds a scheme to node times once; a set of zero rates then makes an interpolant. */
export type Scheme = (times: Float64Array) => (zeros: Float64Array) => Interpolant;

const schemes: Readonly<Record<InterpolationName, Scheme>> = {
  'log-linear-discount': logLinearDiscount,
  'linear-zero': linearZero,
  'natural-cubic-zero': cubicScheme({ variable: 'zero', filter: 'none' }),
  'hyman-cubic-zero': cubicScheme({ variable: 'zero', filter: 'hyman' }),
  'natural-cubic-log-discount': cubicScheme({ variable: 'log-discount', filter: 'none' }),
  'hyman-cubic-log-discount': cubicScheme({ variable: 'log-discount', filter: 'hyman' }),
  'monotone-convex': monotoneConvex,
};

export const interpolationNames = Object.keys(schemes) as readonly InterpolationName[];
export const schemeNamed = (name: InterpolationName): Scheme => schemes[name];
