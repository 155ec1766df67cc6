/** Quotes of an adapter, in columns, to committed frames of `market.quotes`: durability on, whole batches at a time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../app/system-clock';
import { openEmbedded } from '../backends/embedded/open';
import { prepareTopics } from '../runtime/drive/open-job';
import type { Topic } from '../runtime/stream/topic';
import { quotes, trades } from '../schemas/market';
import { MarketRecords } from '../sources/venues/market-records';
import { RecordsPublisher } from '../sources/venues/publish-records';
import { type Bench, timed } from './bench';

const SYMBOLS = 1_000;
const BATCH = 4_096;
/** Batches that may be on their way to the disk while the next is made. */
const AHEAD = 4;

export const publishQuotes: Bench = {
  name: 'publish',
  what: 'quotes of an adapter, columns all the way, to durable frames in the log',
  run: async (scale) => {
    const batches = Math.ceil((4_000_000 * scale) / BATCH);
    const dir = mkdtempSync(join(process.env['BREAKWATER_BENCH_DIR'] ?? tmpdir(), 'breakwater-bench-'));
    const backend = await openEmbedded({ dir, quotaBytes: 32 * 2 ** 30, clock: systemClock });
    try {
      await prepareTopics([quotes as Topic, trades as Topic], 1, backend);
      const names = Array.from({ length: SYMBOLS }, (_, number) => `symbol-${number}`);
      await backend.names.numbersOf('instrument', names);
      const publisher = await RecordsPublisher.open({
        backend,
        venue: 'bench',
        producer: 'bench',
        instrumentOf: (symbol) => symbol,
      });
      const records = new MarketRecords();
      const symbols = names.map((name) => records.symbol(name));
      let time = 1_700_000_000_000_000;
      const run = async (count: number): Promise<void> => {
        const underWay: Promise<void>[] = [];
        for (let batch = 0; batch < count; batch += 1) {
          records.clear();
          for (let at = 0; at < BATCH; at += 1) {
            time += 7;
            const bid = 100 + ((at * 7) % 50) / 100;
            records.quote({
              symbol: symbols[at % SYMBOLS]!,
              bid,
              bidSize: 3,
              ask: bid + 0.01,
              askSize: 5,
              time,
            });
          }
          underWay.push(publisher.publish(records, time));
          if (underWay.length >= AHEAD) await underWay.shift();
        }
        await Promise.all(underWay);
      };
      await run(Math.ceil(batches / 10));
      const { seconds, cpuSeconds } = await timed(() => run(batches));
      const quoted = batches * BATCH;
      return {
        setting: `${quoted} quotes of ${SYMBOLS} symbols, ${BATCH} a batch, ${AHEAD} batches on their way`,
        figures: [
          { name: 'quotes', value: quoted / seconds / 1e6, unit: 'M/s', target: '≥ 5' },
          { name: 'CPU of all threads', value: (cpuSeconds / quoted) * 1e9, unit: 'ns a quote' },
        ],
      };
    } finally {
      await backend.close();
      rmSync(dir, { recursive: true, force: true });
    }
  },
};
