/**
 * The way out: what a step wrote to a topic becomes messages, by partition, in wire format.
 *
 * Rows are one message each; columns are cut into frames of records of one partition. Encoded at the end of the step,
 * because operators reuse their columns.
 */

import type { Output } from '../ports/epoch';
import { type Changes, countOf } from '../stream/changes';
import type { ColumnsCodec, RowsCodec } from '../stream/codec';
import { keyReader } from '../stream/key-text';
import type { Columns, Step } from '../stream/step';
import type { Topic } from '../stream/topic';
import { EncodedRows } from '../tables/encoded-rows';
import { MessageWriter, REMOVED_AT } from '../wire/messages';
import { partitionOf } from '../wire/partition';

export type Headers = readonly (readonly [string, string])[];

/** What business events carry besides their record: CloudEvents attributes, correlation and causation, trace context. */
export type Envelope = (event: {
  readonly topic: Topic;
  readonly row: unknown;
  readonly step: Step;
  /** Where the first input of the step came from, `topic/partition/offset`, or the timer that made it. */
  readonly cause: string;
  /** Which task of the job writes: tasks that read one broadcast message make events of the same cause. */
  readonly task: number | undefined;
  /** Counts the events that the step wrote to the topic. */
  readonly ordinal: number;
}) => Headers;

const NO_HEADERS: Headers = [];
/** Frames hold at most so many records: 100 KB or so, which every client takes in one message. */
const FRAME_RECORDS = 4096;

type Row = Readonly<Record<string, unknown>>;

export interface OutletOptions {
  readonly topic: Topic;
  readonly partitions: number;
  readonly schemaId: number;
  readonly envelope: Envelope | undefined;
  /** Partition of the task that writes; left out by who is no task. */
  readonly task?: number;
}

export class Outlet {
  private readonly writers: (MessageWriter | undefined)[] = [];
  private readonly keyOf: (row: Row) => string;
  private readonly routed: (Columns | undefined)[] = [];
  /** Rows of a state topic as they were encoded, until they are taken. */
  readonly encoded = new EncodedRows();
  /** Records written so far. */
  records = 0;

  constructor(private readonly options: OutletOptions) {
    this.keyOf = keyReader(options.topic.key);
  }

  write(data: unknown, step: Step, cause: string): void {
    const { name, codec, kind } = this.options.topic;
    checkShape(data, { name, kind, layout: codec.layout });
    this.records += countOf(data);
    if (codec.layout === 'columns') this.writeColumns(data as Columns);
    else if (kind === 'event') this.writeRows(data as readonly Row[], step, cause);
    else {
      const { set, removed } = data as Changes<Row>;
      this.writeRows(set, step, cause);
      for (const key of removed) this.writeTombstone(key, step);
    }
  }

  /** Records that were said before. */
  writeSlice(data: unknown): void {
    this.writeColumns(data as Columns);
  }

  get bytes(): number {
    let bytes = 0;
    for (const writer of this.writers) bytes += writer?.to.at ?? 0;
    return bytes;
  }

  /** What was written since last asked, in the order in which it was written: of each key the last record holds. */
  take(): Output[] {
    const { name } = this.options.topic;
    const outputs: Output[] = [];
    this.writers.forEach((writer, partition) => {
      if (writer && writer.count > 0) outputs.push({ topic: name, partition, messages: writer.take() });
    });
    this.encoded.clear();
    return outputs;
  }

  /** Forgets what was written since last asked: a record among it could not be encoded, and lies there half. */
  discard(): void {
    for (const writer of this.writers) writer?.discard();
    this.encoded.clear();
  }

  private writeRows(rows: readonly Row[], step: Step, cause: string): void {
    const { topic, schemaId, envelope, task } = this.options;
    const codec = topic.codec as RowsCodec<unknown>;
    const isState = topic.kind === 'state';
    for (let index = 0; index < rows.length; index += 1) {
      const row = rows[index]!;
      const writer = this.writerFor(row);
      const headers =
        envelope && topic.cloudEventType !== undefined
          ? envelope({ topic, row, step, cause, task, ordinal: index })
          : NO_HEADERS;
      writer.begin(this.keyOf(row), headers, schemaId);
      const start = writer.to.at;
      codec.encode(row, writer.to);
      if (isState) this.encoded.add(row, writer.to, start);
      writer.end();
    }
  }

  /** Of a key that is gone: its message has no value. */
  private writeTombstone(key: Row, { now }: Step): void {
    const writer = this.writerFor(key);
    writer.begin(this.keyOf(key), [[REMOVED_AT, String(now)]], this.options.schemaId);
    writer.endTombstone();
  }

  private writerFor(row: Row): MessageWriter {
    const { topic, partitions } = this.options;
    const routing = topic.partitionedBy;
    return this.writerAt(routing === undefined ? 0 : partitionOf(String(row[routing]), partitions));
  }

  private writeColumns(columns: Columns): void {
    const { topic, partitions } = this.options;
    if (partitions === 1 || topic.partitionedBy === undefined) {
      this.writeFrames(columns, this.writerAt(0));
      return;
    }
    const codec = topic.codec as ColumnsCodec<Columns>;
    const routing = (columns as unknown as Record<string, ArrayLike<number>>)[topic.partitionedBy]!;
    for (const part of this.routed) if (part) codec.clear(part);
    for (let index = 0; index < columns.length; index += 1) {
      const partition = partitionOf(String(routing[index]), partitions);
      const part = this.routed[partition] ?? codec.allocate(1024);
      this.routed[partition] = part;
      codec.copy(columns, index, part);
    }
    this.routed.forEach((part, partition) => {
      if (part) this.writeFrames(part, this.writerAt(partition));
    });
  }

  private writeFrames(columns: Columns, writer: MessageWriter): void {
    const codec = this.options.topic.codec as ColumnsCodec<Columns>;
    for (let start = 0; start < columns.length; start += FRAME_RECORDS) {
      writer.begin(undefined, NO_HEADERS, this.options.schemaId);
      codec.encode(columns, start, Math.min(start + FRAME_RECORDS, columns.length), writer.to);
      writer.end();
    }
  }

  private writerAt(partition: number): MessageWriter {
    let writer = this.writers[partition];
    if (!writer) {
      writer = new MessageWriter();
      this.writers[partition] = writer;
    }
    return writer;
  }
}

/** A batch of another shape than its topic's would be written as nothing, without a word. */
function checkShape(
  data: unknown,
  { name, kind, layout }: { readonly name: string; readonly kind: string; readonly layout: string },
): void {
  const shape = Array.isArray(data)
    ? 'rows'
    : (data as { readonly set?: unknown }).set
      ? 'changes'
      : 'columns';
  const wanted = layout === 'columns' ? 'columns' : kind === 'state' ? 'changes' : 'rows';
  if (shape !== wanted)
    throw new TypeError(
      `topic "${name}" takes ${wanted}, and was given ${shape}. Mend the operator that writes it.`,
    );
}
