/** Whether a person's skip of a message or timer will have an effect: what would have none is refused, never accepted. */
import type { Log, Skip } from '../ports/backend';
import type { Progress } from '../ports/epoch';
import { isAt, isTimer, type Poison, placeText } from '../task/poison';
import { MessageCursor } from '../wire/messages';

export interface SkipContext {
  readonly log: Pick<Log, 'ends' | 'reader'>;
  /** How far the task has read each of its inputs. */
  readonly progress: readonly Progress[];
  /** What the task stands at, if it does. */
  readonly poison: Poison | undefined;
  /** Of a task that is not running, and was left before pipelines that are new had been filled. */
  readonly filling?: { readonly filled: readonly Progress[]; readonly upTo: readonly Progress[] } | undefined;
}

/** Answers why not, in a sentence; undefined where the task will pass the message over, and say so in dead letters. */
export async function skipRefusal(
  skip: Skip,
  { log, progress, poison, filling }: SkipContext,
): Promise<string | undefined> {
  const place = placeText(skip);
  if (poison && isAt(skip, poison)) return undefined;
  if (isTimer(skip)) return `${place} is no timer that the task stands at: only such a one can be set aside.`;
  const read = nextIn(progress, skip);
  if (filling && skip.offset >= (nextIn(filling.filled, skip) ?? 0)) {
    const isAhead = skip.offset < (nextIn(filling.upTo, skip) ?? 0) && (await exists(skip, log));
    if (isAhead) return undefined;
  }
  if (read === undefined)
    return `the task reads nothing of ${skip.topic}/${skip.partition}: ${place} cannot be set aside.`;
  if (skip.offset < read)
    return `${place} has been read already, without a throw: the task is at offset ${read}. What it did stays; correct it with a message of its own.`;
  if (skip.offset >= log.ends(skip).next || !(await exists(skip, log)))
    return `there is no message at ${place}.`;
  return undefined;
}

const nextIn = (places: readonly Progress[], { topic, partition }: Skip): number | undefined =>
  places.find((one) => one.topic === topic && one.partition === partition)?.next;

async function exists(skip: Skip, log: SkipContext['log']): Promise<boolean> {
  const reader = log.reader({ topic: skip.topic, partition: skip.partition, next: skip.offset }, 'skip');
  const cursor = new MessageCursor();
  try {
    for (;;) {
      const chunk = reader.poll(1);
      if (!chunk) {
        if (reader.atEnd()) return false;
        await reader.whenArrived();
        continue;
      }
      cursor.over(chunk);
      while (cursor.next()) if (cursor.offset >= skip.offset) return cursor.offset === skip.offset;
    }
  } finally {
    reader.close();
  }
}
