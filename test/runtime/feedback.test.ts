/** What a job reads of its own writing: a halt that it raises comes back through the log, in a later epoch. */

import { prepareTopics } from '../../runtime/drive/open-job';
import { fuse } from '../../runtime/graph/job';
import { pipeline } from '../../runtime/graph/pipeline';
import { recompute } from '../../runtime/rerun/recompute';
import { operator } from '../../runtime/stream/operator';
import { feedback, partitioned, type Topic, topic } from '../../runtime/stream/topic';
import { rowsTable } from '../../runtime/tables/rows';
import type { DeadLetterRow } from '../../runtime/task/runner';
import { MemoryBackend, MemoryDisk } from '../support/memory-backend';
import { type Amount, amounts, letters } from '../support/toy';
import { ToyWorld } from '../support/toy-world';

const halts = topic({ ...amounts, name: 'toy.halts' });
const passed = topic({ ...amounts, name: 'toy.passed' });
const haltedTable = rowsTable<Amount>({
  name: 'halted',
  codec: amounts.codec as never,
  key: ({ key }) => String(key),
  limit: 10,
});

/** Amounts pass until one of their key was above ten: it raises a halt, which holds once it has come back. */
const job = fuse({
  name: 'toy-job',
  pipelines: [
    pipeline({
      name: 'halt',
      reads: { halted: feedback(halts), amounts: partitioned(amounts) },
      state: { table: haltedTable },
      writes: { halts, passed },
      sinks: [],
      build: (from, { table }) => {
        const checked = operator('check', { halted: from.halted, amounts: from.amounts }, () => {
          let passing: Amount[] = [];
          return {
            on: {
              halted(rows) {
                for (const row of rows) table.set(row);
              },
              amounts(rows) {
                passing = rows.filter(({ key }) => table.get(String(key)) === undefined);
              },
            },
            emit: () => passing,
          };
        });
        const raised = operator('raise', { checked }, () => {
          let large: readonly Amount[] = [];
          return {
            on: {
              checked(rows) {
                large = rows.filter(({ amount }) => amount > 10);
              },
            },
            emit: () => large,
          };
        });
        return { halts: raised, passed: checked };
      },
    }),
  ],
});

test('a halt holds from the epoch that reads it back, over a restart, and is computed again as it was', async () => {
  const disk = new MemoryDisk();
  let world = await new ToyWorld(new MemoryBackend(disk), { job }).open();
  await world.send([
    { key: 1, amount: 5 },
    { key: 1, amount: 11 },
  ]);
  await world.until(() =>
    world.drivers[0]!.progress().some((at) => at.topic === halts.name && at.next === 1),
  );
  await world.send([
    { key: 1, amount: 6 },
    { key: 2, amount: 7 },
  ]);
  await world.until(() => world.committed(passed).length === 3);
  await world.stop();
  const backend = new MemoryBackend(disk);
  world = await new ToyWorld(backend, { job, sequence: 2 }).open();
  await world.send([
    { key: 1, amount: 8 },
    { key: 2, amount: 9 },
  ]);
  await world.until(() => world.committed(passed).length === 4);
  await world.stop();

  expect(world.committed(halts)).toEqual([{ key: 1, amount: 11 }]);
  expect(world.committed(passed)).toEqual([
    { key: 1, amount: 5 },
    { key: 1, amount: 11 },
    { key: 2, amount: 7 },
    { key: 2, amount: 9 },
  ]);
  const differences = await recompute(backend.recorded({ job: job.name, partition: 0 }, 1), {
    job,
    partition: 0,
    backend,
    schemaIds: await prepareTopics([amounts, halts, passed, letters] as Topic[], 1, backend),
    deadLetters: letters as Topic as Topic<readonly DeadLetterRow[]>,
    build: 'test',
    stepBytes: 1 << 16,
    holdMicros: 1e6,
  });
  expect(differences).toEqual([]);
});
