/**
 * Cleans a table's oldest entries: their live records are written again behind the newest, the entries dropped. What
 * a commit wrote sets how much is cleaned with it, so that garbage stays below half of what is live and no commit waits
 * for more than its own share.
 */
import { tableKey } from './keys';
import type { TableRecord } from './records';
import { missingEntry } from './table-checks';
import {
  layoutOf,
  layTableEntry,
  openTableEntry,
  sealTableEntry,
  type TableEntry,
  tableEntryBytes,
} from './table-entry';
import type { TableIndex } from './table-index';
import type { Transaction } from './transaction';

/** Tables below this are not worth cleaning. */
const STORED_BYTES_MIN = 64 * 1024;
const SLICE_BYTES_MIN = 32 * 1024;
const SLICE_BYTES_MAX = 1024 * 1024;
/** At a third of garbage, cleaning three bytes frees one. */
const CLEANED_PER_WRITTEN = 4;

const needsCleaning = ({ storedBytes, liveBytes }: TableIndex): boolean =>
  storedBytes > STORED_BYTES_MIN && storedBytes > liveBytes * 1.5;

export interface CompactedTable {
  readonly task: number;
  readonly table: number;
  readonly record: TableRecord;
  readonly index: TableIndex;
}

/** Cleans about four bytes for each one written, if the table needs it; answers its record as it then is. */
export function compactTable(
  tx: Transaction,
  { task, table, record, index }: CompactedTable,
  writtenBytes: number,
): TableRecord {
  if (!needsCleaning(index)) return record;
  const budget = Math.min(SLICE_BYTES_MAX, SLICE_BYTES_MIN + CLEANED_PER_WRITTEN * writtenBytes);
  const bySchema = new Map<number, Row[]>();
  let { first } = record;
  let cleaned = 0;
  while (cleaned < budget && first < record.next) {
    const key = tableKey(task, table, first);
    const value = tx.get(key);
    if (!value) throw missingEntry(record.name, first);
    const entry = openTableEntry(key, value);
    const rows = bySchema.get(entry.schema) ?? [];
    bySchema.set(entry.schema, rows);
    liveRows(entry, first, index, rows);
    tx.remove(key);
    cleaned += value.length;
    first += 1;
  }
  forget(tx, index, cleaned);
  let { next } = record;
  for (const [schema, rows] of bySchema) {
    if (rows.length === 0) continue;
    append(tx, { task, table, index, sequence: next, schema, rows });
    next += 1;
  }
  return { ...record, first, next };
}

interface Row {
  readonly slot: number;
  readonly bytes: Buffer;
}

function liveRows(
  { slots, ends, records }: TableEntry,
  sequence: number,
  index: TableIndex,
  into: Row[],
): void {
  for (let row = 0, start = 0; row < slots.length; row += 1) {
    const slot = slots[row]!;
    const end = ends[row]!;
    if (index.holder(slot) === sequence) into.push({ slot, bytes: records.subarray(start, end) });
    start = end;
  }
}

function forget(tx: Transaction, index: TableIndex, bytes: number): void {
  index.storedBytes -= bytes;
  tx.onUndo(() => {
    index.storedBytes += bytes;
  });
}

function append(
  tx: Transaction,
  {
    task,
    table,
    index,
    sequence,
    schema,
    rows,
  }: Omit<CompactedTable, 'record'> & {
    readonly sequence: number;
    readonly schema: number;
    readonly rows: readonly Row[];
  },
): void {
  const bytes = Buffer.concat(rows.map((row) => row.bytes));
  const slots = Uint32Array.from(rows, ({ slot }) => slot);
  const ends = new Uint32Array(rows.length);
  let end = 0;
  for (let row = 0; row < rows.length; row += 1) {
    end += rows[row]!.bytes.length;
    ends[row] = end;
  }
  const entry = Buffer.allocUnsafe(tableEntryBytes(rows.length, bytes.length));
  const key = tableKey(task, table, sequence);
  const header = { rows: rows.length, schema, epoch: 0 };
  layTableEntry(entry, { slots, ends, bytes });
  sealTableEntry(key, entry, header);
  tx.put(key, entry);
  tx.onUndo(index.apply(layoutOf(entry, header), sequence, entry.length));
}
