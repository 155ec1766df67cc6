/**
 * One partition of a job, opened: feed it steps, take what they wrote; take what they changed at the epoch's end.
 *
 * Synchronous and without any outside: the same class runs live, in replay, in recovery and in tests.
 */
import { Subject } from 'rxjs';
import type { Job } from '../graph/job';
import type { Reads, Writes } from '../graph/pipeline';
import { type OperatorWork, type Snapshot, type Stream, snapshotOf, workOf } from '../stream/operator';
import type { Batch, Step } from '../stream/step';
import type { EncodedWith } from '../tables/encoded-rows';
import type { SavedTable, Table, TableChanges } from '../tables/table';
import { type FiredTimers, Timers } from '../tables/timers';
import type { ByteWriter } from '../wire/bytes';
import type { TimerPlace } from './poison';

export interface SavedTables {
  table(name: string): SavedTable | undefined;
}

interface OpenTimers {
  readonly name: string;
  readonly table: Timers;
  readonly fired: Subject<Batch<FiredTimers>>;
}

const NOTHING_SAVED: SavedTables = { table: () => undefined };

/** What a step brings, by topic; a topic left out brings its empty batch. */
export type StepData = Readonly<Record<string, unknown>>;

export class Task {
  private readonly sources = new Map<
    string,
    { readonly subject: Subject<Batch<unknown>>; readonly empty: unknown }
  >();
  private readonly timers: OpenTimers[] = [];
  private readonly tables: Table[] = [];
  private readonly streams = new Map<string, Stream<unknown>>();
  private written: Record<string, unknown> = {};
  private failure: { readonly error: unknown } | undefined;
  private lastStep = -1;
  /** The first timer that fired in the last step, as `timer/table/key/due`; undefined if none did. */
  firedFirst: string | undefined;

  constructor(job: Job, saved: SavedTables = NOTHING_SAVED) {
    for (const { topic } of job.inputs) {
      this.sources.set(topic.name, { subject: new Subject(), empty: topic.empty });
    }
    for (const pipeline of job.pipelines) {
      const state = mapValues(pipeline.state as Record<string, (typeof job.tables)[number]>, (definition) =>
        this.open(definition.name, definition.open(saved.table(definition.name))),
      );
      const from = mapValues(pipeline.reads as Reads, ({ topic }) =>
        this.streamOf(topic.name, job.internal.get(pipeline.name)?.has(topic.name) === true),
      );
      const outputs = pipeline.build(from, state) as Record<string, Stream<unknown>>;
      for (const [name, { name: topic }] of Object.entries(pipeline.writes as Writes)) {
        this.streams.set(topic, outputs[name]!);
      }
    }
    for (const [topic, stream] of this.streams) {
      stream.subscribe({
        next: ({ data }) => {
          this.written[topic] = data;
        },
        error: (error) => {
          this.failure ??= { error };
        },
      });
    }
  }

  /**
   * Runs one step and answers what it wrote, by topic: valid until the next step. Throws what an operator threw. All
   * timers that are due fire in it, or only the first of them.
   */
  run(step: Step, data: StepData, firing: 'all timers' | 'one timer' = 'all timers'): StepData {
    this.throwIfFailed();
    if (step.number <= this.lastStep) throw new RangeError(`step ${step.number} after step ${this.lastStep}`);
    this.lastStep = step.number;
    this.written = {};
    this.firedFirst = undefined;
    const only = firing === 'one timer' ? this.firstDue(step.now)?.table : undefined;
    for (const { name, table, fired } of this.timers) {
      const most = firing === 'all timers' ? Number.POSITIVE_INFINITY : name === only ? 1 : 0;
      const data = table.fire(step.now, most);
      if (data.length > 0) this.firedFirst ??= `timer/${name}/${data.key[0]}/${data.due[0]}`;
      fired.next({ step, data });
    }
    for (const [topic, { subject, empty }] of this.sources)
      subject.next({ step, data: data[topic] ?? empty });
    this.throwIfFailed();
    return this.written;
  }

  /** Every record of a state topic as of now, in slices; undefined where its operator keeps none. */
  snapshot(topic: string): Snapshot | undefined {
    const stream = this.streams.get(topic);
    return stream && snapshotOf(stream);
  }

  /** When the next timer falls due; undefined if none is set. */
  nextDue(): number | undefined {
    const dues = this.timers.map(({ table }) => table.nextDue()).filter((due) => due !== undefined);
    return dues.length === 0 ? undefined : Math.min(...dues);
  }

  /** The timer that a step at `now` would fire first; undefined if none is due. */
  firstDue(now: number): TimerPlace | undefined {
    let first: TimerPlace | undefined;
    for (const { name, table } of this.timers) {
      const due = table.nextDue();
      if (due === undefined || due > now || (first && first.due <= due)) continue;
      first = { table: name, key: table.firstKey(), due };
    }
    return first;
  }

  /** Takes a timer away before it fires; answers whether it was set for just then. */
  putTimerAside({ table: name, key, due }: TimerPlace): boolean {
    return this.timers.find((one) => one.name === name)?.table.putAside(key, due) ?? false;
  }

  /** The tables' changes since last asked, to be committed with what was written in between. Throws after a failed step. */
  takeChanges(scratch: ByteWriter, encodedWith?: EncodedWith): TableChanges[] {
    this.throwIfFailed();
    return this.tables
      .map((table) => table.takeChanges(scratch, encodedWith))
      .filter((changes) => changes !== undefined);
  }

  /** What the operators behind the written topics did: law 12. */
  work(): readonly OperatorWork[] {
    return [...this.streams.values()].map(workOf).filter((work) => work !== undefined);
  }

  /** Completes the inputs, so that every operator lets go of them. */
  close(): void {
    for (const { fired } of this.timers) fired.complete();
    for (const { subject } of this.sources.values()) subject.complete();
  }

  private open(name: string, table: Table): Table {
    this.tables.push(table);
    if (table instanceof Timers) {
      const fired = new Subject<Batch<FiredTimers>>();
      table.fired = fired;
      this.timers.push({ name, table, fired });
    }
    return table;
  }

  private streamOf(topic: string, isInternal: boolean): Stream<unknown> {
    return isInternal ? this.streams.get(topic)! : this.sources.get(topic)!.subject;
  }

  private throwIfFailed(): void {
    if (this.failure) throw this.failure.error;
  }
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, map: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]));
}
