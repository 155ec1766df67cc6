/** What writing and reading Avro's primitives have in common: the sizes of numbers, and copying. */

/** Longs are handled in halves of 28 bits, four bytes of seven. */
export const HALF_RANGE = 2 ** 28;
/** As a number a long is below 2⁵²: zigzagged it is twice as large, and numbers are exact to 2⁵³. */
export const LONG_LIMIT = 2 ** 52;
export const LONG_BYTES_MAX = 10;
/** Decimals have 38 digits: what ClickHouse's `Decimal(38, 18)` holds. */
export const DECIMAL_LIMIT = 10n ** 38n;

export const viewOf = (bytes: Buffer): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const COPY_AT_ONCE = 2048;

/**
 * Copies in pieces: from 2 KiB on the C library uses one instruction for all, which on AMD's processors is eight times
 * slower wherever source and target are not aligned alike, and in a message they never are.
 */
export function copyBytes(source: Uint8Array, target: Uint8Array, at: number): void {
  if (source.length <= COPY_AT_ONCE) return target.set(source, at);
  for (let start = 0; start < source.length; start += COPY_AT_ONCE)
    target.set(source.subarray(start, Math.min(start + COPY_AT_ONCE, source.length)), at + start);
}
