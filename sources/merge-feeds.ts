/**
 * One stream out of many, by (event time, feed name, sequence): the same inputs give the same stream, however they are
 * cut and whatever arrives first.
 *
 * A feed's own order is never changed. One that goes back in time delays nothing of itself: its record comes as soon
 * as it is the feed's next and no other feed has an earlier one.
 */
import type { Feed, FeedRecord, Records } from './feed';

const BATCH_RECORDS = 4096;

/** Two feeds of one name could not be told apart. */
export class FeedNameError extends Error {
  override readonly name = 'FeedNameError';
  constructor(feed: string) {
    super(`two inputs are called "${feed}". Give one of them another name.`);
  }
}

/** Merges feeds of different names. Holds one batch of each feed; lets go of all of them when it ends or fails. */
export async function* mergeFeeds(feeds: readonly Feed[]): Records {
  const heads = feeds.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((feed) => new Head(feed));
  heads.forEach((head, index) => {
    if (head.name === heads[index + 1]?.name) throw new FeedNameError(head.name);
  });
  try {
    for (const head of heads) await head.fill();
    let batch: FeedRecord[] = [];
    for (let head = earliest(heads); head; head = earliest(heads)) {
      batch.push(head.take());
      if (head.isEmpty) await head.fill();
      if (batch.length < BATCH_RECORDS) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  } finally {
    for (const head of heads) await head.close();
  }
}

/** Heads are in order of names, so the first of equal times wins. */
function earliest(heads: readonly Head[]): Head | undefined {
  let found: Head | undefined;
  for (const head of heads) if (head.time < (found?.time ?? Number.POSITIVE_INFINITY)) found = head;
  return found;
}

class Head {
  readonly name: string;
  /** Of the next record; infinite when there is none. */
  time = Number.POSITIVE_INFINITY;
  private batch: readonly FeedRecord[] = [];
  private at = 0;
  private readonly records: AsyncIterator<readonly FeedRecord[]>;

  constructor({ name, records }: Feed) {
    this.name = name;
    this.records = records[Symbol.asyncIterator]();
  }

  get isEmpty(): boolean {
    return this.at >= this.batch.length;
  }

  take(): FeedRecord {
    const record = this.batch[this.at]!;
    this.at += 1;
    this.time = this.batch[this.at]?.time ?? Number.POSITIVE_INFINITY;
    return record;
  }

  async fill(): Promise<void> {
    this.at = 0;
    do {
      const { done, value } = await this.records.next();
      this.batch = done ? [] : value;
      if (done) break;
    } while (this.batch.length === 0);
    this.time = this.batch[0]?.time ?? Number.POSITIVE_INFINITY;
  }

  async close(): Promise<void> {
    await this.records.return?.();
  }
}
