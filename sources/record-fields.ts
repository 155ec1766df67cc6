/**
 * The fields of a topic's records, read from its Avro schema: how text of people and files becomes values, and back.
 */
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

interface AvroField {
  readonly name: string;
  readonly type: AvroType;
  readonly default?: unknown;
  /** In a frame: what an absent column holds. */
  readonly absent?: unknown;
}
type AvroType = string | AvroObject | readonly AvroType[];
interface AvroObject {
  readonly type: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly items?: AvroType;
  readonly symbols?: readonly string[];
  readonly logicalType?: string;
  readonly scale?: number;
  readonly precision?: number;
}

const known = new WeakMap<Topic, readonly RecordField[]>();

/** In the order of the schema. A topic in columns has the fields of one of its records. */
export function recordFields(topic: Topic): readonly RecordField[] {
  const found = known.get(topic);
  if (found) return found;
  const { fields } = JSON.parse(topic.codec.schema) as { readonly fields: readonly AvroField[] };
  const named = new Map<string, AvroObject>();
  const read = fields.map((field) => fieldOf(topic, field, named));
  known.set(topic, read);
  return read;
}

function fieldOf(topic: Topic, field: AvroField, named: Map<string, AvroObject>): RecordField {
  const column = field.type as AvroObject;
  const isColumn = topic.codec.layout === 'columns' && column.type === 'array';
  const declared = isColumn ? column.items! : field.type;
  const branches = Array.isArray(declared) ? (declared as readonly AvroType[]) : [declared as AvroType];
  const nullable = branches.includes('null');
  const domain = topic.numbers[field.name];
  const type = typeOf(branches.find((branch) => branch !== 'null') as string | AvroObject, named);
  return {
    name: field.name,
    type: domain === undefined ? type : { kind: 'name', domain },
    nullable,
    byDefault: isColumn ? field.absent : field.default,
  };
}

function typeOf(declared: string | AvroObject, named: Map<string, AvroObject>): FieldType {
  const type = typeof declared === 'string' ? (named.get(declared) ?? { type: declared }) : declared;
  if (type.name !== undefined) {
    named.set(type.name, type);
    if (type.namespace !== undefined) named.set(`${type.namespace}.${type.name}`, type);
  }
  if (type.type === 'enum') return { kind: 'enum', symbols: type.symbols! };
  if (type.logicalType === 'timestamp-micros') return { kind: 'time' };
  if (type.scale !== undefined) return { kind: 'scaled', scale: type.scale, magnitude: magnitudeOf(type) };
  return { kind: type.type as 'string' };
}

const LONG_MAX = 2n ** 63n - 1n;

const magnitudeOf = ({ type, precision }: AvroObject): bigint =>
  type === 'long' ? LONG_MAX : 10n ** BigInt(precision ?? 38) - 1n;
