/**
 * e^exponent·N(−z), as mirror images weigh normal tails.
 *
 * At volatilities of a fraction of a percent an image's weight overflows while its mass underflows, and their product
 * is of order one: far out the two exponents are added before anything is raised.
 */
import { erfcx, normalCdf } from './normal';

export const weightedTail = (exponent: number, z: number): number => {
  if (z === Infinity) return 0;
  return z > 5
    ? 0.5 * Math.exp(exponent - 0.5 * z * z) * erfcx(z * Math.SQRT1_2)
    : Math.exp(exponent) * normalCdf(-z);
};
