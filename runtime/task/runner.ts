/**
 * A task with its inputs and outputs: runs steps, and gathers them into the open epoch.
 *
 * Synchronous: who calls it decides when to step and when to commit (`drive.ts` live, `recompute.ts` when recorded
 * epochs are run again). What a step read, passed over and wrote is recorded as it happens.
 */

import type { Job } from '../graph/job';
import { type Phase, shapeOf } from '../graph/shape';
import type { Backend, RestoredTask } from '../ports/backend';
import type {
  DeadMessage,
  Epoch,
  Output,
  Progress,
  RecordedStep,
  SnapshotMark,
  SnapshotSlice,
  TaskId,
  TopicPartition,
} from '../ports/epoch';
import { countOf } from '../stream/changes';
import type { AnyCodec, SchemaVersions } from '../stream/codec';
import type { Step } from '../stream/step';
import type { Topic } from '../stream/topic';
import type { EncodedRows, EncodedWith } from '../tables/encoded-rows';
import { ByteWriter } from '../wire/bytes';
import { type InputBatch, inputBatch } from './input-batch';
import { Intake, type Refused } from './intake';
import { type Envelope, Outlet } from './outlet';
import { isTimer, timerAt } from './poison';
import { Task } from './task';

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

/** What may go into a step, live and in `replay`. */
export interface StepBounds {
  readonly now: number;
  /** Messages of each input. */
  readonly maxMessages?: number;
  /** Bytes of each input, about; `stepBytes` unless said. */
  readonly maxBytes?: number;
  /** Read from this input only. */
  readonly only?: Intake;
  /** Messages to be passed over. */
  readonly dead?: readonly DeadMessage[];
}

/** A step of one message, or of the one timer that is due first. */
export interface CarefulStep {
  readonly now: number;
  readonly from: Intake | undefined;
  /** Messages and timers to be passed over. */
  readonly aside: readonly DeadMessage[];
}

/** What a step reads, and fires, whoever decided it. */
interface Plan {
  readonly now: number;
  readonly firing: 'all timers' | 'one timer';
  readonly dead: readonly DeadMessage[];
  /** How far an input is read; undefined for one that is not. */
  readonly reading: (
    intake: Intake,
  ) => { readonly maxBytes: number; readonly maxMessages: number; readonly limit: number } | undefined;
}

const NOTHING_SKIPPED = (): undefined => undefined;

type Read = Progress & { readonly first: number | undefined };

export class TaskRunner {
  readonly id: TaskId;
  readonly task: Task;
  readonly intakes: readonly Intake[];
  /** Records read and written since opened. */
  readonly counts = { steps: 0, recordsIn: 0, recordsOut: 0, deadLetters: 0, bytesIn: 0 };
  now: number;
  private readonly batches: ReadonlyMap<string, InputBatch>;
  private readonly outlets: ReadonlyMap<string, Outlet>;
  private readonly encodedBy = new Map<AnyCodec, EncodedRows>();
  private readonly scratch = new ByteWriter(1 << 16);
  /**
   * Inputs of which nothing has been recorded yet. The first epoch names them all: what a task has not read is kept for
   * it, and it must not lose what came before its first message just because it was stopped meanwhile.
   */
  private readonly unannounced: Set<Intake>;
  private steps: (RecordedStep & { readonly snapshots: SnapshotSlice[] })[] = [];
  private marks: SnapshotMark[] = [];
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
        task: partition,
      }),
    ];
    this.outlets = new Map([...job.writes, options.deadLetters as Topic].map(outlet));
    for (const { name, codec, kind } of job.writes)
      if (kind === 'state') this.encodedBy.set(codec, this.outlets.get(name)!.encoded);
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

  /** Whether a message that waits for a name or a schema holds an input. */
  get isHeld(): boolean {
    return this.intakes.some(({ isHeld }) => isHeld);
  }

  /** Something that a step would do at `now`, though no message has come. */
  due(): number | undefined {
    const held = this.intakes.map(({ heldUntil }) => heldUntil).filter((until) => until !== undefined);
    const timer = this.task.nextDue();
    const all = timer === undefined ? held : [timer, ...held];
    return all.length === 0 ? undefined : Math.min(...all);
  }

  /** Runs one step. Throws what an operator threw; the runner is then of no further use. */
  step({ now, only, maxMessages, maxBytes, dead = [] }: StepBounds): void {
    const reading = {
      maxBytes: maxBytes ?? this.options.stepBytes,
      maxMessages: maxMessages ?? Number.POSITIVE_INFINITY,
      limit: Number.POSITIVE_INFINITY,
    };
    this.run({
      now,
      firing: 'all timers',
      dead,
      reading: (intake) => (only === undefined || only === intake ? reading : undefined),
    });
  }

  /** Runs a step of as little as can be, in a hunt for what makes the task throw. */
  stepCarefully({ now, from, aside }: CarefulStep): void {
    const { stepBytes } = this.options;
    this.run({
      now,
      firing: 'one timer',
      dead: aside,
      reading: (intake) =>
        intake === from
          ? { maxBytes: stepBytes, maxMessages: 1, limit: Number.POSITIVE_INFINITY }
          : undefined,
    });
  }

  /** Fetches what a recorded step read, and what is needed to read it. */
  async prepare(read: readonly Progress[]): Promise<void> {
    for (const place of read) {
      const intake = this.intakes.find((one) => nameOf(one.place) === nameOf(place));
      await intake?.prepare(place.next);
    }
  }

  /** Runs a recorded step again. What it read must have been prepared (`prepare`). */
  stepAgain({ now, read, dead, snapshots, oneTimer }: RecordedStep): void {
    const placed = new Map(read.map((place) => [nameOf(place), place.next]));
    this.run({
      now,
      firing: oneTimer ? 'one timer' : 'all timers',
      dead,
      reading: (intake) => {
        const limit = placed.get(nameOf(intake.place));
        const all = Number.POSITIVE_INFINITY;
        return limit === undefined ? undefined : { maxBytes: all, maxMessages: all, limit };
      },
    });
    for (const slice of snapshots) this.writeSlice(slice);
    for (const intake of this.intakes) {
      const limit = placed.get(nameOf(intake.place));
      if (limit !== undefined && intake.next !== limit)
        throw new RangeError(
          `${nameOf(intake.place)} was read to offset ${limit} once, and only to ${intake.next} when run again: a message or what it speaks of is gone.`,
        );
    }
  }

  /** Writes a slice of a snapshot behind the step that was the last; answers whether there is more of it. */
  writeSlice(slice: SnapshotSlice): boolean {
    const { topic, from, to } = slice;
    const snapshot = this.task.snapshot(topic)!;
    const slots = snapshot.slots();
    if (from === 0) this.mark(topic, 'begins');
    this.outlets.get(topic)!.writeSlice(snapshot.slice(from, Math.min(to, slots)));
    if (to >= slots) this.mark(topic, 'ends');
    this.steps.at(-1)!.snapshots.push(slice);
    return to < slots;
  }

  /** Of every partition that the task alone writes. */
  private mark(topic: string, mark: SnapshotMark['mark']): void {
    const partitions = this.partitionsOf(topic);
    const isAlone = partitions === 1 || this.options.job.partitions === 1;
    for (let partition = 0; partition < partitions; partition += 1)
      if (isAlone || partition === this.id.partition) this.marks.push({ topic, partition, mark });
  }

  private run(plan: Plan): void {
    const step: Step = { number: this.firstStep + this.steps.length, now: Math.max(plan.now, this.now) };
    const refused: Refused[] = this.putTimersAside(plan.dead);
    const read = this.read(step, plan, refused);
    const data: Record<string, unknown> = {};
    for (const [topic, batch] of this.batches) {
      data[topic] = batch.data;
      this.counts.recordsIn += batch.length;
    }
    const written = this.task.run(step, data, plan.firing);
    const cause = this.causeOf(read, step);
    for (const topic in written) this.write(topic, written[topic], step, cause);
    if (refused.length > 0) this.bury(refused, step, cause);
    this.now = step.now;
    this.counts.steps += 1;
    this.steps.push({
      now: step.now,
      read: read.map(({ topic, partition, next }) => ({ topic, partition, next })),
      ...(plan.firing === 'one timer' && { oneTimer: true }),
      dead: refused.map(({ topic, partition, offset, reason, detail, by }) => ({
        topic,
        partition,
        offset,
        reason,
        detail,
        by,
      })),
      snapshots: [],
    });
  }

  /** Timers have no message of their own: the dead letter's key says which it was. */
  private putTimersAside(dead: readonly DeadMessage[]): Refused[] {
    return dead.filter(isTimer).flatMap((one) => {
      if (!this.task.putTimerAside(timerAt(one))) return [];
      return [{ ...one, key: Buffer.from(`${one.partition}/${one.offset}`), value: Buffer.alloc(0) }];
    });
  }

  /** Closes the open epoch, and opens the next. */
  takeEpoch(): Epoch {
    const encodedWith: EncodedWith = (codec) => this.encodedBy.get(codec);
    const tables = this.task.takeChanges(this.scratch, encodedWith);
    const outputs: Output[] = [];
    for (const outlet of this.outlets.values()) outputs.push(...outlet.take());
    const epoch: Epoch = {
      task: this.id,
      number: this.epoch,
      build: this.options.build,
      firstStep: this.firstStep,
      steps: this.steps,
      outputs,
      tables,
      ...(this.marks.length > 0 && { marks: this.marks }),
      ...(this.phase && { phase: this.phase }),
    };
    this.phase = undefined;
    this.firstStep += this.steps.length;
    this.epoch += 1;
    this.steps = [];
    this.marks = [];
    return epoch;
  }

  close(): void {
    this.task.close();
    for (const intake of this.intakes) intake.close();
  }

  private read(step: Step, plan: Plan, refused: Refused[]): Read[] {
    const read: Read[] = [];
    for (const batch of this.batches.values()) batch.clear();
    for (const intake of this.intakes) {
      const reading = plan.reading(intake);
      const { topic, partition } = intake.place;
      let first: number | undefined;
      if (reading) {
        const dead = plan.dead.filter((one) => one.topic === topic && one.partition === partition);
        const before = intake.bytes;
        first = intake.take(
          this.batches.get(topic)!,
          { ...reading, now: step.now },
          dead.length === 0 ? NOTHING_SKIPPED : (offset) => dead.find((one) => one.offset === offset),
          refused,
        );
        this.counts.bytesIn += intake.bytes - before;
      }
      if (first !== undefined || this.unannounced.has(intake))
        read.push({ topic, partition, next: intake.next, first });
    }
    this.unannounced.clear();
    return read;
  }

  /** A timer may be set again for the instant at which it fired: the step tells its causes apart. */
  private causeOf(read: readonly Read[], { number }: Step): string {
    const first = read.find((place) => place.first !== undefined);
    if (first) return `${first.topic}/${first.partition}/${first.first}`;
    return `${this.task.firedFirst ?? 'idle'}@${number}`;
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
          {
            name: `${job.name}/${partition}`,
            kind: input.distribution === 'broadcast' ? 'broadcast' : 'group',
          },
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

const nameOf = ({ topic, partition }: TopicPartition): string => `${topic}/${partition}`;
