/** Opens a job on a backend: its topics and schemas first, then a driver for each of its tasks. */

import { checkedEvolution } from '../evolution/evolve';
import type { Job } from '../graph/job';
import type { Backend, TopicSpec } from '../ports/backend';
import type { Topic } from '../stream/topic';
import { type DriveOptions, TaskDriver } from './drive';
import { countIn, countsLike, type PartitionCounts, sizeJob } from './size-job';

export interface OpenJobOptions extends Omit<DriveOptions, 'schemaIds' | 'backend'> {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names' | 'openTask' | 'tasks' | 'skip'>;
  /** For topics that do not exist yet; as many as the job has tasks unless given. */
  readonly counts?: PartitionCounts | undefined;
  /** Which of its tasks run here; all unless given. */
  readonly only?: readonly number[];
}

/** Throws an EvolutionError where the job cannot go on with what it left: before anything is written. */
export async function openJob(options: OpenJobOptions): Promise<TaskDriver[]> {
  const { job, schemaIds } = await prepareJob(options);
  const partitions = options.only ?? Array.from({ length: job.partitions }, (_, partition) => partition);
  return partitions.map((partition) => new TaskDriver({ ...options, job, schemaIds }, partition));
}

export type PrepareJobOptions = Pick<OpenJobOptions, 'job' | 'deadLetters' | 'counts'> & {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'tasks'>;
};

/**
 * The job as its topics want it, with all that it needs before a task of it runs. Throws an EvolutionError where it cannot
 * go on with what it left: before anything is written.
 */
export async function prepareJob(
  options: PrepareJobOptions,
): Promise<{ readonly job: Job; readonly schemaIds: ReadonlyMap<string, number> }> {
  const { backend, deadLetters, counts = countsLike(options.job, options.backend.log.topics()) } = options;
  const job = sizeJob(options.job, countIn(backend.log.topics(), counts));
  for (const left of backend.tasks()) if (left.task.job === job.name) checkedEvolution(job, left);
  const schemaIds = await prepareTopics([...topicsOf(job), deadLetters as Topic], counts, backend);
  return { job, schemaIds };
}

export function topicsOf(job: Job): Topic[] {
  return [...new Set([...job.inputs.map(({ topic }) => topic), ...job.writes])];
}

/**
 * Creates what topics are missing, refuses those that exist in another shape, and registers their schemas; answers the
 * schemas' ids by topic. What exists keeps its partitions.
 */
export async function prepareTopics(
  topics: readonly Topic[],
  counts: number | PartitionCounts,
  { log, registry }: Pick<Backend, 'log' | 'registry'>,
): Promise<Map<string, number>> {
  const countOf = countIn(log.topics(), typeof counts === 'number' ? () => counts : counts);
  await log.createTopics(topics.map((topic) => specOf(topic, countOf(topic))));
  const ids = new Map<string, number>();
  for (const { name, codec } of topics) ids.set(name, await registry.register(`${name}-value`, codec.schema));
  return ids;
}

const specOf = ({ name, kind, codec, retentionHours }: Topic, partitions: number): TopicSpec => ({
  name,
  kind,
  layout: codec.layout,
  partitions,
  retentionHours,
});
