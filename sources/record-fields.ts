/**
 * The fields of a topic's records, read from its Avro schema: how text of people and files becomes values, and back.
 */
import { type SchemaField, schemaFields } from '../runtime/stream/schema-fields';
import type { Topic } from '../runtime/stream/topic';

export type FieldType =
  | { readonly kind: 'string' | 'int' | 'long' | 'double' | 'boolean' | 'bytes' | 'time' }
  | { readonly kind: 'enum'; readonly symbols: readonly string[] }
  /** A scaled integer: money, quantities and prices of the ledger. None is larger than its magnitude. */
  | { readonly kind: 'scaled'; readonly scale: number; readonly magnitude: bigint }
  /** A number that stands for a name of the domain. */
  | { readonly kind: 'name'; readonly domain: string };

export interface RecordField {
  readonly name: string;
  readonly type: FieldType;
  readonly nullable: boolean;
  /** As Avro JSON; undefined if the field must be given. */
  readonly byDefault: unknown;
}

const known = new WeakMap<Topic, readonly RecordField[]>();

/** In the order of the schema. A topic in columns has the fields of one of its records. */
export function recordFields(topic: Topic): readonly RecordField[] {
  const found = known.get(topic);
  if (found) return found;
  const read = schemaFields(topic.codec).map((field) => fieldOf(topic, field));
  known.set(topic, read);
  return read;
}

function fieldOf({ codec, numbers }: Topic, field: SchemaField): RecordField {
  const domain = numbers[field.name];
  return {
    name: field.name,
    type: domain === undefined ? typeOf(field.type) : { kind: 'name', domain },
    nullable: field.isNullable,
    byDefault: codec.layout === 'columns' ? field.absent : field.default,
  };
}

function typeOf(type: SchemaField['type']): FieldType {
  if (type.type === 'enum') return { kind: 'enum', symbols: type.symbols! };
  if (type.logicalType === 'timestamp-micros') return { kind: 'time' };
  if (type.scale !== undefined) return { kind: 'scaled', scale: type.scale, magnitude: magnitudeOf(type) };
  return { kind: type.type as 'string' };
}

const LONG_MAX = 2n ** 63n - 1n;

const magnitudeOf = ({ type, precision }: SchemaField['type']): bigint =>
  type === 'long' ? LONG_MAX : 10n ** BigInt(precision ?? 38) - 1n;
