/**
 * The steps and epochs of a fill. After a throw, which drops what was filled since its last epoch, it goes on with one
 * message or one timer an epoch, like a task that runs, until it is past the place; what throws then is poison, and
 * waits for a person to set it aside.
 *
 * What was set aside before the fill began is passed over again and was told then. What is set aside for the fill's sake
 * has an epoch of its own, so that its dead letter is told, and nothing with it that was told before.
 */
import type { Filling } from '../graph/shape';
import { isFatal, type Skip } from '../ports/backend';
import type { Clock } from '../ports/clock';
import type { DeadMessage, Epoch, Progress } from '../ports/epoch';
import { Hunt, suspectsOf } from '../task/hunt';
import { asDead, isAt } from '../task/poison';
import type { TaskRunner } from '../task/runner';

/** How far a fill had read when it threw; kept by whoever begins it again. */
export interface Suspicion {
  suspects: readonly Progress[];
}

export interface FillStepsOptions {
  readonly runner: TaskRunner;
  readonly clock: Clock;
  readonly openBytesMax: number;
  readonly isStopping: () => boolean;
  readonly suspicion: Suspicion;
  readonly skips: readonly Skip[];
  readonly filling: Pick<Filling, 'since' | 'upTo'>;
  readonly commit: (epoch: Epoch) => Promise<void>;
}

const EPOCH_STEPS = 32;
const HELD_MICROS = 20_000;

export class FillSteps {
  private hunt: Hunt | undefined;

  constructor(private readonly options: FillStepsOptions) {
    const { suspicion, skips, filling } = options;
    const isFilled = ({ topic, partition, offset }: Skip): boolean =>
      filling.upTo.some((at) => at.topic === topic && at.partition === partition && offset < at.next);
    const toBeTold = skips
      .filter((skip) => isFilled(skip) && isToldIn(skip, filling))
      .map(({ topic, partition, offset }) => ({ topic, partition, next: offset + 1 }));
    const suspects = [...suspicion.suspects, ...toBeTold];
    if (suspects.length > 0) this.hunt = new Hunt(suspects);
  }

  /** Reads and commits until `isRead`; answers false when it was stopped before. */
  async read(isRead: () => boolean): Promise<boolean> {
    const { runner, clock, openBytesMax, isStopping } = this.options;
    for (;;) {
      if (isStopping()) return false;
      const now = Math.max(clock.now(), runner.now);
      if (this.hunt && (await this.huntOn(this.hunt, now))) continue;
      if (runner.ready(now)) this.suspecting(() => runner.step({ now, dead: this.passedBefore() }));
      else if (runner.isHeld) await new Promise<void>((resolve) => clock.after(HELD_MICROS, resolve));
      else if (isRead()) return true;
      if (runner.openSteps >= EPOCH_STEPS || runner.openBytes >= openBytesMax) await this.commitOpen();
      await clock.turn();
    }
  }

  async commitOpen(): Promise<void> {
    const { runner, commit } = this.options;
    if (runner.openSteps > 0) await commit(this.suspecting(() => runner.takeEpoch()));
  }

  /** Answers whether there was something to be careful about. */
  private async huntOn(hunt: Hunt, now: number): Promise<boolean> {
    const { runner, suspicion, skips, clock, commit } = this.options;
    // An epoch of a hunt is one step.
    await this.commitOpen();
    const found = hunt.step(runner, { now, mayRead: true, aside: skips.map(asDead) });
    if (found === 'over') {
      this.hunt = undefined;
      suspicion.suspects = [];
    }
    if (typeof found === 'string') return false;
    await commit(found);
    await clock.turn();
    return true;
  }

  private passedBefore(): DeadMessage[] {
    const { skips, filling } = this.options;
    return skips.filter((skip) => !isToldIn(skip, filling)).map(asDead);
  }

  private suspecting<T>(attempt: () => T): T {
    try {
      return attempt();
    } catch (error) {
      if (!isFatal(error)) this.options.suspicion.suspects = suspectsOf(this.options.runner);
      throw error;
    }
  }
}

type Since = Pick<Filling, 'since'>;

const isToldIn = ({ epoch = 0 }: Skip, { since = 0 }: Since): boolean => epoch >= since;

/** Whether an epoch's dead letters tell of what was set aside for the fill's sake. */
export const tellsOfSkip = ({ steps }: Epoch, skips: readonly Skip[], filling: Since): boolean =>
  steps.some(({ dead }) =>
    dead.some((one) => skips.some((skip) => isToldIn(skip, filling) && isAt(skip, one))),
  );
