/**
 * How long one turn of the loop holds its thread, with a million positions in P&L that are written whole again and again
 * while ticks come: steps, slices of snapshots, and the closing of epochs.
 */
import { readFileSync } from 'node:fs';
import { marks } from '../pipelines/marks';
import { pnlWith } from '../pipelines/pnl';
import { fuse } from '../runtime/graph/job';
import { positionCodec, positions } from '../schemas/ledger';
import { positionPnl } from '../schemas/risk';
import { type Bench, type BenchRun, quantile } from './bench';
import { namesOf, sendInstruments, sendTicks } from './market';
import { positionOf } from './restore';
import { BenchWorld } from './world';

const SIZE = { instruments: 1_000, accounts: 1_000, held: 0 };
const STREAM = { perFrame: 100, ticking: 10, venues: 4 };

export const holds: Bench = {
  name: 'holds',
  what: 'how long one turn of the loop holds its thread while a million positions are written whole',
  async run(scale): Promise<BenchRun> {
    const count = Math.floor(1_000_000 * scale);
    const job = fuse({
      name: 'bench',
      pipelines: [marks, pnlWith({ everyMicros: 100_000, convention: 'mid', baseCurrency: 'USD' })],
    });
    const world = await BenchWorld.open(job, namesOf(SIZE));
    try {
      await sendInstruments(world, SIZE);
      await sendPositions(world, count);
      await world.finished(await world.start());
      const driver = await world.start({ snapshotMicros: 1e6 });
      const place = { topic: positionPnl.name, partition: 0 };
      const before = world.backend.log.ends(place).next;
      let ticks = 0;
      const { wall, busy } = await turns(10_000 * scale, async () => {
        await sendTicks(world, { ...STREAM, ticks: 1_000, first: ticks });
        ticks += 1_000;
      });
      const frames = world.backend.log.ends(place).next - before;
      await driver.stop();
      return {
        setting: `${count} positions, 100,000 ticks/s at most, ${frames} messages of P&L, ${wall.length} turns`,
        figures: [
          { name: 'a turn at most, CPU', value: quantile(busy, 1), unit: 'ms', target: '< 5' },
          { name: 'a turn p99.9, CPU', value: quantile(busy, 0.999), unit: 'ms', target: '< 5' },
          { name: 'a turn p99, CPU', value: quantile(busy, 0.99), unit: 'ms' },
          { name: 'a turn at most, wall', value: quantile(wall, 1), unit: 'ms' },
        ],
      };
    } finally {
      await world.close();
    }
  },
};

async function sendPositions(world: BenchWorld, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const position = positionOf(index);
    await world.send(positions, `${position.account}/${position.instrument}/0`, ({ to }) =>
      positionCodec.encode(position, to),
    );
  }
  await world.flush();
}

/** Looks at each turn of the loop for so long, and does something every ten milliseconds. */
async function turns(
  millis: number,
  now: () => Promise<void>,
): Promise<{ readonly wall: number[]; readonly busy: number[] }> {
  const wall: number[] = [];
  const busy: number[] = [];
  const end = performance.now() + millis;
  let before = { at: performance.now(), busy: busyMillis() };
  for (let due = before.at; before.at < end; ) {
    if (before.at >= due) {
      due += 10;
      await now();
      before = { at: performance.now(), busy: busyMillis() };
    }
    await new Promise(setImmediate);
    const next = { at: performance.now(), busy: busyMillis() };
    wall.push(next.at - before.at);
    busy.push(next.busy - before.busy);
    before = next;
  }
  return { wall, busy };
}

/** How long this process's main thread has run in all, where the system tells (Linux). */
function busyMillis(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}
