/** Writes the type and the codec of a record that is kept as rows. */
import type { FieldModel, FieldType, RecordModel } from './model';
import { camel, codecOf } from './naming';
import { comment, fieldComment, type ModuleText } from './source-text';

export function addRows(module: ModuleText, record: RecordModel, schema: string): void {
  module.need('../../../runtime/stream/codec', 'type RowsCodec');
  if (record.fields.some(({ type }) => hasArray(type))) module.need('../../rows/items', 'readItems');
  module.add(rowType(record));
  module.add(`export const ${codecOf(record)}: RowsCodec<${record.name}> = {
  layout: 'rows',
  record: '${record.fullName}',
  schema:
    ${schema},
  encode(row, to) {
${record.fields.map((field) => `    ${write(field.type, `row.${field.name}`)}`).join('\n')}
  },
  decode: (from) => ({
${record.fields.map((field) => `    ${field.name}: ${read(field.type, field)},`).join('\n')}
  }),
};`);
  addLead(module, record);
}

/** The numbers that a record begins with, which are its key: read without the rest. */
function addLead(module: ModuleText, { name, fields }: RecordModel): void {
  const last = fields.findIndex(({ type }) => type.kind !== 'int');
  const lead = last < 0 ? fields : fields.slice(0, last);
  if (lead.length < 2) return;
  module.need('../../../runtime/wire/byte-reader', 'type ByteReader');
  const names = lead.map((field) => `'${field.name}'`).join(' | ');
  module.add(`/** Reads the numbers that a record begins with. */
export const ${camel(name)}Lead = (from: ByteReader): Pick<${name}, ${names}> => ({
${lead.map((field) => `  ${field.name}: ${read(field.type, field)},`).join('\n')}
});`);
}

function rowType({ name, doc, fields }: RecordModel): string {
  const lines = fields.map(
    (field) => `${fieldComment(field)}\n  readonly ${field.name}: ${typeName(field.type)};`,
  );
  return `${comment(doc)}\nexport interface ${name} {\n${lines.join('\n')}\n}`;
}

export function typeName(type: FieldType): string {
  switch (type.kind) {
    case 'int':
    case 'long':
    case 'double':
    case 'time':
      return 'number';
    case 'scaled':
    case 'decimal':
      return 'bigint';
    case 'bytes':
      return 'Uint8Array';
    case 'enum':
      return type.enum.name;
    case 'optional':
      return `${typeName(type.of)} | undefined`;
    case 'array':
      return type.of.kind === 'optional'
        ? `readonly (${typeName(type.of)})[]`
        : `readonly ${typeName(type.of)}[]`;
    default:
      return type.kind;
  }
}

/** The primitives of `ByteWriter` and `ByteReader` for a type that is nothing but one of them. */
const PRIMITIVES = {
  int: 'int',
  long: 'long',
  time: 'long',
  scaled: 'bigLong',
  double: 'float64',
  boolean: 'boolean',
  string: 'string',
  bytes: 'blob',
  decimal: 'decimal',
} as const;

function write(type: FieldType, value: string, depth = 0): string {
  if (type.kind === 'enum') return `to.index(${value}, ${type.enum.symbols.length});`;
  if (type.kind === 'optional') {
    const [absent, present] = type.nullFirst ? [0, 1] : [1, 0];
    return `if (${value} === undefined) to.index(${absent}, 2);
    else {
      to.index(${present}, 2);
      ${write(type.of, value, depth)}
    }`;
  }
  if (type.kind === 'array') {
    const item = `item${depth}`;
    return `if (${value}.length > 0) to.long(${value}.length);
    for (const ${item} of ${value}) {
      ${write(type.of, item, depth + 1)}
    }
    to.long(0);`;
  }
  return `to.${PRIMITIVES[type.kind]}(${value});`;
}

function read(type: FieldType, field: FieldModel): string {
  if (type.kind === 'enum') return `from.index(${type.enum.symbols.length}) as ${type.enum.name}`;
  if (type.kind === 'optional') {
    const present = type.nullFirst ? 1 : 0;
    return `from.index(2) === ${present} ? ${read(type.of, field)} : undefined`;
  }
  if (type.kind === 'array') return `readItems(from, () => ${read(type.of, field)})`;
  return `from.${PRIMITIVES[type.kind]}()`;
}

function hasArray(type: FieldType): boolean {
  return type.kind === 'array' || (type.kind === 'optional' && hasArray(type.of));
}
