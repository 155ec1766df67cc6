/**
 * The fields of a record as its Avro schema has them: read once, for all who go by the types of fields and not by their
 * names (keys of messages, columns of tables, text of people and files).
 */
import type { AnyCodec } from './codec';

/** Of one value: null is said beside it, and a frame's array by the layout. */
export interface FieldType {
  /** Avro's own word: `string`, `long`, `enum`, `array`, …; `union` where it is one of several besides null. */
  readonly type: string;
  readonly logicalType?: string;
  readonly scale?: number;
  readonly precision?: number;
  readonly symbols?: readonly string[];
}

export interface SchemaField {
  readonly name: string;
  readonly type: FieldType;
  /** Whether null is one of its values. */
  readonly isNullable: boolean;
  /** As Avro JSON; undefined if the field must be given. */
  readonly default?: unknown;
  /** In a frame: what each value is where the column was left out. */
  readonly absent?: string | number;
  readonly doc?: string;
  readonly unit?: string;
  /** Of a double: what NaN says. */
  readonly nan?: string;
}

interface AvroField extends Omit<SchemaField, 'type' | 'isNullable'> {
  readonly type: AvroType;
}
type AvroType = string | AvroObject | readonly AvroType[];
interface AvroObject extends FieldType {
  readonly name?: string;
  readonly namespace?: string;
  readonly items?: AvroType;
}
type Named = Map<string, AvroObject>;

const known = new WeakMap<AnyCodec, readonly SchemaField[]>();

/** In the order of the schema. A codec of columns has the fields of one of its records. */
export function schemaFields(codec: AnyCodec): readonly SchemaField[] {
  const found = known.get(codec);
  if (found) return found;
  const { fields } = JSON.parse(codec.schema) as { readonly fields: readonly AvroField[] };
  const named: Named = new Map();
  const read = fields.map((field) => fieldOf(field, codec, named));
  known.set(codec, read);
  return read;
}

function fieldOf(field: AvroField, { layout }: AnyCodec, named: Named): SchemaField {
  const whole = field.type as AvroObject;
  const declared = layout === 'columns' && whole.type === 'array' ? whole.items! : field.type;
  const branches = Array.isArray(declared) ? (declared as readonly AvroType[]) : [declared as AvroType];
  const types = branches.filter((branch) => branch !== 'null') as (string | AvroObject)[];
  const type = types.length === 1 ? typeOf(types[0]!, named) : { type: 'union' };
  return { ...field, type, isNullable: branches.includes('null') };
}

/** A type that was named before is spoken of by its name. */
function typeOf(declared: string | AvroObject, named: Named): FieldType {
  const type = typeof declared === 'string' ? (named.get(declared) ?? { type: declared }) : declared;
  if (type.name !== undefined) {
    named.set(type.name, type);
    if (type.namespace !== undefined) named.set(`${type.namespace}.${type.name}`, type);
  }
  return type;
}
