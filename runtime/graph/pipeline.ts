/**
 * A pipeline is a value: what it reads, keeps and writes, which sinks follow, and a pure function between streams.
 * Nothing runs, connects or subscribes until the runtime opens it, so tests, the lineage page and the console all
 * read the same declaration.
 */
import type { Stream } from '../stream/operator';
import type { Input, Topic } from '../stream/topic';
import type { TableDefinition } from '../tables/table';
import type { SinkDefinition } from './sink';

// biome-ignore-start lint/suspicious/noExplicitAny: inference over whatever data; unknown is not assignable both ways.
export type Reads = Readonly<Record<string, Input<any>>>;
export type State = Readonly<Record<string, TableDefinition<any>>>;
export type Writes = Readonly<Record<string, Topic<any>>>;
// biome-ignore-end lint/suspicious/noExplicitAny: see above

type InputStreams<R extends Reads> = {
  readonly [N in keyof R]: R[N] extends Input<infer Data> ? Stream<Data> : never;
};
type OpenTables<S extends State> = {
  readonly [N in keyof S]: S[N] extends TableDefinition<infer T> ? T : never;
};
type OutputStreams<W extends Writes> = {
  readonly [N in keyof W]: W[N] extends Topic<infer Data> ? Stream<Data> : never;
};

export interface Pipeline<R extends Reads = Reads, S extends State = State, W extends Writes = Writes> {
  readonly name: string;
  readonly reads: R;
  readonly state: S;
  readonly writes: W;
  readonly sinks: readonly SinkDefinition[];
  readonly build: (from: InputStreams<R>, state: OpenTables<S>) => OutputStreams<W>;
}

// biome-ignore lint/suspicious/noExplicitAny: a pipeline of whatever streams.
export type AnyPipeline = Pipeline<any, any, any>;

export function pipeline<R extends Reads, S extends State, W extends Writes>(
  definition: Pipeline<R, S, W>,
): Pipeline<R, S, W> {
  const read = new Set(
    Object.values(definition.reads)
      .filter((input) => !input.isFeedback)
      .map((input) => input.topic.name),
  );
  for (const { name } of Object.values(definition.writes)) {
    if (read.has(name)) throw new PipelineCycleError(definition.name, name);
  }
  return Object.freeze(definition);
}

/** A pipeline that writes a topic it reads would feed itself forever. */
export class PipelineCycleError extends Error {
  override readonly name = 'PipelineCycleError';
  constructor(
    readonly pipeline: string,
    readonly topic: string,
  ) {
    super(
      `pipeline "${pipeline}" both reads and writes topic "${topic}". Read it as feedback(…), write to another topic, or split the pipeline.`,
    );
  }
}
