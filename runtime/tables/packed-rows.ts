/**
 * Saved rows as the bytes that they were saved as, until they are set anew. A task of a million positions starts without
 * making a million objects; each row is decoded when it is wanted.
 *
 * State: the entries that hold a row not yet set anew, and where each lies; nothing once all have been.
 */

import type { RowsCodec } from '../stream/codec';
import { grown } from '../stream/marker';
import { type SchemaField, schemaFields } from '../stream/schema-fields';
import { ByteReader } from '../wire/bytes';
import { forEachRecord, type RowsReading } from './saved-rows';
import type { SavedTable } from './table';

interface Source<Row> {
  readonly bytes: Buffer;
  readonly codec: RowsCodec<Row>;
  /** Whether its records begin with the numbers that today's begin with. */
  readonly beginsAlike: boolean;
}

export class PackedRows<Row> {
  private sources: Source<Row>[] = [];
  /** By slot: one more than the number of its source, 0 where there is none. */
  private sourceOf = new Int32Array(1024);
  private starts = new Uint32Array(1024);
  private ends = new Uint32Array(1024);
  private count = 0;
  private readonly reader = new ByteReader();

  /** Throws a TableSchemaError for a record that this version of the program cannot read; `visit` gets each slot. */
  constructor(reading: RowsReading<Row>, saved: SavedTable | undefined, visit: (slot: number) => void) {
    forEachRecord(reading, saved, (slot, record, codec) => {
      const last = this.sources[this.sources.length - 1];
      if (last?.bytes !== record.bytes || last.codec !== codec) {
        const isLast = last?.codec === codec;
        const beginsAlike = isLast ? last.beginsAlike : beginAlike(codec, reading.codec);
        this.sources.push({ bytes: record.bytes, codec, beginsAlike });
      }
      this.keep(slot, record.at, record.end);
      visit(slot);
    });
  }

  has(slot: number): boolean {
    return this.count > 0 && (this.sourceOf[slot] ?? 0) > 0;
  }

  /** Decodes a row that is here. */
  read(slot: number): Row {
    const { codec, bytes } = this.sources[this.sourceOf[slot]! - 1]!;
    return codec.decode(this.reader.over(bytes, this.starts[slot], this.ends[slot]));
  }

  /** Reads what the record of a row that is here begins with; the row stays. */
  peek<Lead>(slot: number, readLead: (from: ByteReader) => Lead): Lead {
    const { codec, bytes, beginsAlike } = this.sources[this.sourceOf[slot]! - 1]!;
    const from = this.reader.over(bytes, this.starts[slot], this.ends[slot]);
    // Written with another schema, fields may lie in another order: then the whole is read, which costs six times as much.
    return beginsAlike ? readLead(from) : (codec.decode(from) as unknown as Lead);
  }

  /** Forgets a row, if it is here: it was set anew or deleted. */
  forget(slot: number): void {
    if (!this.has(slot)) return;
    this.sourceOf[slot] = 0;
    this.count -= 1;
    if (this.count > 0) return;
    this.sources = [];
    this.sourceOf = new Int32Array(0);
    this.starts = new Uint32Array(0);
    this.ends = new Uint32Array(0);
  }

  private keep(slot: number, start: number, end: number): void {
    if (slot >= this.sourceOf.length) {
      this.sourceOf = grown(this.sourceOf, slot, 0);
      this.starts = grown(this.starts, slot, 0);
      this.ends = grown(this.ends, slot, 0);
    }
    this.sourceOf[slot] = this.sources.length;
    this.starts[slot] = start;
    this.ends[slot] = end;
    this.count += 1;
  }
}

/** Whether what was written begins with the whole numbers, under their names, that what is read today begins with. */
function beginAlike(written: RowsCodec<unknown>, today: RowsCodec<unknown>): boolean {
  if (written === today) return true;
  const before = schemaFields(written);
  const fields = schemaFields(today);
  const end = fields.findIndex((field) => !isWhole(field));
  return fields
    .slice(0, end < 0 ? fields.length : end)
    .every(({ name }, index) => before[index]?.name === name && isWhole(before[index]!));
}

const isWhole = ({ type, isNullable }: SchemaField): boolean => type.type === 'int' && !isNullable;
