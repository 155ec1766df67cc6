/**
 * Drives one task: pulls what has come, steps, commits; restarts it after a bug, stops it at poison.
 *
 * The loop pulls: a step starts only when nothing presses and the open epoch has room. One commit is in flight while
 * the next epoch is open, so epochs grow by themselves under load and are short when it is calm. Tasks are driven one
 * by one: what befalls one does not stop the others.
 *
 * A throw drops the task whole; it is restored from its last epoch and goes on carefully, one message a step, until it
 * is past the place. If a message makes it throw again the task stops there, and says so, until a person skips it.
 *
 * Damage, or a store that is gone, is the end: nothing that is tried again in this process could mend it.
 */
import {
  type Backend,
  CorruptionError,
  FencedError,
  LostError,
  type RestoredTask,
  type Skip,
  type TaskStore,
} from './backend';
import type { Clock } from './clock';
import type { DeadMessage, TaskId, TopicPartition } from './epoch';
import { EvolutionError } from './evolution';
import { filledIn, openEvolved } from './evolve';
import type { Intake } from './intake';
import { type RunnerOptions, TaskRunner } from './runner';
import { Signal } from './signal';

export interface DriveOptions
  extends Pick<
    RunnerOptions,
    'job' | 'schemaIds' | 'deadLetters' | 'versions' | 'envelope' | 'build' | 'stepBytes' | 'holdMicros'
  > {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names' | 'openTask' | 'tasks'>;
  readonly clock: Clock;
  /** Why no step may start now (a sink lags, the quota is reached), or undefined. */
  readonly pressure: () => string | undefined;
  /** Outputs of an open epoch; a step starts only below. */
  readonly openBytesMax: number;
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

export interface Poison extends TopicPartition {
  readonly offset: number;
  readonly detail: string;
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
}

/** How often pressure is asked again, and skips are looked for, while nothing else happens. */
const LOOK_AGAIN_MICROS = 20_000;

export class TaskDriver {
  readonly id: TaskId;
  private readonly wake = new Signal();
  private readonly armed = new Set<Intake>();
  private runner: TaskRunner | undefined;
  private store: TaskStore | undefined;
  private state: TaskStatus['state'] = 'starting';
  private counts = { steps: 0, recordsIn: 0, recordsOut: 0, deadLetters: 0 };
  private poison: Poison | undefined;
  private filled: readonly string[] = [];
  private failure: string | undefined;
  private pressed: string | undefined;
  private committed = 0;
  private stopping = false;
  private finished: Promise<void> | undefined;
  /** Inputs up to here are read one message a step: somewhere before, the task threw. */
  private careful: ReadonlyMap<string, number> = new Map();
  private readonly snapshotDue = new Map<string, number>();

  constructor(
    private readonly options: DriveOptions,
    partition: number,
  ) {
    this.id = { job: options.job.name, partition };
  }

  /** Resolves when the task has stopped for good. */
  run(): Promise<void> {
    this.finished ??= this.life();
    return this.finished;
  }

  /** Finishes the step, commits what is open and lets go. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake.fire();
    await this.finished;
  }

  /** Says that something outside has changed: pressure, skips. */
  nudge(): void {
    this.wake.fire();
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
    };
  }

  /** How far the task has read its inputs, committed or not. */
  progress(): readonly (TopicPartition & { readonly next: number })[] {
    return (this.runner?.intakes ?? []).map(({ input, partition, next }) => ({
      topic: input.topic.name,
      partition,
      next,
    }));
  }

  private async life(): Promise<void> {
    while (!this.stopping && !this.isOver()) {
      try {
        const opened = await this.open();
        if (opened) await this.live(opened.runner, opened.store);
      } catch (error) {
        this.fail(error);
        await this.letGo();
        if (!this.stopping && this.failure !== undefined) await this.pause(this.options.retryMicros);
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
      say: (event, detail) => this.change('filling', detail, event),
    });
    if (!opened) return undefined;
    const { store, phase } = opened;
    this.store = store;
    this.filled = filledIn(store.restored.phase);
    const restored: RestoredTask = store.restored;
    this.committed = restored.epoch;
    this.runner = new TaskRunner({ ...this.options, partition: this.id.partition, restored, phase });
    this.failure = undefined;
    this.change('running', `from epoch ${restored.epoch}`, 'restored');
    return { runner: this.runner, store };
  }

  private async live(runner: TaskRunner, store: TaskStore): Promise<void> {
    let inFlight: Promise<void> | undefined;
    let commitFailure: { readonly error: unknown } | undefined;
    const commit = (): void => {
      const epoch = runner.takeEpoch();
      inFlight = store.commit(epoch).then(
        () => {
          this.committed = epoch.number;
          inFlight = undefined;
          this.wake.fire();
        },
        (error: unknown) => {
          commitFailure = { error };
          this.wake.fire();
        },
      );
    };
    try {
      while (!this.stopping) {
        if (commitFailure) throw commitFailure.error;
        const stepped = await this.stepIfPossible(runner, store);
        if (!inFlight && runner.openSteps > 0) commit();
        if (!stepped) await this.idle(runner);
        // Whatever woke the loop, the rest of the thread has its turn before it looks again.
        await this.options.clock.turn();
      }
      await inFlight;
      if (commitFailure) throw (commitFailure as { error: unknown }).error;
      if (runner.openSteps > 0) {
        commit();
        await inFlight;
      }
      if (commitFailure) throw (commitFailure as { error: unknown }).error;
    } finally {
      // A commit that is under way takes effect or not, but before the task is opened again.
      await inFlight;
    }
  }

  private async stepIfPossible(runner: TaskRunner, store: TaskStore): Promise<boolean> {
    this.pressed = this.options.pressure();
    if (this.pressed !== undefined || runner.openBytes >= this.options.openBytesMax) return false;
    const now = Math.max(this.options.clock.now(), runner.now);
    // While somebody is suspected a record that was held too long waits for its turn like any other message.
    const due = this.careful.size > 0 ? runner.task.nextDue() : runner.due();
    const isDue = due !== undefined && due <= now;
    if (!isDue && !runner.ready(now)) return false;
    const skips = this.careful.size > 0 ? await store.skips() : [];
    const only = isDue ? undefined : this.carefulIntake(runner, now);
    const before = only?.next ?? 0;
    try {
      runner.step({
        now,
        // Timers run without a message while somebody is suspected, or the wrong one would be blamed.
        ...(this.careful.size > 0 && isDue && { maxMessages: 0 }),
        ...(only && { only, maxMessages: 1, dead: skips.map(asDead) }),
        snapshots: this.snapshotsDue(runner, now),
      });
    } catch (error) {
      throw this.blame(error, runner, only, before);
    }
    return true;
  }

  private carefulIntake(runner: TaskRunner, now: number): Intake | undefined {
    if (this.careful.size === 0) return undefined;
    const doubtful = runner.intakes.filter(
      (intake) => intake.next < (this.careful.get(placeOf(intake)) ?? 0),
    );
    const only = doubtful.find((intake) => intake.ready(1, now));
    // Past the place on every input, and the task did not throw: it was not the message alone.
    if (doubtful.length === 0) this.careful = new Map();
    return only;
  }

  private blame(error: unknown, runner: TaskRunner, only: Intake | undefined, before: number): unknown {
    if (isFatal(error)) return error;
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    if (!only) {
      this.careful = new Map(runner.intakes.map((intake) => [placeOf(intake), intake.next]));
      return error;
    }
    this.poison = { topic: only.input.topic.name, partition: only.partition, offset: before, detail };
    return new PoisonError(this.poison);
  }

  private snapshotsDue(runner: TaskRunner, now: number): string[] {
    const due: string[] = [];
    for (const topic of this.options.job.writes) {
      if (topic.kind !== 'state' || topic.codec.layout !== 'columns' || !runner.task.hasSnapshot(topic.name))
        continue;
      const at = this.snapshotDue.get(topic.name);
      if (at !== undefined && now >= at) due.push(topic.name);
      if (at === undefined || now >= at) this.snapshotDue.set(topic.name, now + this.options.snapshotMicros);
    }
    return due;
  }

  private async idle(runner: TaskRunner): Promise<void> {
    const mayNotStep = this.pressed !== undefined || runner.openBytes >= this.options.openBytesMax;
    // What waits to be read is no news: a reader that has more would wake the task at once, again and again, and
    // nothing else in this thread, such as the answer to a commit, would ever have its turn.
    for (const intake of runner.intakes) if (!mayNotStep && intake.heldUntil === undefined) this.arm(intake);
    const due = runner.due();
    const untilDue =
      due === undefined ? Number.POSITIVE_INFINITY : Math.max(due - this.options.clock.now(), 0);
    const looksAgain = mayNotStep || runner.isHeld;
    await this.pause(looksAgain ? LOOK_AGAIN_MICROS : Math.max(untilDue, 500));
  }

  private async pause(micros: number): Promise<void> {
    const cancel = Number.isFinite(micros)
      ? this.options.clock.after(micros, () => this.wake.fire())
      : undefined;
    await this.wake.next();
    cancel?.();
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
    } else if (error instanceof PoisonError) this.change('poisoned', error.message);
    else {
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
    if (this.state === 'poisoned' && store) await this.awaitSkip(store);
    await store?.close();
  }

  private async awaitSkip(store: TaskStore): Promise<void> {
    const { poison } = this;
    while (poison && !this.stopping) {
      if ((await store.skips()).some((skip) => isAt(skip, poison))) {
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

/** One message makes an operator throw, again and again. */
export class PoisonError extends Error {
  override readonly name = 'PoisonError';
  constructor(poison: Poison) {
    super(
      `message ${poison.topic}/${poison.partition}/${poison.offset} makes the task throw: ${poison.detail}. Mend the cause and restart, or set the message aside with "breakwater skip ${poison.topic}/${poison.partition}/${poison.offset} --why …".`,
    );
  }
}

const isFatal = (error: unknown): error is Error =>
  error instanceof CorruptionError || error instanceof LostError;

const placeOf = (intake: Intake): string => `${intake.input.topic.name}/${intake.partition}`;

const isAt = (skip: Skip, poison: Poison): boolean =>
  skip.topic === poison.topic && skip.partition === poison.partition && skip.offset === poison.offset;

const asDead = ({ topic, partition, offset, by, why }: Skip): DeadMessage => ({
  topic,
  partition,
  offset,
  reason: 'skipped',
  detail: why,
  by,
});

function add(a: TaskRunner['counts'], b: TaskRunner['counts']): TaskRunner['counts'] {
  return {
    steps: a.steps + b.steps,
    recordsIn: a.recordsIn + b.recordsIn,
    recordsOut: a.recordsOut + b.recordsOut,
    deadLetters: a.deadLetters + b.deadLetters,
  };
}
