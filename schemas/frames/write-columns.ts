/**
 * Writes the columns of a frame: each an Avro array of one block. What is written is read back the same, or a
 * `RangeError` says which value cannot be.
 */
import type { ByteWriter } from '../../runtime/bytes';

const INT_BYTES_MAX = 5;
const LONG_BYTES_MAX = 10;
const HALF_RANGE = 268435456;
/** Zigzagged values from 2⁴⁹ on have eight bytes. */
const EIGHT_BYTES_MIN = 2 ** 49;
const LONG_LIMIT = 2 ** 52;

export function writeInts(to: ByteWriter, values: Int32Array, start: number, end: number): void {
  if (!beginBlock(to, end - start, INT_BYTES_MAX)) return;
  const { bytes } = to;
  let at = to.at;
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 127) {
      bytes[at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[at++] = rest;
  }
  bytes[at] = 0;
  to.at = at + 1;
}

/** Indexes of an enum that has `symbols` of them; throws a RangeError at any other number. */
export function writeEnums(
  to: ByteWriter,
  values: Int32Array,
  start: number,
  end: number,
  symbols: number,
): void {
  for (let index = start; index < end; index += 1) {
    if (values[index]! >>> 0 >= symbols)
      throw new RangeError(
        `${values[index]} is not the index of one of ${symbols} symbols. Use the enum's constants.`,
      );
  }
  writeInts(to, values, start, end);
}

/** Integers below 2⁵², such as times in microseconds; throws a RangeError at any other number. */
export function writeLongs(to: ByteWriter, values: Float64Array, start: number, end: number): void {
  if (!beginBlock(to, end - start, LONG_BYTES_MAX)) return;
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    const raw = value * 2;
    if (raw >= EIGHT_BYTES_MIN && value < LONG_LIMIT && Number.isInteger(value)) {
      const high = Math.floor(raw / HALF_RANGE);
      to.view.setInt32(to.at, spread(raw - high * HALF_RANGE) | 0x80808080, true);
      to.view.setInt32(to.at + 4, spread(high) | 0x00808080, true);
      to.at += 8;
    } else {
      to.long(value);
    }
  }
  to.byte(0);
}

/** 28 bits as four bytes of seven bits each, the lowest first. */
function spread(value: number): number {
  return (value & 0x7f) | ((value & 0x3f80) << 1) | ((value & 0x1fc000) << 2) | ((value & 0xfe00000) << 3);
}

export function writeDoubles(to: ByteWriter, values: Float64Array, start: number, end: number): void {
  if (!beginBlock(to, end - start, 8)) return;
  const block = to.at;
  to.raw(new Uint8Array(values.buffer, values.byteOffset + start * 8, (end - start) * 8));
  // The processor's own NaN has another sign than the language's, and which one a computation yields depends on how it
  // was compiled. Bytes must not.
  for (let index = start; index < end; index += 1) {
    if (Number.isNaN(values[index]!)) to.nanAt(block + (index - start) * 8);
  }
  to.byte(0);
}

/** Writes the count and makes room for the items and the end; false if there are none, and all is written. */
function beginBlock(to: ByteWriter, count: number, itemBytesMax: number): boolean {
  to.reserve(LONG_BYTES_MAX + count * itemBytesMax + 1);
  to.long(count);
  return count > 0;
}
