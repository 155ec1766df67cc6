/** The fields of resolved products that count years from the valuation, so that all of them can move together. */
import { failure, type Result, success } from '../contract';

const TIMES = new Set(['time', 'start', 'cover', 'watchStart', 'watchEnd', 'fixingTimes']);

const isNested = (field: unknown): field is object =>
  typeof field === 'object' && field !== null && !Array.isArray(field);

/** Dates beyond this are slips: no product of the library lives longer. */
const YEARS_MAX = 100;

/**
 * What the dates of a product must be. Failures: `expired`, where its own expiry has come; `date-has-passed` for any other
 * date behind the valuation; `date-must-be-near`.
 */
export function datesAhead(kind: string, time: number | undefined, dates: readonly number[]): Result<true> {
  if (time !== undefined && !(time > 0))
    return failure('expired', `${kind}: it has expired. Settle it instead of pricing it.`);
  for (const date of dates) {
    if (!(date >= 0))
      return failure('date-has-passed', `${kind}: a date lies ${date} years from now. Give dates ahead.`);
    if (date > YEARS_MAX)
      return failure(
        'date-must-be-near',
        `${kind}: a date lies ${date} years from now. Give dates within ${YEARS_MAX} years.`,
      );
  }
  return success(true);
}

/** The product with a function of each of its times in their place; nested options (`mother`, `daughter`) as well. */
export const withTimes = <T>(product: T, change: (time: number) => number): T =>
  Object.fromEntries(
    Object.entries(product as object).map(([name, field]: [string, unknown]) => {
      if (TIMES.has(name)) {
        const changed = Array.isArray(field) ? field.map((t: number) => change(t)) : change(field as number);
        return [name, changed];
      }
      return [name, isNested(field) ? withTimes(field, change) : field];
    }),
  ) as T;

/** All times of the product, in years. */
export const timesOf = (product: object): readonly number[] =>
  Object.entries(product).flatMap(([name, field]: [string, unknown]): readonly number[] => {
    if (TIMES.has(name)) return Array.isArray(field) ? (field as readonly number[]) : [field as number];
    return isNested(field) ? timesOf(field) : [];
  });
