/**
 * Swaption volatilities by option time, swap length and strike: an at-the-money matrix, and a cube of spreads over it by
 * distance from the forward. Bilinear in both times, linear in the strike spread, flat beyond the quoted ranges.
 */
import { failure, type Result, success } from '../contract';

export interface VolatilityMatrix {
  /** Years to exercise and years of the swap, both rising. */
  readonly optionTimes: readonly number[];
  readonly swapLengths: readonly number[];
  /** Row by option time, column by swap length. */
  readonly values: readonly (readonly number[])[];
}

export interface SwaptionCubeTerms {
  readonly atm: VolatilityMatrix;
  /** Smiles on their own, usually coarser, grid; without it volatilities do not depend on the strike. */
  readonly smile?: {
    readonly optionTimes: readonly number[];
    readonly swapLengths: readonly number[];
    /** Strike less forward, rising, such as −0.01. */
    readonly strikeSpreads: readonly number[];
    /** For each option time, for each swap length, the volatility less the at-the-money one by strike spread. */
    readonly spreads: readonly (readonly (readonly number[])[])[];
  };
}

export interface CubePoint {
  readonly optionTime: number;
  readonly swapLength: number;
  /** Strike less forward; zero where absent. */
  readonly strikeSpread?: number;
}

export type SwaptionCube = (point: CubePoint) => number;

const rising = (list: readonly number[]): boolean =>
  list.length > 0 && list.every((value, index) => index === 0 || value > list[index - 1]!);

/** Place and share of a value between neighbours; the ends stand for what lies beyond. */
function between(list: readonly number[], value: number): readonly [number, number, number] {
  if (value <= list[0]!) return [0, 0, 0];
  const last = list.length - 1;
  if (value >= list[last]!) return [last, last, 0];
  const high = list.findIndex((each) => each > value);
  return [high - 1, high, (value - list[high - 1]!) / (list[high]! - list[high - 1]!)];
}

function bilinear(
  {
    rows,
    columns,
    at,
  }: {
    readonly rows: readonly number[];
    readonly columns: readonly number[];
    readonly at: (row: number, column: number) => number;
  },
  row: number,
  column: number,
): number {
  const [r0, r1, rowShare] = between(rows, row);
  const [c0, c1, columnShare] = between(columns, column);
  const along = (place: number): number => at(place, c0) * (1 - columnShare) + at(place, c1) * columnShare;
  return along(r0) * (1 - rowShare) + along(r1) * rowShare;
}

/** Checks shapes once; the answer then serves any point. */
export function swaptionCube({ atm, smile }: SwaptionCubeTerms): Result<SwaptionCube> {
  const sound =
    rising(atm.optionTimes) &&
    rising(atm.swapLengths) &&
    atm.values.length === atm.optionTimes.length &&
    atm.values.every((row) => row.length === atm.swapLengths.length && row.every((value) => value > 0));
  if (!sound) {
    return failure(
      'volatility-matrix-must-be-whole',
      'the at-the-money matrix needs rising times and lengths and a positive volatility at each of their pairs.',
    );
  }
  const level = (point: CubePoint): number =>
    bilinear(
      { rows: atm.optionTimes, columns: atm.swapLengths, at: (row, column) => atm.values[row]![column]! },
      point.optionTime,
      point.swapLength,
    );
  if (!smile) return success(level);
  const { optionTimes, swapLengths, strikeSpreads, spreads } = smile;
  const whole =
    rising(optionTimes) &&
    rising(swapLengths) &&
    rising(strikeSpreads) &&
    spreads.length === optionTimes.length &&
    spreads.every(
      (row) =>
        row.length === swapLengths.length &&
        row.every((list) => list.length === strikeSpreads.length && list.every(Number.isFinite)),
    );
  if (!whole) {
    return failure(
      'volatility-cube-must-be-whole',
      'the cube needs rising times, lengths and strike spreads, and a volatility spread at each of them.',
    );
  }
  return success((point) => {
    const [low, high, share] = between(strikeSpreads, point.strikeSpread ?? 0);
    const spread = (row: number, column: number): number =>
      spreads[row]![column]![low]! * (1 - share) + spreads[row]![column]![high]! * share;
    return (
      level(point) +
      bilinear({ rows: optionTimes, columns: swapLengths, at: spread }, point.optionTime, point.swapLength)
    );
  });
}
