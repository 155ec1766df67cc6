/**
 * Opens a task with the job that it now has: as it is, if nothing has changed; filled first, if pipelines are new.
 * What may not go on as it is throws an EvolutionError before anything is written.
 */

import { fuse, type Job } from '../graph/job';
import {
  type FilledFrom,
  inputsOf,
  type Phase,
  type PipelineShape,
  type Shape,
  shapeOf,
} from '../graph/shape';
import type { Backend, RestoredTask, TaskStore } from '../ports/backend';
import type { Progress } from '../ports/epoch';
import { fireOne } from '../task/hunt';
import { asDead } from '../task/poison';
import { TaskRunner } from '../task/runner';
import { compareShapes, type Evolution, EvolutionError, named, samePipeline, withHistory } from './evolution';
import { type FillOptions, fill, planFill } from './fill';

export interface EvolveOptions extends Omit<FillOptions, 'backend'> {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names' | 'openTask'>;
  readonly say: (event: 'filling' | 'filled', detail: string) => void;
}

export interface EvolvedTask {
  readonly store: TaskStore;
  /** To be recorded with the task's next epoch. */
  readonly phase: Phase | undefined;
}

/** Answers undefined when it was stopped before all was filled. */
export async function openEvolved(options: EvolveOptions): Promise<EvolvedTask | undefined> {
  const { backend, job, partition } = options;
  for (;;) {
    const store = await backend.openTask({ job: job.name, partition });
    try {
      const { restored } = store;
      const before = restored.phase?.shape;
      const now = shapeOf(job);
      if (!before) return { store, phase: { shape: now } };
      const { added, changed } = checkedEvolution(job, restored);
      if (added.length === 0)
        return { store, phase: changed ? { shape: withHistory(now, before) } : undefined };
      if (!(await fillAdded(store, added, options))) {
        await store.close();
        return undefined;
      }
      await store.close();
    } catch (error) {
      await store.close();
      throw error;
    }
  }
}

/** What a task needs before it can run this job. Throws an EvolutionError. */
export function checkedEvolution(
  job: Job,
  left: Pick<RestoredTask, 'phase' | 'held'>,
): Pick<Evolution, 'added' | 'changed'> {
  const { added, changed, refused, toRebuild } = evolutionOf(job, left);
  if (refused.length > 0) throw new EvolutionError(job.name, refused, toRebuild);
  const filling = left.phase?.filling?.pipelines;
  // One fill at a time: what was begun is finished before anything else.
  return {
    added: filling ? added.filter((one) => filling.some(({ name }) => name === one.name)) : added,
    changed,
  };
}

/** All that has changed since a task was left. */
export function evolutionOf(job: Job, { phase, held }: Pick<RestoredTask, 'phase' | 'held'>): Evolution {
  if (!phase) return { added: [], refused: [], toRebuild: [], changed: true };
  const now = shapeOf(job);
  const states = new Set(job.writes.filter(({ kind }) => kind === 'state').map(({ name }) => name));
  const evolution = compareShapes({ job: job.name, before: phase.shape, now, held, states });
  return { ...evolution, refused: [...evolution.refused, ...unfillable(phase, now)] };
}

function unfillable({ filling }: Phase, now: Shape): string[] {
  return (filling?.pipelines ?? [])
    .filter((one) => {
      const next = named(now, one.name);
      return !next || !samePipeline(one, next);
    })
    .map(
      ({ name }) =>
        `pipeline "${name}" was being filled, and is another now or is gone. Say "breakwater retire ${name}" to let go of what was filled.`,
    );
}

async function fillAdded(
  store: TaskStore,
  added: readonly PipelineShape[],
  options: EvolveOptions,
): Promise<boolean> {
  const { restored } = store;
  const before = restored.phase!;
  const isResumed = before.filling !== undefined;
  // Where topics begin may move while a fill lasts: it is said as of its beginning.
  const plan = planFill(added, new Set(before.shape.told), restored, options);
  const pipelines = isResumed ? before.filling.pipelines : added.map((one) => filledFrom(one, plan.from));
  const phase: Phase = isResumed ? before : { shape: before.shape, filling: { ...plan.filling, pipelines } };
  for (const one of pipelines) options.say('filling', sayFilled(one));
  if (!(await fill(store, phase, options))) return false;
  await store.close();
  await takeIn(phase, options);
  for (const one of pipelines) options.say('filled', sayFilled(one));
  return true;
}

const filledFrom = (pipeline: PipelineShape, from: readonly FilledFrom[]): PipelineShape => ({
  ...pipeline,
  filled: from.filter(({ topic }) => pipeline.reads.some((read) => read.topic === topic)),
});

/** How far back a pipeline could be filled, for people. */
export function sayFilled({ name, filled = [] }: PipelineShape): string {
  const short = filled.filter(({ whole }) => !whole);
  if (short.length === 0) return `pipeline "${name}" is filled from all that its topics ever held`;
  const places = short.map(({ topic, partition, first }) => `${topic}/${partition} from offset ${first} on`);
  return `pipeline "${name}" is filled from ${places.join(', ')}: what came before is no longer kept`;
}

/** What a task lacks of pipelines that were added later, in sentences. */
export const filledIn = (phase: Phase | undefined): readonly string[] =>
  (phase?.shape.pipelines ?? []).filter(({ filled }) => filled?.some(({ whole }) => !whole)).map(sayFilled);

/** The first epoch with what was filled among the others: from here on they run together. */
async function takeIn({ shape, filling }: Phase, options: EvolveOptions): Promise<void> {
  const { backend, partition, clock } = options;
  const store = await backend.openTask({ job: options.job.name, partition });
  const { restored } = store;
  const all = new Set([...shape.pipelines, ...filling!.pipelines].map(({ name }) => name));
  const job = restricted(options.job, all);
  const inputs = inputsOf(shapeOf(job));
  const isNew = ({ topic, partition: at }: Progress): boolean =>
    inputs.has(topic) && !restored.progress.some((one) => one.topic === topic && one.partition === at);
  const adopts = filling!.upTo.filter(isNew);
  const runner = new TaskRunner({
    ...options,
    job,
    restored: {
      ...restored,
      table: (name) => restored.table(name),
      progress: [...restored.progress, ...adopts],
    },
    phase: {
      shape: withHistory(shapeOf(job), { ...shape, pipelines: [...shape.pipelines, ...filling!.pipelines] }),
      adopts,
    },
  });
  try {
    const now = Math.max(clock.now(), runner.now);
    const aside = (await store.skips()).map(asDead);
    const ofTimer = fireOne(runner, now, aside);
    if (!ofTimer) runner.stepCarefully({ now, aside, from: undefined });
    await store.commit(ofTimer ?? runner.takeEpoch());
  } finally {
    runner.close();
    await store.close();
  }
}

/** A job with some of its pipelines only. */
export function restricted(job: Job, names: ReadonlySet<string>): Job {
  const gone = [...names].filter((name) => !job.pipelines.some((one) => one.name === name));
  if (gone.length > 0) throw new RangeError(`job "${job.name}" has no pipeline ${gone.join(', ')} any more.`);
  if (job.pipelines.every(({ name }) => names.has(name))) return job;
  return fuse({
    name: job.name,
    pipelines: job.pipelines.filter(({ name }) => names.has(name)),
    partitions: job.partitions,
  });
}
