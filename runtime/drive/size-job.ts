/**
 * How many tasks a job runs as. Partition counts belong to topics: they are decided when a topic is created, and fixed
 * from then on. A job has a task for each partition of what it reads partitioned, so all of that must have one count; a
 * job that reads nothing partitioned has as many as it was declared with.
 */

import { FusionError, fuse, type Job } from '../graph/job';
import type { TopicSpec } from '../ports/backend';
import type { Topic } from '../stream/topic';

/** How many partitions a topic gets that does not exist yet. A topic without a routing field has one. */
export type PartitionCounts = (topic: Topic) => number;

export const countIn = (specs: readonly TopicSpec[], counts: PartitionCounts): PartitionCounts => {
  const known = new Map(specs.map(({ name, partitions }) => [name, partitions]));
  return (topic) => known.get(topic.name) ?? (topic.partitionedBy === undefined ? 1 : counts(topic));
};

/** New topics of a job get what its inputs have that are there, or what it was declared with. */
export function countsLike(job: Job, specs: readonly TopicSpec[]): PartitionCounts {
  const read = new Set(
    job.inputs
      .filter(
        ({ topic, distribution }) => distribution === 'partitioned' && topic.partitionedBy !== undefined,
      )
      .map(({ topic }) => topic.name),
  );
  const found = specs.find(({ name }) => read.has(name))?.partitions ?? job.partitions;
  return () => found;
}

/** The job as its topics want it. Throws a FusionError that names what does not fit. */
export function sizeJob(job: Job, countOf: PartitionCounts): Job {
  const divided = job.inputs.filter(({ distribution }) => distribution === 'partitioned');
  const counts = new Set(divided.map(({ topic }) => countOf(topic)));
  if (counts.size > 1)
    throw uneven(
      job,
      divided.map(({ topic }) => topic),
      countOf,
    );
  const partitions = [...counts][0] ?? job.partitions;
  const sized = partitions === job.partitions ? job : fuse({ ...job, partitions });
  if (partitions > 1) checkWrites(sized, new Set(divided.map(({ topic }) => topic.partitionedBy)), countOf);
  return sized;
}

const HOW_TO =
  'Counts are decided when a topic is created and fixed from then on: repartitioning is no command yet. Begin in a new folder with counts that fit';

function uneven(job: Job, topics: readonly Topic[], countOf: PartitionCounts): FusionError {
  const listed = topics.map((topic) => `${topic.name} has ${countOf(topic)}`).join(', ');
  return new FusionError(
    `job "${job.name}" reads topics of different partition counts: ${listed}. ${HOW_TO}, read one of them broadcast, or split the job.`,
  );
}

/** What is written as it is read must stay with its task: two tasks would write one partition otherwise. */
function checkWrites(job: Job, fields: ReadonlySet<string | undefined>, countOf: PartitionCounts): void {
  for (const topic of job.writes) {
    if (topic.partitionedBy === undefined || !fields.has(topic.partitionedBy)) continue;
    if (countOf(topic) === job.partitions) continue;
    throw new FusionError(
      `job "${job.name}" runs as ${job.partitions} tasks by ${topic.partitionedBy}, and topic "${topic.name}", which it writes by the same field, has ${countOf(topic)} partitions. ${HOW_TO}.`,
    );
  }
}
