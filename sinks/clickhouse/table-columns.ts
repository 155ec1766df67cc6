/**
 * The columns of a table from the Avro schema of its topic. Types are chosen so that nothing is rounded: integers stay
 * integers, scaled longs and decimals stay decimals, times keep their microseconds, and NaN keeps saying "there is none".
 */
import { type FieldType, type SchemaField, schemaFields } from '../../runtime/stream/schema-fields';
import type { Topic } from '../../runtime/stream/topic';
import { sqlText } from './sql-text';

/** How values of a column come from the codec and go into a block (see `native-block.ts`). */
export type ColumnStore =
  | 'int32'
  | 'float64'
  | 'boolean'
  | 'enum8'
  | 'long'
  | 'bigLong'
  | 'decimal'
  | 'text'
  | 'nullableText'
  | 'nullableInt32'
  | 'nullableFloat64'
  | 'nullableLong'
  | 'nullableBigLong'
  | 'bytes';

export interface TableColumn {
  readonly name: string;
  /** The type in the table, as ClickHouse writes it. */
  readonly type: string;
  /** The type in blocks: the engine converts where they differ. */
  readonly blockType: string;
  readonly store: ColumnStore;
  /** Compression, empty for the engine's own choice. */
  readonly codec: string;
  /** What rows have that were written before the column was: an SQL literal, or undefined where every row has a value. */
  readonly fallback: string | undefined;
  readonly comment: string;
}

/** Where each record stands in its topic. */
export const PLACE_COLUMNS = ['_partition', '_offset', '_index'] as const;

type Storage = Pick<TableColumn, 'type' | 'blockType' | 'store' | 'codec'>;

const COUNTED = 'Delta, ZSTD(1)';
const same = (type: string, store: ColumnStore, codec = ''): Storage => ({
  type,
  blockType: type,
  store,
  codec,
});

export function tableColumns(topic: Topic, manyValued: readonly string[] = []): readonly TableColumn[] {
  const columns = schemaFields(topic.codec).map((field) => {
    const storage = field.isNullable
      ? nullableOf(field.type)
      : storageOf(field.type, manyValued.includes(field.name));
    if (!storage)
      throw new Error(
        `field "${field.name}" of topic "${topic.name}" has a type that no column can hold: ${JSON.stringify(field.type)}. Use a type of table-columns.ts, or teach it this one.`,
      );
    return { name: field.name, ...storage, fallback: fallbackOf(field), comment: commentOf(field, topic) };
  });
  return canRemove(topic) ? [...columns, removedColumn] : columns;
}

/** Keys of a state topic in rows can be removed. */
export const canRemove = ({ kind, codec }: Topic): boolean => kind === 'state' && codec.layout === 'rows';

export const REMOVED = '_removed';

const removedColumn: TableColumn = {
  name: REMOVED,
  ...same('Bool', 'boolean', 'ZSTD(1)'),
  fallback: 'false',
  comment: 'Whether the key was removed: then all columns but the key and the time say nothing.',
};

function storageOf(
  { type: name, logicalType, scale, symbols }: FieldType,
  manyValued: boolean,
): Storage | undefined {
  if (name === 'int') return same('Int32', 'int32');
  if (name === 'double') return same('Float64', 'float64');
  if (name === 'boolean') return same('Bool', 'boolean');
  if (name === 'bytes' && logicalType === 'decimal')
    return same(`Decimal(38, ${scale ?? 0})`, 'decimal', 'ZSTD(1)');
  if (name === 'bytes') return same('String', 'bytes', 'ZSTD(1)');
  if (name === 'long' && logicalType === 'timestamp-micros')
    return same("DateTime64(6, 'UTC')", 'long', COUNTED);
  // Wider than the field, so that a quantity times a price is exact and does not overflow: the engine keeps the width.
  if (name === 'long' && scale !== undefined)
    return { ...same(`Decimal(38, ${scale})`, 'bigLong', 'ZSTD(1)'), blockType: `Decimal(18, ${scale})` };
  if (name === 'long') return same('Int64', 'long', 'ZSTD(1)');
  if (name === 'enum' && symbols) return { ...same(enumType(symbols), 'enum8'), blockType: 'Int8' };
  if (name === 'string')
    return manyValued
      ? same('String', 'text', 'ZSTD(1)')
      : { ...same('LowCardinality(String)', 'text'), blockType: 'String' };
  return undefined;
}

const NULLABLE: { readonly [Store in ColumnStore]?: ColumnStore } = {
  text: 'nullableText',
  int32: 'nullableInt32',
  float64: 'nullableFloat64',
  long: 'nullableLong',
  bigLong: 'nullableBigLong',
};

/** Of null and one other type. */
function nullableOf(type: FieldType): Storage | undefined {
  const inner = storageOf(type, true);
  const store = inner && NULLABLE[inner.store];
  if (!inner || !store) return undefined;
  const nullable = (name: string): string => `Nullable(${name})`;
  return { ...inner, store, type: nullable(inner.type), blockType: nullable(inner.blockType) };
}

const enumType = (symbols: readonly string[]): string =>
  `Enum8(${symbols.map((symbol, index) => `${sqlText(symbol)} = ${index}`).join(', ')})`;

/** A field that came later has a default in its schema: rows from before have that. */
function fallbackOf({ type, default: value, absent, nan }: SchemaField): string | undefined {
  if (value === undefined) return undefined;
  if (absent === 'NaN' || (nan !== undefined && absent !== undefined)) return 'nan';
  if (value === null) return 'NULL';
  // Its default is text whose characters stand for bytes: zero.
  if (type.logicalType === 'decimal' && absent === undefined) return '0';
  if (typeof value === 'string') return sqlText(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && absent !== undefined)
    return typeof absent === 'number' ? String(absent) : sqlText(absent);
  throw new Error(
    `no column default is known for the Avro default ${JSON.stringify(value)} of ${JSON.stringify(type)}.`,
  );
}

function commentOf(field: SchemaField, topic: Topic): string {
  const doc = (field.doc ?? '').replace(/ Empty: all are [^.]*\./, '');
  const unit = field.unit === undefined ? '' : ` Unit: ${field.unit.replace(/, scale \d+$/, '')}.`;
  const nan = field.nan === undefined ? '' : ` NaN: ${field.nan}.`;
  const domain = topic.numbers[field.name];
  const name = domain === undefined ? '' : ` Its name: table \`names\`, domain ${domain}.`;
  return `${doc}${unit}${nan}${name}`;
}
