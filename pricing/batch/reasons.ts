/**
 * Why a row of a book has no values, or has them with a remark: a byte beside the values, never a NaN alone.
 *
 * The order is that of precedence: a row says the first that applies.
 */
import { KIND } from './book-option';
import { MEASURES, type VanillaColumns } from './columns';

/** By code. Rows with `priced` and `barrier-touched` have values, all others are NaN in every column. */
export const REASONS = [
  'priced',
  'not-listed',
  'expired',
  'spot-missing',
  'spot-must-be-positive',
  'rate-missing',
  'rate-out-of-range',
  'yield-missing',
  'yield-out-of-range',
  'volatility-missing',
  'volatility-must-be-positive',
  'exercise-has-two-boundaries',
  'barrier-touched',
  'value-not-finite',
] as const;

export type RowReason = (typeof REASONS)[number];

const CODES = Object.fromEntries(REASONS.map((reason, code) => [reason, code])) as Record<RowReason, number>;
export const codeOf = (reason: RowReason): number => CODES[reason];

/** Continuous rates and yields beyond this are mistakes of unit; the kernel reads them as missing. */
export const RATE_MAX = 10;

const inputReason = (name: 'rate' | 'yield', value: number): RowReason | undefined => {
  if (Number.isNaN(value)) return `${name}-missing`;
  return Math.abs(value) <= RATE_MAX ? undefined : `${name}-out-of-range`;
};

/** The first reason why a row can have no value, from its inputs alone. */
export const missingReason = (c: VanillaColumns, row: number, now: number): RowReason => {
  const kind = c.kinds[row]!;
  if (kind === KIND.none) return 'not-listed';
  const node = c.nodeOf[row]!;
  if (!(c.expiry[node]! > now)) return 'expired';
  const spot = c.spots[c.spotOf[node]!]!;
  if (Number.isNaN(spot)) return 'spot-missing';
  if (!(spot > 0 && spot < Infinity)) return 'spot-must-be-positive';
  const style = c.styleOf[node]!;
  const rate = style < 2 ? inputReason('rate', c.rateValues[c.rateOf[node]!]!) : undefined;
  if (rate) return rate;
  const carry = style === 0 ? inputReason('yield', c.yieldValues[c.yieldOf[node]!]!) : undefined;
  if (carry) return carry;
  const volatility = c.volatilities[row]!;
  if (Number.isNaN(volatility)) return 'volatility-missing';
  if (!(volatility > 0 && volatility < Infinity)) return 'volatility-must-be-positive';
  return kind === KIND.american ? 'exercise-has-two-boundaries' : 'value-not-finite';
};

/** What kernels leave in `reasons` where a row lacks a value, until its reason is told. */
export const UNTOLD = 255;

/** Whether every value of the row is a number. */
export const isWhole = (c: VanillaColumns, row: number): boolean => {
  const sum =
    c.price[row]! +
    c.delta[row]! +
    c.gamma[row]! +
    c.vega[row]! +
    c.theta[row]! +
    c.rho[row]! +
    c.vanna[row]! +
    c.volga[row]!;
  return sum - sum === 0;
};

/** A row keeps no value at all, and says why. */
export const refuseRow = (c: VanillaColumns, row: number, now: number): void => {
  c.reasons[row] = CODES[missingReason(c, row, now)];
  for (const measure of MEASURES) c[measure][row] = Number.NaN;
};
