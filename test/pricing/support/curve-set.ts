/** What a published set of quotes makes: how many instruments, how well they reprice, and what was left out and why. */
import {
  buildCurves,
  type CurveGroupDefinition,
  type CurveSet,
  compileCurveGroup,
  type Quotes,
} from '../../../pricing/curves/curve-group';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve';
import type { CalibrationInstrument } from '../../../pricing/curves/term';
import { valueTerms } from '../../../pricing/models/curve-value';
import { certain } from './dual-curve';

export interface CurveSetOutcome {
  readonly curves: number;
  readonly instruments: number;
  /** Largest value of an instrument on the finished curves, per unit of notional; or what `unit` says. */
  readonly worst: number;
  /** Where `worst` is no misfit of value. */
  readonly unit?: string;
  /** Each node, quote or figure that is not taken in, with its reason. */
  readonly left: readonly string[];
}

export interface CurveSetCase {
  readonly name: string;
  /** The file or folder below the data folder, without which the case is skipped. */
  readonly path: readonly string[];
  readonly measure: () => CurveSetOutcome;
}

/** The quote that makes an instrument worth nothing on given curves: its terms are linear in it. */
export function impliedQuote(
  { terms, quote: own }: CalibrationInstrument,
  curve: (name: string) => DiscountCurve,
): number {
  const at = (value: number): number =>
    valueTerms(
      terms.map(({ quote, quoteFactor = 0, amount, ...rest }) => ({
        ...rest,
        amount: amount + (quote === own ? quoteFactor * value : 0),
      })),
      { curve },
    ).value;
  return -at(0) / (at(1) - at(0));
}

/** Builds a group and values every instrument anew on the finished curves, which the bootstrap never looks at. */
export function repriced(
  definition: CurveGroupDefinition,
  quotes: Quotes,
): { readonly set: CurveSet; readonly worst: number; readonly count: number } {
  const set = certain(buildCurves(certain(compileCurveGroup(definition)), quotes));
  let [worst, count] = [0, 0];
  for (const { instruments } of definition.curves) {
    for (const { terms } of instruments) {
      const bound = terms.map(({ quote, quoteFactor = 0, amount, ...rest }) => ({
        ...rest,
        amount: amount + (quote === undefined ? 0 : quoteFactor * quotes[quote]!),
      }));
      const { value } = valueTerms(bound, { curve: (name) => set.curves.get(name)! });
      if (!(Math.abs(value) <= worst)) worst = Math.abs(value);
      count += 1;
    }
  }
  return { set, worst, count };
}
