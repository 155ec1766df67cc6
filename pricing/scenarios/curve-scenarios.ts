/** Scenarios on curves: every node of every curve is a factor, or every quote of a set is. */
import { type Result, success } from '../contract';
import { type CurveSet, rebuildCurves } from '../curves/curve-group';
import { type DiscountCurve, discountCurve } from '../curves/discount-curve';
import type { Factor } from './factors';

type Curves = ReadonlyMap<string, DiscountCurve>;

/** Zero rates by curve and node, in the order of the curves, with their values. */
export function curveFactors(
  curves: Curves,
  tags: Readonly<Record<string, readonly string[]>> = {},
): { readonly factors: readonly Factor[]; readonly values: Float64Array } {
  const factors: Factor[] = [];
  const values: number[] = [];
  for (const [name, { labels, zeros }] of curves) {
    for (let node = 0; node < zeros.length; node += 1) {
      factors.push({ kind: 'rate', name, node: labels[node]!, ...(tags[name] && { tags: tags[name] }) });
      values.push(zeros[node]!);
    }
  }
  return { factors, values: Float64Array.from(values) };
}

/** The curves on moved zero rates; a curve of which none has moved is the same object. */
export function curvesOnFactors(curves: Curves, values: Float64Array): Curves {
  const moved = new Map<string, DiscountCurve>();
  let place = 0;
  for (const [name, curve] of curves) {
    const zeros = values.slice(place, place + curve.zeros.length);
    place += zeros.length;
    const same = zeros.every((zero, node) => Object.is(zero, curve.zeros[node]));
    moved.set(name, same ? curve : onZeros(curve, zeros));
  }
  return moved;
}

const onZeros = (
  { name, reference, times, interpolation, labels, gaps, origin }: DiscountCurve,
  zeros: Float64Array,
): DiscountCurve =>
  discountCurve({ name, reference, times, zeros, interpolation, labels, ...(gaps && { gaps }) }, origin);

/** Quotes of a set, with their values; a quote that is missing is NaN. */
export const quoteFactors = ({
  group,
  quotes,
}: CurveSet): { readonly factors: readonly Factor[]; readonly values: Float64Array } => ({
  factors: group.quoteNames.map((name) => ({ kind: 'quote', name })),
  values: Float64Array.from(group.quoteNames, (name) => quotes.get(name) ?? Number.NaN),
});

/** The set on moved quotes, rebuilt where they moved. Failures: those of `rebuildCurves`. */
export function curvesOnQuotes(set: CurveSet, values: Float64Array): Result<CurveSet> {
  const moved: Record<string, number> = {};
  for (const [place, name] of set.group.quoteNames.entries()) {
    const value = values[place]!;
    if (!Object.is(value, set.quotes.get(name) ?? Number.NaN)) moved[name] = value;
  }
  return Object.keys(moved).length === 0 ? success(set) : rebuildCurves(set, moved);
}
