/**
 * The log in memory. With faults it has gaps inside and behind what is appended at once, and what is committed becomes
 * visible a few turns of the loop later, in order.
 */
import { BackendError, type LogReader } from '../../runtime/ports/backend';
import type { Progress, TopicPartition } from '../../runtime/ports/epoch';
import { type Chunk, MessageCursor } from '../../runtime/wire/messages';
import { type Faults, NO_FAULTS } from './memory-faults';

export interface StoredChunk extends Chunk {
  /** Committed, and not yet to be seen. */
  isHidden: boolean;
}

/** Where messages of one append lie: the ranges hold nothing else. */
export interface Range {
  readonly first: number;
  readonly next: number;
}

export const placeOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

export class MemoryLog {
  constructor(
    private readonly chunks: Map<string, StoredChunk[]>,
    /** Readers that wait, whichever process they are of. */
    private readonly waiting: Set<() => void>,
    private readonly faults: Faults = NO_FAULTS,
  ) {}

  append(place: TopicPartition, messages: Chunk): Range[] {
    return this.cut(messages).map((part) =>
      this.put(place, part, this.faults.happens(0.3) ? this.faults.below(3) : 0),
    );
  }

  put(place: TopicPartition, { bytes, count }: Chunk, gap: number): Range {
    const chunks = this.of(place);
    const baseOffset = chunks.at(-1)?.nextOffset ?? 0;
    const chunk: StoredChunk = {
      baseOffset,
      nextOffset: baseOffset + count + gap,
      count,
      bytes: Buffer.from(bytes),
      appendedAt: 0,
      isHidden: this.faults.happens(0.5),
    };
    chunks.push(chunk);
    if (chunk.isHidden) this.showLater(chunk, 1 + this.faults.below(5));
    return { first: baseOffset, next: baseOffset + count };
  }

  ends(place: TopicPartition): { readonly first: number; readonly next: number } {
    const chunks = this.of(place);
    return { first: chunks[0]?.baseOffset ?? 0, next: chunks.at(-1)?.nextOffset ?? 0 };
  }

  reader(at: Progress): LogReader {
    let { next } = at;
    let open = true;
    const all = (): readonly StoredChunk[] => this.of(at);
    const find = (): StoredChunk | undefined => {
      const chunk = all().find(({ nextOffset, count }) => nextOffset > next && count > 0);
      return chunk?.isHidden ? undefined : chunk;
    };
    return {
      partition: { topic: at.topic, partition: at.partition },
      poll: (maxBytes) => {
        const chunk = open ? find() : undefined;
        if (!chunk) return undefined;
        const part = within(chunk, next, maxBytes);
        next = part.nextOffset;
        return part;
      },
      atEnd: () => !open || !all().some(({ nextOffset, count }) => nextOffset > next && count > 0),
      whenArrived: async () => {
        while (open && !find()) await new Promise<void>((resolve) => this.waiting.add(resolve));
      },
      close: () => {
        open = false;
        this.arrived();
      },
    };
  }

  arrived(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private of(place: TopicPartition): StoredChunk[] {
    const found = this.chunks.get(placeOf(place)) ?? [];
    this.chunks.set(placeOf(place), found);
    return found;
  }

  private showLater(chunk: StoredChunk, turns: number): void {
    setImmediate(() => {
      if (turns > 1) return this.showLater(chunk, turns - 1);
      chunk.isHidden = false;
      this.arrived();
    });
  }

  /** What is appended at once may come to lie in several pieces, others' offsets between them. */
  private cut(messages: Chunk): Chunk[] {
    if (messages.count < 2 || !this.faults.happens(0.3)) return messages.count > 0 ? [messages] : [];
    const [head, rest] = split(messages, 1 + this.faults.below(messages.count - 1));
    return [head, rest];
  }
}

/** The first messages of a chunk, and the others, whose offsets count from 0 again. */
function split(chunk: Chunk, count: number): [Chunk, Chunk] {
  const cursor = new MessageCursor().over(chunk);
  for (let index = 0; index < count; index += 1) cursor.next();
  const head = { ...chunk, count, nextOffset: count, bytes: chunk.bytes.subarray(0, cursor.valueEnd) };
  const bytes = Buffer.from(chunk.bytes.subarray(cursor.valueEnd));
  const rest = { ...chunk, count: chunk.count - count, nextOffset: chunk.count - count, bytes };
  for (const later = new MessageCursor().over(rest); later.next(); )
    bytes.writeUInt32LE(later.offset - count, later.messageStart);
  return [head, rest];
}

/** The messages of a chunk from an offset on, at least one and about so many bytes. */
function within(chunk: Chunk, from: number, maxBytes: number): Chunk {
  const cursor = new MessageCursor().over(chunk);
  let start = -1;
  let [count, end, next] = [0, 0, chunk.nextOffset];
  while (cursor.next()) {
    if (cursor.offset < from) continue;
    if (start < 0) start = cursor.messageStart;
    if (count > 0 && cursor.valueEnd - start > maxBytes) {
      next = cursor.offset;
      break;
    }
    count += 1;
    end = cursor.valueEnd;
  }
  if (start < 0) return { ...chunk, count: 0, bytes: chunk.bytes.subarray(0, 0) };
  return { ...chunk, count, nextOffset: next, bytes: chunk.bytes.subarray(start, end) };
}

export function refuseUnknown(
  specs: readonly { readonly name: string; readonly partitions: number }[],
  { topic, partition }: TopicPartition,
): void {
  const spec = specs.find(({ name }) => name === topic);
  if (!spec) throw new BackendError(`topic "${topic}" does not exist.`);
  if (partition >= spec.partitions) throw new BackendError(`topic "${topic}" has no partition ${partition}.`);
}
