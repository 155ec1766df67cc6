/** Fills to positions: encoded rows in the log to committed records, durability on. */
import { positions } from '../pipelines/positions';
import { fuse } from '../runtime/graph/job';
import { type Bench, type BenchRun, timed } from './bench';
import { namesOf, sendFill, sendInstruments } from './market';
import { BenchWorld } from './world';

const SIZE = { instruments: 100, accounts: 100, held: 0 };

export const fillsToPositions: Bench = {
  name: 'fills',
  what: 'fills → positions, every fill remembered by its execution id',
  async run(scale): Promise<BenchRun> {
    const fills = Math.floor(1_000_000 * scale);
    const warm = Math.floor(fills / 4);
    const world = await BenchWorld.open(fuse({ name: 'bench', pipelines: [positions] }), namesOf(SIZE));
    try {
      await sendInstruments(world, SIZE);
      for (let id = 0; id < warm; id += 1) await sendFill(world, placed(id));
      await world.flush();
      await world.finished(await world.start());
      for (let id = warm; id < warm + fills; id += 1) await sendFill(world, placed(id));
      await world.flush();
      const driver = await world.start();
      const { seconds, cpuSeconds, mainCpuSeconds } = await timed(() => world.finished(driver));
      const { counts, epoch } = driver.status();
      return {
        setting: `${fills} fills over ${SIZE.accounts * SIZE.instruments} positions, ${counts.recordsOut} position records written, ${epoch} epochs in all`,
        figures: [
          { name: 'fills', value: counts.recordsIn / seconds / 1e3, unit: 'k/s', target: '≥ 500' },
          {
            name: "CPU of the tasks' thread",
            value: (mainCpuSeconds / counts.recordsIn) * 1e9,
            unit: 'ns a fill',
          },
          { name: 'CPU of all threads', value: cpuSeconds, unit: 's' },
          { name: 'wall', value: seconds, unit: 's' },
        ],
      };
    } finally {
      await world.close();
    }
  },
};

/** Spread so that a position is not hit twice in a row. */
const placed = (id: number) => {
  const place = (id * 7919) % (SIZE.accounts * SIZE.instruments);
  return { id, account: Math.floor(place / SIZE.instruments), instrument: place % SIZE.instruments };
};
