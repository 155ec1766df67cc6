/**
 * A number that depends on curves, with its first derivatives: in the zero rate of every node, and in a parallel shift of
 * all of them. What pricers compose: a swap rate is a quotient of two, a Black price a function of some.
 */
import type { DiscountCurve } from '../curves/discount-curve';
import type { CurveDate, CurveTerm } from '../curves/term';

export interface CurveValue {
  readonly value: number;
  /** ∂value/∂z by node, per 1.00 of rate. */
  readonly byCurve: ReadonlyMap<string, Float64Array>;
  /** ∂value/∂(parallel shift of all zero rates). */
  readonly parallel: number;
}

export type CurveLookup = (name: string) => DiscountCurve;

export interface TermValuation {
  readonly curve: CurveLookup;
  /** Added to every zero rate of every curve. */
  readonly shift?: number;
}

/** The worth of terms without quotes: Σ amount · P_d(pay) · g. */
export function valueTerms(terms: readonly CurveTerm[], { curve, shift = 0 }: TermValuation): CurveValue {
  const byCurve = new Map<string, Float64Array>();
  let value = 0;
  let parallel = 0;
  const add = (of: DiscountCurve, time: number, weight: number): void => {
    let gradient = byCurve.get(of.name);
    if (!gradient) {
      gradient = new Float64Array(of.times.length);
      byCurve.set(of.name, gradient);
    }
    of.interpolant.addGradient(time, weight, gradient, 0);
    parallel += weight * time;
  };
  for (const { amount, growth, averaging, ratio, discount } of terms) {
    // Discount factors above and below the line, whose product scales what the term earns.
    const factors: [DiscountCurve, number, 1 | -1][] = [];
    let factor = 1;
    const scale = ({ curve: name, day }: CurveDate, sign: 1 | -1): void => {
      const of = curve(name);
      const time = of.timeOf(day);
      factor *= Math.exp(-sign * (of.interpolant.integral(time) + shift * time));
      factors.push([of, time, sign]);
    };
    if (discount) scale(discount, 1);
    if (ratio) {
      scale(ratio.over, 1);
      scale(ratio.under, -1);
    }
    let earned = 1;
    if (growth) {
      const forward = curve(growth.curve);
      const [from, to] = [forward.timeOf(growth.start), forward.timeOf(growth.end)];
      const exponent =
        forward.interpolant.integral(to) - forward.interpolant.integral(from) + shift * (to - from);
      const bend = averaging ? averaging.squares * exponent : 0;
      earned = averaging ? exponent * (1 + 0.5 * bend) : Math.expm1(exponent);
      const slope = amount * factor * (1 + (averaging ? bend : earned));
      add(forward, to, slope);
      add(forward, from, -slope);
    }
    const worth = amount * factor * earned;
    for (const [of, time, sign] of factors) add(of, time, -sign * worth);
    value += worth;
  }
  return { value, byCurve, parallel };
}

/** A function of curve values, by its value and its partial derivatives in them. */
export function composed(value: number, parts: readonly (readonly [CurveValue, number])[]): CurveValue {
  const byCurve = new Map<string, Float64Array>();
  let parallel = 0;
  for (const [part, weight] of parts) {
    parallel += weight * part.parallel;
    for (const [name, gradient] of part.byCurve) {
      const sum = byCurve.get(name) ?? new Float64Array(gradient.length);
      byCurve.set(name, sum);
      for (let node = 0; node < gradient.length; node += 1) sum[node]! += weight * gradient[node]!;
    }
  }
  return { value, byCurve, parallel };
}

export const sumOf = (parts: readonly CurveValue[]): CurveValue =>
  composed(
    parts.reduce((sum, { value }) => sum + value, 0),
    parts.map((part) => [part, 1] as const),
  );

export const quotient = (over: CurveValue, under: CurveValue): CurveValue =>
  composed(over.value / under.value, [
    [over, 1 / under.value],
    [under, -over.value / under.value ** 2],
  ]);
