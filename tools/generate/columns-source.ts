/** Writes the type and the codec of a record that is kept as columns, and read and written in frames. */
import { type FieldModel, type RecordModel, SchemaError } from './model';
import { codecOf, columnsOf } from './naming';
import { comment, defaultNumber, fieldComment, type ModuleText, namesOf } from './source-text';

/** How the column of a field is read, written and held. */
interface Column extends FieldModel {
  readonly array: 'Int32Array' | 'Float64Array';
  readonly verb: 'Ints' | 'Longs' | 'Doubles' | 'Enums';
  /** A further argument where there is one: how many symbols an enum has. */
  readonly extra: string;
  readonly filler: number | undefined;
}

export function addColumns(module: ModuleText, record: RecordModel, schema: string): void {
  const columns = record.fields.map((field) => columnOf(record, field));
  const verbs = columns.map(({ verb }) => verb);
  const settled = columns.map(({ filler }) => (filler === undefined ? 'required' : 'repeated'));
  module.need('../../../runtime/stream/codec', 'type ColumnsCodec');
  module.need('../../../runtime/stream/step', 'type Columns');
  module.need('../../frames/read-columns', ...verbs.map((verb) => `read${verb}`));
  module.need('../../frames/span', ...settled);
  module.need('../../frames/write-columns', ...verbs.map((verb) => `write${verb}`));
  module.need('../../frames/room', 'withRoom', 'type Growing');
  module.add(columnsType(record, columns));
  module.add(`export const ${codecOf(record)}: ColumnsCodec<${columnsOf(record)}> = {
  layout: 'columns',
  record: '${record.fullName}',
  schema:
    ${schema},
${[allocateText(columns), appendText(record, columns), encodeText(columns), copyText(record, columns), clearText(record), rowOfText(columns)].join('\n')}
};`);
}

function columnOf(record: RecordModel, field: FieldModel): Column {
  const filler = defaultNumber(record, field);
  const { type } = field;
  const plain = { ...field, filler, extra: '' };
  if (type.kind === 'int') return { ...plain, array: 'Int32Array', verb: 'Ints' };
  if (type.kind === 'long' || type.kind === 'time') return { ...plain, array: 'Float64Array', verb: 'Longs' };
  if (type.kind === 'double') return { ...plain, array: 'Float64Array', verb: 'Doubles' };
  if (type.kind === 'enum')
    return { ...plain, array: 'Int32Array', verb: 'Enums', extra: `, ${type.enum.symbols.length}` };
  throw new SchemaError(
    `schemas/${record.file}: field "${field.name}" is ${type.kind}, which has no column. Use int, long, double, a time or an enum.`,
  );
}

function columnsType(record: RecordModel, columns: readonly Column[]): string {
  const lines = columns.map(
    (column) => `${fieldComment(column)}\n  readonly ${column.name}: ${column.array};`,
  );
  return `${comment(record.doc)}\nexport interface ${columnsOf(record)} extends Columns {\n${lines.join('\n')}\n}`;
}

const lines = (columns: readonly Column[], line: (column: Column) => string): string =>
  columns.map(line).join('\n');

const allocateText = (columns: readonly Column[]): string => `  allocate: (capacity) => ({
    length: 0,
${lines(columns, ({ name, array }) => `    ${name}: new ${array}(capacity),`)}
  }),`;

function appendText(record: RecordModel, columns: readonly Column[]): string {
  const settle = ({ name, filler }: Column): string =>
    filler === undefined
      ? `    required(${name}, frame, '${name}');`
      : `    repeated(${name}, frame, '${name}', ${filler});`;
  return `  append(into, from) {
    const start = into.length;
${lines(columns, ({ name, verb, extra }) => `    const ${name} = read${verb}(from, into.${name}, start${extra});`)}
    const count = Math.max(${columns.map(({ name }) => `${name}.count`).join(', ')});
    const frame = { start, count };
${lines(columns, settle)}
    const grown: Growing<${columnsOf(record)}> = into;
${lines(columns, ({ name }) => `    grown.${name} = ${name}.values;`)}
    grown.length = start + count;
  },`;
}

const encodeText = (columns: readonly Column[]): string => `  encode(columns, start, end, to) {
${lines(columns, ({ name, verb, extra }) => `    write${verb}(to, columns.${name}, start, end${extra});`)}
  },`;

const copyText = (record: RecordModel, columns: readonly Column[]): string => `  copy(source, index, into) {
    const at = into.length;
    const grown: Growing<${columnsOf(record)}> = into;
    if (at >= into.${columns[0]!.name}.length) {
${lines(columns, ({ name }) => `      grown.${name} = withRoom(into.${name}, at + 1);`)}
    }
${lines(columns, ({ name }) => `    into.${name}[at] = source.${name}[index]!;`)}
    grown.length = at + 1;
  },`;

const clearText = (record: RecordModel): string => `  clear(columns) {
    const cleared: Growing<${columnsOf(record)}> = columns;
    cleared.length = 0;
  },`;

const rowOfText = (columns: readonly Column[]): string => `  rowOf: (columns, index) => ({
${lines(columns, ({ name, type }) =>
  type.kind === 'enum'
    ? `    ${name}: ${namesOf(type.enum)}[columns.${name}[index]!],`
    : `    ${name}: columns.${name}[index],`,
)}
  }),`;
