/**
 * A named, Avro-typed stream that outlives the process. A value, declared once in `schemas/`.
 */
import type { AnyCodec, DataOf } from './codec';

/** Event: every record counts, one for each thing that happened. State: only the last record of a key counts. */
export type TopicKind = 'event' | 'state';

export interface Topic<Data = unknown> {
  /** `domain.plural`, for example `market.quotes`. */
  readonly name: string;
  readonly kind: TopicKind;
  readonly codec: AnyCodec;
  /** Fields that make the key of a record; for an event topic, what orders it. */
  readonly key: readonly string[];
  /** The field whose value routes a record to a partition (murmur2 of its text); undefined: partition 0. */
  readonly partitionedBy: string | undefined;
  /** Fields that hold numbers for names, and the domain (`instrument`, `account`, …) that allots them. */
  readonly numbers: Readonly<Record<string, string>>;
  /** Set on business events: the CloudEvents type that their headers carry. */
  readonly cloudEventType: string | undefined;
  /** The Avro field that is the record's time of event (micros), by which `replay` merges inputs. */
  readonly eventTime: string | undefined;
  /** How long records are kept at least, unless a slower reader needs them longer. State topics keep the last of each key. */
  readonly retentionHours: number;
  readonly empty: Data;
}

type TopicOptions<C extends AnyCodec> = Pick<Topic, 'name' | 'kind' | 'key'> &
  Partial<Pick<Topic, 'partitionedBy' | 'numbers' | 'cloudEventType' | 'eventTime' | 'retentionHours'>> & {
    readonly codec: C;
  };

export function topic<C extends AnyCodec>(options: TopicOptions<C>): Topic<DataOf<C>> {
  const { codec } = options;
  return Object.freeze({
    partitionedBy: undefined,
    numbers: {},
    cloudEventType: undefined,
    eventTime: undefined,
    retentionHours: 24,
    ...options,
    empty: (codec.layout === 'rows' ? Object.freeze([]) : codec.allocate(0)) as DataOf<C>,
  });
}

/** How a pipeline reads a topic: its own share of the partitions, or all of them in every task. */
export interface Input<Data = unknown> {
  readonly topic: Topic<Data>;
  readonly distribution: 'partitioned' | 'broadcast';
}

export const partitioned = <Data>(from: Topic<Data>): Input<Data> => ({
  topic: from,
  distribution: 'partitioned',
});
export const broadcast = <Data>(from: Topic<Data>): Input<Data> => ({
  topic: from,
  distribution: 'broadcast',
});
