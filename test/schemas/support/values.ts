/** Random values of any record, extremes among them, as the codecs have them (`ours`) and as avsc does (`theirs`). */
import fc from 'fast-check';
import { type AvroSchema, twosComplement } from './avro';

export interface Value {
  readonly ours: unknown;
  readonly theirs: unknown;
}

const same = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<Value> =>
  arbitrary.map((value) => ({ ours: value, theirs: value }));

const INT_MAX = 2 ** 31 - 1;
const LONG_MAX = 2 ** 52 - 1;

const ints = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  fc.integer({ min: -9000, max: 9000 }),
  fc.integer({ min: -INT_MAX - 1, max: INT_MAX }),
  fc.constantFrom(INT_MAX, -INT_MAX - 1),
);
const longs = fc.oneof(
  fc.integer({ min: -70, max: 70 }),
  // Times in microseconds, from which most longs come.
  fc.integer({ min: 562_949_953_421_312 - 1000, max: 2 ** 51 }),
  fc.integer({ min: -LONG_MAX, max: LONG_MAX }),
  fc.constantFrom(LONG_MAX, -LONG_MAX, 2 ** 27, -(2 ** 27), 2 ** 48, 2 ** 48 - 1, 2 ** 31),
);
const scaled = fc.oneof(
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.integer({ min: -100_000, max: 100_000 }).map((units) => BigInt(units) * 10n ** 9n),
  fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 52n, -(2n ** 52n), 2n ** 48n, 0n),
);
const DECIMAL_MAX = 10n ** 38n - 1n;
const decimals = fc.oneof(
  fc.bigInt({ min: -DECIMAL_MAX, max: DECIMAL_MAX }),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((cents) => BigInt(cents) * 10n ** 16n),
  fc.constantFrom(DECIMAL_MAX, -DECIMAL_MAX, 0n, -1n, 127n, 128n, -128n, -129n),
);
const doubles = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, -0, 5e-324, Number.MAX_VALUE, -Infinity));
const wellFormed = fc.string({ unit: 'binary', maxLength: 8 });
/** Short, ASCII and not, and of the lengths where the codecs change their way. */
const strings = fc.oneof(
  fc.string({ maxLength: 12 }),
  wellFormed,
  fc
    .record({
      length: fc.constantFrom(21, 22, 23, 24, 25, 62, 63, 64, 65, 200),
      end: fc.oneof(wellFormed, fc.constant('€')),
    })
    .map(({ length, end }) => 'x'.repeat(Math.max(0, length - end.length)) + end),
);

/** A decimal in any legal length: shortest, or with bytes of sign before it. */
const decimalValues = fc
  .record({ value: decimals, pad: fc.integer({ min: 0, max: 16 }) })
  .map(({ value, pad }) => ({
    ours: value,
    theirs: twosComplement(value, Math.min(16, shortest(value) + pad)),
  }));

function shortest(value: bigint): number {
  let size = 1;
  while (BigInt.asIntN(size * 8, value) !== value) size += 1;
  return size;
}

export function valuesOf(schema: AvroSchema): fc.Arbitrary<Value> {
  if (Array.isArray(schema)) return unionOf(schema as readonly AvroSchema[]);
  if (typeof schema === 'object' && 'type' in schema) {
    const { type, symbols, logicalType, scale } = schema;
    if (type === 'enum')
      return fc.nat({ max: symbols!.length - 1 }).map((index) => ({ ours: index, theirs: symbols![index]! }));
    if (type === 'array')
      return fc
        .array(valuesOf(schema.items!), { maxLength: 4 })
        .map((items) => ({ ours: items.map(({ ours }) => ours), theirs: items.map(({ theirs }) => theirs) }));
    if (logicalType === 'decimal') return decimalValues;
    if (type === 'long' && scale !== undefined) return same(scaled);
    return valuesOf(type);
  }
  switch (schema) {
    case 'int':
      return same(ints);
    case 'long':
      return longs.map((value) => ({ ours: value, theirs: BigInt(value) }));
    case 'double':
      return same(doubles);
    case 'boolean':
      return same(fc.boolean());
    case 'bytes':
      return same(fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)));
    case 'string':
      return same(strings);
    default:
      throw new Error(`no values of ${JSON.stringify(schema)}`);
  }
}

function unionOf(branches: readonly AvroSchema[]): fc.Arbitrary<Value> {
  const other = branches.find((branch) => branch !== 'null')!;
  return fc.oneof(fc.constant({ ours: undefined, theirs: null }), valuesOf(other));
}

export type Pair = { readonly ours: Record<string, unknown>; readonly theirs: Record<string, unknown> };

/** Whole records. */
export function recordsOf(
  fields: readonly { readonly name: string; readonly type: AvroSchema }[],
): fc.Arbitrary<Pair> {
  const columns = Object.fromEntries(fields.map(({ name, type }) => [name, valuesOf(type)]));
  return fc.record(columns).map((values) => ({
    ours: Object.fromEntries(Object.entries(values).map(([name, { ours }]) => [name, ours])),
    theirs: Object.fromEntries(Object.entries(values).map(([name, { theirs }]) => [name, theirs])),
  }));
}

/** What avsc read, as the codecs hold it. */
export function oursOf(schema: AvroSchema, theirs: unknown): unknown {
  if (Array.isArray(schema)) {
    if (theirs === null) return undefined;
    return oursOf((schema as readonly AvroSchema[]).find((branch) => branch !== 'null')!, theirs);
  }
  if (typeof schema === 'object' && 'type' in schema) {
    const { type, symbols, logicalType, scale, items } = schema;
    if (type === 'enum') return symbols!.indexOf(String(theirs));
    if (type === 'array') return (theirs as readonly unknown[]).map((item) => oursOf(items!, item));
    if (logicalType === 'decimal') {
      const hex = (theirs as Buffer).toString('hex');
      return BigInt.asIntN((theirs as Buffer).length * 8, BigInt(`0x${hex}`));
    }
    return type === 'long' && scale !== undefined ? theirs : oursOf(type, theirs);
  }
  return schema === 'long' ? Number(theirs) : theirs;
}
