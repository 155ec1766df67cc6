/**
 * The judge of the generated codecs: `avsc`, an implementation of Avro that shares nothing with them. Longs are bigints
 * here, so that all 64 bits are compared.
 */
import { type Schema, Type, types } from 'avsc';

const bigLong = types.LongType.__with({
  fromBuffer: (buffer: Buffer) => buffer.readBigInt64LE(),
  toBuffer: (value: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigInt64LE(value);
    return buffer;
  },
  fromJSON: BigInt,
  toJSON: Number,
  isValid: (value: unknown) => typeof value === 'bigint',
  compare: (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

export const avroType = (schema: string | object): Type =>
  Type.forSchema((typeof schema === 'string' ? JSON.parse(schema) : schema) as Schema, {
    typeHook: (part) =>
      part === 'long' || (typeof part === 'object' && 'type' in part && part.type === 'long')
        ? (bigLong as unknown as Type)
        : undefined,
  });

/** The Avro schemas of the records under test, as far as their values are made from them. */
export type AvroField = { readonly name: string; readonly type: AvroSchema; readonly default?: unknown };
export type AvroSchema =
  | string
  | readonly AvroSchema[]
  | {
      readonly type: string;
      readonly symbols?: readonly string[];
      readonly items?: AvroSchema;
      readonly logicalType?: string;
      readonly scale?: number;
      readonly fields?: readonly AvroField[];
    };

/** The fields of a record, each type written out where it is only named because it was defined before. */
export function fieldsOf(schema: string): readonly AvroField[] {
  const { fields, namespace } = JSON.parse(schema) as {
    readonly fields: readonly AvroField[];
    readonly namespace?: string;
  };
  const named = new Map<string, AvroSchema>();
  const written = (type: AvroSchema): AvroSchema => {
    if (typeof type === 'string') return named.get(type) ?? type;
    if (Array.isArray(type)) return (type as readonly AvroSchema[]).map(written) as unknown as AvroSchema;
    const whole = type as Readonly<Record<string, unknown>>;
    const inner =
      whole['items'] === undefined ? whole : { ...whole, items: written(whole['items'] as AvroSchema) };
    if (typeof whole['name'] === 'string') {
      named.set(whole['name'], inner as unknown as AvroSchema);
      named.set(
        `${String(whole['namespace'] ?? namespace)}.${whole['name']}`,
        inner as unknown as AvroSchema,
      );
    }
    return inner as unknown as AvroSchema;
  };
  return fields.map((field) => ({ ...field, type: written(field.type) }));
}

/** Plain Avro varint of a long, written out from the specification. */
export function varint(value: bigint): Buffer {
  let rest = BigInt.asUintN(64, (value << 1n) ^ (value >> 63n));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  return Buffer.from([...bytes, Number(rest)]);
}

/** Big-endian two's complement of `size` bytes. */
export function twosComplement(value: bigint, size: number): Buffer {
  const digits = BigInt.asUintN(size * 8, value)
    .toString(16)
    .padStart(size * 2, '0');
  return Buffer.from(digits, 'hex');
}
