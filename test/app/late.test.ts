/** Fills from before the horizon, and the people who go through the queue beside a running job. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Access } from '../../app/access';
import { loadConfig } from '../../app/config';
import { type Decision, lateRows, rowNamed, settle } from '../../app/late-queue';
import { type Live, openLive } from '../../app/live';
import { openAccess } from '../../app/open-access';
import { systemClock } from '../../app/system-clock';
import type { Clock } from '../../runtime/ports/clock';
import { FillKind, fills } from '../../schemas/ledger';
import { instruments } from '../../schemas/reference';
import { runCommand } from '../support/command-line';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const file = join(folder, 'breakwater.json');
writeFileSync(
  file,
  JSON.stringify({ clickhouse: { enabled: false }, http: { enabled: false }, simulator: { enabled: false } }),
);
const config = loadConfig({ file, cwd: folder });
const logger = new Proxy({}, { get: () => () => undefined }) as unknown as Parameters<
  typeof openLive
>[0]['logger'];
const breakwater = (...args: string[]) => runCommand([...args, '--config', file]);
const open = () => openAccess({ config, clock: systemClock, create: true });

const monthAgo: Clock = { ...systemClock, now: () => systemClock.now() - 30 * 86_400_000_000 };
const ONE = 10n ** 9n;
const now = Date.now() * 1000;
let sent = 0;
async function send(access: Access, topic: string, row: Record<string, unknown>): Promise<void> {
  sent += 1;
  await access.produce({
    producer: 'test',
    sequence: sent,
    records: [{ topic, time: now, sequence: sent, row }],
  });
}
const fill = (executionId: string, quantity: bigint, price: bigint, daysAgo: number) => ({
  ...{ executionId, kind: FillKind.New, account: 'ALPHA', instrument: 'XYZ', venue: 'N', version: 0 },
  ...{ quantity: quantity * ONE, price: price * ONE, fee: 0n, feeCurrency: 'USD' },
  time: now - daysAgo * 86_400_000_000,
});

async function last(access: Access, topic: string): Promise<Record<string, unknown> | undefined> {
  const request = { topic, partition: 0, from: { last: 1 }, follow: false };
  for await (const records of access.tail(request, new AbortController().signal))
    if (records[0]?.record) return records[0].record;
  return undefined;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const decide = async (access: Access, name: string, decision: Omit<Decision, 'now'>) =>
  settle(access, rowNamed(name, await lateRows(access)), { ...decision, now: systemClock.now() });

let live: Live;

beforeAll(async () => {
  // What came thirty days ago has left the horizon by now; what comes as late as that is another story.
  live = await openLive({ config, clock: monthAgo, logger });
  let access = await openAccess({ config, clock: monthAgo, create: true });
  const listed = {
    instrument: 'XYZ',
    name: 'XYZ',
    currency: 'USD',
    multiplier: ONE,
    inverse: false,
    kind: 0,
  };
  await send(access, instruments.name, { ...listed, validFrom: 0 });
  await send(access, fills.name, fill('a', 10n, 100n, 30));
  await until(async () => (await last(access, 'ledger.positions')) !== undefined);
  await access.close();
  await live.close();
  live = await openLive({ config, clock: systemClock, logger });
  access = await open();
  await until(async () => (await last(access, 'ledger.horizons')) !== undefined);
  await send(access, fills.name, fill('b', 5n, 90n, 35));
  await send(access, fills.name, fill('c', 7n, 1n, 36));
  await send(access, fills.name, fill('d', 2n, 80n, 37));
  await until(async () => (await lateRows(access)).length === 3);
  await access.close();
});

afterAll(() => live.close());

test('they are listed, oldest first, with a reference, and settled by it or by their execution ids', async () => {
  const listed = await breakwater('late', 'list', '--json');
  const rows = listed.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows).toMatchObject([
    { executionId: 'd', status: 'Open', account: 'ALPHA', quantity: '2', price: '80' },
    { executionId: 'c', status: 'Open' },
    { executionId: 'b', status: 'Open' },
  ]);
  const done = await breakwater('late', 'resolve', rows[2].reference, '--why', 'told late', '--by', 'ann');
  expect(done).toMatchObject({ code: 0, stdout: 'b of ALPHA in XYZ: Booked, by ann: told late\n' });

  const access = await open();
  const held = async () => {
    const { quantity, cost } = (await last(access, 'ledger.positions'))!;
    return `${quantity} for ${cost}`;
  };
  expect(await held()).toBe('15 for 1450');
  expect(await decide(access, 'c', { action: 'Discard', by: 'bob', why: 'a test' })).toMatchObject({
    outcome: 'done',
    row: { status: 'Discarded', detail: 'by bob: a test' },
  });
  expect(await held()).toBe('15 for 1450');
  for (const name of ['b', 'c'])
    await expect(decide(access, name, { action: 'Discard', by: 'bob', why: 'no' })).rejects.toThrow(
      /^[bc] is settled: (Booked, by ann: told late|Discarded, by bob: a test)\.$/,
    );
  await expect(decide(access, 'nobody', { action: 'Book', by: 'bob', why: 'no' })).rejects.toThrow(
    'no late fill is called "nobody"',
  );
  await access.close();
});

test('what is decided while the job does not run is decided once, and carried out when it does', async () => {
  await live.close();
  const access = await open();
  const book = { action: 'Book', by: 'ann', why: 'so it was' } as const;
  expect(await decide(access, 'd', book)).toMatchObject({ outcome: 'pending' });
  expect(await decide(access, 'd', book)).toMatchObject({ outcome: 'pending' });
  await expect(decide(access, 'd', { ...book, action: 'Discard' })).rejects.toThrow(
    'd was decided otherwise by ann, and that is not carried out yet: Book',
  );
  await access.close();
  live = await openLive({ config, clock: systemClock, logger });
  const beside = await open();
  await until(async () => rowNamed('d', await lateRows(beside)).status === 'Booked');
  expect(await last(beside, 'ledger.positions')).toMatchObject({ quantity: '17', cost: '1610', fills: 3 });
  expect(await last(beside, 'ledger.refused_fills')).toMatchObject({ executionId: 'd', reason: 'TooOld' });
  await beside.close();
});
