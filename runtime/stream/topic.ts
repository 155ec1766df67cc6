/**
 * A named, Avro-typed stream that outlives the process. A value, declared once in `schemas/`.
 */
import { type Changes, NO_CHANGES } from './changes';
import type { AnyCodec, ColumnsCodec, RowsCodec } from './codec';
import type { Columns } from './step';

/** Event: every record counts, one for each thing that happened. State: only the last record of a key counts. */
export type TopicKind = 'event' | 'state';

export interface Topic<Data = unknown> {
  /** `domain.plural`, for example `market.quotes`. */
  readonly name: string;
  readonly kind: TopicKind;
  readonly codec: AnyCodec;
  /** Fields that make the key of a record; for an event topic, what orders it. */
  readonly key: readonly string[];
  /** What was the key of records that earlier versions wrote, where it has grown: they count under what is the key now. */
  readonly keyBefore: readonly string[] | undefined;
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

/** What a batch holds: columns, the rows of events, or the changes of a state in rows. */
export type BatchOf<Codec, Kind, Key> =
  Codec extends ColumnsCodec<infer C>
    ? C
    : Codec extends RowsCodec<infer Row>
      ? Kind extends 'state'
        ? Changes<Row, Key & keyof Row>
        : readonly Row[]
      : never;

/** The rows of a topic in rows, whatever its kind. */
export type RowOf<Data> = Data extends { readonly set: readonly (infer Row)[] }
  ? Row
  : Data extends readonly (infer Row)[]
    ? Row
    : never;

interface TopicOptions<C extends AnyCodec, Kind extends TopicKind, Key extends string>
  extends Pick<Topic, 'name'>,
    Partial<
      Pick<
        Topic,
        'keyBefore' | 'partitionedBy' | 'numbers' | 'cloudEventType' | 'eventTime' | 'retentionHours'
      >
    > {
  readonly codec: C;
  readonly kind: Kind;
  readonly key: readonly Key[];
}

export function topic<C extends AnyCodec, Kind extends TopicKind, Key extends string>(
  options: TopicOptions<C, Kind, Key>,
): Topic<BatchOf<C, Kind, Key>> {
  const { name, kind, codec, key, partitionedBy } = options;
  if (kind === 'state' && partitionedBy !== undefined && !(key as readonly string[]).includes(partitionedBy))
    throw new TypeError(
      `state topic "${name}" is partitioned by "${partitionedBy}", which is no part of its key: one key could lie in two partitions. Make it part of the key.`,
    );
  return Object.freeze({
    keyBefore: undefined,
    partitionedBy: undefined,
    numbers: {},
    cloudEventType: undefined,
    eventTime: undefined,
    retentionHours: 24,
    ...options,
    empty: emptyOf(kind, codec) as BatchOf<C, Kind, Key>,
  });
}

function emptyOf(kind: TopicKind, codec: AnyCodec): unknown {
  if (codec.layout === 'columns') return (codec as ColumnsCodec<Columns>).allocate(0);
  return kind === 'state' ? NO_CHANGES : Object.freeze([]);
}

/** How a pipeline reads a topic: its own share of the partitions, or all of them in every task. */
export interface Input<Data = unknown> {
  readonly topic: Topic<Data>;
  readonly distribution: 'partitioned' | 'broadcast';
  /** Read through the log, in a later epoch, although a pipeline of the same job may write it. */
  readonly isFeedback?: boolean;
}

export const partitioned = <Data>(from: Topic<Data>): Input<Data> => ({
  topic: from,
  distribution: 'partitioned',
});
export const broadcast = <Data>(from: Topic<Data>): Input<Data> => ({
  topic: from,
  distribution: 'broadcast',
});

/** What a job reads of its own: halts that it raised, fills that it simulated. It comes back through the log. */
export const feedback = <Data>(
  from: Topic<Data>,
  distribution: Input['distribution'] = 'partitioned',
): Input<Data> => ({ topic: from, distribution, isFeedback: true });
