/**
 * The way in: messages of one topic partition become records of the step's batch.
 *
 * A message that cannot be decoded goes to dead letters by itself, and so does one that a person skipped. A record
 * with a number not yet known holds its partition: whatever comes behind it waits, until the number is known or the
 * declared time has passed, and then it goes to dead letters, too.
 */
import type { LogReader, NameBook, SchemaRegistry } from '../ports/backend';
import type { DeadMessage, TopicPartition } from '../ports/epoch';
import type { AnyCodec, ColumnsCodec, RowsCodec, SchemaVersions } from '../stream/codec';
import { keyParser, keyReader } from '../stream/key-text';
import type { Columns } from '../stream/step';
import type { Input } from '../stream/topic';
import { ByteReader, MalformedError } from '../wire/bytes';
import { type Chunk, MessageCursor, WIRE_PREFIX_BYTES } from '../wire/messages';
import { ChangesBatch, ColumnsBatch, type EventsBatch, type InputBatch } from './input-batch';
import { KnownNumbers, type UnknownNumber } from './known-numbers';

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
  /** One more than the offset of the message read last: what lies in a gap behind it is never passed. */
  next: number;
  /** Of the messages read. */
  bytes = 0;
  /** Fetched ahead, to be read before the reader is asked again. */
  private readonly fetched: Chunk[] = [];
  private polledTo: number;
  private pending = false;
  private held: Hold | undefined;
  /** The schema id whose loading holds this partition. */
  private loading: number | undefined;
  /** Schema ids that the registry was asked for. */
  private readonly asked = new Set<number>();
  private readonly cursor = new MessageCursor();
  private readonly reader = new ByteReader();
  private readonly codecs = new Map<number, AnyCodec>();
  private readonly known: KnownNumbers;
  private readonly keyOf: (row: Readonly<Record<string, unknown>>) => string;
  private readonly keyBefore: ((row: Readonly<Record<string, unknown>>) => string) | undefined;
  private readonly parseKey: ReturnType<typeof keyParser> | undefined;

  constructor(
    readonly input: Input,
    private readonly from: LogReader,
    next: number,
    private readonly options: IntakeOptions,
  ) {
    this.next = next;
    this.polledTo = next;
    const { topic } = input;
    this.known = new KnownNumbers(topic.numbers, options.names);
    this.keyOf = keyReader(topic.key);
    this.keyBefore = topic.keyBefore && keyReader(topic.keyBefore);
    this.parseKey = topic.kind === 'state' && topic.codec.layout === 'rows' ? keyParser(topic) : undefined;
  }

  get partition(): number {
    return this.from.partition.partition;
  }

  get place(): TopicPartition {
    return this.from.partition;
  }

  /** The offset of the message that `take` would bring next; only where `ready` has just said yes. */
  get offset(): number {
    return this.cursor.offset;
  }

  /** Whether a message waits for something that is not known yet: a number's name, a schema. */
  get isHeld(): boolean {
    return this.held !== undefined || this.loading !== undefined;
  }

  /** When the record with an unknown number that holds this partition is given up; undefined if none does. */
  get heldUntil(): number | undefined {
    return this.held && this.held.since + this.options.holdMicros;
  }

  /** Whether `take` at `now` may bring something: never blocks. */
  ready(maxBytes: number, now: number): boolean {
    if (!this.pending) this.advance(maxBytes);
    if (!this.pending || this.loading !== undefined) return false;
    if (!this.held) return true;
    return now >= this.heldUntil! || this.known.learn(this.held.domain, this.held.number);
  }

  whenArrived(): Promise<void> {
    return this.from.whenArrived();
  }

  close(): void {
    this.from.close();
  }

  /**
   * Fetches what lies before `limit` and the schemas that it was written with, so that `take` up to there holds at
   * nothing. Throws a RangeError where the log does not have it any more.
   */
  async prepare(limit: number): Promise<void> {
    const { topic, partition } = this.place;
    while (this.polledTo < limit) {
      const chunk = this.poll(1 << 20);
      if (chunk) {
        this.fetched.push(chunk);
        await this.loadSchemas(chunk);
      } else if (this.from.atEnd())
        throw new RangeError(`${topic}/${partition} ends before offset ${limit}, to which it was read once.`);
      else await this.from.whenArrived();
    }
  }

  /**
   * Answers the offset of the first message taken, undefined if none was.
   *
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
  ): number | undefined {
    let bytes = 0;
    let first: number | undefined;
    for (let messages = 0; messages < bounds.maxMessages && bytes < bounds.maxBytes; messages += 1) {
      if (!this.ready(bounds.maxBytes, bounds.now) || this.cursor.offset >= bounds.limit) break;
      const skip = skipped(this.cursor.offset) ?? this.decode(batch, bounds.now);
      if (skip === HOLD) break;
      first ??= this.cursor.offset;
      if (skip) refused.push(this.refusal(skip));
      this.held = undefined;
      bytes += this.cursor.valueEnd - this.cursor.messageStart;
      this.next = this.cursor.offset + 1;
      this.advance(bounds.maxBytes);
    }
    this.bytes += bytes;
    return first;
  }

  private async loadSchemas(chunk: Chunk): Promise<void> {
    const cursor = new MessageCursor().over(chunk);
    while (cursor.next()) {
      const id = cursor.schemaId();
      if (id < 0 || this.asked.has(id) || this.options.registry.schema(id) !== undefined) continue;
      await this.options.registry.load(id);
      this.asked.add(id);
    }
  }

  private poll(maxBytes: number): Chunk | undefined {
    const chunk = this.from.poll(maxBytes);
    if (chunk) this.polledTo = chunk.nextOffset;
    return chunk;
  }

  private advance(maxBytes: number): void {
    this.pending = false;
    while (!this.pending) {
      if (this.cursor.next()) {
        this.pending = this.cursor.offset >= this.next;
        continue;
      }
      const chunk = this.fetched.shift() ?? this.poll(maxBytes);
      if (!chunk) return;
      this.cursor.over(chunk);
    }
  }

  private decode(batch: InputBatch, now: number): Verdict | undefined {
    const { cursor, reader } = this;
    if (cursor.isTombstone()) return this.remove(batch, now);
    const codec = this.codecOf(cursor.schemaId());
    if (codec === LOADING) return HOLD;
    if (!codec)
      return {
        reason: 'schema-unknown',
        detail: `schema id ${cursor.schemaId()} is unknown or cannot be read as ${this.input.topic.codec.record}`,
        by: 'runtime',
      };
    reader.over(cursor.bytes, cursor.valueStart + WIRE_PREFIX_BYTES, cursor.valueEnd);
    try {
      return batch instanceof ColumnsBatch
        ? this.frame(batch, codec as ColumnsCodec<Columns>, now)
        : this.row(batch as EventsBatch | ChangesBatch, codec as RowsCodec<unknown>, now);
    } catch (error) {
      if (!(error instanceof MalformedError)) throw error;
      return malformed(error.message);
    }
  }

  private frame(batch: ColumnsBatch, codec: ColumnsCodec<Columns>, now: number): Verdict | undefined {
    const before = batch.length;
    try {
      codec.append(batch.data, this.reader);
      this.checkEnd();
    } catch (error) {
      batch.truncate(before);
      throw error;
    }
    const unknown = this.known.inColumns(batch.data, before);
    if (!unknown) return undefined;
    batch.truncate(before);
    return this.hold(unknown, now);
  }

  private row(
    batch: EventsBatch | ChangesBatch,
    codec: RowsCodec<unknown>,
    now: number,
  ): Verdict | undefined {
    const row = codec.decode(this.reader) as Record<string, unknown>;
    this.checkEnd();
    const unknown = this.known.inRow(row);
    if (unknown) return this.hold(unknown, now);
    if (!(batch instanceof ChangesBatch)) {
      batch.add(row);
      return undefined;
    }
    // Compaction goes by the message's key, operators by the row's: were they two, one would lose what the other has.
    const key = this.cursor.key();
    const own = this.keyOf(row);
    if (key !== own && key !== this.keyBefore?.(row))
      return malformed(`its key is "${key}", and its record's is "${own}"`);
    batch.set(own, row);
    return undefined;
  }

  private remove(batch: InputBatch, now: number): Verdict | undefined {
    if (!(batch instanceof ChangesBatch))
      return malformed('it has no value: only a key of a state topic in rows can be removed');
    const key = this.cursor.key();
    const fields = this.parseKey?.(key);
    if (!fields) return malformed(`its key "${key}" is none of topic "${this.input.topic.name}"`);
    const unknown = this.known.inRow(fields);
    if (unknown) return this.hold(unknown, now);
    batch.remove(key, fields);
    return undefined;
  }

  private checkEnd(): void {
    const { at, end } = this.reader;
    if (at !== end) throw new MalformedError(`${end - at} bytes are left over`);
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

  private codecOf(schemaId: number): AnyCodec | typeof LOADING | undefined {
    const found = this.codecs.get(schemaId);
    if (found) return found;
    const { codec } = this.input.topic;
    const writer = schemaId < 0 ? undefined : this.options.registry.schema(schemaId);
    if (writer === undefined) return this.load(schemaId);
    const resolved = writer === codec.schema ? codec : this.options.versions?.resolve(codec, writer);
    if (resolved) this.codecs.set(schemaId, resolved);
    return resolved;
  }

  /** A schema that is not known here may have been registered elsewhere: only the registry can say that there is none. */
  private load(schemaId: number): typeof LOADING | undefined {
    if (schemaId < 0 || this.asked.has(schemaId)) return undefined;
    this.loading = schemaId;
    const over = (): void => {
      this.loading = undefined;
    };
    // A registry that cannot be reached is an outage: the message waits, and it is asked again.
    this.options.registry.load(schemaId).then(() => {
      this.asked.add(schemaId);
      over();
    }, over);
    return LOADING;
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

const LOADING = 'loading';

/** The message stays where it is. */
const HOLD: Verdict = { reason: 'held', detail: '', by: 'runtime' };

const malformed = (detail: string): Verdict => ({ reason: 'malformed', detail, by: 'runtime' });
