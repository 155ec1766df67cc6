import * as fc from 'fast-check';
import type { Feed, FeedRecord } from '../../sources/feed';
import { FeedNameError, mergeFeeds } from '../../sources/merge-feeds';
import { gather } from './gather';

function feed(name: string, times: readonly number[], cut = 3): Feed {
  const records = times.map(
    (time, sequence): FeedRecord => ({ topic: 'market.quotes', time, sequence, row: { name } }),
  );
  return {
    name,
    records: (async function* () {
      for (let at = 0; at < records.length; at += cut) {
        yield [];
        yield records.slice(at, at + cut);
      }
    })(),
  };
}

const told = (records: readonly FeedRecord[]) =>
  records.map(({ time, sequence, row }) => [time, row['name'], sequence]);

test('merges by event time, then feed name, then sequence, however the feeds are cut or listed', async () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 5 }), { maxLength: 12 })
    .map((all) => all.toSorted((a, b) => a - b));
  await fc.assert(
    fc.asyncProperty(times, times, times, fc.integer({ min: 1, max: 4 }), async (a, b, c, cut) => {
      const merged = await gather(mergeFeeds([feed('b', b, cut), feed('c', c, 1), feed('a', a, cut)]));
      const all = [a, b, c].flatMap((ones, index) =>
        ones.map((time, sequence) => [time, 'abc'[index], sequence]),
      );
      const sorted = all.toSorted(
        ([t, n, s], [u, m, r]) =>
          Number(t) - Number(u) || String(n).localeCompare(String(m)) || Number(s) - Number(r),
      );
      expect(told(merged)).toEqual(sorted);
    }),
    { numRuns: 60 },
  );
});

test('keeps the order of a feed that goes back in time', async () => {
  const merged = await gather(mergeFeeds([feed('late', [5, 1, 6]), feed('other', [2, 5])]));
  expect(told(merged)).toEqual([
    [2, 'other', 0],
    [5, 'late', 0],
    [1, 'late', 1],
    [5, 'other', 1],
    [6, 'late', 2],
  ]);
});

test('refuses two feeds of one name', async () => {
  await expect(gather(mergeFeeds([feed('a', [1]), feed('a', [2])]))).rejects.toThrow(FeedNameError);
});
