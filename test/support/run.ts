/** Drives pipelines with a written history, one step after another, and collects what they say, as rows to be read. */

import { fuse, type Job } from '../../runtime/graph/job';
import type { AnyPipeline } from '../../runtime/graph/pipeline';
import { type Changes, changesOf } from '../../runtime/stream/changes';
import type { ColumnsCodec } from '../../runtime/stream/codec';
import { keyReader } from '../../runtime/stream/key-text';
import type { Columns } from '../../runtime/stream/step';
import type { Topic } from '../../runtime/stream/topic';
import { Task } from '../../runtime/task/task';
import { ByteWriter } from '../../runtime/wire/bytes';
import { SavedTables } from './saved-tables';

export type Row = Readonly<Record<string, unknown>>;

const REMOVED = Symbol('removed');

/** Among the rows of a state topic: its key is gone. */
export const removal = (key: Row): Row => ({ ...key, [REMOVED]: true });

const isRemoval = (row: Row): boolean => REMOVED in row;

/** What one step brings, as rows by topic; a topic left out brings nothing. */
export interface Moment {
  /** Microseconds since 1970 UTC. */
  readonly now: number;
  readonly data: Readonly<Record<string, readonly Row[]>>;
}

export type History = readonly Moment[];

/** What one step wrote, as rows by topic. Enums of columns go by name, those of rows by number. */
export type Written = Readonly<Record<string, readonly Row[]>>;

/** One task, opened: it goes on where `saved` ends. */
export class Run {
  readonly task: Task;
  private readonly job: Job;
  private readonly topics: ReadonlyMap<string, Topic>;
  private step: number;

  constructor(
    pipelines: readonly AnyPipeline[],
    readonly saved = new SavedTables(),
    firstStep = 0,
  ) {
    this.job = fuse({ name: 'test', pipelines });
    this.task = new Task(this.job, saved);
    const read = this.job.inputs.map(({ topic }) => topic);
    this.topics = new Map([...read, ...this.job.writes].map((topic) => [topic.name, topic]));
    this.step = firstStep;
  }

  bring({ now, data }: Moment): Written {
    const brought = Object.entries(data).map(
      ([name, rows]) => [name, dataOf(this.topics.get(name)!, rows)] as const,
    );
    const written = this.task.run({ number: this.step, now }, Object.fromEntries(brought));
    this.step += 1;
    return Object.fromEntries(
      this.job.writes.map((topic) => [topic.name, rowsOf(topic, written[topic.name])]),
    );
  }

  bringAll(history: History): readonly Written[] {
    return history.map((moment) => this.bring(moment));
  }

  /** Runs on without input until no timer is due before `until`. */
  drain(until: number): readonly Written[] {
    const written: Written[] = [];
    for (let due = this.task.nextDue(); due !== undefined && due <= until; due = this.task.nextDue())
      written.push(this.bring({ now: due, data: {} }));
    return written;
  }

  /** Ends an epoch. */
  save(): void {
    this.saved.save(this.task.takeChanges(new ByteWriter()));
  }

  /** Every record of a topic in frames, asked for in slices of so many slots. */
  snapshot(topic: Topic, sliceSlots: number): readonly Row[] {
    const { slots, slice } = this.task.snapshot(topic.name)!;
    const rows: Row[] = [];
    for (let from = 0; from < slots(); from += sliceSlots)
      rows.push(...rowsOf(topic, slice(from, Math.min(from + sliceSlots, slots()))));
    return rows;
  }
}

/** All that a history makes pipelines say, step by step, with the timers that it leaves set. */
export function sayings(
  pipelines: readonly AnyPipeline[],
  history: History,
  drainMicros = 0,
): readonly Written[] {
  const run = new Run(pipelines);
  const written = run.bringAll(history);
  return [...written, ...run.drain((history.at(-1)?.now ?? 0) + drainMicros)];
}

/** The last record of each key in order of keys: what a table keyed that way would show. Removed keys are left out. */
export function latestBy(rows: readonly Row[], key: readonly string[]): ReadonlyMap<string, Row> {
  const latest = new Map(rows.map((row) => [keyOf(row, key), row]));
  return new Map([...latest].filter(([, row]) => !isRemoval(row)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const keyOf = (row: Row, key: readonly string[]): string => keyReader(key)(row);

export function columnsOf<C extends Columns>(codec: ColumnsCodec<C>, rows: readonly Row[]): C {
  const columns = codec.allocate(rows.length) as unknown as Record<string, number | number[]>;
  rows.forEach((row, index) => {
    for (const [field, value] of Object.entries(row)) (columns[field] as number[])[index] = value as number;
  });
  columns['length'] = rows.length;
  return columns as unknown as C;
}

function dataOf({ codec, kind, key }: Topic, rows: readonly Row[]): unknown {
  if (codec.layout === 'columns') return columnsOf(codec, rows);
  if (kind === 'event') return rows;
  // As the intake has it: the last of each key, in order of those.
  const last = new Map(rows.map((row, index) => [keyOf(row, key), index]));
  const kept = rows.filter((row, index) => last.get(keyOf(row, key)) === index);
  return changesOf(
    kept.filter((row) => !isRemoval(row)),
    kept.filter(isRemoval).map((row) => Object.fromEntries(key.map((field) => [field, row[field]]))),
  );
}

function rowsOf({ codec, kind }: Topic, data: unknown): readonly Row[] {
  if (codec.layout === 'rows') {
    if (kind === 'event') return data as readonly Row[];
    const { set, removed } = data as Changes<Row>;
    return [...set, ...removed.map(removal)];
  }
  const columns = data as Columns;
  return Array.from({ length: columns.length }, (_, index) => codec.rowOf(columns, index));
}
