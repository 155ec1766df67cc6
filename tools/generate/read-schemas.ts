/**
 * Reads every `.avsc` of `schemas/` into models, and refuses what the project does not use: a schema is read by many
 * programs, and the fewer kinds of types it has, the fewer can be read wrongly.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type EnumModel,
  type FieldModel,
  type Json,
  type JsonObject,
  type RecordModel,
  SchemaError,
} from './model';
import { formOf, ReadTypes } from './read-types';

export function readSchemas(folder: string): readonly RecordModel[] {
  const files = ['', 'tables/'].flatMap((part) =>
    readdirSync(join(folder, part))
      .filter((name) => name.endsWith('.avsc'))
      .sort()
      .map((name) => part + name),
  );
  const sources = files.map((file) => ({ file, schema: parsed(join(folder, file)) }));
  const enums = enumsOf(sources);
  const records = sources.map(({ file, schema }) => readRecord(file, schema, enums));
  refuseRepeated(records.map(({ fullName, file }) => [fullName, file] as const));
  return records;
}

interface Source {
  readonly file: string;
  readonly schema: JsonObject;
}

function parsed(path: string): JsonObject {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as JsonObject;
  } catch (error) {
    throw new SchemaError(`${path} is no JSON: ${String(error)}`);
  }
}

/** Enums are written out where they are defined; other records refer to them by their full name. */
function enumsOf(sources: readonly Source[]): ReadonlyMap<string, EnumModel & { readonly avro: JsonObject }> {
  const found = new Map<string, EnumModel & { readonly avro: JsonObject }>();
  const visit = (value: Json, file: string, space: string): void => {
    if (Array.isArray(value)) for (const each of value as readonly Json[]) visit(each, file, space);
    else if (value !== null && typeof value === 'object') {
      const object = value as JsonObject;
      if (object['type'] === 'enum') {
        const name = String(object['name']);
        const fullName = name.includes('.') ? name : `${String(object['namespace'] ?? space)}.${name}`;
        const known = found.get(fullName);
        if (known)
          throw new SchemaError(
            `enum ${fullName} is defined in ${known.file} and ${file}. Refer to it by name.`,
          );
        found.set(fullName, {
          name: fullName.slice(fullName.lastIndexOf('.') + 1),
          fullName,
          doc: String(object['doc'] ?? ''),
          symbols: object['symbols'] as readonly string[],
          file,
          avro: object,
        });
      } else for (const each of Object.values(object)) visit(each, file, space);
    }
  };
  for (const { file, schema } of sources) visit(schema['fields']!, file, String(schema['namespace']));
  return found;
}

function readRecord(
  file: string,
  schema: JsonObject,
  enums: ReadonlyMap<string, EnumModel & { readonly avro: JsonObject }>,
): RecordModel {
  const where = `schemas/${file}`;
  const { name, namespace, doc } = schema;
  if (schema['type'] !== 'record' || typeof name !== 'string' || !/^[A-Z][A-Za-z0-9]*$/.test(name))
    throw new SchemaError(`${where} is not a record with a name like "Fill"`);
  if (typeof namespace !== 'string' || !/^breakwater\.[a-z]+$/.test(namespace))
    throw new SchemaError(`${where} needs a namespace like "breakwater.market"`);
  if (typeof doc !== 'string' || doc === '')
    throw new SchemaError(`${where} needs a doc that says what a record is`);
  const types = new ReadTypes(where, namespace, enums);
  const fields = (schema['fields'] as readonly JsonObject[]).map((field) => readField(where, field, types));
  refuseRepeated(fields.map((field) => [field.name, where] as const));
  return {
    file,
    name,
    domain: namespace.slice('breakwater.'.length),
    fullName: `${namespace}.${name}`,
    form: formOf(where, schema),
    doc,
    fields,
    schema: {
      ...schema,
      fields: fields.map(({ avro }, index) => ({
        ...(schema['fields'] as readonly JsonObject[])[index]!,
        type: avro,
      })),
    },
  };
}

function readField(where: string, field: JsonObject, types: ReadTypes): FieldModel {
  const { name, doc, unit, nan } = field;
  if (typeof name !== 'string' || !/^[a-z][A-Za-z0-9]*$/.test(name) || name === 'length')
    throw new SchemaError(
      `${where} has a field "${String(name)}". Names are like "bidSize", and not "length".`,
    );
  if (typeof doc !== 'string' || doc === '') throw new SchemaError(`${where}: field "${name}" needs a doc`);
  const { type, avro } = types.read(field['type']!, name);
  if (nan !== undefined && type.kind !== 'double')
    throw new SchemaError(`${where}: field "${name}" has "nan" but is no double`);
  return {
    name,
    type,
    doc,
    unit: unit === undefined ? undefined : String(unit),
    nan: nan === undefined ? undefined : String(nan),
    default: field['default'],
    avro,
  };
}

function refuseRepeated(names: readonly (readonly [name: string, where: string])[]): void {
  const seen = new Map<string, string>();
  for (const [name, where] of names) {
    if (seen.has(name)) throw new SchemaError(`${name} is in ${seen.get(name)} and in ${where}. Rename one.`);
    seen.set(name, where);
  }
}
