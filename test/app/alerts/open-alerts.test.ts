/** Alerts of a data folder: what is committed reaches a channel in words and names, once, over restarts. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Alerts, openAlerts } from '../../../app/alerts/open-alerts';
import { loadConfig } from '../../../app/config';
import { type Folder, openFolder } from '../../../app/folder';
import { VenueHealth } from '../../../schemas/market';
import { venueStateUntold } from '../../../schemas/untold';
import { runCommand } from '../../support/command-line';
import { temporaryFolder } from '../../support/temporary-folder';
import { testClock } from '../../support/test-clock';

const dir = temporaryFolder();
const bodies: { alerts: { state: string; title: string; why: string }[] }[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (piece) => {
    body += piece;
  });
  request.on('end', () => {
    bodies.push(JSON.parse(body));
    response.end();
  });
});
let sequence = 0;
let folder: Folder;
let alerts: Alerts;
const said: string[] = [];
const logger = {
  warn: (_: unknown, text: string) => said.push(text),
  error: (_: unknown, text: string) => said.push(text),
};

async function open(): Promise<void> {
  const file = join(dir, 'breakwater.json');
  const { port } = server.address() as AddressInfo;
  writeFileSync(join(dir, 'url'), `http://127.0.0.1:${port}/hook\n`);
  const channel = { kind: 'webhook', name: 'desk', url: 'file:url', allowPrivate: true };
  writeFileSync(file, JSON.stringify({ alerts: { channels: [channel] } }));
  const config = loadConfig({ file, cwd: dir });
  folder = await openFolder({ dir: join(dir, 'data'), quotaBytes: 1e9, clock: testClock });
  alerts = openAlerts({ config, folder, clock: testClock, logger: logger as never, troubles: () => [] });
}

async function close(): Promise<void> {
  await alerts.close();
  await folder.close();
}

async function say(state: VenueHealth, detail: string): Promise<void> {
  sequence += 1;
  const now = testClock.now();
  const row = { ...venueStateUntold, venue: 'XNAS', state, detail, time: now };
  const record = { topic: 'market.venue_states', time: now, sequence, row };
  await folder.publisher.publish({ producer: 'feed', sequence, records: [record], now });
}

async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds() && turn < 1000; turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(holds()).toBe(true);
}

beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a venue that goes down is told by name and cause; a restart tells nothing twice and misses nothing', async () => {
  await open();
  await until(() => folder.backend.bookmarks.get('alerts.desk') !== undefined);
  await say(VenueHealth.Down, 'no heartbeat for 5 s');
  await until(() => bodies.length === 1);
  expect(bodies[0]!.alerts).toMatchObject([
    { state: 'raised', title: 'Venue XNAS is down', why: 'no heartbeat for 5 s' },
  ]);
  await until(() => alerts.statuses()[0]!.lagSeconds === 0);
  await close();

  await open();
  await say(VenueHealth.Down, 'still no heartbeat');
  await say(VenueHealth.Up, '');
  await until(() => bodies.length === 2);
  expect(bodies[1]!.alerts).toMatchObject([{ state: 'cleared', title: 'Venue XNAS is up again' }]);
  expect(alerts.statuses()).toEqual([{ name: 'alerts.desk', lagSeconds: 0, trouble: undefined }]);
  expect(said).toEqual([]);
  await close();
});

test.each([
  [{ channels: [{ kind: 'slack', name: 'a', url: 'https://hooks.slack.com/x' }] }, /say where it stands/],
  [{ channels: [{ kind: 'pigeon', name: 'a' }] }, /kind/],
  [{ channels: [{ kind: 'slack', name: 'A b', url: 'env:X' }] }, /small letters/],
  [
    { channels: ['a', 'a'].map((name) => ({ kind: 'slack', name, url: 'env:X' })) },
    /two channels have one name/,
  ],
  [
    { channels: [{ kind: 'email', name: 'm', host: 'h', from: 'a@b.c\r\nBcc: x@y.z', to: ['d@e.f'] }] },
    /no mail address/,
  ],
])('a configuration that is wrong is refused: %j', (section, message) => {
  const file = join(dir, 'wrong.json');
  writeFileSync(file, JSON.stringify({ alerts: section }));
  expect(() => loadConfig({ file, cwd: dir })).toThrow(message);
});

test('a trial is told for programs, channel by channel', async () => {
  const { port } = server.address() as AddressInfo;
  const hook = { kind: 'webhook', allowPrivate: true };
  const channels = [
    { ...hook, name: 'desk', url: 'env:DESK' },
    { ...hook, name: 'gone', url: 'env:GONE' },
  ];
  const file = join(dir, 'trial.json');
  writeFileSync(file, JSON.stringify({ alerts: { channels } }));
  const env = { DESK: `http://127.0.0.1:${port}/hook`, GONE: 'http://127.0.0.1:1/hook' };
  const { code, stdout } = await runCommand(['alerts', 'test', '--json', '--config', file], { env });
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { type: 'tried', channel: 'desk', kind: 'webhook', taken: true },
    {
      type: 'tried',
      channel: 'gone',
      kind: 'webhook',
      taken: false,
      remark: expect.stringContaining('ECONNREFUSED'),
    },
  ]);
  expect(code).toBe(1);
});
