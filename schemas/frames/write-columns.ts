/**
 * Writes the columns of a frame: each an Avro array of one block. What is written is read back the same, or a
 * `RangeError` says which value cannot be.
 */
import type { ByteWriter } from '../../runtime/wire/bytes';

const INT_BYTES_MAX = 5;
const LONG_BYTES_MAX = 10;
/** Longs are handled in halves of 28 bits, four bytes of seven. */
const HALF_RANGE = 2 ** 28;
const HALF_RANGE_INVERSE = 2 ** -28;
/** Zigzagged values from 2⁴⁹ on have eight bytes; longs end at 2⁵², zigzagged 2⁵³. */
const EIGHT_BYTES_HIGH_MIN = 2 ** 21;
const LONG_HIGH_LIMIT = 2 ** 25;

export function writeInts(to: ByteWriter, values: Int32Array, start: number, end: number): void {
  if (!beginBlock(to, end - start, INT_BYTES_MAX)) return;
  const { bytes, view } = to;
  let at = to.at;
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    const raw = ((value << 1) ^ (value >> 31)) >>> 0;
    if (raw < 128) {
      bytes[at] = raw;
      at += 1;
    } else if (raw < 16384) {
      view.setUint16(at, (raw & 0x7f) | 0x80 | ((raw & 0x3f80) << 1), true);
      at += 2;
    } else {
      to.at = at;
      to.int(value);
      at = to.at;
    }
  }
  to.at = at;
  to.byte(0);
}

/** Indexes of an enum that has `symbols` of them, at most 64; throws a RangeError at any other number. */
export function writeEnums(
  to: ByteWriter,
  values: Int32Array,
  start: number,
  end: number,
  symbols: number,
): void {
  if (!beginBlock(to, end - start, 1)) return;
  const { bytes, at } = to;
  let signs = 0;
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    bytes[at + index - start] = value << 1;
    // Either is negative where the index is none of the symbols'.
    signs |= value | (symbols - 1 - value);
  }
  if (signs < 0)
    throw new RangeError(
      `an index of an enum is not one of its ${symbols} symbols. Use the enum's constants.`,
    );
  to.at = at + end - start;
  to.byte(0);
}

/** Integers below 2⁵², such as times in microseconds; throws a RangeError at any other number. */
export function writeLongs(to: ByteWriter, values: Float64Array, start: number, end: number): void {
  if (!beginBlock(to, end - start, LONG_BYTES_MAX)) return;
  const { view } = to;
  let at = to.at;
  // Times of one frame share their upper half, which is spread once for all of them.
  let base = 0;
  let highWord = 0;
  for (let index = start; index < end; index += 1) {
    const raw = values[index]! * 2;
    if (raw - base < 0 || raw - base >= HALF_RANGE) {
      const high = Math.floor(raw * HALF_RANGE_INVERSE);
      const hasEightBytes = high >= EIGHT_BYTES_HIGH_MIN && high < LONG_HIGH_LIMIT;
      base = hasEightBytes ? high * HALF_RANGE : 0;
      highWord = hasEightBytes ? spread(high) | 0x00808080 : 0;
    }
    const low = (raw - base) | 0;
    // An odd one would be half an integer, doubled.
    if (highWord !== 0 && low === raw - base && (low & 1) === 0) {
      view.setInt32(at, spread(low) | 0x80808080, true);
      view.setInt32(at + 4, highWord, true);
      at += 8;
    } else {
      to.at = at;
      to.long(values[index]!);
      at = to.at;
    }
  }
  to.at = at;
  to.byte(0);
}

/** 28 bits as four bytes of seven bits each, the lowest first. */
function spread(value: number): number {
  const pairs = (value & 0x3fff) | ((value & 0xfffc000) << 2);
  return (pairs & 0x007f007f) | ((pairs & 0x3f803f80) << 1);
}

export function writeDoubles(to: ByteWriter, values: Float64Array, start: number, end: number): void {
  if (!beginBlock(to, end - start, 8)) return;
  const block = to.at;
  to.raw(new Uint8Array(values.buffer, values.byteOffset + start * 8, (end - start) * 8));
  oneNaN(to, block, { values, start, end });
  to.byte(0);
}

/**
 * The processor's own NaN has another sign than the language's, and which of them a computation yields depends on how
 * it was compiled. Bytes must not.
 */
function oneNaN(
  to: ByteWriter,
  block: number,
  { values, start, end }: { readonly values: Float64Array; readonly start: number; readonly end: number },
): void {
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    // biome-ignore lint/suspicious/noSelfCompare: what NaN is, and twice as fast as Number.isNaN in this loop.
    if (value !== value) to.nanAt(block + (index - start) * 8);
  }
}

/** Writes the count and makes room for the items and the end; false if there are none, and all is written. */
function beginBlock(to: ByteWriter, count: number, itemBytesMax: number): boolean {
  to.reserve(LONG_BYTES_MAX + count * itemBytesMax + 1);
  to.long(count);
  return count > 0;
}
