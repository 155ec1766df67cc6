/**
 * What a person decides of state whose code has changed.
 *
 *   retire NAME    a job, pipeline, table or topic that is gone for good: its state goes, and what it held back
 *   rebuild NAME   a pipeline: its state is made anew from what its topics hold, when the job is started again
 *
 * Nobody may run the tasks meanwhile. Topics keep what they hold.
 */

import type { Job } from '../graph/job';
import { inputsOf, type PipelineShape, type Shape, shapeOf } from '../graph/shape';
import type { Backend, Reshape, TaskLeft } from '../ports/backend';
import { evolutionOf } from './evolve';
import { RetireError } from './retire-error';

export interface Decided {
  /** What was done, in sentences. */
  readonly done: readonly string[];
}

type Store = Pick<Backend, 'tasks' | 'reshape' | 'retire' | 'log'>;

/** Jobs that have left something and are none of these. */
export function jobsGone(store: Pick<Backend, 'tasks'>, jobs: readonly Job[]): string[] {
  const known = new Set(jobs.map(({ name }) => name));
  return [...new Set(store.tasks().map(({ task }) => task.job))].filter((name) => !known.has(name));
}

/** Throws a RetireError for what is part of the program, or was never there. */
export async function retireNamed(store: Store, jobs: readonly Job[], name: string): Promise<Decided> {
  const tasks = store.tasks();
  const ofJob = tasks.filter(({ task }) => task.job === name);
  if (ofJob.length > 0) return retireJob(store, jobs, name, ofJob);
  const done: string[] = [];
  for (const left of tasks) {
    const change = withoutNamed(left, jobs, name);
    if (!change) continue;
    await store.reshape(left.task, change);
    done.push(`task ${left.task.job}/${left.task.partition} has let go of "${name}"`);
  }
  if (done.length === 0)
    throw new RetireError(`nothing named "${name}" has left anything here. ${whatThereIs(tasks)}`);
  return { done };
}

async function retireJob(
  store: Store,
  jobs: readonly Job[],
  name: string,
  tasks: readonly TaskLeft[],
): Promise<Decided> {
  if (jobs.some((job) => job.name === name))
    throw new RetireError(`job "${name}" is part of this program. Only what is gone can be retired.`);
  for (const { task } of tasks) await store.retire(task);
  return { done: [`job "${name}" is gone with its ${tasks.length} tasks, and holds nothing back`] };
}

function withoutNamed(left: TaskLeft, jobs: readonly Job[], name: string): Reshape | undefined {
  const { phase } = left;
  if (!phase) return undefined;
  const { shape, filling } = phase;
  const job = jobs.find((one) => one.name === left.task.job);
  const now = job && shapeOf(job);
  const pipeline = shape.pipelines.find((one) => one.name === name);
  const begun = filling?.pipelines.find((one) => one.name === name);
  if (pipeline || begun) {
    const present = now?.pipelines.find((one) => one.name === name);
    if (present && !begun)
      throw new RetireError(
        `pipeline "${name}" is part of this program. To make its state anew, say "breakwater rebuild ${name}".`,
      );
    return without(left, shape, begun ? filling!.pipelines : [pipeline!]);
  }
  refuseDeclared(now, name);
  const known = shape.known && {
    inputs: shape.known.inputs.filter((one) => one !== name),
    tables: shape.known.tables.filter((one) => one !== name),
  };
  const pipelines = shape.pipelines.map((one) => ({
    ...one,
    tables: one.tables.filter((table) => table.name !== name),
    writes: one.writes.filter((topic) => topic !== name),
  }));
  const next: Shape = { ...shape, pipelines, ...(known && { known }) };
  if (JSON.stringify(next) === JSON.stringify(shape)) return undefined;
  return {
    phase: { shape: next },
    emptied: [name],
    unread: shape.known?.inputs.includes(name) ? [name] : [],
  };
}

function refuseDeclared(now: Shape | undefined, name: string): void {
  const owner = now?.pipelines.find(
    ({ tables, writes }) => writes.includes(name) || tables.some((table) => table.name === name),
  );
  if (owner)
    throw new RetireError(
      `"${name}" is part of pipeline "${owner.name}" of this program. To make its state anew, say "breakwater rebuild ${owner.name}".`,
    );
}

export interface RebuildOptions {
  /** Whether to go on where topics are no longer kept from their beginning. */
  readonly partial: boolean;
}

/**
 * Forgets the state of a pipeline and of those that read in memory what it writes: the next start fills them like new
 * ones. Throws a RetireError where events that made the state are no longer kept, unless `partial`.
 */
export async function rebuildNamed(
  store: Store,
  jobs: readonly Job[],
  name: string,
  { partial }: RebuildOptions,
): Promise<Decided> {
  const job = jobs.find(({ pipelines }) => pipelines.some((one) => one.name === name));
  if (!job)
    throw new RetireError(
      `this program has no pipeline "${name}". It has ${jobs.flatMap(({ pipelines }) => pipelines.map((one) => one.name)).join(', ')}.`,
    );
  const names = following(shapeOf(job), [name]);
  if (!partial) refuseIncomplete(store, job, names);
  return { done: [await rebuildAll(store, job, names)] };
}

/**
 * The same for every pipeline that a start would refuse to go on with, and that is made anew from topics: before one of
 * them is forgotten it is known of all whether they can be made whole.
 */
export async function rebuildChanged(
  store: Store,
  jobs: readonly Job[],
  { partial }: RebuildOptions,
): Promise<Decided> {
  const changed = jobs
    .map((job) => {
      const left = store.tasks().filter(({ task }) => task.job === job.name);
      return {
        job,
        names: following(
          shapeOf(job),
          left.flatMap((one) => evolutionOf(job, one).toRebuild),
        ),
      };
    })
    .filter(({ names }) => names.size > 0);
  if (!partial) for (const { job, names } of changed) refuseIncomplete(store, job, names);
  const done: string[] = [];
  for (const { job, names } of changed) done.push(await rebuildAll(store, job, names));
  return { done };
}

/** What a start would refuse still, a sentence each. */
export const refusedOf = (store: Pick<Backend, 'tasks'>, jobs: readonly Job[]): readonly string[] => [
  ...new Set(
    jobs.flatMap((job) =>
      store
        .tasks()
        .filter(({ task }) => task.job === job.name)
        .flatMap((left) => evolutionOf(job, left).refused),
    ),
  ),
];

async function rebuildAll(store: Store, job: Job, names: ReadonlySet<string>): Promise<string> {
  const tasks = store.tasks().filter(({ task }) => task.job === job.name);
  for (const left of tasks) {
    const { phase } = left;
    if (!phase) continue;
    const shape = phase.shape.known ? adopted(phase.shape, job) : phase.shape;
    const gone = shape.pipelines.filter((one) => names.has(one.name));
    // What they read they will read again, from where the task stands: it stays held back.
    const change = without(left, shape, [...gone, ...(phase.filling?.pipelines ?? [])]);
    await store.reshape(left.task, { ...change, unread: [] });
  }
  const list = [...names].map((one) => `"${one}"`).join(', ');
  return `${list}: the next start makes the state anew from what the topics hold`;
}

/** A shape of which only names were known, taken for what the job is. */
const adopted = ({ tasks }: Shape, job: Job): Shape => ({ ...shapeOf(job), tasks });

/** Pipelines and all that read in memory what one of them writes. */
function following({ pipelines }: Shape, of: readonly string[]): ReadonlySet<string> {
  const names = new Set(of);
  const writers = new Map(pipelines.flatMap((one) => one.writes.map((topic) => [topic, one.name] as const)));
  for (const one of pipelines)
    if (one.reads.some(({ topic, through }) => through === 'graph' && names.has(writers.get(topic)!)))
      names.add(one.name);
  return names;
}

function refuseIncomplete({ log }: Store, job: Job, names: ReadonlySet<string>): void {
  const known = new Map(log.topics().map((spec) => [spec.name, spec]));
  const short = job.pipelines
    .filter(({ name }) => names.has(name))
    .flatMap((pipeline) =>
      Object.values(pipeline.reads as Readonly<Record<string, { topic: { name: string } }>>),
    )
    .map(({ topic }) => known.get(topic.name))
    .filter((spec) => spec?.kind === 'event')
    .flatMap((spec) =>
      Array.from({ length: spec!.partitions }, (_, partition) => ({ topic: spec!.name, partition })),
    )
    .filter((place) => log.ends(place).first > 0)
    .map((place) => `${place.topic}/${place.partition} is kept from offset ${log.ends(place).first} on`);
  if (short.length > 0)
    throw new RetireError(
      `the state cannot be made anew whole: ${[...new Set(short)].join(', ')}. What came before would be missing from it. If that is as you want it, say so with --partial.`,
    );
}

function without(left: TaskLeft, shape: Shape, gone: readonly PipelineShape[]): Reshape {
  const names = new Set(gone.map(({ name }) => name));
  const pipelines = shape.pipelines.filter((one) => !names.has(one.name));
  const told = [...new Set([...(shape.told ?? []), ...gone.flatMap(({ writes }) => writes)])];
  const next: Shape = { tasks: shape.tasks, pipelines, told };
  const read = inputsOf(next);
  return {
    phase: { shape: next },
    emptied: gone.flatMap(({ tables }) => tables.map((table) => table.name)),
    unread: [...new Set(left.progress.map(({ topic }) => topic))].filter((topic) => !read.has(topic)),
  };
}

function whatThereIs(tasks: readonly TaskLeft[]): string {
  const names = new Set(
    tasks.flatMap(({ task, phase }) => [
      task.job,
      ...[...(phase?.shape.pipelines ?? []), ...(phase?.filling?.pipelines ?? [])].map(({ name }) => name),
    ]),
  );
  return names.size === 0 ? 'The folder is new.' : `There are ${[...names].join(', ')}.`;
}
