/**
 * A European option's price after a small move of spot and volatility, without repricing, and how wrong it can be.
 *
 * price + Δ·dS + ½Γ·dS² + vega·dσ. The bound is rigorous: every neglected derivative is at most the largest value that
 * its formula takes for any d₁ (φ, |d|φ and d²φ have largest values 0.39895, 0.24198 and 0.29367), at the worst corner
 * of the move. It is a bound of European vanillas as they were last repriced: every other row is refused,
 * as is one without values, or with an input that has moved since. Time stands
 * still: a book is repriced whole in milliseconds when the clock moves.
 */
import { KIND } from './book-option';
import { NODE_WIDTH } from './columns';
import type { PreparedBook } from './prepared-book';

export interface Move {
  /** Change of the underlying's mark. */
  readonly spot: number;
  /** Change of the option's volatility. */
  readonly volatility: number;
}

/** Reused by the caller, so that a step allocates nothing. */
export interface TaylorStep {
  /** In the units of the column `price`; NaN where the step is refused. */
  price: number;
  /** No larger error is possible; Infinity where the step is refused. */
  bound: number;
  /** Why a step is refused, by rule; undefined where it may be used. */
  refused: TaylorRefusal | undefined;
}

export type TaylorRefusal =
  | 'row-must-be-european'
  | 'row-must-be-priced'
  | 'row-must-be-repriced'
  | 'move-must-stay-positive';

const PHI = 0.39895;
const D_PHI = 0.24198;
const D2_PHI = 0.29367;

const refuse = (step: TaylorStep, why: TaylorRefusal): void => {
  step.price = Number.NaN;
  step.bound = Infinity;
  step.refused = why;
};

/** Whether an input of the row has moved since it was repriced. */
const hasMoved = ({ state, columns }: PreparedBook, row: number): boolean =>
  state.allMoved ||
  state.rowMarks[row] === state.round ||
  state.nodeMarks[columns.nodeOf[row]!] === state.round;

/** Fills `step` for one row as it was last repriced. */
export const taylorStep = (book: PreparedBook, row: number, move: Move, step: TaylorStep): void => {
  const { columns: c } = book;
  if (c.kinds[row] !== KIND.european) {
    refuse(step, 'row-must-be-european');
    return;
  }
  if (hasMoved(book, row)) {
    refuse(step, 'row-must-be-repriced');
    return;
  }
  const at = c.nodeOf[row]! * NODE_WIDTH;
  const spot = 1 / c.nodeTable[at + 4]!;
  const carried = c.nodeTable[at + 3]!;
  const root = c.nodeTable[at + 5]!;
  // A price in coin is the price in dollars over the mark; the mark moves, too.
  const inCoin = c.nodeTable[at + 11] !== 1;
  const volatility = c.volatilities[row]!;
  const { spot: ds, volatility: dv } = move;
  const price = inCoin ? c.price[row]! * spot : c.price[row]!;
  if (!Number.isFinite(price)) {
    refuse(step, 'row-must-be-priced');
    return;
  }
  const lowSpot = Math.min(spot, spot + ds);
  const lowVolatility = Math.min(volatility, volatility + dv);
  if (!(lowSpot > 0 && lowVolatility > 0)) {
    refuse(step, 'move-must-stay-positive');
    return;
  }
  const highDeviation = Math.max(volatility, volatility + dv) * root;
  const lowDeviation = lowVolatility * root;
  const [s, v] = [Math.abs(ds), Math.abs(dv)];
  const speed = (carried / (lowSpot * lowSpot * lowDeviation)) * (PHI + D_PHI / lowDeviation);
  const volga = (spot * carried * root * (D2_PHI + D_PHI * highDeviation)) / lowVolatility;
  const vanna = (carried * (D_PHI + PHI * highDeviation)) / lowVolatility;
  const gammaVega =
    (carried * (D2_PHI + D_PHI * highDeviation + PHI)) / (lowSpot * lowDeviation * lowVolatility);
  const unit = inCoin ? spot + ds : 1;
  step.price = (price + ds * (c.delta[row]! + 0.5 * ds * c.gamma[row]!) + dv * c.vega[row]!) / unit;
  step.bound = (s ** 3 * speed) / 6 + 0.5 * v * v * volga + s * v * vanna + 0.5 * s * s * v * gammaVega;
  step.bound /= unit;
  step.refused = undefined;
};
