/**
 * Terms bound to numbered points: every (curve, time) that any term reads has one number, so that a pass over the terms
 * is array arithmetic. The value of each instrument and its derivatives in the points' integrals come out of one pass.
 */
import type { Day } from '../calendars/date';
import { curveTime } from './discount-curve';
import type { CurveTerm } from './term';

/** Where the terms touch the curves; point p is on curve `curve[p]` at `time[p]` years. */
export interface TermPoints {
  readonly curveNames: readonly string[];
  readonly curve: Int32Array;
  readonly time: Float64Array;
}

export interface CompiledTerms {
  readonly points: TermPoints;
  readonly quoteNames: readonly string[];
  /** Term t belongs to the instrument i with first[i] ≤ t < first[i + 1]. */
  readonly first: Int32Array;
  readonly amount: Float64Array;
  readonly quote: Int32Array;
  readonly quoteFactor: Float64Array;
  /** 0 cash, 1 growth, 2 the sum of an average's interests. */
  readonly kind: Uint8Array;
  /** Of an average: the squared shares of its fixings. */
  readonly squares: Float64Array;
  /** Points of a factor P(over)/P(under); −1 for terms without. */
  readonly over: Int32Array;
  readonly under: Int32Array;
  /** Point numbers; −1 for a term that is not discounted. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  readonly pay: Int32Array;
}

/** Numbers the points, quotes and terms of a list of instruments. */
export function compileTerms(instruments: readonly (readonly CurveTerm[])[], reference: Day): CompiledTerms {
  const count = instruments.reduce((sum, terms) => sum + terms.length, 0);
  const curveNumbers = new Map<string, number>();
  const quoteNumbers = new Map<string, number>();
  const pointNumbers = new Map<number, number>();
  const pointCurve: number[] = [];
  const pointTime: number[] = [];
  const numberOf = (numbers: Map<string, number>, name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  };
  const point = (name: string, day: Day): number => {
    const curve = numberOf(curveNumbers, name);
    // Days stay below 2^22 for eleven thousand years: curve and day share one key.
    const key = curve * 4_194_304 + day;
    const known = pointNumbers.get(key);
    if (known !== undefined) return known;
    pointNumbers.set(key, pointCurve.length);
    pointCurve.push(curve);
    pointTime.push(curveTime(reference, day));
    return pointCurve.length - 1;
  };
  const compiled = {
    first: new Int32Array(instruments.length + 1),
    amount: new Float64Array(count),
    quote: new Int32Array(count),
    quoteFactor: new Float64Array(count),
    kind: new Uint8Array(count),
    squares: new Float64Array(count),
    over: new Int32Array(count),
    under: new Int32Array(count),
    start: new Int32Array(count),
    end: new Int32Array(count),
    pay: new Int32Array(count),
  };
  let place = 0;
  for (let index = 0; index < instruments.length; index += 1) {
    compiled.first[index] = place;
    for (const term of instruments[index]!) {
      compiled.amount[place] = term.amount;
      compiled.quote[place] = term.quote === undefined ? -1 : numberOf(quoteNumbers, term.quote);
      compiled.quoteFactor[place] = term.quoteFactor ?? 0;
      compiled.kind[place] = term.growth ? (term.averaging ? 2 : 1) : 0;
      compiled.squares[place] = term.averaging?.squares ?? 0;
      compiled.over[place] = term.ratio ? point(term.ratio.over.curve, term.ratio.over.day) : -1;
      compiled.under[place] = term.ratio ? point(term.ratio.under.curve, term.ratio.under.day) : -1;
      compiled.start[place] = term.growth ? point(term.growth.curve, term.growth.start) : -1;
      compiled.end[place] = term.growth ? point(term.growth.curve, term.growth.end) : -1;
      compiled.pay[place] = term.discount ? point(term.discount.curve, term.discount.day) : -1;
      place += 1;
    }
  }
  compiled.first[instruments.length] = place;
  const points = {
    curveNames: [...curveNumbers.keys()],
    curve: Int32Array.from(pointCurve),
    time: Float64Array.from(pointTime),
  };
  return { ...compiled, points, quoteNames: [...quoteNumbers.keys()] };
}

/**
 * The sum of one instrument's terms. `integrals` and `discounts` hold I and P = e^(−I) of each point. Where `sensitivity`
 * is given, the derivative in each point's I is added to it.
 */
export function instrumentValue(
  terms: CompiledTerms,
  index: number,
  market: {
    readonly quotes: Float64Array;
    readonly integrals: Float64Array;
    readonly discounts: Float64Array;
  },
  sensitivity?: Float64Array,
): number {
  const { first, amount, quote, quoteFactor, kind, squares, over, under, start, end, pay } = terms;
  const { quotes, integrals, discounts } = market;
  let value = 0;
  for (let term = first[index]!; term < first[index + 1]!; term += 1) {
    const quoted = quote[term]!;
    const size = quoted < 0 ? amount[term]! : amount[term]! + quoteFactor[term]! * quotes[quoted]!;
    const paid = pay[term]!;
    const [above, below] = [over[term]!, under[term]!];
    const ratio = above < 0 ? 1 : discounts[above]! / discounts[below]!;
    const discount = (paid < 0 ? 1 : discounts[paid]!) * ratio;
    let earned = 1;
    if (kind[term] !== 0) {
      const [from, to] = [start[term]!, end[term]!];
      const exponent = integrals[to]! - integrals[from]!;
      const plain = kind[term] === 1;
      const bend = squares[term]! * exponent;
      earned = plain ? Math.expm1(exponent) : exponent * (1 + 0.5 * bend);
      if (sensitivity) {
        const slope = size * discount * (1 + (plain ? earned : bend));
        sensitivity[to]! += slope;
        sensitivity[from]! -= slope;
      }
    }
    const worth = size * discount * earned;
    if (sensitivity && paid >= 0) sensitivity[paid]! -= worth;
    if (sensitivity && above >= 0) {
      sensitivity[above]! -= worth;
      sensitivity[below]! += worth;
    }
    value += worth;
  }
  return value;
}

/** The derivative of one instrument's sum in each of its quotes, added to `gradient` by quote number. */
export function addQuoteGradient(
  terms: CompiledTerms,
  index: number,
  market: { readonly integrals: Float64Array; readonly discounts: Float64Array },
  gradient: Float64Array,
): void {
  for (let term = terms.first[index]!; term < terms.first[index + 1]!; term += 1) {
    const quoted = terms.quote[term]!;
    if (quoted < 0) continue;
    const paid = terms.pay[term]!;
    const above = terms.over[term]!;
    const ratio = above < 0 ? 1 : market.discounts[above]! / market.discounts[terms.under[term]!]!;
    let worth = terms.quoteFactor[term]! * (paid < 0 ? 1 : market.discounts[paid]!) * ratio;
    if (terms.kind[term] !== 0) {
      const exponent = market.integrals[terms.end[term]!]! - market.integrals[terms.start[term]!]!;
      worth *=
        terms.kind[term] === 1
          ? Math.expm1(exponent)
          : exponent * (1 + 0.5 * terms.squares[term]! * exponent);
    }
    gradient[quoted]! += worth;
  }
}
