/**
 * Cash flows as terms: the form in which swaps, bonds, deposits and forwards meet their curves, in a bootstrap and in a
 * book alike. A term's worth is `amount · P_d(pay) · g`, and g is one, or what a forward period earns.
 */
import type { Day } from '../calendars/date';

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
  /**
   * In place of the growth, the sum of the simple interests of the period's fixings, as an arithmetic average pays: with x
   * the logarithm of the growth and Σw² the squared shares of the period that each fixing covers, x + x²·Σw²/2, which is
   * Σ(e^(xw) − 1) to its second order (K. Takada, "Valuation of arithmetic average of Fed Funds rates", 2011, keeps the
   * same order). What is left, the third order and the forward's own slope within the period, is about 1e-9 of the notional
   * a quarter.
   */
  readonly averaging?: { readonly squares: number };
  /** A further factor P_over(day)/P_under(day): a forward FX rate over today's, where a notional follows one. */
  readonly ratio?: { readonly over: CurveDate; readonly under: CurveDate };
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
  for (const { growth, ratio, discount } of terms) {
    if (growth) names.add(growth.curve);
    if (ratio) names.add(ratio.over.curve).add(ratio.under.curve);
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
