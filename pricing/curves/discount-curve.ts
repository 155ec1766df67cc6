/**
 * A curve: zero rates at node times under an interpolation, fixed for good. It says which version it is and which quotes
 * and curves it was made from; a market that moves makes another curve.
 */
import type { Day } from '../calendars/date';
import type { Interpolant } from './interpolant';
import { type InterpolationName, schemeNamed } from './interpolation';

/** Curve time is ACT/365F from the reference date, whatever the instruments count in. */
export const curveTime = (reference: Day, day: Day): number => (day - reference) / 365;

/** Times (years) between which a node is missing for want of its quote: what is read there was quoted by nobody. */
export interface CurveGap {
  /** Of the node. */
  readonly label: string;
  /** Both ends are nodes, which stand; zero before the first one, infinity after the last one. */
  readonly from: number;
  readonly to: number;
}

export interface CurveNodes {
  readonly name: string;
  readonly reference: Day;
  /** Node times in years, positive and rising. */
  readonly times: Float64Array;
  /** Continuously compounded zero rates at the nodes. */
  readonly zeros: Float64Array;
  readonly interpolation: InterpolationName;
  readonly labels?: readonly string[];
  readonly gaps?: readonly CurveGap[];
}

export interface CurveOrigin {
  /** Counts changes: a rebuild that leaves the curve as it was keeps the version. */
  readonly version: number;
  readonly quotes: readonly string[];
  readonly curves: readonly string[];
}

export interface DiscountCurve extends CurveNodes {
  readonly origin: CurveOrigin;
  readonly labels: readonly string[];
  readonly interpolant: Interpolant;
  /** P(t) for a time in years. */
  readonly discount: (time: number) => number;
  readonly discountOn: (day: Day) => number;
  /** Continuously compounded zero rate to a time; the forward at zero for t = 0. */
  readonly zeroRate: (time: number) => number;
  readonly timeOf: (day: Day) => number;
}

/** The gap that a time falls into, if any. */
export const gapAt = ({ gaps }: Pick<CurveNodes, 'gaps'>, time: number): CurveGap | undefined =>
  gaps?.find(({ from, to }) => time > from && time < to);

const noOrigin: CurveOrigin = { version: 1, quotes: [], curves: [] };

export function discountCurve(
  nodes: CurveNodes,
  origin: CurveOrigin = noOrigin,
  interpolant?: Interpolant,
): DiscountCurve {
  const made = interpolant ?? schemeNamed(nodes.interpolation)(nodes.times)(nodes.zeros);
  const discount = (time: number): number => Math.exp(-made.integral(time));
  const timeOf = (day: Day): number => curveTime(nodes.reference, day);
  return {
    ...nodes,
    origin,
    labels: nodes.labels ?? Array.from(nodes.times, (time) => `${time}`),
    interpolant: made,
    discount,
    discountOn: (day) => discount(timeOf(day)),
    zeroRate: (time) => (time === 0 ? made.forward(0) : made.integral(time) / time),
    timeOf,
  };
}

/** The same rate at every maturity, continuously compounded on ACT/365F. */
export const flatCurve = (name: string, reference: Day, rate: number): DiscountCurve =>
  discountCurve({
    name,
    reference,
    times: Float64Array.of(1),
    zeros: Float64Array.of(rate),
    interpolation: 'log-linear-discount',
    labels: ['flat'],
  });

/** A curve through given discount factors, for markets that publish those. */
export function curveFromDiscounts({
  name,
  reference,
  days,
  discounts,
  interpolation = 'log-linear-discount',
}: {
  readonly name: string;
  readonly reference: Day;
  readonly days: readonly Day[];
  readonly discounts: readonly number[];
  readonly interpolation?: InterpolationName;
}): DiscountCurve {
  const times = Float64Array.from(days, (day) => curveTime(reference, day));
  const zeros = Float64Array.from(discounts, (discount, index) => -Math.log(discount) / times[index]!);
  return discountCurve({ name, reference, times, zeros, interpolation });
}
