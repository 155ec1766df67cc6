/** All records of a feed in one array. */
import type { FeedRecord, Records } from '../../sources/feed';

export async function gather(records: Records): Promise<FeedRecord[]> {
  const all: FeedRecord[] = [];
  for await (const batch of records) all.push(...batch);
  return all;
}
