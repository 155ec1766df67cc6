/**
 * Writes Avro's binary primitives to one growing arena. A writer is reused: `at` goes back to 0 and the arena stays.
 * What cannot be read back the same is refused with a `RangeError`.
 */
import { isDecimal38, limbsToBigint, safeOf, wordOf } from './limbs';
import { copyBytes, DECIMAL_LIMIT, HALF_RANGE, LONG_BYTES_MAX, LONG_LIMIT, viewOf } from './primitives';

const LONE_SURROGATE = /\p{Surrogate}/u;

const WORD = 2 ** 32;
const UPPER = 2 ** 64;
/**
 * A double is off by at most 2⁵⁸ below this, which is a sixty-fourth of what the upper 64 bits count: with the lower bits
 * known, the upper ones are the nearest whole number, and no bigint is made to find them.
 */
const UPPER_IS_NEAR = 2 ** 111;
const LOWER = new BigInt64Array(1);
const LOWER_WORDS = new Uint32Array(LOWER.buffer);

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
    if (value === 0n) return this.zeroDecimal();
    if (value >= DECIMAL_LIMIT || value <= -DECIMAL_LIMIT)
      throw new RangeError(`${value} has more than 38 digits. Split the amount.`);
    this.reserve(17);
    this.bytes[this.at] = 32;
    // Takes the lower 64 bits by itself.
    LOWER[0] = value;
    const low = LOWER_WORDS[0]!;
    const high = LOWER_WORDS[1]!;
    const near = Number(value);
    if (near < UPPER_IS_NEAR && near > -UPPER_IS_NEAR) {
      const upper = Math.round((near - (high * WORD + low)) / UPPER);
      this.view.setInt32(this.at + 1, Math.floor(upper / WORD));
      this.view.setInt32(this.at + 5, upper | 0);
    } else this.view.setBigInt64(this.at + 1, value >> 64n, false);
    this.view.setInt32(this.at + 9, high);
    this.view.setInt32(this.at + 13, low);
    this.at += 17;
  }

  /** Half of a ledger's decimals are nought: no bigint is worked out for them. */
  private zeroDecimal(): void {
    this.reserve(17);
    this.bytes[this.at] = 32;
    this.view.setInt32(this.at + 1, 0);
    this.view.setInt32(this.at + 5, 0);
    this.view.setInt32(this.at + 9, 0);
    this.view.setInt32(this.at + 13, 0);
    this.at += 17;
  }

  /** `decimal` of an integer in limbs (`limbs.ts`). */
  decimalAt(limbs: Float64Array, at: number): void {
    if (!isDecimal38(limbs, at))
      throw new RangeError(`${limbsToBigint(limbs, at)} has more than 38 digits. Split the amount.`);
    this.reserve(17);
    this.bytes[this.at] = 32;
    for (let word = 0; word < 4; word += 1)
      this.view.setInt32(this.at + 13 - 4 * word, wordOf(limbs, at, word), false);
    this.at += 17;
  }

  /** `bigLong` of an integer in limbs. */
  longAt(limbs: Float64Array, at: number): void {
    const safe = safeOf(limbs, at);
    if (Number.isNaN(safe)) this.bigLong(limbsToBigint(limbs, at));
    else this.long(safe);
  }

  /** A copy of what was written, and back to the start. */
  take(): Buffer {
    const taken = Buffer.from(this.bytes.subarray(0, this.at));
    this.at = 0;
    return taken;
  }
}
