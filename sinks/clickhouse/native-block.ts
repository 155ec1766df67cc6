/**
 * Blocks in ClickHouse's Native format: number of columns, number of rows, then for each column its name, its type and
 * its values, contiguous and little-endian. Typed arrays go in as they are, which is why frames load so fast.
 * Source: the format's description in ClickHouse's documentation, revision 0 (as files and HTTP bodies have it).
 */
import type { ColumnStore } from './table-columns';

export interface NativeColumn {
  readonly name: string;
  readonly type: string;
  readonly values: Uint8Array;
}

const WORD = 2 ** 32;

/** The block in pieces, so that large columns are written without being copied once more. */
export function nativeBlock(rows: number, columns: readonly NativeColumn[]): Uint8Array[] {
  const pieces: Uint8Array[] = [Buffer.concat([varint(columns.length), varint(rows)])];
  for (const { name, type, values } of columns) pieces.push(Buffer.concat([text(name), text(type)]), values);
  return pieces;
}

/** The bytes of a column's values. `values` may be a typed array of the codec or plain values of rows. */
export function nativeValues(store: ColumnStore, values: ArrayLike<unknown>): Uint8Array {
  return encoders[store](values as never);
}

const encoders: { readonly [Store in ColumnStore]: (values: never) => Uint8Array } = {
  int32: (values: ArrayLike<number>) =>
    bytesOf(values instanceof Int32Array ? values : Int32Array.from(values)),
  float64: (values: ArrayLike<number>) =>
    bytesOf(values instanceof Float64Array ? values : Float64Array.from(values)),
  boolean: (values: ArrayLike<boolean | number>) => Uint8Array.from(values, Number),
  enum8: (values: ArrayLike<number>) => bytesOf(Int8Array.from(values)),
  long: longs,
  bigLong: (values: ArrayLike<bigint>) => bytesOf(BigInt64Array.from(values)),
  decimal: decimals,
  text: texts,
  nullableText: nullable('text', ''),
  nullableInt32: nullable('int32', 0),
  nullableFloat64: nullable('float64', 0),
  nullableLong: nullable('long', 0),
  nullableBigLong: nullable('bigLong', 0n),
  bytes: blobs,
};

/** First which of them are missing, a byte each, then all values, with something where one is missing. */
function nullable<Value>(
  store: ColumnStore,
  nothing: Value,
): (values: ArrayLike<Value | undefined>) => Uint8Array {
  return (values) =>
    Buffer.concat([
      Uint8Array.from(values, (value) => (value === undefined ? 1 : 0)),
      nativeValues(
        store,
        Array.from(values, (value) => value ?? nothing),
      ),
    ]);
}

const bytesOf = (values: ArrayBufferView): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

/** Integers held as doubles, exact below 2⁵³: two words each, without a bigint in between. */
function longs(values: ArrayLike<number>): Uint8Array {
  const words = new Int32Array(values.length * 2);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    const high = Math.floor(value / WORD);
    words[index * 2] = value - high * WORD;
    words[index * 2 + 1] = high;
  }
  return bytesOf(words);
}

/** 128 bits each, two's complement, the low half first. */
function decimals(values: ArrayLike<bigint>): Uint8Array {
  const halves = new BigInt64Array(values.length * 2);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    halves[index * 2] = BigInt.asIntN(64, value);
    halves[index * 2 + 1] = value >> 64n;
  }
  return bytesOf(halves);
}

function texts(values: ArrayLike<string>): Uint8Array {
  let room = 0;
  for (let index = 0; index < values.length; index += 1) room += values[index]!.length * 3 + 5;
  const to = Buffer.allocUnsafe(room);
  let at = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index]!;
    at = writeVarint(to, Buffer.byteLength(value), at);
    at += to.write(value, at);
  }
  return to.subarray(0, at);
}

function blobs(values: ArrayLike<Uint8Array>): Uint8Array {
  return Buffer.concat(Array.from(values).flatMap((value) => [varint(value.length), value]));
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(bytes.length), bytes]);
}

function varint(value: number): Buffer {
  const to = Buffer.alloc(10);
  return to.subarray(0, writeVarint(to, value, 0));
}

function writeVarint(to: Buffer, value: number, start: number): number {
  let at = start;
  let rest = value;
  while (rest > 127) {
    to[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  to[at++] = rest;
  return at;
}
