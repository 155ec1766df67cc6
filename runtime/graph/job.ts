/**
 * A job is pipelines fused to run in one graph. A topic written by one and read by another passes in memory in the
 * same step, and is appended as well. Only repartitioning and broadcast cross the log. The fused graph is acyclic.
 *
 *   internal edge: one partition in all, or writer, topic and reader all routed by the same field
 *   external input: everything else that is read, feedback above all: what returns through its topic in a later epoch
 */

import type { Input, Topic } from '../stream/topic';
import type { TableDefinition } from '../tables/table';
import type { AnyPipeline, Reads, Writes } from './pipeline';

export interface Job {
  readonly name: string;
  readonly partitions: number;
  /** In an order in which every topic is written before it is read. */
  readonly pipelines: readonly AnyPipeline[];
  /** What is read from the log, each topic once. */
  readonly inputs: readonly Input[];
  /** Topics that pass in memory, by the name of the pipeline that reads them. */
  readonly internal: ReadonlyMap<string, ReadonlySet<string>>;
  readonly writes: readonly Topic[];
  readonly tables: readonly TableDefinition[];
}

export interface FuseOptions {
  readonly name: string;
  readonly pipelines: readonly AnyPipeline[];
  /** Tasks of the job, and partitions of each of its partitioned topics. */
  readonly partitions?: number;
}

/** Throws a FusionError for a cycle, a topic or table with two writers, or inputs routed by different fields. */
export function fuse({ name, pipelines, partitions = 1 }: FuseOptions): Job {
  const writers = writersOf(name, pipelines);
  const tables = tablesOf(name, pipelines);
  const isInternal = (reader: AnyPipeline, input: Input): boolean => {
    const writer = writers.get(input.topic.name);
    if (!writer || input.isFeedback) return false;
    if (partitions === 1) return true;
    const routing = routingOf(writer);
    return (
      input.distribution === 'partitioned' &&
      routing === input.topic.partitionedBy &&
      routing === routingOf(reader)
    );
  };
  const inputs = new Map<string, Input>();
  for (const reader of pipelines) {
    for (const input of Object.values(reader.reads as Reads)) {
      if (isInternal(reader, input)) continue;
      const known = inputs.get(input.topic.name);
      if (known && known.distribution !== input.distribution) {
        throw new FusionError(
          `job "${name}" reads topic "${input.topic.name}" both partitioned and broadcast. Split the job.`,
        );
      }
      inputs.set(input.topic.name, input);
    }
  }
  if (partitions > 1) {
    checkRouting(name, [...inputs.values()]);
    for (const reader of pipelines) checkOneWay(name, reader, inputs, isInternal);
    for (const pipeline of pipelines) checkSnapshots(name, pipeline);
  }
  const sorted = sort(name, pipelines, (reader, input) =>
    isInternal(reader, input) ? writers.get(input.topic.name) : undefined,
  );
  return Object.freeze({
    name,
    partitions,
    pipelines: sorted,
    inputs: [...inputs.values()],
    internal: new Map(
      pipelines.map((reader) => [
        reader.name,
        new Set(
          Object.values(reader.reads as Reads)
            .filter((input) => isInternal(reader, input))
            .map(({ topic }) => topic.name),
        ),
      ]),
    ),
    writes: sorted.flatMap((pipeline) => Object.values(pipeline.writes as Writes)),
    tables,
  });
}

function writersOf(job: string, pipelines: readonly AnyPipeline[]): Map<string, AnyPipeline> {
  const writers = new Map<string, AnyPipeline>();
  for (const pipeline of pipelines) {
    for (const { name } of Object.values(pipeline.writes as Writes)) {
      const other = writers.get(name);
      if (other) {
        throw new FusionError(
          `job "${job}": pipelines "${other.name}" and "${pipeline.name}" both write topic "${name}". A topic has one writer.`,
        );
      }
      writers.set(name, pipeline);
    }
  }
  return writers;
}

function tablesOf(job: string, pipelines: readonly AnyPipeline[]): TableDefinition[] {
  const tables = new Map<string, TableDefinition>();
  for (const pipeline of pipelines) {
    for (const table of Object.values(pipeline.state as Record<string, TableDefinition>)) {
      if (tables.has(table.name)) {
        throw new FusionError(
          `job "${job}" declares table "${table.name}" twice. A table has one pipeline that owns it.`,
        );
      }
      tables.set(table.name, table);
    }
  }
  return [...tables.values()];
}

/** The field by which a pipeline's work is divided, undefined where it reads nothing partitioned. */
function routingOf(pipeline: AnyPipeline): string | undefined {
  return Object.values(pipeline.reads as Reads).find(({ distribution }) => distribution === 'partitioned')
    ?.topic.partitionedBy;
}

function checkRouting(job: string, inputs: readonly Input[]): void {
  const divided = inputs.filter(({ distribution }) => distribution === 'partitioned');
  const undivided = divided.find(({ topic }) => topic.partitionedBy === undefined);
  if (undivided) {
    throw new FusionError(
      `job "${job}" has several tasks and reads topic "${undivided.topic.name}" as partitioned, which has one partition: it is partitioned by nothing. Read it as broadcast, or name the field that it is partitioned by.`,
    );
  }
  const fields = new Set(divided.map(({ topic }) => topic.partitionedBy));
  if (fields.size > 1) {
    const listed = divided
      .map(({ topic }) => `${topic.name} by ${topic.partitionedBy ?? 'nothing'}`)
      .join(', ');
    throw new FusionError(
      `job "${job}" reads topics that are partitioned differently: ${listed}. Read some as broadcast, or split the job.`,
    );
  }
}

/** A topic that passes in memory to one reader must not come from the log for another: both would get the same. */
function checkOneWay(
  job: string,
  reader: AnyPipeline,
  inputs: ReadonlyMap<string, Input>,
  isInternal: (reader: AnyPipeline, input: Input) => boolean,
): void {
  for (const input of Object.values(reader.reads as Reads)) {
    if (!isInternal(reader, input) || !inputs.has(input.topic.name)) continue;
    throw new FusionError(
      `job "${job}": pipeline "${reader.name}" reads topic "${input.topic.name}" in memory, and another one all its partitions from the log. Split the job.`,
    );
  }
}

/** A snapshot says that whatever lies before it may go: that is true only where one task writes the partition. */
function checkSnapshots(job: string, pipeline: AnyPipeline): void {
  const routing = routingOf(pipeline);
  for (const { name, kind, codec, partitionedBy } of Object.values(pipeline.writes as Writes)) {
    if (kind !== 'state' || codec.layout !== 'columns' || partitionedBy === routing) continue;
    throw new FusionError(
      `job "${job}": pipeline "${pipeline.name}" is divided by ${routing ?? 'nothing'} and writes frames of topic "${name}", which is by ${partitionedBy ?? 'nothing'}: several tasks would write one partition. Let it write rows, or divide it as the topic is.`,
    );
  }
}

function sort(
  job: string,
  pipelines: readonly AnyPipeline[],
  writerOf: (reader: AnyPipeline, input: Input) => AnyPipeline | undefined,
): AnyPipeline[] {
  const sorted: AnyPipeline[] = [];
  const visiting: AnyPipeline[] = [];
  const visit = (pipeline: AnyPipeline): void => {
    if (sorted.includes(pipeline)) return;
    if (visiting.includes(pipeline)) {
      const names = [...visiting.slice(visiting.indexOf(pipeline)), pipeline].map((one) => one.name);
      throw new FusionError(
        `job "${job}" has a cycle: ${names.join(' → ')}. Read one of the topics as feedback(…): it returns through the log.`,
      );
    }
    visiting.push(pipeline);
    for (const input of Object.values(pipeline.reads as Reads)) {
      const writer = writerOf(pipeline, input);
      if (writer) visit(writer);
    }
    visiting.pop();
    sorted.push(pipeline);
  };
  pipelines.forEach(visit);
  return sorted;
}

/** Pipelines that cannot run in one graph. */
export class FusionError extends Error {
  override readonly name = 'FusionError';
}
