/**
 * Avro's binary primitives over one growing arena, for the generated codecs.
 *
 * A writer is reused: `at` goes back to 0 and the arena stays. A reader checks its bounds once for each primitive and
 * answers rubbish with `MalformedError`, never with a number that was not written.
 */
import { isUtf8 } from 'node:buffer';

/** Bytes that are not what their schema says. The record goes to dead letters. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError';
}

const LONG_BYTES_MAX = 10;
const LONG_LIMIT = 2 ** 52;
/** Longs are handled in halves of 28 bits, four bytes of seven. */
const HALF_RANGE = 2 ** 28;
const LONG_HIGH_LIMIT = 2 ** 25;
const LOW_64 = (1n << 64n) - 1n;
/** Decimals have 38 digits: what ClickHouse's `Decimal(38, 18)` holds. */
const DECIMAL_LIMIT = 10n ** 38n;
const LONE_SURROGATE = /\p{Surrogate}/u;
const REPLACEMENT = '\ufffd';

export class ByteWriter {
  bytes: Buffer;
  view: DataView;
  at = 0;

  constructor(capacity = 4096) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
    this.view = viewOf(this.bytes);
  }

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.max(this.bytes.length * 2, this.at + count));
    this.bytes.copy(wider, 0, 0, this.at);
    this.bytes = wider;
    this.view = viewOf(wider);
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.at++] = value;
  }

  uint32(value: number): void {
    this.reserve(4);
    this.view.setUint32(this.at, value, true);
    this.at += 4;
  }

  float64(value: number): void {
    this.reserve(8);
    if (Number.isNaN(value)) this.nanAt(this.at);
    else this.view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  /** The one NaN that is ever written: bytes must not depend on which of many a computation yields. */
  nanAt(at: number): void {
    this.view.setUint32(at, 0, true);
    this.view.setUint32(at + 4, 0x7ff80000, true);
  }

  /** Avro int: 32 bits, zigzag, variable length. Throws a RangeError at any other number. */
  int(value: number): void {
    if ((value | 0) !== value) throw new RangeError(`${value} is not a 32-bit integer. Use a long.`);
    this.reserve(5);
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  /** Avro long from a number. Zigzag doubles it, hence the limit of 2⁵²; throws a RangeError beyond. */
  long(value: number): void {
    if (value >= -1073741824 && value <= 1073741823 && Number.isInteger(value)) return this.int(value);
    if (!Number.isInteger(value) || Math.abs(value) >= LONG_LIMIT) {
      throw new RangeError(`${value} is not an integer below 2^52. Write it as a bigint, or scale it down.`);
    }
    this.reserve(LONG_BYTES_MAX);
    const raw = value >= 0 ? value * 2 : -value * 2 - 1;
    const high = Math.floor(raw / HALF_RANGE);
    this.half(raw - high * HALF_RANGE);
    this.last(high);
  }

  /** Avro long from a bigint. Throws a RangeError outside 64 bits. */
  bigLong(value: bigint): void {
    if (BigInt.asIntN(64, value) !== value) {
      throw new RangeError(`${value} does not fit a 64-bit long. Split the quantity or use a coarser unit.`);
    }
    const narrow = Number(value);
    if (Math.abs(narrow) < LONG_LIMIT) return this.long(narrow);
    this.reserve(LONG_BYTES_MAX);
    const raw = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
    this.half(Number(BigInt.asUintN(28, raw)));
    const upper = Number(raw >> 28n);
    const top = Math.floor(upper / HALF_RANGE);
    if (top === 0) return this.last(upper);
    this.half(upper - top * HALF_RANGE);
    this.last(top);
  }

  /** 28 bits of a long that goes on. */
  private half(bits: number): void {
    this.view.setUint32(
      this.at,
      (bits & 0x7f) |
        ((bits << 1) & 0x7f00) |
        ((bits << 2) & 0x7f0000) |
        ((bits << 3) & 0x7f000000) |
        0x80808080,
      true,
    );
    this.at += 4;
  }

  /** The last bits of a long, at most 28 of them. */
  private last(bits: number): void {
    let rest = bits;
    while (rest > 127) {
      this.bytes[this.at++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  boolean(value: boolean): void {
    this.byte(value ? 1 : 0);
  }

  /** The index of one of `symbols` symbols, or of the branch of a union. Throws a RangeError at any other number. */
  index(value: number, symbols: number): void {
    if (!(value >= 0 && value < symbols))
      throw new RangeError(
        `${value} is not the index of one of ${symbols} symbols. Use the enum's constants.`,
      );
    this.int(value);
  }

  /** Throws a RangeError at half a surrogate pair: UTF-8 cannot say it, and it would come back as another character. */
  string(value: string): void {
    const worst = value.length * 3;
    this.reserve(worst + 5);
    if (value.length < 64) return this.shortString(value);
    this.longString(value);
  }

  private longString(value: string): void {
    if (LONE_SURROGATE.test(value))
      throw new RangeError(
        'a string with half a surrogate pair is no Unicode text. Mend it where it is read.',
      );
    this.long(Buffer.byteLength(value));
    this.at += this.bytes.write(value, this.at);
  }

  // A native call costs more than a short ASCII string does byte by byte.
  private shortString(value: string): void {
    const start = this.at;
    this.bytes[this.at++] = value.length << 1;
    for (let index = 0; index < value.length; index += 1) {
      const code = value.charCodeAt(index);
      if (code > 127) {
        this.at = start;
        return this.longString(value);
      }
      this.bytes[this.at++] = code;
    }
  }

  blob(value: Uint8Array): void {
    this.long(value.length);
    this.raw(value);
  }

  raw(value: Uint8Array): void {
    this.reserve(value.length);
    copyBytes(value, this.bytes, this.at);
    this.at += value.length;
  }

  /** Avro decimal as 16 bytes of two's complement: legal, of fixed length, and ClickHouse's own width. At most 38 digits. */
  decimal(value: bigint): void {
    if (value >= DECIMAL_LIMIT || value <= -DECIMAL_LIMIT)
      throw new RangeError(`${value} has more than 38 digits. Split the amount.`);
    this.reserve(17);
    this.bytes[this.at] = 32;
    this.view.setBigInt64(this.at + 1, value >> 64n, false);
    // Takes the lower 64 bits by itself.
    this.view.setBigUint64(this.at + 9, value, false);
    this.at += 17;
  }

  /** A copy of what was written, and back to the start. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.at));
    this.at = 0;
    return taken;
  }
}

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
    if (size < 24) {
      let text = '';
      for (let index = start; index < this.at; index += 1) {
        const code = this.bytes[index]!;
        if (code > 127) return this.text(start);
        text += String.fromCharCode(code);
      }
      return text;
    }
    return this.text(start);
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

  /** `count` doubles at once: eight bytes each, contiguous. */
  doubles(into: Float64Array, from: number, count: number): void {
    this.need(count * 8);
    const target = new Uint8Array(into.buffer, into.byteOffset + from * 8, count * 8);
    copyBytes(new Uint8Array(this.bytes.buffer, this.bytes.byteOffset + this.at, count * 8), target, 0);
    this.at += count * 8;
  }
}

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

/** From the halves of a zigzagged long: `high` counts 2²⁸. */
function unzigzag(high: number, low: number): number {
  const isNegative = (low & 1) === 1;
  // Numbers hold integers below 2⁵³ zigzagged; the last of them is -2⁵², which cannot be written.
  if (high >= LONG_HIGH_LIMIT || (isNegative && high === LONG_HIGH_LIMIT - 1 && low === HALF_RANGE - 1))
    throw new MalformedError('a long does not fit a number');
  const half = high * (HALF_RANGE / 2) + (low >>> 1);
  return isNegative ? -half - 1 : half;
}

function viewOf(bytes: Buffer): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
