/**
 * The ISDA CDS standard model: legs of a credit default swap on piecewise flat forwards and hazard rates, integrated
 * exactly between the nodes of both curves. Sources: ISDA CDS Standard Model (its published specification), and R. White,
 * "The pricing and risk management of credit default swaps", OpenGamma 2014. Times are ACT/365F from the trade date.
 */
import type { DiscountCurve } from '../curves/discount-curve';

/** How interest accrued to a default is integrated. */
export type AccrualFormula =
  /** As the published library up to version 1.8.2: half a day is added to every time since the period's start. */
  | 'isda'
  /** Without the half day. */
  | 'exact'
  /** As Markit repaired it: within each piece between nodes the accrual starts anew. */
  | 'markit-fix';

export interface CdsCurves {
  readonly discount: DiscountCurve;
  /** Survival probability as a discount factor: its integral is the cumulative hazard. */
  readonly survival: DiscountCurve;
}

/** Half a day, in years of 365 days. */
const halfDay = 1 / 730;

/** Taylor branches below this sum of rates over a piece keep all digits. */
const small = 1e-4;

/** (e^x − 1)/x. */
const growthRatio = (x: number): number =>
  Math.abs(x) < small ? 1 + x * (0.5 + x * (1 / 6 + x * (1 / 24 + x / 120))) : Math.expm1(x) / x;

/** (e^x·(x − 1) + 1)/x², the derivative of the one before. */
const growthRatioSlope = (x: number): number =>
  Math.abs(x) < small
    ? 0.5 + x * (1 / 3 + x * (1 / 8 + x * (1 / 30 + x / 144)))
    : (Math.exp(x) * (x - 1) + 1) / (x * x);

/** The nodes of both curves in order, found once for all periods of a swap. */
export const integrationNodes = ({ discount, survival }: CdsCurves): Float64Array =>
  Float64Array.from(new Set([...discount.times, ...survival.times])).sort();

export interface IntegrationCurves extends CdsCurves {
  readonly nodes: Float64Array;
}

/** Calls back for each piece between start, the nodes inside, and end. */
function eachPiece(
  { nodes }: IntegrationCurves,
  start: number,
  end: number,
  visit: (to: number, from: number) => void,
): void {
  let from = start;
  for (let index = 0; index < nodes.length && nodes[index]! < end; index += 1) {
    if (nodes[index]! <= from) continue;
    visit(nodes[index]!, from);
    from = nodes[index]!;
  }
  visit(end, from);
}

/** Present value of one unit paid at a default between start and end. */
export function protectionUnit(curves: IntegrationCurves, start: number, end: number): number {
  if (end <= start) return 0;
  const { discount, survival } = curves;
  let [hazard, rate] = [survival.interpolant.integral(start), discount.interpolant.integral(start)];
  let value = 0;
  eachPiece(curves, start, end, (to) => {
    const nextHazard = survival.interpolant.integral(to);
    const nextRate = discount.interpolant.integral(to);
    const dHazard = nextHazard - hazard;
    value += dHazard * Math.exp(-hazard - rate) * growthRatio(hazard - nextHazard + rate - nextRate);
    hazard = nextHazard;
    rate = nextRate;
  });
  return value;
}

export interface AccrualPiece {
  /** Time that the accrual counts from; may lie before the start. */
  readonly accrualStart: number;
  readonly start: number;
  readonly end: number;
  readonly formula: AccrualFormula;
}

/** Present value of the years accrued at a default between start and end, paid at the default. */
export function accruedOnDefault(
  curves: IntegrationCurves,
  { accrualStart, start, end, formula }: AccrualPiece,
): number {
  if (end <= start) return 0;
  const { discount, survival } = curves;
  const offset = formula === 'isda' ? halfDay : 0;
  let [hazard, rate] = [survival.interpolant.integral(start), discount.interpolant.integral(start)];
  let value = 0;
  eachPiece(curves, start, end, (to, from) => {
    const nextHazard = survival.interpolant.integral(to);
    const nextRate = discount.interpolant.integral(to);
    const dHazard = nextHazard - hazard;
    const x = hazard - nextHazard + rate - nextRate;
    const before = formula === 'markit-fix' ? 0 : from - accrualStart + offset;
    // The integral of (before + share of the piece) weighed by the density of default over the piece.
    const weight = dHazard * Math.exp(-hazard - rate);
    value += weight * (before * growthRatio(x) + (to - from) * growthRatioSlope(x));
    hazard = nextHazard;
    rate = nextRate;
  });
  return value;
}
