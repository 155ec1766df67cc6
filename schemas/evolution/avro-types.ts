/** Avro schemas as values to reason about: names resolved, annotations that change the meaning of bytes kept. */

export type AvroType = PlainType | EnumType | UnionType | ArrayType | RecordType;

export interface PlainType {
  readonly kind: 'null' | 'boolean' | 'int' | 'long' | 'float' | 'double' | 'bytes' | 'string';
  /** `timestamp-micros`, `decimal(38, 18)`, `scale 9`: what the bare value stands for; empty for itself. */
  readonly meaning: string;
}
export interface EnumType {
  readonly kind: 'enum';
  readonly name: string;
  readonly symbols: readonly string[];
  readonly default: string | undefined;
}
export interface UnionType {
  readonly kind: 'union';
  readonly branches: readonly AvroType[];
}
export interface ArrayType {
  readonly kind: 'array';
  readonly items: AvroType;
}
export interface RecordType {
  readonly kind: 'record';
  readonly name: string;
  readonly fields: readonly FieldOfRecord[];
}
export interface FieldOfRecord {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type: AvroType;
  /** Undefined where the field has none; Avro's null is null. */
  readonly default: unknown;
  /** Of a column in a frame: what each value is when the column is left out. */
  readonly absent: unknown;
}

/** A schema that is no Avro, or uses types that no record here does (maps, fixed, recursion). */
export class UnreadableSchemaError extends Error {
  override readonly name = 'UnreadableSchemaError';
}

const PLAIN = new Set(['null', 'boolean', 'int', 'long', 'float', 'double', 'bytes', 'string']);
const DEPTH_MAX = 16;

type Attributes = Readonly<Record<string, unknown>>;

/** Throws `UnreadableSchemaError`. */
export function avroRecord(schema: string): RecordType {
  let json: unknown;
  try {
    json = JSON.parse(schema);
  } catch {
    throw new UnreadableSchemaError('the schema is no JSON');
  }
  const type = new Names().read(json, '', 0);
  if (type.kind !== 'record')
    throw new UnreadableSchemaError(`the schema is of ${type.kind}, not of a record`);
  return type;
}

/** Named types seen so far: a schema writes each out once. */
class Names {
  private readonly known = new Map<string, AvroType>();

  read(json: unknown, namespace: string, depth: number): AvroType {
    if (depth > DEPTH_MAX) throw new UnreadableSchemaError('the schema is nested too deep');
    if (typeof json === 'string') return this.byName(json, namespace);
    if (Array.isArray(json))
      return { kind: 'union', branches: json.map((branch) => this.read(branch, namespace, depth + 1)) };
    if (json === null || typeof json !== 'object')
      throw new UnreadableSchemaError(`${String(json)} is no Avro type`);
    const attributes = json as Attributes;
    const { type } = attributes;
    if (type === 'record') return this.record(attributes, namespace, depth);
    if (type === 'enum') return this.enumeration(attributes, namespace);
    if (type === 'array')
      return { kind: 'array', items: this.read(attributes['items'], namespace, depth + 1) };
    const inner = this.read(type, namespace, depth + 1);
    return 'meaning' in inner ? { ...inner, meaning: meaningOf(attributes) } : inner;
  }

  private byName(name: string, namespace: string): AvroType {
    if (PLAIN.has(name)) return { kind: name as PlainType['kind'], meaning: '' };
    const found = this.known.get(fullName({ name }, namespace));
    if (!found) throw new UnreadableSchemaError(`type "${name}" is not one that records here use`);
    return found;
  }

  private record(attributes: Attributes, outer: string, depth: number): RecordType {
    const name = fullName(attributes, outer);
    const namespace = namespaceOf(name);
    const fields = listOf(attributes['fields']).map((field) => ({
      name: String(field['name']),
      aliases: Array.isArray(field['aliases']) ? field['aliases'].map(String) : [],
      type: this.read(field['type'], namespace, depth + 1),
      default: field['default'],
      absent: field['absent'],
    }));
    const record: RecordType = { kind: 'record', name, fields };
    this.known.set(name, record);
    return record;
  }

  private enumeration(attributes: Attributes, namespace: string): EnumType {
    const name = fullName(attributes, namespace);
    const symbols = attributes['symbols'];
    if (!Array.isArray(symbols)) throw new UnreadableSchemaError(`enum ${name} has no symbols`);
    const initial = attributes['default'];
    const type: EnumType = {
      kind: 'enum',
      name,
      symbols: symbols.map(String),
      default: initial === undefined ? undefined : String(initial),
    };
    this.known.set(name, type);
    return type;
  }
}

function meaningOf({ logicalType, precision, scale }: Attributes): string {
  if (logicalType === 'decimal') return `decimal(${String(precision)}, ${String(scale ?? 0)})`;
  if (logicalType !== undefined) return String(logicalType);
  return scale === undefined ? '' : `scale ${String(scale)}`;
}

function listOf(fields: unknown): readonly Attributes[] {
  if (!Array.isArray(fields)) throw new UnreadableSchemaError('a record has no fields');
  return fields as readonly Attributes[];
}

function fullName({ name, namespace }: Attributes, outer: string): string {
  if (typeof name !== 'string') throw new UnreadableSchemaError('a named type has no name');
  if (name.includes('.')) return name;
  const space = typeof namespace === 'string' ? namespace : outer;
  return space === '' ? name : `${space}.${name}`;
}

const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
export const unqualified = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
