/** How messages become cuts, and cuts blocks: everything once, in order, within limits, and the same every time. */
import fc from 'fast-check';
import { type Chunk, MessageWriter } from '../../../runtime/wire/messages';
import { quoteCodec, quotes } from '../../../schemas/market';
import { clickhouse } from '../../../sinks/clickhouse/clickhouse';
import { Collector } from '../../../sinks/clickhouse/collector';
import { cutBlocks } from '../../../sinks/clickhouse/cut-blocks';
import { CutRecords } from '../../../sinks/clickhouse/cut-records';
import { LagMeter } from '../../../sinks/clickhouse/lag-meter';

const DAY = 86_400_000_000;
const byDay = clickhouse({ from: quotes, table: 'quotes' });
const byMonth = clickhouse({ from: quotes, table: 'quotes', partitionBy: 'month' });

/** Frames, given by the day of each of their records, packed into chunks with gaps between offsets. */
function chunksOf(frames: readonly (readonly number[])[], perChunk: number): readonly Chunk[] {
  const writer = new MessageWriter();
  const chunks: Chunk[] = [];
  let baseOffset = 5;
  const close = (): void => {
    const { bytes, count } = writer.take();
    if (count > 0) chunks.push({ baseOffset, nextOffset: baseOffset + count, count, bytes });
    baseOffset += count + 3;
  };
  for (const days of frames) {
    const columns = quoteCodec.allocate(days.length);
    for (const [index, day] of days.entries()) columns.time[index] = Math.round(day * DAY) + index;
    (columns as { length: number }).length = days.length;
    writer.begin(undefined, [], 1);
    quoteCodec.encode(columns, 0, days.length, writer.to);
    writer.end();
    if (writer.count >= perChunk) close();
  }
  close();
  return chunks;
}

function readerOf(chunks: readonly Chunk[]) {
  const rest = [...chunks];
  return {
    partition: { topic: quotes.name, partition: 0 },
    poll: () => rest.shift(),
    atEnd: () => true,
    whenArrived: async () => undefined,
    close: () => undefined,
  };
}

const recordsOf = (): CutRecords =>
  new CutRecords(quotes, {
    registry: {
      register: async () => 1,
      schema: () => quoteCodec.schema,
      load: async () => quoteCodec.schema,
    },
    versions: undefined,
  });

/** All cuts of a log, each as its places and its blocks. */
async function cutsOf(chunks: readonly Chunk[], limit: number) {
  const records = recordsOf();
  const collector = new Collector(readerOf(chunks), records, { records: limit, bytes: 2 ** 30 });
  const cuts = [];
  for (;;) {
    await collector.take();
    const cut = collector.cut();
    if (!cut) return cuts;
    const places = Array.from(
      { length: records.length },
      (_, index) => `${records.offsets[index]}/${records.indexes[index]}`,
    );
    const blocks = cutBlocks(byDay, 0, records).map(({ tablePartition, rows, bytes }) => ({
      tablePartition,
      rows,
      bytes: Buffer.concat([...bytes()]),
    }));
    cuts.push({ cut, places, blocks });
    collector.clear();
  }
}

const frames = fc.array(fc.array(fc.integer({ min: 19_000, max: 19_003 }), { maxLength: 6 }), {
  maxLength: 20,
});

test('every record is in one cut, in the order of the log, and cuts follow one another', async () => {
  await fc.assert(
    fc.asyncProperty(
      frames,
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 20 }),
      async (days, perChunk, limit) => {
        const chunks = chunksOf(days, perChunk);
        const cuts = await cutsOf(chunks, limit);
        const whole = await cutsOf(chunks, Number.POSITIVE_INFINITY);
        expect(cuts.flatMap(({ places }) => places)).toEqual(whole.flatMap(({ places }) => places));
        expect(whole.flatMap(({ places }) => places)).toHaveLength(days.flat().length);
        cuts.slice(1).forEach(({ cut }, index) => {
          expect(cut.firstOffset).toBeGreaterThanOrEqual(cuts[index]!.cut.nextOffset);
        });
      },
    ),
  );
});

test('a cut is over its limit by less than its last message', async () => {
  await fc.assert(
    fc.asyncProperty(frames, fc.integer({ min: 1, max: 20 }), async (days, limit) => {
      for (const { cut } of await cutsOf(chunksOf(days, 3), limit))
        expect(cut.records).toBeLessThan(limit + 6);
    }),
  );
});

test('a block holds the records of one day; together they are the cut; made again they are the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(frames, async (days) => {
      const chunks = chunksOf(days, 4);
      const cuts = await cutsOf(chunks, 30);
      for (const { cut, blocks } of cuts) {
        expect(blocks.reduce((sum, { rows }) => sum + rows, 0)).toBe(cut.records);
        expect(new Set(blocks.map(({ tablePartition }) => tablePartition)).size).toBe(blocks.length);
      }
      expect(await cutsOf(chunks, 30)).toEqual(cuts);
    }),
  );
});

test.each([
  ['1969-12-31T23:59:59.999Z', 19691231, 196912],
  ['1970-01-01T00:00:00.000Z', 19700101, 197001],
  ['2024-02-29T12:00:00.000Z', 20240229, 202402],
  ['2026-12-31T23:59:59.999Z', 20261231, 202612],
])('a record of %s goes to day %d and month %d', async (iso, day, month) => {
  const records = recordsOf();
  const collector = new Collector(readerOf(chunksOf([[Date.parse(iso) / 86_400_000]], 1)), records, {
    records: 10,
    bytes: 1e6,
  });
  await collector.take();
  expect(cutBlocks(byDay, 0, records)[0]!.tablePartition).toBe(day);
  expect(cutBlocks(byMonth, 0, records)[0]!.tablePartition).toBe(month);
});

test('lag is the age of the oldest message that is not delivered', () => {
  const lag = new LagMeter();
  expect(lag.measure({ now: 100, done: 5, end: 5 })).toBe(0);
  expect(lag.measure({ now: 200, done: 5, end: 8 })).toBe(0);
  expect(lag.measure({ now: 300, done: 5, end: 9 })).toBe(100);
  expect(lag.measure({ now: 400, done: 8, end: 9 })).toBe(100);
  expect(lag.measure({ now: 500, done: 9, end: 9 })).toBe(0);
});
