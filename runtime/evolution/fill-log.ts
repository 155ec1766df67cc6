/** The log as a fill sees it: up to where the task stands and no further, what is state before what happened. */
import type { Log, LogReader, Reading } from '../ports/backend';
import type { Progress, TopicPartition } from '../ports/epoch';
import { type Chunk, MessageCursor } from '../wire/messages';

interface Part {
  readonly topic: string;
  isRead: boolean;
}

export class FillLog implements Pick<Log, 'reader' | 'topics' | 'ends'> {
  private readonly parts: Part[] = [];
  private readonly admitted = new Set<string>();

  constructor(
    private readonly log: Pick<Log, 'reader' | 'topics' | 'ends'>,
    private readonly upTo: readonly Progress[],
  ) {}

  /** Readers of a topic find nothing before it is admitted. */
  admit(topic: string): void {
    this.admitted.add(topic);
  }

  /** Whether everything of a topic has been handed out. */
  isRead(topic: string): boolean {
    return this.parts.every((part) => part.topic !== topic || part.isRead);
  }

  topics(): ReturnType<Log['topics']> {
    return this.log.topics();
  }

  ends(place: TopicPartition): ReturnType<Log['ends']> {
    return this.log.ends(place);
  }

  reader(at: Progress, who: string | Reading): LogReader {
    const { topic, partition } = at;
    const limit =
      this.upTo.find((place) => place.topic === topic && place.partition === partition)?.next ?? 0;
    const part: Part = { topic, isRead: at.next >= limit };
    this.parts.push(part);
    const reader = this.log.reader(at, who);
    return {
      partition: { topic, partition },
      poll: (maxBytes) => {
        if (part.isRead || !this.admitted.has(topic)) return undefined;
        const chunk = reader.poll(maxBytes);
        part.isRead = !chunk || chunk.nextOffset >= limit;
        return chunk && before(chunk, limit);
      },
      atEnd: () => part.isRead,
      whenArrived: () => Promise.resolve(),
      close: () => reader.close(),
    };
  }
}

/** The messages of a chunk below an offset. */
export function before(chunk: Chunk, limit: number): Chunk | undefined {
  if (chunk.nextOffset <= limit) return chunk;
  const cursor = new MessageCursor().over(chunk);
  let count = 0;
  let end = 0;
  while (cursor.next() && cursor.offset < limit) {
    count += 1;
    end = cursor.valueEnd;
  }
  return count === 0
    ? undefined
    : { ...chunk, nextOffset: limit, count, bytes: chunk.bytes.subarray(0, end) };
}
