/** Reads the Avro type of a field, writing named types out where they first occur in their record. */
import {
  type EnumModel,
  type FieldType,
  type Json,
  type JsonObject,
  type RecordForm,
  SchemaError,
} from './model';

export interface ReadType {
  readonly type: FieldType;
  readonly avro: Json;
}

const PLAIN = ['int', 'long', 'double', 'boolean', 'string', 'bytes'] as const;

/** So that each index has one byte. */
const SYMBOLS_MAX = 64;

export class ReadTypes {
  private readonly writtenOut = new Set<string>();

  constructor(
    private readonly where: string,
    private readonly namespace: string,
    private readonly enums: ReadonlyMap<string, EnumModel & { readonly avro: JsonObject }>,
  ) {}

  read(avro: Json, field: string): ReadType {
    if (typeof avro === 'string') {
      const kind = PLAIN.find((plain) => plain === avro);
      if (kind) return { type: { kind }, avro };
      return this.readEnum(avro.includes('.') ? avro : `${this.namespace}.${avro}`, field);
    }
    if (Array.isArray(avro)) return this.readUnion(avro as readonly Json[], field);
    const object = avro as JsonObject;
    if (object['type'] === 'enum') {
      const name = String(object['name']);
      return this.readEnum(
        name.includes('.') ? name : `${String(object['namespace'] ?? this.namespace)}.${name}`,
        field,
      );
    }
    if (object['type'] === 'array') {
      const { type, avro: items } = this.read(object['items']!, field);
      return { type: { kind: 'array', of: type }, avro: { ...object, items } };
    }
    return { type: this.logical(object, field), avro };
  }

  private readEnum(fullName: string, field: string): ReadType {
    const found = this.enums.get(fullName);
    if (!found) throw this.refusal(field, `unknown type "${fullName}"`);
    if (!found.symbols.every((symbol) => /^[A-Z][A-Za-z0-9]*$/.test(symbol)))
      throw this.refusal(field, `symbols of ${fullName} must be like "Priced"`);
    if (found.symbols.length > SYMBOLS_MAX)
      throw this.refusal(field, `${fullName} has more than ${SYMBOLS_MAX} symbols`);
    const type: FieldType = { kind: 'enum', enum: found };
    if (this.writtenOut.has(fullName)) return { type, avro: fullName };
    this.writtenOut.add(fullName);
    const namespace = fullName.slice(0, fullName.lastIndexOf('.'));
    return { type, avro: { ...found.avro, name: found.name, namespace } };
  }

  private readUnion(branches: readonly Json[], field: string): ReadType {
    const nullAt = branches.indexOf('null');
    if (branches.length !== 2 || nullAt < 0)
      throw this.refusal(field, 'a union must be of null and one other type');
    const { type, avro } = this.read(branches[1 - nullAt]!, field);
    if (type.kind === 'optional') throw this.refusal(field, 'a union in a union');
    const nullFirst = nullAt === 0;
    return {
      type: { kind: 'optional', of: type, nullFirst },
      avro: nullFirst ? ['null', avro] : [avro, 'null'],
    };
  }

  private logical(object: JsonObject, field: string): FieldType {
    const { type, logicalType, scale } = object;
    if (type === 'long' && logicalType === 'timestamp-micros') return { kind: 'time' };
    if (type === 'long' && logicalType === undefined && typeof scale === 'number')
      return { kind: 'scaled', scale };
    if (type === 'bytes' && logicalType === 'decimal') {
      if (object['precision'] === 38 && (scale === 18 || scale === 9)) return { kind: 'decimal', scale };
      throw this.refusal(field, 'decimals must have precision 38 and scale 18, or 9');
    }
    throw this.refusal(field, `${JSON.stringify(object)} is a type that records here do not use`);
  }

  private refusal(field: string, what: string): SchemaError {
    return new SchemaError(
      `${this.where}: field "${field}": ${what}. See tools/generate/read-types.ts for what is allowed.`,
    );
  }
}

export function formOf(where: string, { layout, table }: JsonObject): RecordForm {
  if (where.includes('/tables/')) {
    if (table === 'rows' || table === 'numbered') return `table-${table}`;
    throw new SchemaError(`${where} needs "table": "rows" or "numbered"`);
  }
  if (layout === 'rows' || layout === 'columns') return layout;
  throw new SchemaError(`${where} needs "layout": "rows" or "columns"`);
}
