/** A folder as the first format left it, byte for byte, and what it holds when this version has upgraded it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { openEmbedded } from '../../../backends/embedded/open';
import { upgradeFolder } from '../../../backends/embedded/upgrade';
import { verify } from '../../../backends/embedded/verify';
import { retireNamed } from '../../../runtime/evolution/retire';
import type { Topic } from '../../../runtime/stream/topic';
import { temporaryFolder } from '../../support/temporary-folder';
import { type Amount, amounts, echoes, letters, sums, toyJob } from '../../support/toy';
import { jobOf, toyWithTable } from '../../support/toy-evolution';
import { readAll, ToyWorld } from '../../support/toy-world';
import saved from './formats/format-1.json';

const root = temporaryFolder();
const clock = { now: () => 1_700_000_100_000_000 };
const shapeOf = (): undefined => undefined;
let folders = 0;

function restored(): string {
  folders += 1;
  const dir = join(root, String(folders));
  mkdirSync(dir);
  for (const [name, text] of Object.entries(saved.files))
    writeFileSync(join(dir, name), brotliDecompressSync(Buffer.from(text, 'base64')));
  return dir;
}

const open = (dir: string) => openEmbedded({ dir, quotaBytes: 1e9, clock });

describe('a folder of format 1', () => {
  test('is refused with what to do, and touched by nobody', async () => {
    const dir = restored();
    const before = readFileSync(join(dir, 'data.mdb'));
    await expect(open(dir)).rejects.toThrow(
      /is of format 1, and this version writes 2\. .*"breakwater upgrade"/,
    );
    await expect(verify(dir)).rejects.toThrow(/"breakwater upgrade"/);
    expect(readFileSync(join(dir, 'data.mdb')).equals(before)).toBe(true);
  });

  test('holds after the upgrade what it held before: tables, topics, progress, epochs, names', async () => {
    const dir = restored();
    expect(await upgradeFolder({ dir, shapeOf })).toEqual({ from: 1, to: 2, tasks: 2, unknown: ['toy-job'] });
    expect((await verify(dir)).damage).toEqual([]);
    const backend = await open(dir);
    const { tasks, topics, names, producers } = saved.expected;
    for (const { partition, tables, recorded, ...rest } of tasks) {
      const id = { job: 'toy-job', partition };
      expect(backend.tasks().find(({ task }) => task.partition === partition)).toMatchObject({
        epoch: rest.epoch,
        nextStep: rest.nextStep,
        now: rest.now,
        progress: rest.progress,
      });
      expect([...backend.recorded(id, 1)]).toMatchObject(recorded);
      const store = await backend.openTask(id);
      for (const [name, table] of Object.entries(tables)) {
        const rows: [number, string][] = [];
        store.restored.table(name)?.forEach((slot, from) => {
          rows.push([slot, from.bytes.toString('hex', from.at, from.end)]);
        });
        expect(rows).toEqual(table.rows);
      }
    }
    for (const topic of [amounts, sums, echoes] as readonly Topic<readonly Amount[]>[])
      for (const partition of [0, 1])
        if (topic.name !== amounts.name || partition !== 0)
          expect(readAll(backend, topic, partition)).toEqual(
            topics[topic.name as keyof typeof topics][partition],
          );
    expect(readAll(backend, letters)).toHaveLength(topics['toy.dead_letters'][0]!.length);
    expect(names.map((name) => backend.names.numberOf('toy', name))).toEqual([...names.keys()]);
    expect((await backend.log.producer('test'))?.sequence).toBe(producers.test);
    expect(Buffer.from((await backend.log.producer('x'))!.state!).toString()).toBe('row 1');
    expect(backend.bookmarks.get('sink/0')?.needs).toEqual([{ topic: 'toy.sums', partition: 0, next: 2 }]);
    await backend.close();
  });

  test('goes on where it was, and keeps from then on what the job is', async () => {
    const dir = restored();
    await upgradeFolder({ dir, shapeOf });
    const backend = await open(dir);
    const job = toyJob(2);
    const world = await new ToyWorld(backend, { job, partitions: 2, sequence: 3 }).open();
    await world.send([{ key: 1, amount: 100 }], 0);
    await world.readUpTo(6);
    const all = (): Amount[] => [0, 1].flatMap((partition) => world.committed(sums, partition));
    await world.until(() => all().some(({ key, amount }) => key === 1 && amount === 105));
    await world.stop();
    expect(backend.tasks()[0]!.phase!.shape.pipelines.map(({ name }) => name)).toEqual(['toy']);
    expect(await world.recomputed(job)).toEqual([]);
    await backend.close();
  });

  test('whose table is gone from the program is refused by name until it is retired', async () => {
    const dir = restored();
    await upgradeFolder({ dir, shapeOf });
    const backend = await open(dir);
    const job = { ...jobOf(toyWithTable('sums_v2')), partitions: 2 };
    const world = new ToyWorld(backend, { job, partitions: 2 });
    await expect(world.open()).rejects.toThrow(
      'table "sums" is in the folder and no pipeline declares it. If it was renamed or removed for good, say "breakwater retire sums"',
    );
    const { done } = await retireNamed(backend, [job], 'sums');
    expect(done).toHaveLength(2);
    await backend.close();
  });

  test('is upgraded once; an upgrade that was cut short is begun anew', async () => {
    const dir = restored();
    const format = readFileSync(join(dir, 'FORMAT'));
    await upgradeFolder({ dir, shapeOf });
    // As if it had died before it said so.
    writeFileSync(join(dir, 'FORMAT'), format);
    expect(await upgradeFolder({ dir, shapeOf })).toMatchObject({ from: 1, to: 2 });
    expect(await upgradeFolder({ dir, shapeOf })).toMatchObject({ from: 2, to: 2, tasks: 0 });
    expect((await verify(dir)).damage).toEqual([]);
    expect(existsSync(join(dir, 'FORMAT.new'))).toBe(false);
  });
});
