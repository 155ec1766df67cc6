/**
 * The hunt for what makes a task throw. An operator that throws says nothing about which of a thousand messages it was,
 * and its state is half changed: so the task is restored and goes on with one message or one timer a step, each step an
 * epoch of its own, until it is past the place. What throws then, or writes what cannot be encoded, is the poison.
 *
 * Timers that fall due meanwhile have steps of their own, one each, or a message would be blamed for them.
 */
import { isFatal, type Skip } from '../ports/backend';
import type { Epoch, TopicPartition } from '../ports/epoch';
import { asDead, PoisonError, placeOfTimer } from '../task/poison';
import type { TaskRunner } from '../task/runner';

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;

export class Hunt {
  /** How far each input had been read when the task threw: somewhere before. */
  private readonly suspect: ReadonlyMap<string, number>;

  constructor(runner: Pick<TaskRunner, 'intakes'>) {
    this.suspect = new Map(runner.intakes.map(({ place, next }) => [nameOf(place), next]));
  }

  /**
   * Runs one careful step and answers its epoch; 'waits' where nothing can be read just now, 'over' when the task is past
   * the place and has not thrown: it was no single message or timer. Throws a PoisonError.
   */
  step(
    runner: TaskRunner,
    {
      now,
      mayRead,
      skips,
    }: { readonly now: number; readonly mayRead: boolean; readonly skips: readonly Skip[] },
  ): Epoch | 'waits' | 'over' {
    const aside = skips.map(asDead);
    const timer = runner.task.firstDue(now);
    if (timer)
      return attempt(runner, placeOfTimer(timer), () =>
        runner.stepCarefully({ now, aside, from: undefined }),
      );
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
