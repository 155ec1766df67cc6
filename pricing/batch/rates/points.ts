/**
 * Where a book touches its curves: every (curve, day) that any flow reads has one number. Integral and discount factor of a
 * point are worked out when its curve moves, and its weights on the curve's nodes once, where the interpolation is linear in
 * the zero rates.
 */
import type { Day } from '../../calendars/date';
import { isNonlinear } from '../../curves/curve-block';
import { type DiscountCurve, gapAt } from '../../curves/discount-curve';
import { type Doubles, doubles, type Integers, integers, pushDouble, pushInteger } from './growing';

export interface CurveSlot {
  readonly name: string;
  /** Undefined where the market has no such curve: its points are NaN. */
  curve: DiscountCurve | undefined;
  /** Number of its first node among all nodes of the book. */
  firstNode: number;
  /** Its points, and the rows that read any of them. */
  readonly points: Integers;
  readonly rows: Integers;
}

export interface Points {
  readonly slots: CurveSlot[];
  readonly slotOf: Map<string, number>;
  readonly numbers: Map<number, number>;
  readonly slot: Integers;
  /** Days since 1970; of a node that lies between days, a fraction. */
  readonly day: Doubles;
  readonly integral: Doubles;
  readonly discount: Doubles;
  /** 1 where the point lies in a gap of its curve. */
  readonly gapped: Integers;
  /** 1 where the point has moved since the last round. */
  readonly moved: Integers;
  /** Weights of point p stand from weightFirst[p], as many as weightCount[p]. */
  readonly weightFirst: Integers;
  readonly weightCount: Integers;
  readonly weightNode: Integers;
  readonly weight: Doubles;
  /** Where a point hangs on two neighbouring nodes at most, as under the local schemes: the first of them, else −1. */
  readonly pairNode: Integers;
  /** The two weights of each point that has `pairNode`. */
  readonly pair: Doubles;
  nodes: { readonly curve: string; readonly label: string }[];
  gaps: boolean;
}

export const noPoints = (): Points => ({
  slots: [],
  slotOf: new Map(),
  numbers: new Map(),
  slot: integers(),
  day: doubles(),
  integral: doubles(),
  discount: doubles(),
  gapped: integers(),
  moved: integers(),
  weightFirst: integers(),
  weightCount: integers(),
  weightNode: integers(),
  weight: doubles(),
  pairNode: integers(),
  pair: doubles(),
  nodes: [],
  gaps: false,
});

/** The curve's number; a new one's nodes are numbered after all others. */
export function slotNamed(points: Points, name: string, curve: DiscountCurve | undefined): number {
  const known = points.slotOf.get(name);
  if (known !== undefined) return known;
  points.slotOf.set(name, points.slots.length);
  points.slots.push({
    name,
    curve,
    firstNode: points.nodes.length,
    points: integers(64),
    rows: integers(64),
  });
  for (const label of curve?.labels ?? []) points.nodes.push({ curve: name, label });
  if (curve?.gaps) points.gaps = true;
  return points.slots.length - 1;
}

const timeOf = ({ reference }: DiscountCurve, day: Day): number => (day - reference) / 365;

/** Integral, discount factor and gap of a point; answers whether its integral is another than before. */
export function readPoint(points: Points, point: number): boolean {
  const { curve } = points.slots[points.slot.data[point]!]!;
  const before = points.integral.data[point]!;
  const time = curve ? timeOf(curve, points.day.data[point]!) : Number.NaN;
  const integral = curve ? curve.interpolant.integral(time) : Number.NaN;
  points.gapped.data[point] = curve?.gaps && gapAt(curve, time) ? 1 : 0;
  if (Object.is(before, integral)) return false;
  points.integral.data[point] = integral;
  points.discount.data[point] = Math.exp(-integral);
  return true;
}

/** Derivatives of the point's integral in the curve's zero rates, those that are not zero or, of a bent scheme, all. */
export function addWeights(points: Points, point: number): void {
  const { curve, firstNode } = points.slots[points.slot.data[point]!]!;
  points.weightFirst.data[point] = points.weight.length;
  points.weightCount.data[point] = 0;
  points.pairNode.data[point] = -1;
  if (!curve) return;
  const gradient = new Float64Array(curve.times.length);
  curve.interpolant.addGradient(timeOf(curve, points.day.data[point]!), 1, gradient, 0);
  const all = isNonlinear(curve.interpolation);
  for (let node = 0; node < gradient.length; node += 1) {
    if (gradient[node] === 0 && !all) continue;
    pushInteger(points.weightNode, firstNode + node);
    pushDouble(points.weight, gradient[node]!);
    points.weightCount.data[point]! += 1;
  }
  pairWeights(points, point);
}

/** One or two neighbours are kept as a pair as well, which costs no inner loop. */
function pairWeights(
  { weightFirst, weightCount, weightNode, weight, pairNode, pair }: Points,
  point: number,
): void {
  const [first, count] = [weightFirst.data[point]!, weightCount.data[point]!];
  const node = count > 0 ? weightNode.data[first]! : 0;
  const isPair = count === 0 || count === 1 || (count === 2 && weightNode.data[first + 1] === node + 1);
  pairNode.data[point] = isPair ? node : -1;
  pair.data[2 * point] = count > 0 ? weight.data[first]! : 0;
  pair.data[2 * point + 1] = count > 1 ? weight.data[first + 1]! : 0;
}

/** The weights anew where they depend on the rates themselves. */
export function rereadWeights(points: Points, slot: number): void {
  const { curve, points: own } = points.slots[slot]!;
  if (!curve || !isNonlinear(curve.interpolation)) return;
  const gradient = new Float64Array(curve.times.length);
  for (let i = 0; i < own.length; i += 1) {
    const point = own.data[i]!;
    gradient.fill(0);
    curve.interpolant.addGradient(timeOf(curve, points.day.data[point]!), 1, gradient, 0);
    points.weight.data.set(gradient, points.weightFirst.data[point]!);
    pairWeights(points, point);
  }
}

/** The number of a curve's day. */
export function pointAt(points: Points, slot: number, day: Day): number {
  // Days stay below 2^22 for eleven thousand years: curve and day share one key.
  const key = slot * 4_194_304 + day;
  const known = points.numbers.get(key);
  if (known !== undefined) return known;
  const point = points.slot.length;
  points.numbers.set(key, point);
  pushInteger(points.slot, slot);
  pushDouble(points.day, day);
  pushDouble(points.integral, Number.NEGATIVE_INFINITY);
  pushDouble(points.discount, 0);
  pushInteger(points.gapped, 0);
  pushInteger(points.moved, 0);
  pushInteger(points.weightFirst, 0);
  pushInteger(points.weightCount, 0);
  pushInteger(points.pairNode, -1);
  pushDouble(points.pair, 0);
  pushDouble(points.pair, 0);
  pushInteger(points.slots[slot]!.points, point);
  readPoint(points, point);
  addWeights(points, point);
  return point;
}
