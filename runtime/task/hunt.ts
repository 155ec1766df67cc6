/**
 * The hunt for what makes a task throw. An operator that throws says nothing about which of a thousand messages it was,
 * and its state is half changed: so the task is restored and goes on with one message or one timer a step, each step an
 * epoch of its own, until it is past the place. What throws then, or writes what cannot be encoded, is the poison.
 *
 * Timers that fall due meanwhile have steps of their own, one each, or a message would be blamed for them.
 */
import { isFatal } from '../ports/backend';
import type { DeadMessage, Epoch, Progress, TopicPartition } from '../ports/epoch';
import { PoisonError, placeOfTimer } from './poison';
import type { TaskRunner } from './runner';

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

/** How far each input had been read when the task threw: what made it throw lies somewhere before. */
export const suspectsOf = ({ intakes }: Pick<TaskRunner, 'intakes'>): readonly Progress[] =>
  intakes.map(({ place, next }) => ({ ...place, next }));

export interface HuntStep {
  readonly now: number;
  readonly mayRead: boolean;
  /** Messages and timers to be passed over. */
  readonly aside: readonly DeadMessage[];
}

export class Hunt {
  private readonly suspect = new Map<string, number>();

  constructor(suspects: readonly Progress[]) {
    for (const place of suspects) {
      const name = nameOf(place);
      this.suspect.set(name, Math.max(place.next, this.suspect.get(name) ?? 0));
    }
  }

  /**
   * Runs one careful step and answers its epoch; 'waits' where nothing can be read just now, 'over' when the task is past
   * the place and has not thrown: it was no single message or timer. Throws a PoisonError.
   */
  step(runner: TaskRunner, { now, mayRead, aside }: HuntStep): Epoch | 'waits' | 'over' {
    const ofTimer = fireOne(runner, now, aside);
    if (ofTimer) return ofTimer;
    const doubtful = runner.intakes.filter(
      ({ place, next }) => next < (this.suspect.get(nameOf(place)) ?? 0),
    );
    if (doubtful.length === 0) return 'over';
    const from = mayRead ? doubtful.find((intake) => intake.ready(1, now)) : undefined;
    if (!from) return 'waits';
    const place = { ...from.place, offset: from.offset };
    return attempt(runner, place, () => runner.stepCarefully({ now, aside, from }));
  }
}

/** Fires the one timer that is due first and answers its epoch; undefined where none is due. Throws a PoisonError. */
export function fireOne(runner: TaskRunner, now: number, aside: readonly DeadMessage[]): Epoch | undefined {
  const timer = runner.task.firstDue(now);
  return (
    timer && attempt(runner, placeOfTimer(timer), () => runner.stepCarefully({ now, aside, from: undefined }))
  );
}

function attempt(
  runner: TaskRunner,
  place: TopicPartition & { readonly offset: number },
  step: () => void,
): Epoch {
  try {
    step();
    // Tables are encoded here: what cannot be is found at its own step.
    return runner.takeEpoch();
  } catch (error) {
    if (isFatal(error)) throw error;
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new PoisonError({ ...place, detail });
  }
}
