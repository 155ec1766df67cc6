/**
 * How a curve runs between its nodes. Every scheme has the same parameters, the continuously compounded zero rates at
 * the node times, and answers the integral of the instantaneous forward from zero, I(t) = −ln P(t), with its gradient
 * in the zero rates. Beyond the last node the forward is flat.
 */
import { cubicScheme } from './cubic-interpolation';
import { doubleQuadraticZero } from './double-quadratic';
import type { Scheme } from './interpolant';
import { linearZero, logLinearDiscount } from './linear-interpolation';
import { monotoneConvex } from './monotone-convex';

export type InterpolationName =
  | 'log-linear-discount'
  | 'linear-zero'
  | 'double-quadratic-zero'
  | 'natural-cubic-zero'
  | 'hyman-cubic-zero'
  | 'natural-cubic-log-discount'
  | 'hyman-cubic-log-discount'
  | 'monotone-convex';

const schemes: Readonly<Record<InterpolationName, Scheme>> = {
  'log-linear-discount': logLinearDiscount,
  'linear-zero': linearZero,
  'double-quadratic-zero': doubleQuadraticZero,
  'natural-cubic-zero': cubicScheme({ variable: 'zero', filter: 'none' }),
  'hyman-cubic-zero': cubicScheme({ variable: 'zero', filter: 'hyman' }),
  'natural-cubic-log-discount': cubicScheme({ variable: 'log-discount', filter: 'none' }),
  'hyman-cubic-log-discount': cubicScheme({ variable: 'log-discount', filter: 'hyman' }),
  'monotone-convex': monotoneConvex,
};

export const interpolationNames = Object.keys(schemes) as readonly InterpolationName[];
export const schemeNamed = (name: InterpolationName): Scheme => schemes[name];
