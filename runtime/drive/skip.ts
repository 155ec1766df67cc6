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
}

/** Answers why not, in a sentence; undefined where the task will pass the message over, and say so in dead letters. */
export async function skipRefusal(
  skip: Skip,
  { log, progress, poison }: SkipContext,
): Promise<string | undefined> {
  const place = placeText(skip);
  if (poison && isAt(skip, poison)) return undefined;
  if (isTimer(skip)) return `${place} is no timer that the task stands at: only such a one can be set aside.`;
  const read = progress.find(({ topic, partition }) => topic === skip.topic && partition === skip.partition);
  if (!read)
    return `the task reads nothing of ${skip.topic}/${skip.partition}: ${place} cannot be set aside.`;
  if (skip.offset < read.next)
    return `${place} has been read already, without a throw: the task is at offset ${read.next}. What it did stays; correct it with a message of its own.`;
  if (skip.offset >= log.ends(skip).next || !(await exists(skip, log)))
    return `there is no message at ${place}.`;
  return undefined;
}

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
