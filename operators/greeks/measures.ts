/** What is summed of sensitivities, in order of its numbers, and into which span of expiries a vega falls. */

export const SUMS = [
  'value',
  'deltaLong',
  'deltaShort',
  'gamma',
  'theta',
  'vegaWeek',
  'vegaMonth',
  'vegaQuarter',
  'vegaHalf',
  'vegaYear',
  'vegaTwoYears',
  'vegaBeyond',
] as const;
export const COUNTS = ['positions', 'unvalued', 'modelled', 'stale'] as const;
export const FIELDS = [...SUMS, ...COUNTS] as const;
export type Field = (typeof FIELDS)[number];

export const Sum = Object.fromEntries(FIELDS.map((field, number) => [field, number])) as Readonly<
  Record<Field, number>
>;
/** Where the vegas of the first span are; those of the others follow. */
export const FIRST_VEGA = Sum.vegaWeek;

/** Ends of the spans, each part of its own; what is later is beyond. */
const SPANS_DAYS = [7, 31, 92, 183, 365, 730];
const DAYS_PER_YEAR = 365;

export function spanOf(years: number): number {
  const days = years * DAYS_PER_YEAR;
  const span = SPANS_DAYS.findIndex((end) => days <= end);
  return span < 0 ? SPANS_DAYS.length : span;
}

export type Summed = { readonly [F in Field]: number };

/** Sums by their names; NaN, and never zero, where nothing of them is known. */
export function summedBy(sumOf: (number: number) => number): Summed {
  const isNothingKnown = sumOf(Sum.unvalued) > 0 && sumOf(Sum.unvalued) === sumOf(Sum.positions);
  const named = [
    ...SUMS.map((field) => [field, isNothingKnown ? Number.NaN : sumOf(Sum[field])]),
    ...COUNTS.map((field) => [field, sumOf(Sum[field])]),
  ];
  return Object.fromEntries(named) as Summed;
}
