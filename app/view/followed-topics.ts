/**
 * The last word of topics, for people who look: states by key, and the latest of what happened. Read from the committed
 * topics as any consumer would; nothing is taken from the job's own memory. A topic is read from when it is first asked
 * for. One in frames is read from its end, and further back a piece at a time: what is known already is later.
 */
import type { Backend, LogReader } from '../../runtime/ports/backend';
import type { Topic } from '../../runtime/stream/topic';
import { schemaVersions } from '../../schemas/evolution/schema-versions';
import { type Row, TopicDecoder } from '../topic-decoder';

export type { Row } from '../topic-decoder';

/** So much is taken in one go. */
const POLL_BYTES = 1 << 20;
/** Messages of a topic in frames that are read at first, and again each time before them. */
const FRAMES_BACK = 2000;
const FEW = 100;
/** Of what happened, so many are kept. */
export const LATELY_MAX = 1000;

export interface Happened {
  readonly partition: number;
  readonly offset: number;
  readonly row: Row;
}

/** What a topic says, as far as it has been read. */
interface Followed {
  readonly topic: Topic;
  readonly latest: Map<string, Row>;
  lately: readonly Happened[];
  readonly parts: readonly Part[];
}

interface Part {
  readonly reader: LogReader;
  readonly decoder: TopicDecoder;
  readonly partition: number;
  /** What lies before is not read yet. */
  unreadBefore: number;
}

/** What pages ask. */
export type Sayings = Pick<FollowedTopics, 'latest' | 'lately' | 'nameOf'>;

export type FollowedBackend = Pick<Backend, 'log' | 'registry' | 'names'>;

export class FollowedTopics {
  private readonly followed = new Map<string, Followed>();

  constructor(
    private readonly backend: FollowedBackend,
    private readonly framesBack = FRAMES_BACK,
  ) {}

  /** Of a state topic: the last record of each key, in the order in which keys came. */
  latest(topic: Topic): ReadonlyMap<string, Row> {
    return this.follow(topic).latest;
  }

  /** Of an event topic: the latest first, `LATELY_MAX` at most. */
  lately(topic: Topic): readonly Happened[] {
    return this.follow(topic).lately;
  }

  /** Takes in what has been committed since, for so long at most. True if it has come to the end. */
  refresh(until: () => boolean = () => false): boolean {
    for (const followed of this.followed.values())
      for (const part of followed.parts) if (!takeNew(followed, part, until)) return false;
    return true;
  }

  /** Reads a piece of what lies before what was read of a topic in frames. False if there is no more. */
  lookBack(topic: Topic, messages: number = this.framesBack): boolean {
    const followed = this.follow(topic);
    let found = false;
    for (const part of followed.parts) found = this.readBefore(followed, part, messages) || found;
    return found;
  }

  /** The same a little at a time, of all topics that are followed. */
  lookBackALittle(): void {
    for (const { topic } of this.followed.values()) if (topic.kind === 'state') this.lookBack(topic, FEW);
  }

  /** The name that stands for a number. */
  nameOf(domain: string, number: number): string {
    return this.backend.names.nameOf(domain, number) ?? `#${number}`;
  }

  close(): void {
    for (const { parts } of this.followed.values()) for (const { reader } of parts) reader.close();
    this.followed.clear();
  }

  private follow(topic: Topic): Followed {
    const known = this.followed.get(topic.name);
    if (known) return known;
    const { log } = this.backend;
    const partitions = log.topics().find(({ name }) => name === topic.name)?.partitions ?? 0;
    const parts = Array.from({ length: partitions }, (_, partition) => this.open(topic, partition));
    const followed = { topic, latest: new Map(), lately: [], parts };
    this.followed.set(topic.name, followed);
    // What is seen for the first time is not seen empty.
    for (const part of parts) takeNew(followed, part, () => true);
    return followed;
  }

  private open(topic: Topic, partition: number): Part {
    const { log, registry } = this.backend;
    const place = { topic: topic.name, partition };
    const { first, next } = log.ends(place);
    const back = topic.kind === 'event' ? LATELY_MAX : this.framesBack;
    const isWhole = topic.kind === 'state' && topic.codec.layout === 'rows';
    const from = isWhole ? first : Math.max(first, next - back);
    return {
      partition,
      reader: log.reader({ ...place, next: from }, 'view'),
      decoder: new TopicDecoder({ topic, registry, versions: schemaVersions }),
      unreadBefore: topic.kind === 'state' ? from : first,
    };
  }

  private readBefore({ topic, latest }: Followed, part: Part, messages: number): boolean {
    const { log, registry } = this.backend;
    const { partition, unreadBefore: end } = part;
    const { first } = log.ends({ topic: topic.name, partition });
    const start = Math.max(first, end - messages);
    if (start >= end) return false;
    const reader = log.reader({ topic: topic.name, partition, next: start }, 'view');
    const decoder = new TopicDecoder({ topic, registry, versions: schemaVersions });
    const found = new Map<string, Row>();
    try {
      for (let next = start; next < end; ) {
        const chunk = reader.poll(POLL_BYTES);
        if (!chunk) break;
        next = chunk.nextOffset;
        for (const [key, row] of decoder.latest(chunk)) if (row) found.set(key, row);
      }
    } finally {
      reader.close();
    }
    // Also where the last chunk reached into what was read before: that is the later word, and stands.
    for (const [key, row] of found) if (!latest.has(key)) latest.set(key, row);
    part.unreadBefore = start;
    return true;
  }
}

function takeNew(followed: Followed, { reader, decoder, partition }: Part, until: () => boolean): boolean {
  const { topic, latest } = followed;
  for (let chunk = reader.poll(POLL_BYTES); chunk; chunk = reader.poll(POLL_BYTES)) {
    if (topic.kind === 'state') {
      for (const [key, row] of decoder.latest(chunk)) {
        if (row) latest.set(key, row);
        else latest.delete(key);
      }
    } else {
      const came = decoder
        .decode(chunk)
        .flatMap(({ offset, row }) => (row ? [{ partition, offset, row }] : []))
        .reverse();
      followed.lately = [...came, ...followed.lately].slice(0, LATELY_MAX);
    }
    if (until()) return false;
  }
  return true;
}
