/** What one thread knows of the log: its topics, how far each partition reaches, and who waits for more. */
import { BackendError } from '../../runtime/ports/backend';
import type { Progress, TopicPartition } from '../../runtime/ports/epoch';
import { Kind, keyOf, textKey } from './keys';
import type { NewEnds } from './protocol';
import { type EndsRecord, missingEnds, type TopicRecord } from './records';
import { unsealJson } from './seal';
import { prefixed, type View } from './store';

type Ends = Pick<EndsRecord, 'first' | 'next'>;

export class LogState {
  private readonly topics = new Map<string, TopicRecord>();
  private readonly known = new Map<string, Ends>();
  private readonly readers = new Set<() => Progress>();
  private readonly waiting = new Map<string, Set<() => void>>();

  constructor(readonly view: View) {
    for (const { key, value } of view.range(prefixed(keyOf(Kind.Topic))))
      this.learn([unsealJson(key, value)]);
  }

  learn(topics: readonly TopicRecord[]): void {
    for (const topic of topics) this.topics.set(topic.name, topic);
  }

  all(): readonly TopicRecord[] {
    return [...this.topics.values()];
  }

  /** A topic, also one that another thread has created since. */
  topic({ topic: name, partition }: TopicPartition): TopicRecord {
    let topic = this.topics.get(name);
    if (!topic) {
      this.view.refresh();
      topic = this.view.json<TopicRecord>(textKey(Kind.Topic, name));
      if (!topic) throw new BackendError(`topic "${name}" does not exist. Create it before reading it.`);
      this.learn([topic]);
    }
    if (!(partition >= 0 && partition < topic.partitions))
      throw new BackendError(
        `topic "${name}" has ${topic.partitions} partitions, and no partition ${partition}.`,
      );
    return topic;
  }

  ends(topic: number, partition: number): Ends {
    const name = `${topic}/${partition}`;
    let ends: Ends | undefined = this.known.get(name);
    if (!ends) {
      this.view.refresh();
      ends = this.view.json<EndsRecord>(keyOf(Kind.Ends, topic, partition));
      if (!ends) throw missingEnds(topic, partition);
      this.known.set(name, ends);
    }
    return ends;
  }

  /** The ends as they now stand in the store, heard of or not. */
  endsNow(topic: number, partition: number): Ends {
    this.known.delete(`${topic}/${partition}`);
    return this.ends(topic, partition);
  }

  /** Reads anew what may have changed unheard. */
  catchUp(): void {
    const places = [...this.known.keys()].map((name) => name.split('/').map(Number) as [number, number]);
    this.known.clear();
    this.update(places.map(([topic, partition]) => ({ topic, partition, ...this.ends(topic, partition) })));
  }

  /** Takes in what has become durable, and wakes whoever waits for it. */
  update(ends: readonly NewEnds[]): void {
    this.view.refresh();
    for (const { topic, partition, first, next } of ends) {
      const name = `${topic}/${partition}`;
      this.known.set(name, { first, next });
      const waiting = this.waiting.get(name);
      this.waiting.delete(name);
      for (const wake of waiting ?? []) wake();
    }
  }

  /** Calls `wake` once, at the next change of a topic partition. Answers how to stop waiting. */
  onChange(topic: number, partition: number, wake: () => void): () => void {
    const name = `${topic}/${partition}`;
    const waiting = this.waiting.get(name) ?? new Set();
    this.waiting.set(name, waiting.add(wake));
    return () => waiting.delete(wake);
  }

  /** Counts a reader as open, so that nothing it has yet to read is dropped. Answers how to let it go. */
  register(position: () => Progress): () => void {
    this.readers.add(position);
    return () => this.readers.delete(position);
  }

  /** Where this thread's open readers stand. */
  positions(): readonly Progress[] {
    return [...this.readers].map((position) => position());
  }
}
