/**
 * A sink follows a committed topic. Its declaration says what goes where; opening it is the backend's business.
 *
 * Delivery is by cuts: a run of committed messages of one topic partition, logged durably before it is sent, so that
 * a retry sends exactly the same. After every start and every failed or timed-out request the target is asked how far
 * it has come before anything is sent again.
 */
import type { Topic } from '../stream/topic';

/** A run of messages of one topic partition: from the first offset to before the next. */
export interface Cut {
  readonly topic: string;
  readonly partition: number;
  readonly firstOffset: number;
  readonly nextOffset: number;
  /** Records in it, more than messages where they are frames. */
  readonly records: number;
}

/** Declares a sink as plain data, so that it can be handed to the thread or process that runs it. */
export interface SinkDefinition {
  /** `target.table`, for example `clickhouse.positions`: also the name under which its progress is kept. */
  readonly name: string;
  readonly from: Topic;
  readonly kind: string;
}
