/**
 * Reads Avro's binary primitives. A reader checks its bounds once for each primitive and answers rubbish with
 * `MalformedError`, never with a value that was not written.
 */
import { isUtf8 } from 'node:buffer';
import { isDecimal38, setLimbs, setSafe, setWords } from './limbs';
import { copyBytes, DECIMAL_LIMIT, HALF_RANGE, LONG_BYTES_MAX, viewOf } from './primitives';
import { isAscii, SHORT_TEXT_MAX, shortText } from './short-text';

/** Bytes that are not what their schema says. The record goes to dead letters. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

/** Zigzagged longs below 2⁵³ in halves of 28 bits. */
const LONG_HIGH_LIMIT = 2 ** 25;
const LOW_64 = (1n << 64n) - 1n;
const REPLACEMENT = '\ufffd';
/** Texts of at most so many bytes are nearly all ASCII, which is quicker to read than UTF-8 is. */
const ASCII_LOOKED_FOR = 64;

export class ByteReader {
  bytes: Buffer = Buffer.alloc(0);
  view: DataView = viewOf(this.bytes);
  at = 0;
  end = 0;

  /** Reads `bytes` from `at` to before `end`. */
  over(bytes: Buffer, at = 0, end = bytes.length): this {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = viewOf(bytes);
    }
    this.at = at;
    this.end = end;
    return this;
  }

  private need(count: number): void {
    if (this.at + count > this.end)
      throw new MalformedError(`${this.at + count - this.end} bytes are missing`);
  }

  byte(): number {
    this.need(1);
    return this.bytes[this.at++]!;
  }

  uint32(): number {
    this.need(4);
    const value = this.view.getUint32(this.at, true);
    this.at += 4;
    return value;
  }

  float64(): number {
    this.need(8);
    const value = this.view.getFloat64(this.at, true);
    this.at += 8;
    return value;
  }

  int(): number {
    const value = this.long();
    if ((value | 0) !== value) throw new MalformedError(`${value} does not fit an int`);
    return value;
  }

  /** Avro long as a number. A value of 2⁵² or more is malformed here: such fields are declared as bigint. */
  long(): number {
    let low = 0;
    let shift = 0;
    for (; shift < 28; shift += 7) {
      if (this.at >= this.end) throw new MalformedError('a long ends in the middle');
      const byte = this.bytes[this.at++]!;
      low |= (byte & 127) << shift;
      if (byte < 128) return (low >>> 1) ^ -(low & 1);
    }
    return this.wideLong(low);
  }

  /** A long of more than four bytes, of which `low` holds the first 28 bits. */
  private wideLong(low: number): number {
    let high = 0;
    for (let shift = 0; shift < 42; shift += 7) {
      if (this.at >= this.end) throw new MalformedError('a long ends in the middle');
      const byte = this.bytes[this.at++]!;
      // Bits from the 53rd on do not fit a number, and must all be 0.
      if (shift < 28) high |= (byte & 127) << shift;
      else if ((byte & 127) !== 0) throw new MalformedError('a long does not fit a number');
      if (byte < 128) return unzigzag(high, low);
    }
    throw new MalformedError('a long has more than ten bytes');
  }

  bigLong(): bigint {
    const start = this.at;
    let last = start;
    while (last < this.end && this.bytes[last]! > 127) last += 1;
    // Up to seven bytes hold 49 bits, which a double holds with room to spare.
    if (last - start < 7) return BigInt(this.long());
    if (last >= this.end || last - start >= LONG_BYTES_MAX)
      throw new MalformedError('a long ends in the middle');
    const raw = (BigInt(this.bits(start + 4, last)) << 28n) | BigInt(this.bits(start, start + 3));
    if (raw > LOW_64) throw new MalformedError('a long has more than 64 bits');
    this.at = last + 1;
    return (raw >> 1n) ^ -(raw & 1n);
  }

  /** Seven bits of each byte from `first` to `last`, at most six of them, the lowest first. */
  private bits(first: number, last: number): number {
    let value = 0;
    for (let index = last; index >= first; index -= 1) value = value * 128 + (this.bytes[index]! & 127);
    return value;
  }

  boolean(): boolean {
    const value = this.byte();
    if (value > 1) throw new MalformedError(`${value} is no boolean`);
    return value === 1;
  }

  /** The index of one of `symbols` symbols, or of the branch of a union. */
  index(symbols: number): number {
    const value = this.long();
    if (value < 0 || value >= symbols)
      throw new MalformedError(`${value} is not the index of one of ${symbols} symbols`);
    return value;
  }

  private size(): number {
    const size = this.long();
    if (size < 0) throw new MalformedError(`a size of ${size}`);
    this.need(size);
    return size;
  }

  string(): string {
    const size = this.size();
    const start = this.at;
    this.at += size;
    if (size > ASCII_LOOKED_FOR || !isAscii(this.bytes, start, this.at)) return this.text(start);
    return size <= SHORT_TEXT_MAX
      ? shortText(this.bytes, start, size)
      : this.bytes.toString('latin1', start, this.at);
  }

  private text(start: number): string {
    const text = this.bytes.toString('utf8', start, this.at);
    // Decoding replaces what is no UTF-8, and then the text is not what was written.
    if (text.includes(REPLACEMENT) && !isUtf8(this.bytes.subarray(start, this.at)))
      throw new MalformedError('a string that is not UTF-8');
    return text;
  }

  blob(): Buffer {
    const size = this.size();
    this.at += size;
    return Buffer.from(this.bytes.subarray(this.at - size, this.at));
  }

  /** Avro decimal of any legal length up to 16 bytes and 38 digits, unscaled. */
  decimal(): bigint {
    const size = this.size();
    const start = this.at;
    this.at += size;
    if (size === 16) {
      const value = (this.view.getBigInt64(start, false) << 64n) | this.view.getBigUint64(start + 8, false);
      if (value >= DECIMAL_LIMIT || value <= -DECIMAL_LIMIT)
        throw new MalformedError('a decimal of more than 38 digits');
      return value;
    }
    if (size === 0 || size > 16) throw new MalformedError(`a decimal of ${size} bytes`);
    let value = BigInt((this.bytes[start]! << 24) >> 24);
    for (let index = start + 1; index < this.at; index += 1)
      value = (value << 8n) | BigInt(this.bytes[index]!);
    return value;
  }

  /** `decimal` into limbs (`limbs.ts`). */
  decimalInto(limbs: Float64Array, at: number): void {
    if (this.at >= this.end || this.bytes[this.at] !== 32) return setLimbs(limbs, at, this.decimal());
    this.need(17);
    const start = this.at + 1;
    const { view } = this;
    setWords(
      limbs,
      at,
      view.getInt32(start + 12),
      view.getInt32(start + 8),
      view.getInt32(start + 4),
      view.getInt32(start),
    );
    if (!isDecimal38(limbs, at)) throw new MalformedError('a decimal of more than 38 digits');
    this.at += 17;
  }

  /** `bigLong` into limbs. */
  longInto(limbs: Float64Array, at: number): void {
    let last = this.at;
    while (last < this.end && this.bytes[last]! > 127) last += 1;
    // Up to seven bytes hold 49 bits, which a double holds with room to spare.
    if (last - this.at < 7) setSafe(limbs, at, this.long());
    else setLimbs(limbs, at, this.bigLong());
  }

  /** `count` doubles at once: eight bytes each, contiguous. */
  doubles(into: Float64Array, from: number, count: number): void {
    this.need(count * 8);
    // A view costs as much as thirty doubles do one by one.
    if (count < 32) {
      for (let index = 0; index < count; index += 1)
        into[from + index] = this.view.getFloat64(this.at + index * 8, true);
    } else {
      const target = new Uint8Array(into.buffer, into.byteOffset + from * 8, count * 8);
      copyBytes(new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + this.at, count * 8), target, 0);
    }
    this.at += count * 8;
  }
}

/** From the halves of a zigzagged long: `high` counts 2²⁸. */
function unzigzag(high: number, low: number): number {
  const isNegative = (low & 1) === 1;
  // Numbers hold integers below 2⁵³ zigzagged; the last of them is -2⁵², which cannot be written.
  if (high >= LONG_HIGH_LIMIT || (isNegative && high === LONG_HIGH_LIMIT - 1 && low === HALF_RANGE - 1))
    throw new MalformedError('a long does not fit a number');
  const half = high * (HALF_RANGE / 2) + (low >>> 1);
  return isNegative ? -half - 1 : half;
}
