/** Columns grow by doubling, from wherever they stand: how far does not depend on the steps in which they do. */

const ROOM_MIN = 16;

/** The same column if it has room for `length` values, else a wider copy of its first `used` (by default all). */
export function withRoom<Values extends Int32Array | Float64Array>(
  column: Values,
  length: number,
  used = column.length,
): Values {
  if (column.length >= length) return column;
  let capacity = Math.max(column.length, ROOM_MIN);
  while (capacity < length) capacity *= 2;
  const wider = new (column.constructor as new (length: number) => Values)(capacity);
  wider.set(column.subarray(0, used) as Values);
  return wider;
}

/** Columns while they grow: to everyone else their arrays and length are read-only. */
export type Growing<C> = { -readonly [Name in keyof C]: C[Name] };
