/**
 * The profit of one position over a span, by ORE's axes, with an exact identity: the axes, added without rounding in between,
 * are the profit. What the market did to the opening quantity is told by its Greeks, what was traded stands as new.
 */
import { exactSum } from '../math/exact-sum';
import { BOOK_AXES, type BookAxis } from './explain-book';

export const PROFIT_AXES = [
  'theta',
  'delta',
  'gamma',
  'vega',
  'vanna',
  'volga',
  'rho',
  'dividend',
  'fx',
  'carry',
  'cash',
  'new',
  'unexplained',
] as const;
export type ProfitAxis = (typeof PROFIT_AXES)[number];

export interface PositionSpan {
  /** Per unit, in the currency of the product: worth at both ends, and the axes between. */
  readonly before: number;
  readonly after: number;
  readonly axes: Readonly<Record<Exclude<BookAxis, 'unexplained'>, number>>;
  /** Units held at both ends, contract multiplier included; signed. */
  readonly quantityBefore: number;
  readonly quantityAfter: number;
  /** Reporting currency for one unit of the product's, at both ends; 1 where they are the same. */
  readonly fxBefore: number;
  readonly fxAfter: number;
  /** In the reporting currency: interest earned or paid on what the position ties up. */
  readonly carry: number;
  /** In the reporting currency: dividends, coupons and settlements received. */
  readonly cash: number;
  /** In the reporting currency: what trades of the span cost, received below zero. */
  readonly paid: number;
}

export interface ProfitExplain extends Readonly<Record<ProfitAxis, number>> {
  /** Exactly the sum of all axes (`exactSum`), which is the change of worth and cash to its last digit. */
  readonly total: number;
}

/**
 * The opening quantity's axes at the closing FX rate, its worth before by the change of FX, the rest as it was told. A number
 * that is missing makes the whole NaN: a part of a profit is none.
 */
export function explainPosition(span: PositionSpan): ProfitExplain {
  const { before, after, axes, quantityBefore, quantityAfter, fxBefore, fxAfter, carry, cash, paid } = span;
  const told = {} as Record<ProfitAxis, number>;
  for (const axis of BOOK_AXES)
    if (axis !== 'unexplained') told[axis] = quantityBefore * axes[axis] * fxAfter;
  told.fx = quantityBefore * before * (fxAfter - fxBefore);
  told.carry = carry;
  told.cash = cash;
  told.new = (quantityAfter - quantityBefore) * after * fxAfter - paid;
  const worth = exactSum([
    quantityAfter * after * fxAfter,
    -quantityBefore * before * fxBefore,
    carry,
    cash,
    -paid,
  ]);
  const others = PROFIT_AXES.filter((axis) => axis !== 'unexplained').map((axis) => -told[axis]);
  told.unexplained = exactSum([worth, ...others]);
  return { ...told, total: exactSum(PROFIT_AXES.map((axis) => told[axis])) };
}
