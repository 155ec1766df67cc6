/** Restore of a task with a million positions: from a closed folder to a task that can step, and what a position weighs. */
import { systemClock } from '../app/system-clock';
import { openEmbedded } from '../backends/embedded/open';
import { positions } from '../pipelines/positions';
import { fuse } from '../runtime/graph/job';
import { Task } from '../runtime/task/task';
import { ByteWriter } from '../runtime/wire/bytes';
import type { Position } from '../schemas/ledger';
import { type PositionBase, positionBaseTable, positionTable } from '../schemas/tables';
import { positionUntold } from '../schemas/untold';
import { type Bench, type BenchRun, timed } from './bench';
import { OPEN } from './market';
import { BenchWorld } from './world';

const ONE = 1_000_000_000n;
const PER_EPOCH = 50_000;

export const restorePositions: Bench = {
  name: 'restore',
  what: 'restore of positions: folder opened, verified, tables and indexes rebuilt',
  async run(scale): Promise<BenchRun> {
    const count = Math.floor(1_000_000 * scale);
    const job = fuse({ name: 'bench', pipelines: [positions] });
    const world = await BenchWorld.open(job, {});
    const before = world.backend.health().usedBytes;
    await writePositions(world, count);
    const bytes = world.backend.health().usedBytes - before;
    await world.backend.close();
    const { result, seconds, cpuSeconds } = await timed(async () => {
      const backend = await openEmbedded({ dir: world.dir, quotaBytes: 8 * 2 ** 30, clock: systemClock });
      const store = await backend.openTask({ job: job.name, partition: 0 });
      return { backend, task: new Task(job, store.restored) };
    });
    result.task.close();
    await result.backend.close();
    world.remove();
    return {
      setting: `${count} positions written in epochs of ${PER_EPOCH}`,
      figures: [
        { name: 'restore', value: seconds, unit: 's', target: '< 3' },
        { name: 'a position in the store', value: bytes / count, unit: 'B', target: '≤ 300' },
        { name: 'CPU of all threads', value: cpuSeconds, unit: 's' },
      ],
    };
  },
};

async function writePositions({ backend }: BenchWorld, count: number): Promise<void> {
  const store = await backend.openTask({ job: 'bench', partition: 0 });
  const table = positionTable.open();
  const bases = positionBaseTable.open();
  const scratch = new ByteWriter();
  for (let first = 0, number = 1; first < count; first += PER_EPOCH, number += 1) {
    for (let index = first; index < Math.min(first + PER_EPOCH, count); index += 1) {
      const position = positionOf(index);
      table.set(index, position);
      bases.set(index, baseOf(position));
    }
    await store.commit({
      task: { job: 'bench', partition: 0 },
      number,
      build: 'bench',
      firstStep: number - 1,
      steps: [{ now: OPEN, read: [], dead: [], snapshots: [] }],
      outputs: [],
      tables: [table.takeChanges(scratch)!, bases.takeChanges(scratch)!],
    });
  }
  await store.close();
}

/** All of a position's executions have left the horizon. */
const baseOf = ({
  currency: _,
  multiplier: __,
  inverse: ___,
  knownAt: ____,
  ...base
}: Position): PositionBase => ({
  ...base,
  foldedUntil: base.time,
  openLots: '',
});

export const positionOf = (index: number): Position => ({
  account: Math.floor(index / 1_000),
  instrument: index % 1_000,
  ...positionUntold,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  quantity: BigInt(index % 1_000) * ONE,
  cost: BigInt(index) * 123_456_789_012_345_678n,
  realisedPnl: BigInt(index) * -12_345_678_901_234n,
  fees: BigInt(index) * 10n ** 15n,
  bought: BigInt(index) * ONE,
  sold: BigInt(index % 100) * ONE,
  fills: 1 + (index % 50),
  time: OPEN + index,
});
