/**
 * Fills pipelines that are new to a task: they run alone, over what the topics that they read still hold, up to where
 * the task stands. State topics hold the last record of every key, so they are filled whole; event topics as far back
 * as they are kept.
 *
 * A fill is epochs of the task like any others: recorded, bounded, each committed with how far it has read, so that a
 * fill that was cut short goes on where it was and nothing is written twice. Time is now, as for a task that catches up
 * after a long stop.
 */

import { fuse, type Job } from '../graph/job';
import type { FilledFrom, Filling, Phase, PipelineShape } from '../graph/shape';
import type { RestoredTask, TaskStore } from '../ports/backend';
import type { Clock } from '../ports/clock';
import type { Epoch, TopicPartition } from '../ports/epoch';
import type { Topic } from '../stream/topic';
import type { RunnerOptions } from '../task/runner';
import { TaskRunner } from '../task/runner';
import { FillLog } from './fill-log';
import { FillSteps, type Suspicion, tellsOfSkip } from './fill-steps';
import { vanished } from './vanished';

export interface FillOptions extends Omit<RunnerOptions, 'restored' | 'phase'> {
  readonly clock: Clock;
  readonly openBytesMax: number;
  readonly isStopping: () => boolean;
  readonly suspicion: Suspicion;
}

/** The pipelines of a job that are filled, as a job of their own: what the others write it reads from the log. */
export function jobToFill(job: Job, pipelines: readonly PipelineShape[]): Job {
  const names = new Set(pipelines.map(({ name }) => name));
  const alone = fuse({
    name: job.name,
    pipelines: job.pipelines.filter(({ name }) => names.has(name)),
    partitions: job.partitions,
  });
  const external = new Set(job.inputs.map(({ topic }) => topic.name));
  if (job.partitions > 1) return alone;
  // What passed in memory within one task came from all partitions.
  const inputs = alone.inputs.map((input) =>
    external.has(input.topic.name) ? input : { ...input, distribution: 'broadcast' as const },
  );
  return { ...alone, inputs };
}

export interface FillPlan {
  readonly filling: Filling;
  readonly from: readonly FilledFrom[];
}

/** What a fill will read, how far, and what it must not say again. */
export function planFill(
  pipelines: readonly PipelineShape[],
  told: ReadonlySet<string>,
  { progress, epoch: since }: Pick<RestoredTask, 'progress' | 'epoch'>,
  { job, partition, backend: { log }, deadLetters }: FillOptions,
): FillPlan {
  const fill = jobToFill(job, pipelines);
  const partitionsOf = (topic: string): number =>
    log.topics().find(({ name }) => name === topic)?.partitions ?? 1;
  const all = (topic: string): TopicPartition[] =>
    Array.from({ length: partitionsOf(topic) }, (_, one) => ({ topic, partition: one }));
  const own = (topic: Topic): TopicPartition[] =>
    fill.partitions === 1 ? all(topic.name) : [{ topic: topic.name, partition }];
  const places = fill.inputs.flatMap(({ topic, distribution }) =>
    distribution === 'broadcast' ? all(topic.name) : [{ topic: topic.name, partition }],
  );
  const stood = (place: TopicPartition): number | undefined =>
    progress.find((one) => one.topic === place.topic && one.partition === place.partition)?.next;
  const readsNew = places.some((place) => isExternal(job, place.topic) && stood(place) === undefined);
  const holdsSome = (topic: Topic): boolean =>
    told.has(topic.name) || (isOwn(fill, topic) && own(topic).some((place) => log.ends(place).next > 0));
  const kinds = new Map(fill.inputs.map(({ topic }) => [topic.name, topic.kind]));
  const events = fill.writes.filter((topic) => topic.kind === 'event' && holdsSome(topic));
  const rows = fill.writes.filter(
    (topic) => topic.kind === 'state' && topic.codec.layout === 'rows' && isOwn(fill, topic),
  );
  return {
    filling: {
      pipelines,
      since,
      upTo: places.map((place) => ({ ...place, next: stood(place) ?? log.ends(place).next })),
      // What cannot be read was buried when it was first read.
      muted: [...events.map(({ name }) => name), ...(readsNew ? [] : [deadLetters.name])],
      replaced: rows
        .flatMap(own)
        .map((place) => ({ ...place, next: log.ends(place).next }))
        .filter(({ next }) => next > 0),
    },
    from: places.map((place) => {
      const { first } = log.ends(place);
      return { ...place, first, whole: first === 0 || kinds.get(place.topic) === 'state' };
    }),
  };
}

const isExternal = (job: Job, name: string): boolean => job.inputs.some(({ topic }) => topic.name === name);

/** Whether no other task writes the partitions of a topic that this one does. */
const isOwn = (job: Job, topic: Topic): boolean =>
  job.partitions === 1 ||
  job.inputs.some(
    (input) => input.distribution === 'partitioned' && input.topic.partitionedBy === topic.partitionedBy,
  );

/** Reads and commits until all is filled; answers false when it was stopped before. */
export async function fill(store: TaskStore, phase: Phase, options: FillOptions): Promise<boolean> {
  const { restored } = store;
  const filling = phase.filling!;
  const job = jobToFill(options.job, filling.pipelines);
  const log = new FillLog(options.backend.log, filling.upTo);
  const isResumed = restored.phase?.filling !== undefined;
  const runner = new TaskRunner({
    ...options,
    job,
    backend: { ...options.backend, log: log as unknown as RunnerOptions['backend']['log'] },
    restored: { ...restored, table: (name) => restored.table(name), progress: restored.filled },
    phase: isResumed ? undefined : phase,
  });
  const skips = await store.skips();
  const commit = async (epoch: Epoch): Promise<void> => {
    const isMuted = (topic: string): boolean =>
      filling.muted.includes(topic) &&
      !(topic === options.deadLetters.name && tellsOfSkip(epoch, skips, filling));
    await store.commit({ ...epoch, outputs: epoch.outputs.filter(({ topic }) => !isMuted(topic)) });
  };
  try {
    const steps = new FillSteps({ ...options, runner, skips, filling, commit });
    for (const kind of ['state', 'event'] as const) {
      const topics = job.inputs.filter(({ topic }) => topic.kind === kind).map(({ topic }) => topic.name);
      for (const topic of topics) log.admit(topic);
      if (!(await steps.read(() => topics.every((topic) => log.isRead(topic))))) return false;
    }
    // In an epoch of its own: it looks at what the others have committed.
    await steps.commitOpen();
    const gone = vanished(filling.replaced, { ...options, now: runner.now });
    if (gone.length > 0) await store.commit({ ...runner.takeEpoch(), outputs: gone });
    return true;
  } finally {
    runner.close();
  }
}
