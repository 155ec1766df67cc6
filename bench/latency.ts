/**
 * At half load: from the arrival of a frame (its append is acknowledged) to its P&L computed, and to its P&L visible to
 * a reader of the committed topic. Marks are not conflated here, or the interval would be measured.
 */
import { systemClock } from '../app/system-clock';
import { marks } from '../pipelines/marks';
import { pnlWith } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { fuse } from '../runtime/graph/job';
import type { LogReader } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';
import { ByteReader } from '../runtime/wire/bytes';
import { MessageCursor, WIRE_PREFIX_BYTES } from '../runtime/wire/messages';
import { quoteCodec, quotes } from '../schemas/market';
import { positionPnl, positionPnlCodec } from '../schemas/risk';
import { type Bench, type BenchRun, quantile } from './bench';
import { fillFrame, frameOf, namesOf, OPEN, sendHoldings, sendInstruments } from './market';
import { MarketClock } from './market-clock';
import { BenchWorld } from './world';

const SIZE = { instruments: 1_000, accounts: 10, held: 1_000 };
const PER_FRAME = 100;
/** Half of what `ticks-written` does on the machine of RESULTS.md. */
const TICKS_PER_SECOND = 150_000;

export const latency: Bench = {
  name: 'latency',
  what: 'at half load, arrival to computed and to visible in the committed topic',
  async run(scale): Promise<BenchRun> {
    const frames = Math.floor((10 * scale * TICKS_PER_SECOND) / PER_FRAME);
    const job = fuse({
      name: 'bench',
      pipelines: [marks, positions, pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' })],
    });
    const world = await BenchWorld.open(job, namesOf(SIZE));
    try {
      await sendInstruments(world, SIZE);
      await sendHoldings(world, SIZE);
      await world.finished(await world.start());
      const clock = new MarketClock();
      const { computed, visible } = await clock.during(() => measure(world, frames, clock));
      return {
        setting: `${TICKS_PER_SECOND} ticks/s in frames of ${PER_FRAME}, 10 P&L records a tick, ${frames} frames`,
        figures: [
          { name: 'arrival to computed p50', value: quantile(computed, 0.5), unit: 'ms' },
          { name: 'arrival to computed p99', value: quantile(computed, 0.99), unit: 'ms', target: '< 1' },
          { name: 'arrival to visible p50', value: quantile(visible, 0.5), unit: 'ms' },
          { name: 'arrival to visible p99', value: quantile(visible, 0.99), unit: 'ms', target: '< 10' },
        ],
      };
    } finally {
      await world.close();
    }
  },
};

/** Sends frames on a schedule, and looks, turn by turn, which have arrived, been computed and become visible. */
async function measure(
  world: BenchWorld,
  frames: number,
  clock: Clock,
): Promise<{ computed: number[]; visible: number[] }> {
  const { log } = world.backend;
  const quotesAt = { topic: quotes.name, partition: 0 };
  const base = log.ends(quotesAt).next;
  const committed = new CommittedPnl(world);
  const driver = await world.start({ clock });
  const frame = frameOf(PER_FRAME);
  const arrived: number[] = [];
  const computed: number[] = [];
  const visible: number[] = [];
  const start = performance.now();
  for (let sent = 0; visible.length < frames; ) {
    const now = performance.now();
    while (arrived.length < log.ends(quotesAt).next - base) arrived.push(now);
    const read = (driver.progress().find(({ topic }) => topic === quotes.name)?.next ?? base) - base;
    while (computed.length < Math.min(read, arrived.length)) computed.push(now - arrived[computed.length]!);
    const last = committed.lastTick();
    while (visible.length < Math.min(frames, Math.floor((last + 1) / PER_FRAME)))
      visible.push(now - arrived[visible.length]!);
    const dueFrames = Math.min(frames, Math.floor(((now - start) / 1_000) * (TICKS_PER_SECOND / PER_FRAME)));
    for (; sent < dueFrames; sent += 1) {
      fillFrame(frame, sent * PER_FRAME, { ticking: SIZE.instruments, venues: 1 });
      await world.send(quotes, undefined, ({ to }) => quoteCodec.encode(frame, 0, PER_FRAME, to));
    }
    void world.flush();
    await systemClock.turn();
  }
  await driver.stop();
  return { computed, visible };
}

/** Reads the committed P&L as any consumer would. The time of a record is that of its tick, and so names it. */
class CommittedPnl {
  private readonly reader: LogReader;
  private readonly cursor = new MessageCursor();
  private readonly bytes = new ByteReader();
  private readonly columns = positionPnlCodec.allocate(16_384);
  private last = -1;

  constructor({ backend: { log } }: BenchWorld) {
    const at = { topic: positionPnl.name, partition: 0 };
    this.reader = log.reader({ ...at, next: log.ends(at).next }, 'bench');
  }

  /** Number of the latest tick of which P&L is visible, -1 if there is none. */
  lastTick(): number {
    for (let chunk = this.reader.poll(1 << 20); chunk; chunk = this.reader.poll(1 << 20)) {
      this.cursor.over(chunk);
      while (this.cursor.next()) {
        positionPnlCodec.clear(this.columns);
        const { valueStart, valueEnd } = this.cursor;
        positionPnlCodec.append(
          this.columns,
          this.bytes.over(this.cursor.bytes, valueStart + WIRE_PREFIX_BYTES, valueEnd),
        );
        for (let index = 0; index < this.columns.length; index += 1) {
          this.last = Math.max(this.last, this.columns.time[index]! - OPEN);
        }
      }
    }
    return this.last;
  }
}
