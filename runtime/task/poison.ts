/** What makes a task throw again and again: a message, or a timer. It stops the task until a person sets it aside. */
import type { Skip } from '../ports/backend';
import type { DeadMessage, TopicPartition } from '../ports/epoch';

/** A message's place; for a timer the topic is `timer/TABLE`, the partition its key and the offset when it was due. */
export interface Poison extends TopicPartition {
  readonly offset: number;
  readonly detail: string;
}

export interface TimerPlace {
  readonly table: string;
  readonly key: number;
  /** Microseconds since 1970 UTC. */
  readonly due: number;
}

const TIMER = 'timer/';

export const isTimer = ({ topic }: Pick<TopicPartition, 'topic'>): boolean => topic.startsWith(TIMER);

export const placeOfTimer = ({
  table,
  key,
  due,
}: TimerPlace): TopicPartition & { readonly offset: number } => ({
  topic: `${TIMER}${table}`,
  partition: key,
  offset: due,
});

export const timerAt = ({
  topic,
  partition,
  offset,
}: TopicPartition & { readonly offset: number }): TimerPlace => ({
  table: topic.slice(TIMER.length),
  key: partition,
  due: offset,
});

export const placeText = ({
  topic,
  partition,
  offset,
}: TopicPartition & { readonly offset: number }): string => `${topic}/${partition}/${offset}`;

export const isAt = (
  one: TopicPartition & { readonly offset: number },
  other: TopicPartition & { readonly offset: number },
): boolean => one.topic === other.topic && one.partition === other.partition && one.offset === other.offset;

export const asDead = ({ topic, partition, offset, by, why }: Skip): DeadMessage => ({
  topic,
  partition,
  offset,
  reason: 'skipped',
  detail: why,
  by,
});

/** One message or timer makes an operator throw, or writes what cannot be encoded. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
  constructor(readonly poison: Poison) {
    const place = placeText(poison);
    const what = isTimer(poison) ? 'timer' : 'message';
    super(
      `${what} ${place} makes the task throw: ${poison.detail}. Mend the cause and restart, or set the ${what} aside with "breakwater skip ${place} --why …".`,
    );
  }
}
