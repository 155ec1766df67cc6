/**
 * The way in: messages of one topic partition become records of the step's batch.
 *
 * A message that cannot be decoded goes to dead letters by itself, and so does one that a person skipped. A record
 * with a number not yet known holds its partition: whatever comes behind it waits, until the number is known or the
 * declared time has passed, and then it goes to dead letters, too.
 */
import type { LogReader, NameBook, SchemaRegistry } from './backend';
import { ByteReader, MalformedError } from './bytes';
import type { AnyCodec, ColumnsCodec, RowsCodec, SchemaVersions } from './codec';
import type { DeadMessage } from './epoch';
import { KnownNumbers, type UnknownNumber } from './known-numbers';
import { type Chunk, MessageCursor, WIRE_PREFIX_BYTES } from './messages';
import type { Columns } from './step';
import type { Input, Topic } from './topic';

/** The batch that a step's messages of one topic are decoded into; reused from step to step. */
export class InputBatch {
  readonly rows: unknown[] = [];
  readonly columns: Columns | undefined;

  constructor(readonly topic: Topic) {
    this.columns = topic.codec.layout === 'columns' ? topic.codec.allocate(4096) : undefined;
  }

  get data(): unknown {
    return this.columns ?? this.rows;
  }

  get length(): number {
    return this.columns?.length ?? this.rows.length;
  }

  clear(): void {
    this.rows.length = 0;
    if (this.columns) (this.topic.codec as ColumnsCodec<Columns>).clear(this.columns);
  }
}

export interface IntakeOptions {
  readonly registry: SchemaRegistry;
  readonly names: NameBook;
  readonly versions: SchemaVersions | undefined;
  /** How long a record with an unknown number holds its partition, micros. */
  readonly holdMicros: number;
}

/** A message put aside, with what the dead letter keeps of it. */
export interface Refused extends DeadMessage {
  readonly key: Buffer;
  readonly value: Buffer;
}

export class Intake {
  /** The offset to be read next. */
  next: number;
  private chunk: Chunk | undefined;
  private pending = false;
  private held: Hold | undefined;
  private readonly cursor = new MessageCursor();
  private readonly reader = new ByteReader();
  private readonly codecs = new Map<number, AnyCodec>();
  private readonly known: KnownNumbers;

  constructor(
    readonly input: Input,
    private readonly from: LogReader,
    next: number,
    private readonly options: IntakeOptions,
  ) {
    this.next = next;
    this.known = new KnownNumbers(input.topic.numbers, options.names);
  }

  get partition(): number {
    return this.from.partition.partition;
  }

  /** When the record that holds this partition is given up; undefined if none does. */
  get heldUntil(): number | undefined {
    return this.held && this.held.since + this.options.holdMicros;
  }

  /** Whether `take` at `now` may bring something: never blocks. */
  ready(maxBytes: number, now: number): boolean {
    if (!this.pending) this.advance(maxBytes);
    if (!this.pending || !this.held) return this.pending;
    return now >= this.heldUntil! || this.known.learn(this.held.domain, this.held.number);
  }

  whenArrived(): Promise<void> {
    return this.from.whenArrived();
  }

  close(): void {
    this.from.close();
  }

  /**
   * Decodes messages into `batch` until about `maxBytes` or `maxMessages` are taken, or offset `limit` is reached.
   * `skipped` says which offsets are passed over and why; what was refused is added to `refused`.
   */
  take(
    batch: InputBatch,
    bounds: {
      readonly maxBytes: number;
      readonly maxMessages: number;
      readonly limit: number;
      readonly now: number;
    },
    skipped: (offset: number) => Pick<DeadMessage, 'reason' | 'detail' | 'by'> | undefined,
    refused: Refused[],
  ): void {
    let bytes = 0;
    for (let messages = 0; messages < bounds.maxMessages && bytes < bounds.maxBytes; messages += 1) {
      if (!this.ready(bounds.maxBytes, bounds.now) || this.cursor.offset >= bounds.limit) return;
      const skip = skipped(this.cursor.offset) ?? this.decode(batch, bounds.now);
      if (skip === HOLD) return;
      if (skip) refused.push(this.refusal(skip));
      this.held = undefined;
      bytes += this.cursor.valueEnd - this.cursor.messageStart;
      this.next = this.cursor.offset + 1;
      this.advance(bounds.maxBytes);
      // A chunk may end in a gap: reading goes on behind it.
      if (!this.pending && this.chunk) this.next = Math.max(this.next, this.chunk.nextOffset);
    }
  }

  private advance(maxBytes: number): void {
    this.pending = false;
    while (!this.pending) {
      if (this.chunk && this.cursor.next()) {
        this.pending = this.cursor.offset >= this.next;
        continue;
      }
      const chunk = this.from.poll(maxBytes);
      if (!chunk) return;
      this.chunk = chunk;
      this.cursor.over(chunk);
    }
  }

  private decode(batch: InputBatch, now: number): Verdict | undefined {
    const { cursor, reader } = this;
    if (cursor.isTombstone()) return undefined;
    const codec = this.codecOf(cursor.schemaId());
    if (!codec)
      return {
        reason: 'schema-unknown',
        detail: `schema id ${cursor.schemaId()} is unknown or cannot be read as ${this.input.topic.codec.record}`,
        by: 'runtime',
      };
    reader.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd);
    const before = batch.length;
    try {
      if (batch.columns) (codec as ColumnsCodec<Columns>).append(batch.columns, reader);
      else batch.rows.push((codec as RowsCodec<unknown>).decode(reader));
      if (reader.at !== reader.end) throw new MalformedError(`${reader.end - reader.at} bytes are left over`);
    } catch (error) {
      truncate(batch, before);
      if (!(error instanceof MalformedError)) throw error;
      return { reason: 'malformed', detail: error.message, by: 'runtime' };
    }
    const unknown = batch.columns
      ? this.known.inColumns(batch.columns, before)
      : this.known.inRow(batch.rows[before] as Record<string, unknown>);
    if (!unknown) return undefined;
    truncate(batch, before);
    return this.hold(unknown, now);
  }

  private hold(unknown: UnknownNumber, now: number): Verdict {
    this.held = { ...unknown, since: this.held?.since ?? now };
    if (now < this.heldUntil!) return HOLD;
    const seconds = this.options.holdMicros / 1e6;
    return {
      reason: 'unknown-number',
      detail: `${unknown.domain} ${unknown.number} was not allotted within ${seconds} s`,
      by: 'runtime',
    };
  }

  private codecOf(schemaId: number): AnyCodec | undefined {
    const found = this.codecs.get(schemaId);
    if (found) return found;
    const { codec } = this.input.topic;
    const writer = schemaId < 0 ? undefined : this.options.registry.schema(schemaId);
    if (writer === undefined) return undefined;
    const resolved = writer === codec.schema ? codec : this.options.versions?.resolve(codec, writer);
    if (resolved) this.codecs.set(schemaId, resolved);
    return resolved;
  }

  private refusal(verdict: Verdict): Refused {
    const { bytes, keyStart, headersStart, valueStart, valueEnd, offset } = this.cursor;
    return {
      topic: this.input.topic.name,
      partition: this.partition,
      offset,
      ...verdict,
      key: Buffer.from(bytes.subarray(keyStart, headersStart)),
      value: Buffer.from(bytes.subarray(valueStart, valueEnd)),
    };
  }
}

interface Hold extends UnknownNumber {
  readonly since: number;
}

type Verdict = Pick<DeadMessage, 'reason' | 'detail' | 'by'>;

/** The message stays where it is. */
const HOLD: Verdict = { reason: 'held', detail: '', by: 'runtime' };

function truncate(batch: InputBatch, length: number): void {
  batch.rows.length = Math.min(batch.rows.length, length);
  if (batch.columns) (batch.columns as { length: number }).length = length;
}
