/** Levels as most venues write them: `[price, size, …]`, as text or numbers. Checked whole before anything is written. */
import { list, NativeError, priceOf, sizeOf } from './native';

/** More levels in one message than any venue sends. */
const LEVELS_MAX = 100_000;

export interface NativeLevel {
  readonly price: number;
  readonly size: number;
}

export function levelsOf(value: unknown, field: string): readonly NativeLevel[] {
  const levels = list(value, field);
  if (levels.length > LEVELS_MAX) throw new NativeError(`"${field}" has ${levels.length} levels`);
  return levels.map((level) => {
    const pair = list(level, field);
    return { price: priceOf(pair[0], field), size: sizeOf(pair[1], field) };
  });
}
