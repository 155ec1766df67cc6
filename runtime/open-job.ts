/** Opens a job on a backend: its topics and schemas first, then a driver for each of its tasks. */
import type { Backend, TopicSpec } from './backend';
import { type DriveOptions, TaskDriver } from './drive';
import { checkedEvolution } from './evolve';
import type { Job } from './job';
import type { Topic } from './topic';

export interface OpenJobOptions extends Omit<DriveOptions, 'schemaIds' | 'backend'> {
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names' | 'openTask' | 'tasks' | 'skip'>;
}

/** Throws an EvolutionError where the job cannot go on with what it left: before anything is written. */
export async function openJob(options: OpenJobOptions): Promise<TaskDriver[]> {
  const { job, backend, deadLetters } = options;
  for (const left of backend.tasks()) if (left.task.job === job.name) checkedEvolution(job, left);
  const schemaIds = await prepareTopics([...topicsOf(job), deadLetters as Topic], job.partitions, backend);
  return Array.from(
    { length: job.partitions },
    (_, partition) => new TaskDriver({ ...options, schemaIds }, partition),
  );
}

export function topicsOf(job: Job): Topic[] {
  return [...new Set([...job.inputs.map(({ topic }) => topic), ...job.writes])];
}

/** Creates what topics are missing, refuses those that exist in another shape, and registers their schemas; answers the schemas' ids by topic. */
export async function prepareTopics(
  topics: readonly Topic[],
  partitions: number,
  { log, registry }: Pick<Backend, 'log' | 'registry'>,
): Promise<Map<string, number>> {
  await log.createTopics(topics.map((topic) => specOf(topic, partitions)));
  const ids = new Map<string, number>();
  for (const { name, codec } of topics) ids.set(name, await registry.register(`${name}-value`, codec.schema));
  return ids;
}

/** A topic without a routing field has one partition. */
const specOf = (
  { name, kind, codec, partitionedBy, retentionHours }: Topic,
  partitions: number,
): TopicSpec => ({
  name,
  kind,
  layout: codec.layout,
  partitions: partitionedBy === undefined ? 1 : partitions,
  retentionHours,
});
