/** Ticks to P&L: encoded frames in the log to committed records, durability on. */

import { marks } from '../pipelines/marks';
import { pnlWith } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { fuse } from '../runtime/graph/job';
import { type Bench, type BenchRun, timed } from './bench';
import { incrementalJoinPeer } from './db-ivm-peer';
import { type MarketSize, namesOf, sendHoldings, sendInstruments, sendTicks } from './market';
import { MarketClock } from './market-clock';
import { BenchWorld } from './world';

const TICKING = 1_000;
const SIZE: MarketSize = { instruments: TICKING, accounts: 10, held: TICKING };
const PER_FRAME = 1_000;

interface TicksRun {
  readonly ticks: number;
  readonly everyMicros: number;
  readonly stepBytes: number;
  readonly venues: number;
  readonly size?: MarketSize;
}

/** Runs ticks through the fused job; answers ticks and P&L records a second, and CPU seconds. */
export async function runTicks({ ticks, everyMicros, stepBytes, venues, size = SIZE }: TicksRun) {
  const job = fuse({
    name: 'bench',
    pipelines: [marks, positions, pnlWith({ everyMicros, convention: 'mid', baseCurrency: 'USD' })],
  });
  const world = await BenchWorld.open(job, namesOf(size));
  try {
    await sendInstruments(world, size);
    await sendHoldings(world, size);
    // A first round settles positions and warms the code; what is timed is a task that goes on from there.
    const stream = { perFrame: PER_FRAME, ticking: TICKING, venues };
    const warm = Math.min(ticks / 4, 1_000_000);
    await sendTicks(world, { ...stream, ticks: warm, first: 0 });
    const clock = new MarketClock();
    await clock.during(async () => world.finished(await world.start({ clock })));
    await sendTicks(world, { ...stream, ticks, first: warm });
    const { driver, ...spent } = await clock.during(async () => {
      const driver = await world.start({ stepBytes, clock });
      return { driver, ...(await timed(() => world.finished(driver))) };
    });
    const { seconds, cpuSeconds, mainCpuSeconds } = spent;
    const { counts, epoch } = driver.status();
    return {
      ticksPerSecond: counts.recordsIn / seconds,
      outPerSecond: counts.recordsOut / seconds,
      seconds,
      cpuSeconds,
      mainCpuSeconds,
      epoch,
      counts,
    };
  } finally {
    await world.close();
  }
}

export const ticksConflated: Bench = {
  name: 'ticks-conflated',
  what: 'ticks → marks → 10 holders each → P&L conflated to 100 ms',
  async run(scale): Promise<BenchRun> {
    const ticks = 10_000_000 * scale;
    const ran = await runTicks({ ticks, everyMicros: 100_000, stepBytes: 1 << 19, venues: 4 });
    const peer = await incrementalJoinPeer({
      instruments: SIZE.instruments,
      holders: SIZE.accounts,
      ticks: 100_000 * scale,
    });
    return {
      setting: `${ticks} ticks in frames of ${PER_FRAME}, ${SIZE.instruments} instruments, ${SIZE.accounts} holders each, ${ran.counts.recordsOut} records written`,
      figures: [
        { name: 'ticks', value: ran.ticksPerSecond / 1e6, unit: 'M/s', target: '≥ 10' },
        {
          name: "CPU of the tasks' thread",
          value: (ran.mainCpuSeconds / ran.counts.recordsIn) * 1e9,
          unit: 'ns a tick',
        },
        { name: 'CPU of all threads', value: ran.cpuSeconds, unit: 's' },
        { name: 'wall', value: ran.seconds, unit: 's' },
        { name: '@tanstack/db-ivm on the same join', value: peer / 1e6, unit: 'M/s' },
        { name: 'ratio', value: ran.ticksPerSecond / peer, unit: '×' },
      ],
    };
  },
};

export const ticksWritten: Bench = {
  name: 'ticks-written',
  what: "ticks → marks → 10 holders each, every tick's 10 P&L records written",
  async run(scale): Promise<BenchRun> {
    const ticks = 2_000_000 * scale;
    // One frame a step, each instrument once in it: nothing can be conflated.
    const ran = await runTicks({ ticks, everyMicros: 0, stepBytes: 1, venues: 1 });
    return {
      setting: `${ticks} ticks, ${ran.counts.recordsOut} records written`,
      figures: [
        { name: 'ticks', value: ran.ticksPerSecond / 1e6, unit: 'M/s', target: '≥ 1' },
        { name: 'records written', value: ran.outPerSecond / 1e6, unit: 'M/s' },
        {
          name: "CPU of the tasks' thread",
          value: (ran.mainCpuSeconds / ran.counts.recordsIn) * 1e9,
          unit: 'ns a tick',
        },
        { name: 'CPU of all threads', value: ran.cpuSeconds, unit: 's' },
        { name: 'wall', value: ran.seconds, unit: 's' },
      ],
    };
  },
};

export const tickCost: Bench = {
  name: 'tick-cost',
  what: 'cost of a tick while positions in instruments that do not tick grow 100-fold',
  async run(scale): Promise<BenchRun> {
    const costs: number[] = [];
    for (const elsewhere of [1_000, 100_000]) {
      // Ten accounts hold what ticks; the other positions are in instruments without ticks.
      const all = TICKING + elsewhere / 10;
      const size = { instruments: all, accounts: 10, held: all };
      const ran = await runTicks({
        ticks: 4_000_000 * scale,
        everyMicros: 100_000,
        stepBytes: 1 << 19,
        venues: 4,
        size,
      });
      costs.push((ran.seconds / ran.counts.recordsIn) * 1e9);
    }
    return {
      setting: '1,000 and 100,000 positions elsewhere',
      figures: [
        { name: 'a tick, few positions', value: costs[0]!, unit: 'ns' },
        { name: 'a tick, 100 times as many', value: costs[1]!, unit: 'ns' },
        { name: 'ratio', value: costs[1]! / costs[0]!, unit: '×', target: '≈ 1' },
      ],
    };
  },
};
