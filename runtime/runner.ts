/**
 * A task with its inputs and outputs: runs steps, and gathers them into the open epoch.
 *
 * Synchronous: who calls it decides when to step and when to commit (`drive.ts` live, `recompute.ts` when recorded
 * epochs are run again). What a step read, passed over and wrote is recorded as it happens.
 */
import type { Backend, RestoredTask } from './backend';
import { ByteWriter } from './bytes';
import { countOf } from './changes';
import type { SchemaVersions } from './codec';
import type { DeadMessage, Epoch, Output, Progress, RecordedStep, TaskId } from './epoch';
import { type InputBatch, inputBatch } from './input-batch';
import { Intake, type Refused } from './intake';
import type { Job } from './job';
import { type Envelope, Outlet } from './outlet';
import { type Phase, shapeOf } from './shape';
import type { Step } from './step';
import { Task } from './task';
import type { Topic } from './topic';

/** What a dead letter holds; the topic that the job names for them has these fields. */
export interface DeadLetterRow {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly reason: string;
  readonly detail: string;
  readonly by: string;
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  readonly time: number;
}

export interface RunnerOptions {
  readonly job: Job;
  readonly partition: number;
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
  readonly restored: RestoredTask;
  /** Ids of the schemas that outputs are written with, by topic. */
  readonly schemaIds: ReadonlyMap<string, number>;
  readonly deadLetters: Topic<readonly DeadLetterRow[]>;
  readonly versions?: SchemaVersions | undefined;
  readonly envelope?: Envelope | undefined;
  readonly build: string;
  /** Reads of one input in one step, about; bounds how long a step holds the thread. */
  readonly stepBytes: number;
  /** How long a record with an unknown number holds its partition. */
  readonly holdMicros: number;
  /** Begins with the first epoch that is taken. */
  readonly phase?: Phase | undefined;
}

/** What may go into a step. */
export interface StepBounds {
  readonly now: number;
  /** Messages of each input. */
  readonly maxMessages?: number;
  /** Read from this input only. */
  readonly only?: Intake;
  /** Read each input up to here and no further; an input not named is not read. */
  readonly upTo?: readonly Progress[];
  /** Messages to be passed over. */
  readonly dead?: readonly DeadMessage[];
  /** State topics to be written whole. */
  readonly snapshots?: readonly string[];
}

export class TaskRunner {
  readonly id: TaskId;
  readonly task: Task;
  readonly intakes: readonly Intake[];
  /** Records read and written since opened. */
  readonly counts = { steps: 0, recordsIn: 0, recordsOut: 0, deadLetters: 0 };
  now: number;
  private readonly batches: ReadonlyMap<string, InputBatch>;
  private readonly outlets: ReadonlyMap<string, Outlet>;
  private readonly scratch = new ByteWriter(1 << 16);
  /**
   * Inputs of which nothing has been recorded yet. The first epoch names them all: what a task has not read is kept for
   * it, and it must not lose what came before its first message just because it was stopped meanwhile.
   */
  private readonly unannounced: Set<Intake>;
  private steps: RecordedStep[] = [];
  private firstStep: number;
  private epoch: number;
  private phase: Phase | undefined;

  constructor(private readonly options: RunnerOptions) {
    const { job, partition, restored } = options;
    this.id = { job: job.name, partition };
    this.now = restored.now;
    this.firstStep = restored.nextStep;
    this.epoch = restored.epoch + 1;
    this.phase = options.phase ?? (restored.phase ? undefined : { shape: shapeOf(job) });
    this.task = new Task(job, restored);
    this.batches = new Map(job.inputs.map(({ topic }) => [topic.name, inputBatch(topic)]));
    this.intakes = this.openIntakes();
    this.unannounced = new Set(
      this.intakes.filter(
        (intake) =>
          !restored.progress.some(
            ({ topic, partition: at }) => topic === intake.input.topic.name && at === intake.partition,
          ),
      ),
    );
    const outlet = (topic: Topic): [string, Outlet] => [
      topic.name,
      new Outlet({
        topic,
        partitions: this.partitionsOf(topic.name),
        schemaId: options.schemaIds.get(topic.name)!,
        envelope: options.envelope,
      }),
    ];
    this.outlets = new Map([...job.writes, options.deadLetters as Topic].map(outlet));
  }

  /** Steps since the last epoch was taken. */
  get openSteps(): number {
    return this.steps.length;
  }

  /** Bytes of outputs since the last epoch was taken. */
  get openBytes(): number {
    let bytes = 0;
    for (const outlet of this.outlets.values()) bytes += outlet.bytes;
    return bytes;
  }

  ready(now: number): boolean {
    return this.intakes.some((intake) => intake.ready(this.options.stepBytes, now));
  }

  /** Whether a record with an unknown number holds an input. */
  get isHeld(): boolean {
    return this.intakes.some(({ heldUntil }) => heldUntil !== undefined);
  }

  /** Something that a step would do at `now`, though no message has come. */
  due(): number | undefined {
    const held = this.intakes.map(({ heldUntil }) => heldUntil).filter((until) => until !== undefined);
    const timer = this.task.nextDue();
    const all = timer === undefined ? held : [timer, ...held];
    return all.length === 0 ? undefined : Math.min(...all);
  }

  /** Runs one step. Throws what an operator threw; the runner is then of no further use. */
  step(bounds: StepBounds): void {
    const step: Step = { number: this.firstStep + this.steps.length, now: Math.max(bounds.now, this.now) };
    const refused: Refused[] = [];
    const read = this.read(step, bounds, refused);
    const data: Record<string, unknown> = {};
    for (const [topic, batch] of this.batches) {
      data[topic] = batch.data;
      this.counts.recordsIn += batch.length;
    }
    const written = this.task.run(step, data);
    const cause = this.causeOf(read);
    for (const topic in written) this.write(topic, written[topic], step, cause);
    if (refused.length > 0) this.bury(refused, step, cause);
    for (const topic of bounds.snapshots ?? []) {
      this.outlets.get(topic)!.writeSnapshot(this.task.snapshot(topic, step));
    }
    this.now = step.now;
    this.counts.steps += 1;
    this.steps.push({
      now: step.now,
      read: read.map(({ topic, partition, next }) => ({ topic, partition, next })),
      dead: refused.map(({ topic, partition, offset, reason, detail, by }) => ({
        topic,
        partition,
        offset,
        reason,
        detail,
        by,
      })),
      snapshots: bounds.snapshots ?? [],
    });
  }

  /** Closes the open epoch, and opens the next. */
  takeEpoch(): Epoch {
    const outputs: Output[] = [];
    for (const outlet of this.outlets.values()) outputs.push(...outlet.take());
    const epoch: Epoch = {
      task: this.id,
      number: this.epoch,
      build: this.options.build,
      firstStep: this.firstStep,
      steps: this.steps,
      outputs,
      tables: this.task.takeChanges(this.scratch),
      ...(this.phase && { phase: this.phase }),
    };
    this.phase = undefined;
    this.firstStep += this.steps.length;
    this.epoch += 1;
    this.steps = [];
    return epoch;
  }

  close(): void {
    this.task.close();
    for (const intake of this.intakes) intake.close();
  }

  private read(
    step: Step,
    bounds: StepBounds,
    refused: Refused[],
  ): (Progress & { readonly first: number })[] {
    const read: (Progress & { readonly first: number })[] = [];
    for (const batch of this.batches.values()) batch.clear();
    for (const intake of this.intakes) {
      const { topic } = intake.input;
      const { partition } = intake;
      if (bounds.only && bounds.only !== intake) {
        if (this.unannounced.has(intake))
          read.push({ topic: topic.name, partition, next: intake.next, first: intake.next });
        continue;
      }
      const isHere = (place: { readonly topic: string; readonly partition: number }): boolean =>
        place.topic === topic.name && place.partition === partition;
      const limit = bounds.upTo ? (bounds.upTo.find(isHere)?.next ?? intake.next) : Number.POSITIVE_INFINITY;
      const dead = (bounds.dead ?? []).filter(isHere);
      const first = intake.next;
      intake.take(
        this.batches.get(topic.name)!,
        {
          maxBytes: bounds.upTo ? Number.POSITIVE_INFINITY : this.options.stepBytes,
          maxMessages: bounds.maxMessages ?? Number.POSITIVE_INFINITY,
          limit,
          now: step.now,
        },
        (offset) => dead.find((one) => one.offset === offset),
        refused,
      );
      if (intake.next > first || this.unannounced.has(intake))
        read.push({ topic: topic.name, partition, next: intake.next, first });
    }
    this.unannounced.clear();
    return read;
  }

  private causeOf(read: readonly (Progress & { readonly first: number })[]): string {
    const first = read.find((place) => place.next > place.first);
    return first ? `${first.topic}/${first.partition}/${first.first}` : (this.task.firedFirst ?? 'idle');
  }

  private write(topic: string, data: unknown, step: Step, cause: string): void {
    const count = countOf(data);
    if (count === 0) return;
    this.counts.recordsOut += count;
    this.outlets.get(topic)!.write(data, step, cause);
  }

  private bury(refused: readonly Refused[], step: Step, cause: string): void {
    this.counts.deadLetters += refused.length;
    const letters = refused.map((one): DeadLetterRow => ({ ...one, time: step.now }));
    this.outlets.get(this.options.deadLetters.name)!.write(letters, step, cause);
  }

  private openIntakes(): Intake[] {
    const { job, partition, backend, restored } = this.options;
    return job.inputs.flatMap((input) => {
      const all = this.partitionsOf(input.topic.name);
      const partitions =
        input.distribution === 'broadcast' ? Array.from({ length: all }, (_, one) => one) : [partition];
      return partitions.map((one) => {
        const at = restored.progress.find(
          (place) => place.topic === input.topic.name && place.partition === one,
        );
        const next = at?.next ?? 0;
        const reader = backend.log.reader(
          { topic: input.topic.name, partition: one, next },
          `${job.name}/${partition}`,
        );
        return new Intake(input, reader, next, {
          registry: backend.registry,
          names: backend.names,
          versions: this.options.versions,
          holdMicros: this.options.holdMicros,
        });
      });
    });
  }

  private partitionsOf(topic: string): number {
    return this.options.backend.log.topics().find(({ name }) => name === topic)!.partitions;
  }
}
