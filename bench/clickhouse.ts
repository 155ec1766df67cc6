/** From frames in the log to rows in ClickHouse, on the sink's own thread; and whether the main thread's loop is held meanwhile. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickhouseThread } from '../app/clickhouse/thread';
import { systemClock } from '../app/system-clock';
import { type EmbeddedBackend, openEmbedded } from '../backends/embedded/open';
import { MessageWriter } from '../runtime/wire/messages';
import { QuoteCondition, quoteCodec, quotes } from '../schemas/market';
import { type Bench, type BenchRun, quantile, timed } from './bench';
import { OPEN } from './market';

const FRAME = 1024;
const FRAMES_PER_APPEND = 64;
const QUIET_MICROS = 2_000_000;

export const clickhouseRows: Bench = {
  name: 'clickhouse',
  what: 'quotes in frames, from the log into the table of ClickHouse, durable',
  async run(scale): Promise<BenchRun> {
    const dir = mkdtempSync(join(tmpdir(), 'breakwater-bench-'));
    const backend = await openEmbedded({ dir, quotaBytes: 8 * 2 ** 30, clock: systemClock });
    await backend.log.createTopics([
      { name: quotes.name, kind: 'event', layout: 'columns', partitions: 1, retentionHours: 24 },
    ]);
    const rows = await writeQuotes(backend, Math.ceil((4_000_000 * scale) / FRAME));
    const quiet = await delays(
      () => new Promise<void>((resolve) => systemClock.after(QUIET_MICROS, resolve)),
    );
    const troubles: unknown[] = [];
    const thread = await ClickhouseThread.start({
      share: backend.share(),
      log: backend.log,
      dir: join(dir, 'clickhouse'),
      lingerMicros: 0,
      onTrouble: (trouble) => troubles.push(trouble),
    });
    const { result: busy, seconds, cpuSeconds } = await timed(() => delays(() => thread.drained()));
    const held = Number((await thread.queryBytes('SELECT count() FROM quotes', 'TSV')).toString());
    if (held !== rows || troubles.length > 0)
      throw new Error(`${held} of ${rows} rows arrived; ${JSON.stringify(troubles)}`);
    await thread.close();
    await backend.close();
    rmSync(dir, { recursive: true, force: true });
    return {
      setting: `${rows} quotes in frames of ${FRAME}, ${FRAMES_PER_APPEND} a commit; parts flushed before an insert answers`,
      figures: [
        { name: 'frames to table', value: rows / seconds / 1e6, unit: 'M rows/s', target: '≥ 2' },
        { name: 'main loop held at most', value: busy.max, unit: 'ms', target: '< 5' },
        { name: 'main loop held, 99.9 %', value: busy.p999, unit: 'ms' },
        { name: 'the same at most, no ClickHouse', value: quiet.max, unit: 'ms' },
        { name: 'main loop held at most, cores free', value: busy.heldMax, unit: 'ms', target: '< 5' },
        { name: 'CPU of all threads', value: cpuSeconds, unit: 's' },
      ],
    };
  },
};

async function writeQuotes(backend: EmbeddedBackend, frames: number): Promise<number> {
  const schemaId = await backend.registry.register(`${quotes.name}-value`, quoteCodec.schema);
  const columns = quoteCodec.allocate(FRAME);
  (columns as { length: number }).length = FRAME;
  const writer = new MessageWriter();
  for (let frame = 0, sequence = 1; frame < frames; frame += FRAMES_PER_APPEND, sequence += 1) {
    for (let member = frame; member < Math.min(frame + FRAMES_PER_APPEND, frames); member += 1) {
      fill(columns, member * FRAME);
      writer.begin(undefined, [], schemaId);
      quoteCodec.encode(columns, 0, FRAME, writer.to);
      writer.end();
    }
    await backend.log.append({
      producer: 'bench',
      sequence,
      outputs: [{ topic: quotes.name, partition: 0, messages: writer.take() }],
    });
  }
  return frames * FRAME;
}

/** Prices that wander by whole cents, two thousand instruments on eight venues, a tick every ten microseconds. */
function fill(columns: ReturnType<typeof quoteCodec.allocate>, first: number): void {
  for (let index = 0; index < FRAME; index += 1) {
    const tick = first + index;
    const mid = 10_000 + (Math.imul(tick, 2_654_435_761) >>> 20);
    columns.instrument[index] = Math.imul(tick, 40_503) & 2047;
    columns.venue[index] = tick & 7;
    columns.bid[index] = (mid - 1) / 100;
    columns.bidSize[index] = 100 * (1 + (tick % 9));
    columns.ask[index] = (mid + 1) / 100;
    columns.askSize[index] = 100 * (1 + (tick % 7));
    columns.condition[index] = QuoteCondition.Regular;
    columns.time[index] = OPEN + tick * 10;
  }
}

interface Delays {
  /** How late the loop came to a timer of a millisecond, ms. */
  readonly max: number;
  readonly p999: number;
  /** The same without the time for which the thread was ready and no core was free. */
  readonly heldMax: number;
}

async function delays(work: () => Promise<void>): Promise<Delays> {
  const late: number[] = [];
  const held: number[] = [];
  let stop = (): void => undefined;
  let before = { now: performance.now(), waited: waitedMillis() };
  const tick = (): void => {
    // Read on both sides of the time: the thread may lose its core in between.
    const waited = waitedMillis();
    const now = performance.now();
    const waitedSince = waitedMillis() - before.waited;
    late.push(Math.max(now - before.now - 1, 0));
    held.push(Math.max(now - before.now - 1 - waitedSince, 0));
    before = { now, waited };
    stop = systemClock.after(1000, tick);
  };
  tick();
  await work();
  stop();
  return { max: quantile(late, 1), p999: quantile(late, 0.999), heldMax: quantile(held, 1) };
}

/** How long this process's main thread has waited for a core in all, where the system tells (Linux). */
function waitedMillis(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
