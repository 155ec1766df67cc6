/**
 * Writes the columns of a frame: each an Avro array of one block. What is written is read back the same, or a
 * `RangeError` says which value cannot be.
 */
import type { ByteWriter } from '../../runtime/bytes';

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
  to.at = at;
  to.byte(0);
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
  const { view } = to;
  let at = to.at;
  let knownHigh = Number.NaN;
  let highWord = 0;
  for (let index = start; index < end; index += 1) {
    const value = values[index]!;
    const raw = value * 2;
    const high = Math.floor(raw * HALF_RANGE_INVERSE);
    const low = raw - high * HALF_RANGE;
    // Times of one frame share their upper half, which is spread once for all of them.
    if (high !== knownHigh && high >= EIGHT_BYTES_HIGH_MIN && high < LONG_HIGH_LIMIT) {
      knownHigh = high;
      highWord = spread(high) | 0x00808080;
    }
    if (high === knownHigh && (low | 0) === low) {
      view.setInt32(at, spread(low) | 0x80808080, true);
      view.setInt32(at + 4, highWord, true);
      at += 8;
    } else {
      to.at = at;
      to.long(value);
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
