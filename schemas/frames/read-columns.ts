/**
 * Reads the columns of a frame into typed arrays.
 *
 * The loops stand alone over local variables: a frame of a thousand ticks has to read at about 10 ns a tick. What they
 * take the short way is what is common (numbers of one or two bytes, times of eight); everything else goes through the
 * checked primitives of `ByteReader`. Nothing but `MalformedError` is ever thrown, whatever the bytes.
 */
import { type ByteReader, MalformedError } from '../../runtime/wire/bytes';
import { type Items, type ReadColumn, readBlocks } from './blocks';

export const readInts = (from: ByteReader, into: Int32Array, start: number): ReadColumn<Int32Array> =>
  readBlocks(from, into, start, INTS);

export const readLongs = (from: ByteReader, into: Float64Array, start: number): ReadColumn<Float64Array> =>
  readBlocks(from, into, start, LONGS);

export const readDoubles = (from: ByteReader, into: Float64Array, start: number): ReadColumn<Float64Array> =>
  readBlocks(from, into, start, DOUBLES);

/** Indexes of an enum that has `symbols` of them. */
export function readEnums(
  from: ByteReader,
  into: Int32Array,
  start: number,
  symbols: number,
): ReadColumn<Int32Array> {
  const column = readBlocks(from, into, start, INTS);
  refuseUnknown(column.values, { start, end: start + column.count, symbols });
  return column;
}

const INTS: Items<Int32Array> = { itemBytesMin: 1, read: ints };
const LONGS: Items<Float64Array> = { itemBytesMin: 1, read: longs };
const DOUBLES: Items<Float64Array> = { itemBytesMin: 8, read: doubles };

/** Four numbers of one byte, or two of two bytes, are seen at once by which bytes say that they go on. */
function ints(from: ByteReader, into: Int32Array, start: number, count: number): void {
  const { view } = from;
  const last = from.end - 4;
  const end = start + count;
  let at = from.at;
  for (let index = start; index < end; ) {
    const word = at <= last && index + 4 <= end ? view.getInt32(at, true) : 0x80;
    const goesOn = word & 0x80808080;
    if (goesOn === 0) {
      into[index] = unzigzagged(word & 0xff);
      into[index + 1] = unzigzagged((word >>> 8) & 0xff);
      into[index + 2] = unzigzagged((word >>> 16) & 0xff);
      into[index + 3] = unzigzagged(word >>> 24);
      index += 4;
      at += 4;
    } else if (goesOn === 0x00800080) {
      into[index] = unzigzagged((word & 0x7f) | ((word >>> 1) & 0x3f80));
      into[index + 1] = unzigzagged(((word >>> 16) & 0x7f) | ((word >>> 17) & 0x3f80));
      index += 2;
      at += 4;
    } else {
      from.at = at;
      into[index] = from.int();
      at = from.at;
      index += 1;
    }
  }
  from.at = at;
}

const unzigzagged = (raw: number): number => (raw >>> 1) ^ -(raw & 1);

/**
 * A time in microseconds has eight bytes from 1988 to 2112. The upper four change every two minutes, so they are
 * squeezed once for many.
 */
function longs(from: ByteReader, into: Float64Array, start: number, count: number): void {
  const { view } = from;
  const last = from.end - 8;
  const end = start + count;
  let at = from.at;
  // Four bytes of zeros that end here: known to be worth nothing.
  let knownHigh = 0x00808080;
  let base = 0;
  for (let index = start; index < end; index += 1) {
    const low = at <= last ? view.getInt32(at, true) : 0;
    // All four go on, and the value is not negative.
    if ((low & 0x80808081) === (0x80808080 | 0)) {
      const high = view.getInt32(at + 4, true);
      // The last of the other four ends it, below 2⁵².
      if (high !== knownHigh && (high & 0xf0808080) === 0x00808080) {
        knownHigh = high;
        base = squeezed(high) * 134217728;
      }
      if (high === knownHigh) {
        into[index] = base + (squeezed(low) >>> 1);
        at += 8;
        continue;
      }
    }
    from.at = at;
    into[index] = from.long();
    at = from.at;
  }
  from.at = at;
}

/** Four bytes of seven bits each, the lowest first, as one number of 28 bits. */
function squeezed(word: number): number {
  const pairs = (word & 0x007f007f) | ((word & 0x7f007f00) >>> 1);
  return (pairs & 0x3fff) | ((pairs >>> 2) & 0xfffc000);
}

function doubles(from: ByteReader, into: Float64Array, start: number, count: number): void {
  from.doubles(into, start, count);
}

function refuseUnknown(
  values: Int32Array,
  { start, end, symbols }: { readonly start: number; readonly end: number; readonly symbols: number },
): void {
  let signs = 0;
  // Either is negative where the index is none of the symbols'.
  for (let index = start; index < end; index += 1) signs |= values[index]! | (symbols - 1 - values[index]!);
  if (signs < 0) throw new MalformedError(`an index of an enum is not one of its ${symbols} symbols`);
}
