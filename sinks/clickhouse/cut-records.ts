/**
 * The records of a cut, decoded, each with its place in the topic. Filled message by message, so that a cut ends where
 * it must and not where a chunk of the log happens to end.
 */
import type { SchemaRegistry } from '../../runtime/ports/backend';
import type { AnyCodec, ColumnsCodec, RowsCodec, SchemaVersions } from '../../runtime/stream/codec';
import type { Columns } from '../../runtime/stream/step';
import type { Topic } from '../../runtime/stream/topic';
import { ByteReader, MalformedError } from '../../runtime/wire/bytes';
import { type MessageCursor, WIRE_PREFIX_BYTES } from '../../runtime/wire/messages';
import { removedRows } from './removed-row';
import { canRemove } from './table-columns';

/** What is needed to read values of any schema that the topic was ever written with. */
export interface Decoding {
  readonly registry: SchemaRegistry;
  readonly versions: SchemaVersions | undefined;
}

/** A message that became no row, and why: its task has put it to dead letters, and the table does not hold it. */
export interface Unreadable {
  readonly offset: number;
  readonly reason: string;
}

/** Records for which room stays allotted. */
const KEPT_MAX = 65_536;

export class CutRecords {
  rows: unknown[] = [];
  columns: Columns | undefined;
  /** Of each record, the offset of its message and its place in it. */
  offsets = new Float64Array(1024);
  indexes = new Uint32Array(1024);
  length = 0;
  readonly unreadable: Unreadable[] = [];
  private readonly reader = new ByteReader();
  private readonly removed: ReturnType<typeof removedRows> | undefined;
  private readonly codecs = new Map<number, AnyCodec | undefined>();

  constructor(
    readonly topic: Topic,
    private readonly decoding: Decoding,
  ) {
    const { codec } = topic;
    this.columns = codec.layout === 'columns' ? (codec.allocate(1024) as Columns) : undefined;
    this.removed = canRemove(topic) ? removedRows(topic) : undefined;
  }

  clear(): void {
    this.rows = [];
    if (this.columns) (this.topic.codec as ColumnsCodec<Columns>).clear(this.columns);
    if (this.offsets.length > KEPT_MAX) this.giveBack();
    this.length = 0;
    this.unreadable.length = 0;
  }

  /** The room of a large cut is not kept for the small ones that follow. */
  private giveBack(): void {
    const { codec } = this.topic;
    this.columns = codec.layout === 'columns' ? (codec.allocate(KEPT_MAX) as Columns) : undefined;
    this.offsets = new Float64Array(KEPT_MAX);
    this.indexes = new Uint32Array(KEPT_MAX);
  }

  /** Adds the records of the message that the cursor stands at. The codecs of its schema must have been learnt. */
  add(message: MessageCursor): void {
    if (message.isTombstone()) return this.remove(message);
    const codec = this.codecs.get(message.schemaId());
    if (!codec) return this.refuse(message.offset, `schema ${message.schemaId()} is not one of this topic`);
    const from = this.reader.over(message.bytes, message.valueStart + WIRE_PREFIX_BYTES, message.valueEnd);
    const before = this.length;
    try {
      this.decode(codec, from);
      if (from.at !== from.end) throw new MalformedError(`${from.end - from.at} bytes are left over`);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      this.dropFrom(before);
      return this.refuse(message.offset, error.message);
    }
    this.placeFrom(before, message.offset);
  }

  /** A removal is a row of its own, where keys can be removed. */
  private remove(message: MessageCursor): void {
    const row = this.removed?.(message);
    if (!row)
      return this.refuse(message.offset, 'it has no value, and its key is none that could be removed');
    this.rows.push(row);
    this.length += 1;
    this.placeFrom(this.length - 1, message.offset);
  }

  /** Fetches what is needed to decode a schema id, once. */
  async learn(id: number): Promise<void> {
    if (this.codecs.has(id)) return;
    const { registry, versions } = this.decoding;
    const { codec } = this.topic;
    const schema = id < 0 ? undefined : (registry.schema(id) ?? (await registry.load(id)));
    if (schema === undefined) this.codecs.set(id, undefined);
    else this.codecs.set(id, schema === codec.schema ? codec : versions?.resolve(codec, schema));
  }

  knows(id: number): boolean {
    return this.codecs.has(id);
  }

  private decode(codec: AnyCodec, from: ByteReader): void {
    if (codec.layout === 'rows') {
      this.rows.push((codec as RowsCodec<unknown>).decode(from));
      this.length += 1;
    } else {
      (codec as ColumnsCodec<Columns>).append(this.columns!, from);
      this.length = this.columns!.length;
    }
  }

  private dropFrom(length: number): void {
    this.rows.length = Math.min(this.rows.length, length);
    if (this.columns) (this.columns as { length: number }).length = length;
    this.length = length;
  }

  private placeFrom(start: number, offset: number): void {
    if (this.length > this.offsets.length) {
      const room = Math.max(this.length, this.offsets.length * 2);
      this.offsets = widened(this.offsets, new Float64Array(room));
      this.indexes = widened(this.indexes, new Uint32Array(room));
    }
    this.offsets.fill(offset, start, this.length);
    for (let index = start; index < this.length; index += 1) this.indexes[index] = index - start;
  }

  private refuse(offset: number, reason: string): void {
    this.unreadable.push({ offset, reason });
  }
}

function widened<T extends Float64Array | Uint32Array>(values: T, room: T): T {
  room.set(values);
  return room;
}
