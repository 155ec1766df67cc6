/**
 * Drives one task: pulls what has come, steps, commits; restarts it after a bug, stops it at poison.
 *
 * The loop pulls: a step reads only when nothing presses and the open epoch has room; timers run even then, so that what
 * is stale becomes stale. One commit is in flight while the next epoch is open, so epochs grow by themselves under load
 * and are short when it is calm. Tasks are driven one by one: what befalls one does not stop the others.
 *
 * A throw drops the task whole; it is restored from its last epoch and hunts for what made it throw (`task/hunt.ts`). Where
 * that is one message or timer the task stops there, and says so, until a person sets it aside.
 *
 * Damage, or a store that is gone, is the end: nothing that is tried again in this process could mend it.
 */

import { EvolutionError } from '../evolution/evolution';
import { filledIn, openEvolved } from '../evolution/evolve';
import type { Suspicion } from '../evolution/fill-steps';
import {
  type Backend,
  FencedError,
  isFatal,
  type RestoredTask,
  type Skip,
  type TaskLeft,
  type TaskStore,
} from '../ports/backend';
import type { Clock } from '../ports/clock';
import type { Epoch, Progress, TaskId, TopicPartition } from '../ports/epoch';
import { Hunt, suspectsOf } from '../task/hunt';
import type { Intake } from '../task/intake';
import { asDead, isAt, isTimer, type Poison, PoisonError } from '../task/poison';
import { type RunnerOptions, TaskRunner } from '../task/runner';
import { commitSurely } from './commit';
import { Pace } from './pace';
import { Signal } from './signal';
import { skipRefusal } from './skip';
import { SnapshotRounds } from './snapshot-rounds';
import { SteadyTime } from './steady-time';

export interface DriveOptions
  extends Pick<
    RunnerOptions,
    'job' | 'schemaIds' | 'deadLetters' | 'versions' | 'envelope' | 'build' | 'stepBytes' | 'holdMicros'
  > {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names' | 'openTask' | 'tasks' | 'skip'>;
  readonly clock: Clock;
  /** Why nothing may be read now (the quota is reached), or undefined. Timers run in any case. */
  readonly pressure: () => string | undefined;
  /** Outputs of an open epoch; a step starts only below. */
  readonly openBytesMax: number;
  /** How long a step may hold the thread, about: 2 ms unless said. */
  readonly stepMicros?: number;
  /** State topics in frames are written whole this often, so that retention may drop what lies before. */
  readonly snapshotMicros: number;
  /** How long to wait before a task that failed is restored. */
  readonly retryMicros: number;
  readonly report?: (event: TaskEvent) => void;
}

export interface TaskEvent {
  readonly task: TaskId;
  readonly event:
    | 'filling'
    | 'filled'
    | 'restored'
    | 'refused'
    | 'failed'
    | 'poisoned'
    | 'fenced'
    | 'lost'
    | 'stopped';
  readonly detail: string;
  /** Of a task that is lost: what the process should end with. */
  readonly error?: Error;
}

export interface TaskStatus {
  readonly task: TaskId;
  readonly state:
    | 'starting'
    | 'filling'
    | 'running'
    | 'refused'
    | 'failed'
    | 'poisoned'
    | 'fenced'
    | 'lost'
    | 'stopped';
  /** Last committed epoch. */
  readonly epoch: number;
  readonly now: number;
  readonly counts: TaskRunner['counts'];
  readonly pressure: string | undefined;
  readonly poison: Poison | undefined;
  readonly failure: string | undefined;
  /** Pipelines that were added later and could not be filled from the beginning, in sentences. */
  readonly filled: readonly string[];
  /** What is wrong with the machine's clock, in a sentence. */
  readonly clock: string | undefined;
}

/** A step holds the thread for so long, about. */
const STEP_MICROS = 2_000;
/** How often pressure is asked again, and skips are looked for, while nothing else happens. */
const LOOK_AGAIN_MICROS = 20_000;

export class TaskDriver {
  readonly id: TaskId;
  private readonly wake = new Signal();
  private readonly armed = new Set<Intake>();
  private runner: TaskRunner | undefined;
  private store: TaskStore | undefined;
  private state: TaskStatus['state'] = 'starting';
  private counts = { steps: 0, recordsIn: 0, recordsOut: 0, deadLetters: 0, bytesIn: 0 };
  private poison: Poison | undefined;
  private filled: readonly string[] = [];
  private failure: string | undefined;
  private pressed: string | undefined;
  private committed = 0;
  private stopping = false;
  private dropped = false;
  private finished: Promise<void> | undefined;
  /** Under way since the task threw. */
  private hunt: Hunt | undefined;
  /** What a fill of this task threw at, somewhere before. */
  private readonly fillSuspicion: Suspicion = { suspects: [] };
  /** Messages and timers to be set aside, on a person's word. */
  private skips: readonly Skip[] = [];
  /** How far the inputs have been read by the last epoch that was committed. */
  private committedTo: readonly Progress[] = [];
  private time: SteadyTime | undefined;
  private readonly pace: Pace;
  private readonly snapshots: SnapshotRounds;

  constructor(
    private readonly options: DriveOptions,
    partition: number,
  ) {
    this.id = { job: options.job.name, partition };
    this.pace = new Pace({ bytesMax: options.stepBytes, micros: options.stepMicros ?? STEP_MICROS });
    this.snapshots = new SnapshotRounds(options.job.writes, {
      everyMicros: options.snapshotMicros,
      elapsed: () => options.clock.elapsed(),
    });
  }

  /** Resolves when the task has stopped for good. */
  run(): Promise<void> {
    this.committedTo = this.left()?.progress ?? [];
    this.finished ??= this.life();
    return this.finished;
  }

  /** Finishes the step, commits what is open and lets go. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake.fire();
    await this.finished;
  }

  /** Lets go without committing anything more: the task is another owner's. */
  drop(): void {
    this.dropped = true;
    this.stopping = true;
    this.wake.fire();
  }

  /** Says that something outside has changed: pressure. */
  nudge(): void {
    this.wake.fire();
  }

  /**
   * Sets a message or timer aside, on a person's word. Answers why not, in a sentence, where that would have no effect;
   * undefined once it is sure that the task passes it over, with a dead letter that says so.
   */
  async skip(skip: Skip): Promise<string | undefined> {
    const { backend } = this.options;
    const context = { log: backend.log, progress: this.progress(), poison: this.poison };
    const refusal = await skipRefusal(skip, context);
    if (refusal !== undefined) return refusal;
    // The log was asked meanwhile, and the task may have gone on.
    const isStoodAt = this.poison !== undefined && isAt(skip, this.poison);
    if (!isStoodAt && !isTimer(skip) && isReadIn(this.progress(), skip))
      return skipRefusal(skip, { ...context, progress: this.progress() });
    const said = { ...skip, epoch: this.left()?.epoch ?? 0 };
    this.skips = [...this.skips, said];
    try {
      await backend.skip(this.id, said);
    } catch (error) {
      this.skips = this.skips.filter((one) => one !== said);
      throw error;
    }
    this.wake.fire();
    return undefined;
  }

  status(): TaskStatus {
    return {
      task: this.id,
      state: this.state,
      epoch: this.committed,
      now: this.runner?.now ?? 0,
      counts: this.runner ? add(this.counts, this.runner.counts) : this.counts,
      pressure: this.pressed,
      poison: this.poison,
      failure: this.failure,
      filled: this.filled,
      clock: this.time?.trouble(),
    };
  }

  /** How far the task has read its inputs, committed or not. */
  progress(): readonly Progress[] {
    return this.runner?.intakes.map(({ place, next }) => ({ ...place, next })) ?? this.committedTo;
  }

  private left(): TaskLeft | undefined {
    const { job, partition } = this.id;
    return this.options.backend.tasks().find(({ task }) => task.job === job && task.partition === partition);
  }

  private async life(): Promise<void> {
    while (!this.stopping && !this.isOver()) {
      try {
        const opened = await this.open();
        if (opened) await this.live(opened.runner, opened.store);
      } catch (error) {
        this.fail(error);
        await this.letGo();
        if (!this.isOver() && this.failure !== undefined) await this.sleep(this.options.retryMicros);
      }
    }
    await this.letGo();
    if (!this.isOver()) this.change('stopped', `after epoch ${this.committed}`);
  }

  /** Undefined when it was stopped before pipelines that are new had been filled. */
  private async open(): Promise<{ runner: TaskRunner; store: TaskStore } | undefined> {
    const opened = await openEvolved({
      ...this.options,
      partition: this.id.partition,
      isStopping: () => this.stopping,
      suspicion: this.fillSuspicion,
      say: (event, detail) => this.change('filling', detail, event),
    });
    if (!opened) return undefined;
    const { store, phase } = opened;
    this.store = store;
    this.filled = filledIn(store.restored.phase);
    const restored: RestoredTask = store.restored;
    this.committed = restored.epoch;
    this.committedTo = restored.progress;
    this.skips = (await store.skips()).filter((skip) => !isReadIn(restored.progress, skip));
    this.time ??= new SteadyTime(this.options.clock, restored.now);
    this.runner = new TaskRunner({ ...this.options, partition: this.id.partition, restored, phase });
    this.failure = undefined;
    this.snapshots.restart();
    this.change('running', `from epoch ${restored.epoch}`, 'restored');
    return { runner: this.runner, store };
  }

  private async live(runner: TaskRunner, store: TaskStore): Promise<void> {
    let inFlight: Promise<void> | undefined;
    let failure: { readonly error: unknown } | undefined;
    const commit = (epoch: Epoch): void => {
      inFlight = commitSurely(store, epoch).then(
        () => {
          this.committed = epoch.number;
          for (const { read } of epoch.steps) this.committedTo = moved(this.committedTo, read);
          this.skips = this.skips.filter((skip) => !isPassed(skip, epoch));
          inFlight = undefined;
          this.wake.fire();
        },
        (error: unknown) => {
          failure = { error };
          this.wake.fire();
        },
      );
    };
    const settled = async (): Promise<void> => {
      await inFlight;
      if (failure) throw failure.error;
    };
    try {
      while (!this.stopping) {
        if (failure) throw failure.error;
        const now = this.time!.read();
        this.pressed = this.options.pressure();
        const epoch = this.hunt && !inFlight ? this.huntOn(runner, now) : undefined;
        const stepped = epoch !== undefined || (!this.hunt && this.stepIfPossible(runner, now));
        if (epoch) commit(epoch);
        else if (!inFlight && runner.openSteps > 0) commit(this.take(runner));
        if (!stepped) await this.idle(runner, now);
        // Whatever woke the loop, the rest of the thread has its turn before it looks again.
        await this.options.clock.turn();
      }
      await settled();
      if (runner.openSteps > 0 && !this.dropped) commit(this.take(runner));
      await settled();
    } finally {
      // A commit that is under way takes effect or not, but before the task is opened again.
      await inFlight;
    }
  }

  /** A careful step's epoch, if there was something to be careful about. */
  private huntOn(runner: TaskRunner, now: number): Epoch | undefined {
    const mayRead = this.pressed === undefined;
    const found = this.hunt!.step(runner, { now, mayRead, aside: this.skips.map(asDead) });
    if (found === 'over') this.hunt = undefined;
    return typeof found === 'string' ? undefined : found;
  }

  private stepIfPossible(runner: TaskRunner, now: number): boolean {
    if (runner.openBytes >= this.options.openBytesMax) return false;
    const mayRead = this.pressed === undefined;
    const due = mayRead ? runner.due() : runner.task.nextDue();
    const isDue = due !== undefined && due <= now;
    if (!isDue && !(mayRead && runner.ready(now)) && !this.snapshots.isUnderWay) return false;
    const { clock } = this.options;
    const began = clock.elapsed();
    const before = runner.counts.bytesIn;
    const { stepBytes } = this.pace;
    try {
      runner.step({
        now,
        maxBytes: stepBytes,
        ...(!mayRead && { maxMessages: 0 }),
        dead: this.skips.map(asDead),
      });
      this.pace.took(clock.elapsed() - began, runner.counts.bytesIn - before >= stepBytes);
      this.snapshots.goOn(runner, now);
    } catch (error) {
      if (!isFatal(error)) this.hunt = new Hunt(suspectsOf(runner));
      throw error;
    }
    return true;
  }

  /** Closes the epoch. What its tables cannot be saved as is found by a hunt, like any other throw. */
  private take(runner: TaskRunner): Epoch {
    try {
      return runner.takeEpoch();
    } catch (error) {
      if (!isFatal(error)) this.hunt = new Hunt(suspectsOf(runner));
      throw error;
    }
  }

  private async idle(runner: TaskRunner, now: number): Promise<void> {
    const mayNotRead = this.pressed !== undefined || runner.openBytes >= this.options.openBytesMax;
    // What waits to be read is no news: a reader that has more would wake the task at once, again and again, and
    // nothing else in this thread, such as the answer to a commit, would ever have its turn.
    for (const intake of runner.intakes) if (!mayNotRead && !intake.isHeld) this.arm(intake);
    const due = runner.due();
    const untilDue = due === undefined ? Number.POSITIVE_INFINITY : Math.max(due - now, 0);
    const looksAgain = mayNotRead || runner.isHeld || this.hunt !== undefined;
    await this.pause(looksAgain ? LOOK_AGAIN_MICROS : Math.max(untilDue, 500));
  }

  private async pause(micros: number): Promise<void> {
    const cancel = Number.isFinite(micros)
      ? this.options.clock.after(micros, () => this.wake.fire())
      : undefined;
    await this.wake.next();
    cancel?.();
  }

  /** Waits for so long, whatever happens meanwhile but being stopped. */
  private async sleep(micros: number): Promise<void> {
    let isOver = false;
    const cancel = this.options.clock.after(micros, () => {
      isOver = true;
      this.wake.fire();
    });
    while (!isOver && !this.stopping) await this.wake.next();
    cancel();
  }

  private arm(intake: Intake): void {
    if (this.armed.has(intake)) return;
    this.armed.add(intake);
    void intake.whenArrived().then(() => {
      this.armed.delete(intake);
      this.wake.fire();
    });
  }

  private fail(error: unknown): void {
    if (error instanceof FencedError) this.change('fenced', error.message);
    else if (isFatal(error)) {
      this.failure = error.message;
      this.change('lost', error.message, 'lost', error);
    } else if (error instanceof EvolutionError) {
      this.failure = error.message;
      this.change('refused', error.message);
    } else if (error instanceof PoisonError) {
      this.poison = error.poison;
      this.change('poisoned', error.message);
    } else {
      this.failure = error instanceof Error ? error.message : String(error);
      this.change('failed', error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }

  private isOver(): boolean {
    return this.state === 'fenced' || this.state === 'refused' || this.state === 'lost';
  }

  private async letGo(): Promise<void> {
    const { runner, store } = this;
    this.runner = undefined;
    this.store = undefined;
    this.armed.clear();
    if (runner) {
      this.counts = add(this.counts, runner.counts);
      runner.close();
    }
    if (this.state === 'poisoned') await this.awaitSkip(store);
    await store?.close();
  }

  /** A task that stands at poison in a fill has no store open, and is told of skips by `skip` alone. */
  private async awaitSkip(store: TaskStore | undefined): Promise<void> {
    const { poison } = this;
    while (poison && !this.stopping) {
      const skips = [...this.skips, ...((await store?.skips()) ?? [])];
      if (skips.some((skip) => isAt(skip, poison))) {
        this.poison = undefined;
        return;
      }
      await this.pause(LOOK_AGAIN_MICROS * 5);
    }
  }

  private change(
    state: TaskStatus['state'],
    detail: string,
    event: TaskEvent['event'] | undefined = undefined,
    error: Error | undefined = undefined,
  ): void {
    this.state = state;
    this.options.report?.({
      task: this.id,
      event: event ?? (state as TaskEvent['event']),
      detail,
      ...(error && { error }),
    });
  }
}

const isHere = (one: TopicPartition, other: TopicPartition): boolean =>
  one.topic === other.topic && one.partition === other.partition;

/** Whether a message has been read; a timer never is. */
const isReadIn = (progress: readonly Progress[], place: Skip): boolean =>
  progress.some((at) => isHere(at, place) && at.next > place.offset);

const moved = (before: readonly Progress[], read: readonly Progress[]): readonly Progress[] =>
  read.length === 0 ? before : [...before.filter((at) => !read.some((place) => isHere(place, at))), ...read];

/** Whether an epoch has left behind what was to be set aside. */
const isPassed = (skip: Skip, { steps }: Epoch): boolean =>
  steps.some(
    ({ dead, read }) =>
      dead.some((one) => isAt(one, skip)) ||
      read.some((place) => isHere(place, skip) && place.next > skip.offset),
  );

function add(a: TaskRunner['counts'], b: TaskRunner['counts']): TaskRunner['counts'] {
  return {
    steps: a.steps + b.steps,
    recordsIn: a.recordsIn + b.recordsIn,
    recordsOut: a.recordsOut + b.recordsOut,
    deadLetters: a.deadLetters + b.deadLetters,
    bytesIn: a.bytesIn + b.bytesIn,
  };
}
