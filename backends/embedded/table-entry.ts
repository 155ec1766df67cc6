/**
 * What one epoch changed in one table, or what compaction gathered: one value of the store.
 *
 *   0 u32 CRC of key and all that follows │ 4 u8 format │ 8 u32 rows │ 12 u32 schema (number of a text)
 *   16 f64 epoch │ 24 slots u32[rows] │ ends u32[rows] │ records
 *
 * The last entry that names a slot has its record; an empty record is a deletion.
 */
import { CorruptionError } from '../../runtime/ports/backend';
import type { TableChanges } from '../../runtime/tables/table';
import { crc32 } from '../../runtime/wire/crc32';
import { longOfKey, numberOfKey } from './keys';

export const TABLE_HEADER_BYTES = 24;
const FORMAT = 1;

export interface TableEntry {
  readonly rows: number;
  readonly schema: number;
  readonly epoch: number;
  readonly slots: Uint32Array;
  readonly ends: Uint32Array;
  readonly records: Buffer;
}

export const tableEntryBytes = (rows: number, recordBytes: number): number =>
  TABLE_HEADER_BYTES + 8 * rows + recordBytes;

/** Writes all but the header: slots, ends and records. */
export function layTableEntry(
  into: Buffer,
  { slots, ends, bytes }: Pick<TableChanges, 'slots' | 'ends' | 'bytes'>,
): void {
  const rows = slots.length;
  into.set(bytesOf(slots), TABLE_HEADER_BYTES);
  into.set(bytesOf(ends), TABLE_HEADER_BYTES + 4 * rows);
  into.set(bytes, TABLE_HEADER_BYTES + 8 * rows);
}

/** Fills in the header. */
export function sealTableEntry(
  key: Buffer,
  entry: Buffer,
  header: { readonly rows: number; readonly schema: number; readonly epoch: number },
): void {
  entry.fill(0, 0, TABLE_HEADER_BYTES);
  entry[4] = FORMAT;
  entry.writeUInt32LE(header.rows, 8);
  entry.writeUInt32LE(header.schema, 12);
  entry.writeDoubleLE(header.epoch, 16);
  entry.writeUInt32LE(crc32(entry.subarray(4), crc32(key)), 0);
}

/** Reads and verifies an entry; its records stay in place. Throws CorruptionError. */
export function openTableEntry(key: Buffer, entry: Buffer): TableEntry {
  const good =
    entry.length >= TABLE_HEADER_BYTES &&
    entry.readUInt32LE(0) === crc32(entry.subarray(4), crc32(key)) &&
    entry[4] === FORMAT;
  if (!good)
    throw new CorruptionError(
      `task number ${numberOfKey(key, 0)}, table number ${numberOfKey(key, 1)}, entry ${longOfKey(key)} does not fit its checksum. Restore the folder from a copy; "breakwater check" lists what is damaged.`,
    );
  return layoutOf(entry, {
    rows: entry.readUInt32LE(8),
    schema: entry.readUInt32LE(12),
    epoch: entry.readDoubleLE(16),
  });
}

/** The parts of an entry that is known to be good. */
export function layoutOf(
  entry: Buffer,
  { rows, schema, epoch }: Pick<TableEntry, 'rows' | 'schema' | 'epoch'>,
): TableEntry {
  return {
    rows,
    schema,
    epoch,
    slots: words(entry, TABLE_HEADER_BYTES, rows),
    ends: words(entry, TABLE_HEADER_BYTES + 4 * rows, rows),
    records: entry.subarray(TABLE_HEADER_BYTES + 8 * rows),
  };
}

const bytesOf = (array: Uint32Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

// Copied, since a value may lie at any address and typed arrays want theirs aligned.
function words(entry: Buffer, at: number, count: number): Uint32Array {
  const copy = new Uint32Array(count);
  bytesOf(copy).set(entry.subarray(at, at + 4 * count));
  return copy;
}

/** A hash of one record in its slot; a table's hash is the sum of them modulo 2^48. Murmur3's mixing, 32 bits. */
export function rowHash(slot: number, view: DataView, start: number, end: number): number {
  let hash = Math.imul(slot ^ 0x9e3779b9, 0x85ebca6b);
  let at = start;
  for (; at + 4 <= end; at += 4) {
    let word = Math.imul(view.getInt32(at, true), 0xcc9e2d51);
    word = (word << 15) | (word >>> 17);
    hash ^= Math.imul(word, 0x1b873593);
    hash = (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0;
  }
  let rest = end - start;
  for (; at < end; at += 1) rest = Math.imul(rest ^ view.getUint8(at), 0x01000193);
  hash ^= rest;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export const HASH_MODULUS = 2 ** 48;
