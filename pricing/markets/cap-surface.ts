/**
 * Volatilities of rates as markets quote them: of caplets by expiry and strike, and of swaptions by expiry, length of the swap
 * and strike. Linear between quotes, flat beyond; a quote that is missing leaves a hole, and what would read it is refused.
 */
import { failure, type Result, success } from '../contract';
import type { RateVolatility } from '../models/rate-option';
import type { SwaptionCube } from '../volatility/swaption-cube';

export interface CapSurfaceTerms {
  readonly name: string;
  /** Years to the fixing, and strikes, both rising. */
  readonly times: readonly number[];
  readonly strikes: readonly number[];
  /** Of caplets, row by time, column by strike; NaN where there is no quote. `stripCaps` makes them of caps. */
  readonly volatilities: readonly (readonly number[])[];
  readonly quoted: { readonly kind: 'black'; readonly shift?: number } | { readonly kind: 'bachelier' };
}

export interface CapSurface extends CapSurfaceTerms {
  readonly kind: 'cap';
}

/** Swaption volatilities with what they are of. */
export interface SwaptionSurface {
  readonly kind: 'swaption';
  readonly name: string;
  readonly cube: SwaptionCube;
  readonly quoted: CapSurfaceTerms['quoted'];
}

const rises = (list: readonly number[]): boolean =>
  list.length > 0 && list.every((x, i) => Number.isFinite(x) && (i === 0 || x > list[i - 1]!));

/** Failure `volatility-matrix-must-be-whole`: a quote for each time and strike, above zero or NaN. */
export function capSurface(terms: CapSurfaceTerms): Result<CapSurface> {
  const { name, times, strikes, volatilities } = terms;
  const whole =
    rises(times) &&
    rises(strikes) &&
    volatilities.length === times.length &&
    volatilities.every((row) => row.length === strikes.length && row.every((v) => v > 0 || Number.isNaN(v)));
  return whole
    ? success({ kind: 'cap', ...terms })
    : failure(
        'volatility-matrix-must-be-whole',
        `surface "${name}" needs rising times and strikes, and at each pair a volatility above zero, or NaN for none.`,
      );
}

/** Neighbours of a value and its share between them; the ends stand for what lies beyond. */
function neighbours(list: readonly number[], value: number): readonly [number, number, number] {
  const last = list.length - 1;
  if (value <= list[0]!) return [0, 0, 0];
  if (value >= list[last]!) return [last, last, 0];
  const high = list.findIndex((each) => each > value);
  return [high - 1, high, (value - list[high - 1]!) / (list[high]! - list[high - 1]!)];
}

/** What a caplet is priced with. Failure `volatility-must-be-quoted`, where a quote that it needs is missing. */
export function capletVolatility(
  { name, times, strikes, volatilities, quoted }: CapSurface,
  { time, strike }: { readonly time: number; readonly strike: number },
): Result<RateVolatility> {
  const [t0, t1, inTime] = neighbours(times, time);
  const [k0, k1, inStrike] = neighbours(strikes, strike);
  const mix = (a: number, b: number, share: number): number => (share === 0 ? a : a + share * (b - a));
  const along = (row: number): number => mix(volatilities[row]![k0]!, volatilities[row]![k1]!, inStrike);
  const volatility = mix(along(t0), inTime === 0 ? Number.NaN : along(t1), inTime);
  return volatility > 0
    ? success({ ...quoted, volatility })
    : failure(
        'volatility-must-be-quoted',
        `surface "${name}" has no quote about ${time} years and strike ${strike}. Quote it.`,
      );
}

/** What a swaption is priced with. Failure `volatility-must-be-quoted`. */
export function swaptionVolatility(
  { name, cube, quoted }: SwaptionSurface,
  point: { readonly optionTime: number; readonly swapLength: number; readonly strikeSpread: number },
): Result<RateVolatility> {
  const volatility = cube(point);
  return volatility > 0
    ? success({ ...quoted, volatility })
    : failure(
        'volatility-must-be-quoted',
        `cube "${name}" has ${volatility} at ${JSON.stringify(point)}. Quote it.`,
      );
}
