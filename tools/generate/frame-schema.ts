/** The Avro schemas that are registered: of a row as it is, of columns the frame, of a table without its docs. */
import type { FieldModel, Json, JsonObject, RecordModel } from './model';
import { isTable } from './naming';

/** The schema that a record's bytes are written with. */
export function writtenSchema(record: RecordModel): JsonObject {
  if (record.form === 'columns') return frameSchema(record);
  // Nobody but the program reads tables, and a better doc must not be another schema to them.
  if (isTable(record)) return withoutDocs(record.schema) as JsonObject;
  const { layout: _, ...schema } = record.schema;
  return schema;
}

/** One array for each field; what may be left out has the empty array as its default. */
export function frameSchema({ name, schema, doc, fields }: RecordModel): JsonObject {
  return {
    type: 'record',
    name: `${name}Frame`,
    namespace: schema['namespace']!,
    doc: `Many records of ${name}, one array for each field, all of one length. ${doc}`,
    fields: fields.map((field) => frameField(field)),
  };
}

function frameField({ name, avro, doc, unit, nan, default: initial }: FieldModel): JsonObject {
  const leavable = initial !== undefined || nan !== undefined;
  const value = nan === undefined ? initial : 'NaN';
  return {
    name,
    type: { type: 'array', items: avro },
    ...(leavable && { default: [] }),
    doc: leavable ? `${doc} Empty: all are ${String(value)}.` : doc,
    ...(unit !== undefined && { unit }),
    ...(nan !== undefined && { nan }),
    ...(leavable && { absent: value ?? null }),
  };
}

const DOCS = new Set(['doc', 'unit', 'nan', 'layout', 'table']);

/** What matters to the bytes and to how they are understood: everything but the words. */
export function withoutDocs(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withoutDocs);
  if (schema === null || typeof schema !== 'object') return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([name]) => !DOCS.has(name))
      .map(([name, value]) => [name, name === 'default' ? value : withoutDocs(value)]),
  );
}
