/** Law 6 where tasks run on worker threads: kill -9 loses nothing and doubles nothing of any of them. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Topic } from '../../runtime/stream/topic';
import { compareRuns } from '../support/compare-runs';
import { temporaryFolder } from '../support/temporary-folder';
import { amounts, sums } from '../support/toy';
import { ToyThreads } from '../support/toy-threads';
import { batchOf, totalOf, type WorkersOrders } from './workers-child';

const BATCHES = 150;
const root = temporaryFolder();

const KILLS: readonly (WorkersOrders['failpoint'] | { readonly afterMillis: number })[] = [
  { name: 'commit.in-transaction.after-outputs', passing: 9 },
  { afterMillis: 30 },
  { name: 'commit.before-flush', passing: 14 },
  { name: 'commit.after-flush', passing: 11 },
  { afterMillis: 55 },
  { name: 'commit.in-transaction.after-tables', passing: 17 },
];

/** One life; answers whether it was killed. */
async function live(orders: WorkersOrders, afterMillis: number | undefined): Promise<boolean> {
  writeFileSync(orders.phaseFile, 'starting'.padEnd(64));
  const child = spawn(process.execPath, [join(__dirname, 'workers-child.js'), JSON.stringify(orders)]);
  let said = '';
  child.stderr.on('data', (data) => {
    said += data;
  });
  child.stdout.on('data', () => {
    if (afterMillis !== undefined) setTimeout(() => child.kill('SIGKILL'), afterMillis);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) =>
    child.on('exit', (exitCode, exitSignal) => resolve([exitCode, exitSignal])),
  );
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the child ended with ${code ?? signal}: ${said}`);
  return signal === 'SIGKILL';
}

test(`law 6 atomic epochs: ${KILLS.length} deaths of four tasks on two threads`, async () => {
  const dir = join(root, 'disturbed');
  mkdirSync(dir);
  const phaseFile = join(root, 'phase');
  const orders = { dir, count: 4, threads: 2, batches: BATCHES, phaseFile };
  let deaths = 0;
  for (const kill of KILLS) {
    const isTimed = kill !== undefined && 'afterMillis' in kill;
    const killed = await live(
      { ...orders, ...(!isTimed && kill && { failpoint: kill }) },
      isTimed ? kill.afterMillis : undefined,
    );
    if (killed) deaths += 1;
  }
  expect(deaths).toBeGreaterThanOrEqual(4);
  expect(readFileSync(phaseFile, 'utf8').trim()).not.toBe('');
  expect(await live(orders, undefined)).toBe(false);

  const undisturbed = await ToyThreads.open({ dir: join(root, 'undisturbed'), count: 1, threads: 1 });
  for (let sequence = 1; sequence <= BATCHES; sequence += 1) await undisturbed.send(batchOf(sequence));
  await undisturbed.drained();
  await undisturbed.until(() => undisturbed.total() === totalOf(BATCHES));
  await undisturbed.stop();
  const disturbed = await ToyThreads.open({ dir, count: 4, threads: 2 });
  await disturbed.stop();
  const [one, other] = [disturbed, undisturbed].map(({ backend }) => ({ backend, tasks: [] }));
  const topics = [amounts, sums] as readonly Topic[];
  expect(compareRuns(one!, other!, { topics, tables: [] })).toEqual([]);
  expect(await disturbed.recomputed()).toEqual([]);
  await Promise.all([disturbed.backend.close(), undisturbed.backend.close()]);
}, 120_000);
