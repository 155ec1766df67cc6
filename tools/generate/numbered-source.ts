/** Writes what a numbered table needs of its record: its columns, their fillers, and a codec of rows of numbers. */
import { type FieldModel, type RecordModel, SchemaError } from './model';
import { camel, codecOf, columnsOf } from './naming';
import { comment, defaultNumber, fieldComment, type ModuleText } from './source-text';

export function addNumbered(module: ModuleText, record: RecordModel, schema: string): void {
  const columns = record.fields.map((field) => ({ ...field, ...heldAs(record, field) }));
  module.need('../../../runtime/wire/byte-writer', 'type ByteWriter');
  module.need('../../../runtime/stream/codec', 'type RowsCodec');
  module.need('../../evolution/schema-versions', 'schemaVersions');
  const fields = columns.map(
    (column) => `${fieldComment(column)}\n  readonly ${column.name}: ${column.array};`,
  );
  // An interface would have no index signature, which tables of any columns ask for.
  module.add(`${comment(record.doc)}\nexport type ${columnsOf(record)} = {\n${fields.join('\n')}\n};`);
  module.add(`const ${codecOf(record)}: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: '${record.fullName}',
  schema:
    ${schema},
  encode(row, to) {
${columns.map(({ name, verb, extra }) => `    to.${verb}(row['${name}']!${extra ? `, ${extra}` : ''});`).join('\n')}
  },
  decode: (from) => ({
${columns.map(({ name, verb, extra }) => `    ${name}: from.${verb}(${extra}),`).join('\n')}
  }),
};`);
  module.add(`/** For \`numberedTable({ name, ...${camel(record.name)}Numbered, limit })\`. */
export const ${camel(record.name)}Numbered = {
  codec: ${codecOf(record)},
  versions: schemaVersions,
  encodeAt(columns: ${columnsOf(record)}, slot: number, to: ByteWriter): void {
${columns.map(({ name, verb, extra }) => `    to.${verb}(columns.${name}[slot]!${extra ? `, ${extra}` : ''});`).join('\n')}
  },
  allocate: (capacity: number): ${columnsOf(record)} => ({
${columns.map(({ name, array }) => `    ${name}: new ${array}(capacity),`).join('\n')}
  }),
  fillers: {
${columns.map((column) => `    ${column.name}: ${fillerOf(record, column)},`).join('\n')}
  },
} as const;`);
}

/** The value of an entry that nobody has set. */
function fillerOf(record: RecordModel, field: FieldModel): number {
  return defaultNumber(record, field) ?? (field.type.kind === 'double' ? Number.NaN : 0);
}

function heldAs(
  record: RecordModel,
  { name, type }: FieldModel,
): { readonly array: string; readonly verb: string; readonly extra: string } {
  if (type.kind === 'int') return { array: 'Int32Array', verb: 'int', extra: '' };
  if (type.kind === 'long' || type.kind === 'time') return { array: 'Float64Array', verb: 'long', extra: '' };
  if (type.kind === 'double') return { array: 'Float64Array', verb: 'float64', extra: '' };
  if (type.kind === 'enum')
    return { array: 'Int32Array', verb: 'index', extra: String(type.enum.symbols.length) };
  throw new SchemaError(
    `schemas/${record.file}: field "${name}" is ${type.kind}, which has no column. Use int, long, double, a time or an enum, or make the table "rows".`,
  );
}
