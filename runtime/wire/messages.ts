/**
 * Many messages in one buffer: what topics are written and read in, whatever the backend.
 *
 *   offset delta u32 │ key bytes u32 │ header bytes u32 │ value bytes u32 │ key │ headers │ value
 *
 * Little-endian. The key is bare text (UTF-8), never with a schema id, or evolution would re-route it. Headers are
 * pairs of (u16 length, bytes), a UTF-8 name and whatever bytes. The value is in Confluent wire format: byte 0, schema id
 * (u32 big-endian), Avro. A length of all ones says that there is none, which is not the same as an empty one: no value
 * is a tombstone, the key of a state topic is gone. Offsets have gaps (transaction markers, compaction): nothing may assume
 * that they are dense, hence the delta to the chunk's base.
 */
import { ByteWriter } from './bytes';

export const MESSAGE_PREFIX_BYTES = 16;
export const WIRE_PREFIX_BYTES = 5;
/** Header of a tombstone: when its key was removed, the step's `now`, microseconds since 1970 UTC as a text. */
export const REMOVED_AT = 'removed-at';
/** The length of what is not there. */
export const NONE = 0xffffffff;
const NO_HEADER = 0xffff;

/** A run of messages of one topic partition, as read or to be written. */
export interface Chunk {
  /** What the offsets of messages count from: that of the first, or less; for messages to be appended, 0. */
  readonly baseOffset: number;
  /** The offset after the last message: where reading goes on. */
  readonly nextOffset: number;
  readonly count: number;
  readonly bytes: Buffer;
  /** When the last of them was appended, by the log's clock, microseconds since 1970 UTC; set on what is read. */
  readonly appendedAt?: number;
}

/** A header's value as it is written: none, a text, or bytes. */
export type HeaderValue = string | Uint8Array | undefined;

/** Packs messages. `begin` and `end` frame each; in between the value is written to `to`. */
export class MessageWriter {
  readonly to = new ByteWriter(1 << 16);
  count = 0;
  private start = 0;
  private valueStart = 0;

  begin(
    key: string | undefined,
    headers: readonly (readonly [string, HeaderValue])[],
    schemaId: number,
  ): void {
    const { to } = this;
    this.start = to.at;
    to.reserve(MESSAGE_PREFIX_BYTES + (key?.length ?? 0) * 3 + WIRE_PREFIX_BYTES);
    to.at += MESSAGE_PREFIX_BYTES;
    const keyStart = to.at;
    if (key !== undefined) to.at += writeText(to, key);
    const headersStart = to.at;
    for (const [name, value] of headers) {
      writeSized(to, name);
      writeSized(to, value);
    }
    to.reserve(WIRE_PREFIX_BYTES);
    this.valueStart = to.at;
    to.view.setUint32(this.start, this.count, true);
    to.view.setUint32(this.start + 4, key === undefined ? NONE : headersStart - keyStart, true);
    to.view.setUint32(this.start + 8, this.valueStart - headersStart, true);
    to.bytes[to.at] = 0;
    to.view.setUint32(to.at + 1, schemaId, false);
    to.at += WIRE_PREFIX_BYTES;
  }

  end(): void {
    this.to.view.setUint32(this.start + 12, this.to.at - this.valueStart, true);
    this.count += 1;
  }

  /** Ends the message as a tombstone: it has no value. */
  endTombstone(): void {
    this.to.at = this.valueStart;
    this.to.view.setUint32(this.start + 12, NONE, true);
    this.count += 1;
  }

  /** Forgets the message begun: its value could not be encoded. */
  abandon(): void {
    this.to.at = this.start;
  }

  /** Forgets all that was written, and starts anew. */
  discard(): void {
    this.to.at = 0;
    this.count = 0;
  }

  /** What was written since, and starts anew. */
  take(): Chunk {
    const { count } = this;
    this.count = 0;
    return { baseOffset: 0, nextOffset: count, count, bytes: this.to.take() };
  }
}

function writeText(to: ByteWriter, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 127) return to.bytes.write(text, to.at);
    to.bytes[to.at + index] = code;
  }
  return text.length;
}

function writeSized(to: ByteWriter, value: HeaderValue): void {
  to.reserve(2 + (value?.length ?? 0) * 3);
  let size = NO_HEADER;
  if (typeof value === 'string') size = to.bytes.write(value, to.at + 2);
  else if (value) {
    size = value.length;
    to.bytes.set(value, to.at + 2);
  }
  if (value !== undefined && size >= NO_HEADER)
    throw new RangeError(`a header of ${size} bytes. Headers hold at most 65,534.`);
  to.view.setUint16(to.at, size, true);
  to.at += 2 + (value === undefined ? 0 : size);
}

/** Walks the messages of a chunk; the fields speak of the message that `next` has come to. */
export class MessageCursor {
  offset = 0;
  keyStart = 0;
  headersStart = 0;
  valueStart = 0;
  valueEnd = 0;
  hasKey = false;
  hasValue = false;
  bytes: Buffer = Buffer.alloc(0);
  private view: DataView = new DataView(new ArrayBuffer(0));
  private at = 0;
  private baseOffset = 0;

  over(chunk: Chunk): this {
    this.bytes = chunk.bytes;
    this.view = new DataView(chunk.bytes.buffer, chunk.bytes.byteOffset, chunk.bytes.byteLength);
    this.at = 0;
    this.baseOffset = chunk.baseOffset;
    return this;
  }

  next(): boolean {
    const { view, at } = this;
    if (at >= view.byteLength) return false;
    this.offset = this.baseOffset + view.getUint32(at, true);
    this.keyStart = at + MESSAGE_PREFIX_BYTES;
    const keyBytes = view.getUint32(at + 4, true);
    const valueBytes = view.getUint32(at + 12, true);
    this.hasKey = keyBytes !== NONE;
    this.hasValue = valueBytes !== NONE;
    this.headersStart = this.keyStart + (this.hasKey ? keyBytes : 0);
    this.valueStart = this.headersStart + view.getUint32(at + 8, true);
    this.valueEnd = this.valueStart + (this.hasValue ? valueBytes : 0);
    this.at = this.valueEnd;
    return true;
  }

  get messageStart(): number {
    return this.keyStart - MESSAGE_PREFIX_BYTES;
  }

  key(): string {
    return this.bytes.toString('utf8', this.keyStart, this.headersStart);
  }

  isTombstone(): boolean {
    return !this.hasValue;
  }

  /** Names and values as they are, undefined where there is none. */
  rawHeaders(): readonly (readonly [string, Buffer | undefined])[] {
    const pairs: [string, Buffer | undefined][] = [];
    let at = this.headersStart;
    const sized = (): Buffer | undefined => {
      const size = this.view.getUint16(at, true);
      at += 2 + (size === NO_HEADER ? 0 : size);
      return size === NO_HEADER ? undefined : this.bytes.subarray(at - size, at);
    };
    while (at < this.valueStart) pairs.push([sized()!.toString('utf8'), sized()]);
    return pairs;
  }

  /** Names and values as texts, which those of business events are. */
  headers(): readonly (readonly [string, string])[] {
    return this.rawHeaders().map(([name, value]) => [name, value?.toString('utf8') ?? '']);
  }

  /** The schema id, or -1 where the value is not in wire format. */
  schemaId(): number {
    if (this.valueEnd - this.valueStart < WIRE_PREFIX_BYTES || this.bytes[this.valueStart] !== 0) return -1;
    return this.view.getUint32(this.valueStart + 1, false);
  }
}
