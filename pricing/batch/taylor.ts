/**
 * A European option's price after a small move of spot and volatility, without repricing, and how wrong it can be.
 *
 * price + Δ·dS + ½Γ·dS² + vega·dσ. The bound is rigorous: every neglected derivative is at most the largest value that
 * its formula takes for any d₁ (φ, |d|φ and d²φ have largest values 0.39895, 0.24198 and 0.29367), at the worst corner
 * of the move. Time stands still: a book is repriced whole in milliseconds when the clock moves.
 */
import { NODE_WIDTH, type VanillaColumns } from './columns.js';

export interface Move {
  /** Change of the underlying's mark. */
  readonly spot: number;
  /** Change of the option's volatility. */
  readonly volatility: number;
}

/** Reused by the caller, so that a step allocates nothing. */
export interface TaylorStep {
  price: number;
  /** No larger error is possible; Infinity where the step is not to be used. */
  bound: number;
}

const PHI = 0.39895;
const D_PHI = 0.24198;
const D2_PHI = 0.29367;

/** Fills `step` for one row as it was last repriced. The row must be European: the bound knows no exercise. */
export const taylorStep = (c: VanillaColumns, row: number, move: Move, step: TaylorStep): void => {
  const at = c.nodeOf[row]! * NODE_WIDTH;
  const spot = 1 / c.nodeTable[at + 4]!;
  const carried = c.nodeTable[at + 3]!;
  const root = c.nodeTable[at + 5]!;
  const volatility = c.volatilities[row]!;
  const { spot: ds, volatility: dv } = move;
  step.price = c.price[row]! + ds * (c.delta[row]! + 0.5 * ds * c.gamma[row]!) + dv * c.vega[row]!;
  const lowSpot = Math.min(spot, spot + ds);
  const lowVolatility = Math.min(volatility, volatility + dv);
  const highDeviation = Math.max(volatility, volatility + dv) * root;
  const lowDeviation = lowVolatility * root;
  if (!(lowSpot > 0 && lowVolatility > 0)) {
    step.bound = Infinity;
    return;
  }
  const [s, v] = [Math.abs(ds), Math.abs(dv)];
  const speed = (carried / (lowSpot * lowSpot * lowDeviation)) * (PHI + D_PHI / lowDeviation);
  const volga = (spot * carried * root * (D2_PHI + D_PHI * highDeviation)) / lowVolatility;
  const vanna = (carried * (D_PHI + PHI * highDeviation)) / lowVolatility;
  const gammaVega =
    (carried * (D2_PHI + D_PHI * highDeviation + PHI)) / (lowSpot * lowDeviation * lowVolatility);
  step.bound = (s ** 3 * speed) / 6 + 0.5 * v * v * volga + s * v * vanna + 0.5 * s * s * v * gammaVega;
};
