/**
 * The shape of a job: what a task's tables and progress stand for. A task's store carries it beside them, so that code
 * that has changed meanwhile finds out before it reads state that is not its own. Plain data, stored as it is: a field
 * may be added, none may change its meaning.
 */

import type { Input, Topic } from '../stream/topic';
import type { TableDefinition } from '../tables/table';
import { murmur2 } from '../wire/partition';
import type { Job } from './job';
import type { AnyPipeline, Reads, Writes } from './pipeline';

export interface Shape {
  /** Tasks of the job. */
  readonly tasks: number;
  readonly pipelines: readonly PipelineShape[];
  /** Topics that pipelines wrote which have been retired or are to be rebuilt: what they hold was said before. */
  readonly told?: readonly string[];
  /** Of a folder that did not keep shapes yet: what its records tell. Which pipelines there were they do not. */
  readonly known?: { readonly inputs: readonly string[]; readonly tables: readonly string[] };
}

export interface PipelineShape {
  readonly name: string;
  readonly reads: readonly ReadShape[];
  readonly tables: readonly TableShape[];
  readonly writes: readonly string[];
  /** How far back a pipeline that was added later could be filled. */
  readonly filled?: readonly FilledFrom[];
}

export interface ReadShape {
  readonly topic: string;
  readonly distribution: Input['distribution'];
  /** Passed in memory by the pipeline that writes it, or read from the log. */
  readonly through: 'graph' | 'log';
}

export interface TableShape {
  readonly name: string;
  readonly record: string;
  /** A hash of its schema: who reads it finds out whether it can. */
  readonly schema: string;
  readonly limit: number;
}

export interface FilledFrom {
  readonly topic: string;
  readonly partition: number;
  /** The first offset that was still there. */
  readonly first: number;
  /** Whether that was all: an event topic from its beginning, a state topic with the last record of every key. */
  readonly whole: boolean;
}

/** How far one partition is read. */
export interface ReadTo {
  readonly topic: string;
  readonly partition: number;
  readonly next: number;
}

/** From some epoch on a task ran this way. */
export interface Phase {
  readonly shape: Shape;
  /** Set while pipelines that are new are filled: until they are, they run alone. */
  readonly filling?: Filling;
  /** Inputs that a fill has read up to here: the task goes on from there. */
  readonly adopts?: readonly ReadTo[];
}

export interface Filling {
  readonly pipelines: readonly PipelineShape[];
  /** The epoch before the fill's first. */
  readonly since?: number;
  /** How far each input is to be read: where the task stood when the fill began. */
  readonly upTo: readonly ReadTo[];
  /** Topics of events that were told before: what happened stands there, and is not told again. */
  readonly muted: readonly string[];
  /** State topics in rows, and where their partition ended: keys from before that do not come again are gone. */
  readonly replaced: readonly ReadTo[];
}

export function shapeOf(job: Job): Shape {
  return {
    tasks: job.partitions,
    pipelines: job.pipelines.map((one) => pipelineShape(one, job.internal.get(one.name) ?? new Set())),
  };
}

function pipelineShape(pipeline: AnyPipeline, internal: ReadonlySet<string>): PipelineShape {
  return {
    name: pipeline.name,
    reads: Object.values(pipeline.reads as Reads).map(({ topic, distribution }) => ({
      topic: topic.name,
      distribution,
      through: internal.has(topic.name) ? 'graph' : 'log',
    })),
    tables: Object.values(pipeline.state as Record<string, TableDefinition>).map(
      ({ name, record, schema, limit }) => ({ name, record, schema: hashOf(schema), limit }),
    ),
    writes: Object.values(pipeline.writes as Writes).map(({ name }: Topic) => name),
  };
}

const hashOf = (schema: string): string => (murmur2(Buffer.from(schema)) >>> 0).toString(16);

/** The topics that a shape's pipelines read from the log. */
export const inputsOf = ({ pipelines, known }: Shape): ReadonlySet<string> =>
  new Set([
    ...(known?.inputs ?? []),
    ...pipelines.flatMap(({ reads }) =>
      reads.filter(({ through }) => through === 'log').map(({ topic }) => topic),
    ),
  ]);
