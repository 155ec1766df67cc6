/**
 * A feed is an input on its way to topics: records in the order in which they happened, with names that are still
 * names. Whoever publishes them translates names to numbers; nobody below ever sees a name.
 */

export interface FeedRecord {
  readonly topic: string;
  /** Event time, microseconds since 1970 UTC. */
  readonly time: number;
  /** Counts up within the feed; where a feed is a file, its row. */
  readonly sequence: number;
  /** A row of the topic; fields that hold numbers for names hold the names. */
  readonly row: FeedRow;
}

export type FeedRow = Readonly<Record<string, unknown>>;

/** A topic's record whose number fields are still names. */
export type Named<Row, Fields extends keyof Row> = Omit<Row, Fields> & Readonly<Record<Fields, string>>;

/** Batches of records; batches only save calls, their cuts mean nothing. */
export type Records = AsyncIterable<readonly FeedRecord[]>;

export interface Feed {
  /** Decides between records of one event time when feeds are merged. */
  readonly name: string;
  readonly records: Records;
}
