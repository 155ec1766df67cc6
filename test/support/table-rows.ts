/**
 * What a table must hold and what it does, as text that can be compared cell by cell: doubles by their bits, decimals by
 * their digits, times by their microseconds. The expected side starts from the records a test wrote and shares nothing
 * with the way they took into the table.
 */
import type { Database } from '../../runtime/ports/database';
import type { ClickhouseSink } from '../../sinks/clickhouse/clickhouse';
import { type TableColumn, tableColumns } from '../../sinks/clickhouse/table-columns';

/** A record that was committed, and where. */
export interface PlacedRecord {
  readonly partition: number;
  readonly offset: number;
  readonly index: number;
  readonly record: Readonly<Record<string, unknown>>;
}

export function expectedRows(sink: ClickhouseSink, placed: readonly PlacedRecord[]): readonly string[] {
  const columns = tableColumns(sink.from);
  return [...placed]
    .sort((a, b) => a.partition - b.partition || a.offset - b.offset || a.index - b.index)
    .map(({ partition, offset, index, record }) =>
      [...columns.map((column) => expectedCell(column, record[column.name])), partition, offset, index].join(
        '|',
      ),
    );
}

export async function tableRows(database: Database, sink: ClickhouseSink): Promise<readonly string[]> {
  const cells = [...tableColumns(sink.from).map(cellExpression), '_partition', '_offset', '_index'];
  const text = cells.map((cell) => `toString(${cell})`).join(`, '|', `);
  const rows = await database.rows<{ readonly row: string }>(
    `SELECT concat(${text}) AS row FROM breakwater.${sink.table} ORDER BY _partition, _offset, _index`,
  );
  return rows.map(({ row }) => row);
}

const bits = new DataView(new ArrayBuffer(8));

function bitsOf(value: number): string {
  bits.setFloat64(0, value);
  return String(bits.getBigUint64(0));
}

function expectedCell({ store, type }: TableColumn, value: unknown): string {
  if (store === 'float64') return bitsOf(value as number);
  if (store === 'bigLong' || store === 'decimal')
    return decimalText(value as bigint, Number(/, (\d+)\)/.exec(type)![1]));
  if (store.startsWith('nullable')) {
    if (value === undefined) return 'NULL';
    if (store === 'nullableFloat64') return `=${bitsOf(value as number)}`;
    return store === 'nullableBigLong' ? `=${decimalText(value as bigint, 9)}` : `=${value}`;
  }
  if (store === 'bytes')
    return Buffer.from(value as Uint8Array)
      .toString('hex')
      .toUpperCase();
  if (store === 'boolean') return String(value ?? false);
  return String(value);
}

function cellExpression({ name, store, type }: TableColumn): string {
  if (store === 'float64') return `reinterpretAsUInt64(${name})`;
  if (store === 'long' && type.startsWith('DateTime64')) return `toUnixTimestamp64Micro(${name})`;
  if (store === 'enum8') return `CAST(${name}, 'Int8')`;
  if (store === 'nullableFloat64') return valueOrNull(name, 'reinterpretAsUInt64');
  if (store === 'nullableLong' && type.includes('DateTime64')) return valueOrNull(name, micros);
  if (store.startsWith('nullable')) return valueOrNull(name, 'toString');
  if (store === 'bytes') return `hex(${name})`;
  return name;
}

const micros = 'toUnixTimestamp64Micro';
const valueOrNull = (name: string, of: string): string =>
  `if(${name} IS NULL, 'NULL', concat('=', toString(${of}(assumeNotNull(${name})))))`;

/** As ClickHouse writes a decimal: without zeros at its end. */
function decimalText(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, -scale);
  const part = digits.slice(-scale).replace(/0+$/, '');
  return `${unscaled < 0n ? '-' : ''}${whole}${part === '' ? '' : `.${part}`}`;
}
