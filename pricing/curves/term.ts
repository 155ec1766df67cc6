/**
 * Cash flows as terms: the form in which swaps, bonds, deposits and forwards meet their curves, in a bootstrap and in a
 * book alike. A term's worth is `amount · P_d(pay) · g`, and g is one, or what a forward period earns.
 */
import type { Day } from '../calendars/date.js';

export interface CurveDate {
  /** The curve's name. */
  readonly curve: string;
  readonly day: Day;
}

export interface ForwardPeriod {
  readonly curve: string;
  readonly start: Day;
  readonly end: Day;
}

export interface CurveTerm {
  /** The fixed part of the amount. */
  readonly amount: number;
  /** The amount grows by `quoteFactor` times this quote. */
  readonly quote?: string;
  readonly quoteFactor?: number;
  /** Growth P(start)/P(end) − 1 over the period; without it g is one. */
  readonly growth?: ForwardPeriod;
  /** ln of the growth in place of it: an arithmetic average of overnight rates, to the order of a day's interest. */
  readonly logarithmic?: boolean;
  /** Not discounted where absent. */
  readonly discount?: CurveDate;
}

/** A market quote tied to a curve node: the node's rate makes the terms' sum zero. */
export interface CalibrationInstrument {
  readonly label: string;
  /** The quote's name. */
  readonly quote: string;
  /** Date of the node. */
  readonly pillar: Day;
  /** Sum to zero when the curves fit; per unit of notional. */
  readonly terms: readonly CurveTerm[];
}

/** The names of the curves that the terms read. */
export function curvesOf(terms: readonly CurveTerm[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { growth, discount } of terms) {
    if (growth) names.add(growth.curve);
    if (discount) names.add(discount.curve);
  }
  return names;
}

/** The names of the quotes that the terms read. */
export function quotesOf(terms: readonly CurveTerm[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { quote } of terms) if (quote !== undefined) names.add(quote);
  return names;
}
