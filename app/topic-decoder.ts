/** Messages of a topic as records that can be shown: decoded, with names for numbers and symbols for enums. */
import type { NameBook, SchemaRegistry } from '../runtime/ports/backend';
import type { AnyCodec, ColumnsCodec, SchemaVersions } from '../runtime/stream/codec';
import type { Columns } from '../runtime/stream/step';
import type { Topic } from '../runtime/stream/topic';
import { ByteReader, MalformedError } from '../runtime/wire/bytes';
import { type Chunk, MessageCursor, WIRE_PREFIX_BYTES } from '../runtime/wire/messages';
import { formatField } from '../sources/field-text';
import { recordFields } from '../sources/record-fields';

export interface DecodedRecord {
  readonly offset: number;
  /** Which record of the message: always 0 but in frames. */
  readonly index: number;
  readonly key: string;
  readonly headers: readonly (readonly [string, string])[];
  /** Undefined for a tombstone, and for what cannot be read. */
  readonly row: Readonly<Record<string, unknown>> | undefined;
  /** Why it cannot be read. */
  readonly problem: string | undefined;
}

export interface DecoderOptions {
  readonly topic: Topic;
  readonly registry: SchemaRegistry;
  readonly versions?: SchemaVersions | undefined;
}

export class TopicDecoder {
  private readonly cursor = new MessageCursor();
  private readonly reader = new ByteReader();
  private columns: Columns | undefined;

  constructor(private readonly options: DecoderOptions) {}

  decode(chunk: Chunk): DecodedRecord[] {
    const { cursor } = this;
    const records: DecodedRecord[] = [];
    cursor.over(chunk);
    while (cursor.next()) {
      const { offset } = cursor;
      const place = { offset, key: cursor.key(), headers: cursor.headers() };
      if (cursor.isTombstone()) records.push({ ...place, index: 0, row: undefined, problem: undefined });
      else records.push(...this.message().map((one, index) => ({ ...place, index, ...one })));
    }
    return records;
  }

  /**
   * The last record of each key, undefined where it is gone, by the key's text. A topic in columns has the same keys in frame
   * after frame: a row is made only for the last of each. What cannot be read is left out.
   */
  latest(chunk: Chunk): ReadonlyMap<string, Row | undefined> {
    const { topic } = this.options;
    const latest = new Map<string, Row | undefined>();
    if (topic.codec.layout === 'rows') {
      for (const { key, row, problem } of this.decode(chunk)) if (problem === undefined) latest.set(key, row);
      return latest;
    }
    const { codec } = topic;
    const columns = this.columnsOf(chunk, codec);
    const keyOf = columnKeys(topic, columns);
    for (let index = columns.length - 1; index >= 0; index -= 1) {
      const key = keyOf(index);
      if (!latest.has(key)) latest.set(key, codec.rowOf(columns, index));
    }
    return latest;
  }

  /** All frames of a chunk, one behind the other, in columns that are used again. */
  private columnsOf(chunk: Chunk, codec: ColumnsCodec<Columns>): Columns {
    const { cursor, reader } = this;
    this.columns ??= codec.allocate(0);
    codec.clear(this.columns);
    cursor.over(chunk);
    while (cursor.next()) {
      const written = cursor.isTombstone() ? undefined : this.codecOf(cursor.schemaId());
      if (written?.layout !== 'columns') continue;
      reader.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd);
      try {
        written.append(this.columns, reader);
      } catch (error) {
        if (!(error instanceof MalformedError)) throw error;
      }
    }
    return this.columns;
  }

  private message(): readonly Pick<DecodedRecord, 'row' | 'problem'>[] {
    const { cursor, reader } = this;
    const codec = this.codecOf(cursor.schemaId());
    if (!codec) return [{ row: undefined, problem: `schema id ${cursor.schemaId()} cannot be read` }];
    reader.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd);
    try {
      return rowsOf(codec, reader).map((row) => ({ row, problem: undefined }));
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      return [{ row: undefined, problem: `is malformed: ${error.message}` }];
    }
  }

  private codecOf(schemaId: number): AnyCodec | undefined {
    const { topic, registry, versions } = this.options;
    const writer = schemaId < 0 ? undefined : registry.schema(schemaId);
    if (writer === undefined) return undefined;
    return writer === topic.codec.schema ? topic.codec : versions?.resolve(topic.codec, writer);
  }
}

export type Row = Readonly<Record<string, unknown>>;

/** As `keyReader` does it, from columns. */
function columnKeys({ key }: Topic, columns: Columns): (index: number) => string {
  const fields = key.map((name) => (columns as unknown as Record<string, ArrayLike<unknown>>)[name]!);
  const [first] = fields;
  return fields.length === 1
    ? (index) => String(first![index])
    : (index) => fields.map((field) => String(field[index])).join('/');
}

function rowsOf(codec: AnyCodec, from: ByteReader): Record<string, unknown>[] {
  if (codec.layout === 'rows') return [codec.decode(from)];
  const columns = codec.allocate(0);
  codec.append(columns, from);
  return Array.from({ length: columns.length }, (_, index) => codec.rowOf(columns, index));
}

export type ShownRow = Readonly<Record<string, string | number | boolean | null>>;

/** A row as people and programs are shown it: see `formatField`. */
export function shownRow(
  topic: Topic,
  row: Readonly<Record<string, unknown>>,
  names: Pick<NameBook, 'nameOf'>,
): ShownRow {
  const nameOf = (domain: string, number: number): string | undefined => names.nameOf(domain, number);
  return Object.fromEntries(
    recordFields(topic).map(({ name, type }) => [name, formatField(type, row[name], nameOf)]),
  );
}
