/** A running job among strangers and in want: clients that never end, paths that lead out, rubbish, a long question. */
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { openFolder } from '../../app/folder';
import { systemClock } from '../../app/system-clock';
import { chunkOf, to } from '../conformance/support';
import { runCommand, startCommand } from '../support/command-line';
import { inLongRuns } from '../support/long-runs';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const config = join(folder, 'breakwater.json');
const withTables = join(folder, 'with-tables.json');
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  writeFileSync(config, JSON.stringify({ clickhouse: { enabled: false } }));
  writeFileSync(withTables, '{}');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function slowClients(count: number, port: number): Promise<Socket[]> {
  const clients = Array.from({ length: count }, () => connect(port, '127.0.0.1'));
  for (const client of clients) client.on('error', () => undefined);
  await Promise.all(
    clients.map((client) => new Promise((resolve) => client.once('connect', resolve).once('close', resolve))),
  );
  // A question that never ends, a letter at a time.
  for (const client of clients) client.write('GET /metrics HTTP/1.1\r\nHost: x\r\nX');
  return clients;
}

/** Written by hand, since clients tidy paths up. */
async function answerTo(path: string, port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes.toString();
  });
  await once(socket, 'close');
  return answer;
}

test('300 clients that never end what they ask hold nothing up; no path leads out of what is served', async () => {
  const port = await freePort();
  const run = startCommand([
    'start',
    '--config',
    config,
    '--dir',
    at('asked'),
    '--json',
    '--port',
    `${port}`,
  ]);
  await run.said('accounts');
  for (const path of [
    '/../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '//etc/passwd',
    '/metrics/../../x',
  ])
    expect(await answerTo(path, port)).toMatch(/^HTTP\/1\.1 40[04] /);
  const clients = await slowClients(300, port);
  // The job goes on beside them: two more lines, and commands are answered.
  await run.said(/"accounts"[\s\S]*\n[\s\S]*"accounts"[\s\S]*\n[\s\S]*"accounts"/);
  const { code } = await runCommand([
    ...['tail', 'ledger.fills', '--from', 'start', '--json'],
    ...['--config', config, '--dir', at('asked')],
  ]);
  expect(code).toBe(0);
  for (const client of clients) client.destroy();
  expect(await answerTo('/healthz', port)).toContain('alive');
  run.child.kill('SIGTERM');
  expect(await run.finished).toMatchObject({ code: 0 });
}, 600_000);

test('messages that nobody can read go to dead letters, every one, and what comes behind them counts', async () => {
  const count = inLongRuns(230_000, 2_000);
  const dir = at('rubbish');
  const folderOf = await openFolder({ dir, quotaBytes: 1e9, clock: systemClock });
  for (let first = 0; first < count; first += 1000) {
    const rubbish = Array.from({ length: 1000 }, (_, index) => `${first + index}`.padEnd(40, '\u0007'));
    const outputs = [to('ledger.fills', 0, chunkOf(...rubbish))];
    await folderOf.backend.log.append({ producer: 'stranger', sequence: first + 1000, outputs });
  }
  await folderOf.close();
  const place = ['--config', config, '--dir', dir];
  const produced = async (topic: string, lines: string): Promise<void> => {
    writeFileSync(at('lines.csv'), lines);
    expect(await runCommand(['produce', topic, at('lines.csv'), ...place])).toMatchObject({ code: 0 });
  };
  await produced('reference.instruments', 'instrument,name,currency,multiplier,kind\nXYZ,XYZ,USD,1,Equity\n');
  await produced(
    'ledger.fills',
    'executionId,kind,account,instrument,quantity,price,fee,feeCurrency,venue,time\nE-1,New,DESK,XYZ,3,100.25,0,USD,XCME,2026-11-20T10:00:00Z\n',
  );
  const run = startCommand(['start', ...place, '--json', '--port', '0', '--no-simulator']);
  // The fill stands behind all of them.
  await run.said(/"account":"DESK".*"positions":1/);
  run.child.kill('SIGTERM');
  const { code, stdout } = await run.finished;
  expect(code).toBe(0);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1)!)).toMatchObject({ deadLetters: count });
}, 600_000);

test('SIGTERM beside a question that would take hours ends the job, and the question is told', async () => {
  const place = ['--config', withTables, '--dir', at('long')];
  const run = startCommand(['start', ...place, '--json', '--port', '0']);
  await run.said('accounts');
  const hours = 'SELECT sum(sipHash64(number)) FROM numbers(1000000000000)';
  const question = runCommand(['query', hours, ...place]);
  // The engine answers others meanwhile: it is up, and at work.
  expect(await runCommand(['query', 'SELECT 7', ...place, '--format', 'TSV'])).toMatchObject({
    stdout: '7\n',
  });
  run.child.kill('SIGTERM');
  const { code, signal } = await run.finished;
  expect([code, signal]).toEqual([0, null]);
  expect((await question).code).toBe(1);
}, 600_000);
