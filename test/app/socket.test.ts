/** The socket of a data folder: both ends, over a folder that is not there. */
import { chmodSync, existsSync, mkdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import type { Access, ProduceRequest, TailRecord } from '../../app/access';
import { CommandError, ExitCode } from '../../app/exit-codes';
import { RemoteAccess } from '../../app/socket/remote-access';
import { serveAccess } from '../../app/socket/serve-access';
import { fromWire, toWire } from '../../app/socket/wire';
import { makeSocketPlace, socketPath } from '../../app/socket-path';
import { FillKind } from '../../schemas/ledger';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const path = join(folder, 'breakwater.sock');

const produced: ProduceRequest[] = [];
let released = false;

function refuse(request: unknown): never {
  throw new CommandError(`cannot answer ${JSON.stringify(request)}`, ExitCode.Usage);
}

const hold = { reader: 'gone/0', topic: 'ledger.fills', partition: 0, next: 3, end: 8, known: false };

const access: Access = {
  through: 'folder',
  produce: (request) => {
    produced.push(request);
    return Promise.resolve({ duplicate: false });
  },
  partitions: (topic: string) => Promise.resolve(topic.length),
  producer: (name) => Promise.resolve({ sequence: name.length }),
  async *tail({ topic }, signal) {
    if (topic !== 'ledger.fills') refuse(topic);
    try {
      for (let offset = 0; !signal.aborted; offset += 1) {
        yield [{ topic, partition: 0, offset, index: 0, key: 'ü', headers: {}, record: null }];
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    } finally {
      released = true;
    }
  },
  async *query(sql) {
    if (sql !== 'SELECT 1') refuse(sql);
    yield '1';
    yield '\n';
  },
  check: () => Promise.resolve({ checked: { entries: 3 }, damage: [], notes: [] }),
  skip: () => Promise.reject(new Error('a bug')),
  holds: () => Promise.resolve([hold]),
  forget: (reader) => (reader === hold.reader ? Promise.resolve() : refuse(reader)),
  close: () => Promise.resolve(),
};

let server: Awaited<ReturnType<typeof serveAccess>>;
let remote: RemoteAccess;

beforeAll(async () => {
  writeFileSync(path, 'left by a process that died');
  server = await serveAccess(access, { path, status: () => ({}) });
  remote = (await RemoteAccess.connect(path))!;
});

afterAll(() => server.close());

const fill = {
  executionId: 'E-1',
  kind: FillKind.New,
  refersTo: undefined,
  refersToDay: undefined,
  tradingDay: undefined,
  broker: undefined,
  version: 0,
  account: 'DESK',
  instrument: 'IBM',
  quantity: -1n,
  price: 9_223_372_036_854_775_807n,
  fee: 1n,
  feeCurrency: 'USD',
  venue: 'X',
  time: 1_700_000_000_000_001,
};

test('who holds back what, and forgetting one of them', async () => {
  expect(await remote.holds()).toEqual([hold]);
  await remote.forget('gone/0');
  await expect(remote.forget('there/0')).rejects.toMatchObject({ exitCode: ExitCode.Usage });
});

test('only the owner of the folder may connect', () => {
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('records arrive as they were sent, to the last digit', async () => {
  const request = {
    producer: 'a',
    sequence: 7,
    records: [{ topic: 'ledger.fills', time: fill.time, sequence: 7, row: fill }],
  };
  expect(await remote.produce(request)).toEqual({ duplicate: false });
  expect(produced).toEqual([request]);
});

test('any value of a fill and of a quote survives the way', () => {
  const side = fc.oneof(fc.constant(Number.NaN), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const scaled = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  const time = fc.integer({ min: 0, max: 2 ** 51 });
  const row = fc.record({ price: scaled, quantity: scaled, fee: scaled, executionId: fc.string(), time });
  fc.assert(
    fc.property(row, (values) => {
      const record = { topic: 'ledger.fills', time: values.time, sequence: 1, row: { ...fill, ...values } };
      expect(fromWire(JSON.parse(JSON.stringify(toWire(record))))).toMatchObject(record);
    }),
  );
  fc.assert(
    fc.property(side, side, (bid, ask) => {
      const quote = {
        instrument: 'IBM',
        venue: 'X',
        bid,
        bidSize: 1,
        ask,
        askSize: Number.NaN,
        condition: 1,
        time: 0,
        sequence: 0,
      };
      const record = { topic: 'market.quotes', time: 0, sequence: 1, row: quote };
      // Fields with a default that were left out come with it.
      expect(fromWire(JSON.parse(JSON.stringify(toWire(record)))).row).toMatchObject({
        ...quote,
        bid: bid + 0,
        ask: ask + 0,
      });
    }),
  );
});

test('a tail is followed until it is stopped, and then let go of', async () => {
  const stop = new AbortController();
  const seen: TailRecord[] = [];
  const request = { topic: 'ledger.fills', partition: 0, from: 'start', follow: true } as const;
  for await (const records of remote.tail(request, stop.signal)) {
    seen.push(...records);
    if (seen.length >= 5) stop.abort();
  }
  expect(seen.slice(0, 5).map(({ offset, key }) => [offset, key])).toEqual(
    [0, 1, 2, 3, 4].map((at) => [at, 'ü']),
  );
  while (!released) await new Promise((resolve) => setTimeout(resolve, 1));
});

test('answers of a query come piece by piece', async () => {
  let text = '';
  for await (const piece of remote.query('SELECT 1', 'TSV')) text += piece;
  expect(text).toBe('1\n');
});

test('a refusal comes with its message and its exit code, a bug as a failure', async () => {
  const refused = { message: 'cannot answer "DROP TABLE fills"', exitCode: ExitCode.Usage };
  await expect(remote.query('DROP TABLE fills', 'TSV')[Symbol.asyncIterator]().next()).rejects.toMatchObject(
    refused,
  );
  const place = { topic: 'ledger.fills', partition: 0, offset: 1, by: 'a', why: 'b' };
  await expect(remote.skip(place)).rejects.toMatchObject({ message: 'a bug', exitCode: ExitCode.Failure });
});

test('producers and checks are asked through it, too', async () => {
  expect(await remote.producer('name → topic')).toEqual({ sequence: 12 });
  expect(await remote.check()).toEqual({ checked: { entries: 3 }, damage: [], notes: [] });
});

test('nobody listens where there is no socket, or one that is left behind', async () => {
  expect(await RemoteAccess.connect(join(folder, 'none.sock'))).toBeUndefined();
  const left = await serveAccess(access, { path: join(folder, 'left.sock'), status: () => ({}) });
  await left.close();
  expect(await RemoteAccess.connect(join(folder, 'left.sock'))).toBeUndefined();
});

test('whoever listens and never answers is said to be stopped', async () => {
  const silent = createServer().listen(join(folder, 'silent.sock'));
  await new Promise((resolve) => silent.once('listening', resolve));
  await expect(
    RemoteAccess.connect(join(folder, 'silent.sock'), { patienceMillis: 50 }),
  ).rejects.toMatchObject({
    name: 'CommandError',
    message: expect.stringMatching(/does not answer at .*silent\.sock: it is stopped.*kill -CONT/),
  });
  silent.close();
});

describe('the place of the socket', () => {
  test('is the folder', () => {
    const { path } = makeSocketPlace(folder);
    expect(path).toBe(join(realpathSync(folder), 'breakwater.sock'));
    expect(socketPath(folder)).toBe(path);
  });

  test('is a private one that nobody can know beforehand where the path is too long for an address', async () => {
    const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    expect(socketPath(deep)).toBeUndefined();
    const left = makeSocketPlace(deep);
    // As after a crash: what it left is taken away by the next.
    const place = makeSocketPlace(deep);
    expect(place.path).not.toBe(left.path);
    expect(existsSync(dirname(left.path))).toBe(false);
    expect(Buffer.byteLength(place.path)).toBeLessThanOrEqual(103);
    expect(statSync(dirname(place.path)).mode & 0o777).toBe(0o700);
    const deepServer = await serveAccess(access, { path: place.path, status: () => ({}) });
    const found = await RemoteAccess.connect(socketPath(deep)!);
    expect(await found!.holds()).toEqual([hold]);
    await deepServer.close();
    // What others may enter is not asked.
    chmodSync(dirname(place.path), 0o755);
    expect(socketPath(deep)).toBeUndefined();
    place.remove();
    expect(existsSync(dirname(place.path))).toBe(false);
  });
});

test('a process that ends before it has answered is said to have ended', async () => {
  const path = join(folder, 'ending.sock');
  const ending = createServer((socket) => void socket.once('data', () => socket.destroy())).listen(path);
  await new Promise((resolve) => ending.once('listening', resolve));
  await expect(RemoteAccess.connect(path)).rejects.toThrow(CommandError);
  await new Promise((resolve) => ending.close(resolve));
});

test('a process that ends between two questions, or in the middle of an answer, is said to have ended', async () => {
  const path = join(folder, 'ends-later.sock');
  const status = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}';
  const half = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n[';
  const ending = createServer((socket) =>
    socket.on('data', (data) =>
      data.includes('/status') ? socket.write(status) : socket.write(half, () => socket.destroy()),
    ),
  ).listen(path);
  await new Promise((resolve) => ending.once('listening', resolve));
  const access = await RemoteAccess.connect(path);
  await expect(access!.holds()).rejects.toThrow(CommandError);
  await new Promise((resolve) => ending.close(resolve));
  await expect(access!.holds()).rejects.toThrow(CommandError);
});

describe('whoever writes to the socket by himself', () => {
  const ask = (route: string, body: string): Promise<{ readonly status: number; readonly text: string }> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const sent = request({ socketPath: path, path: route, method: 'POST', headers }, (answer) => {
        let text = '';
        answer.on('data', (piece) => {
          text += piece;
        });
        answer.on('end', () => resolve({ status: answer.statusCode!, text }));
      });
      sent.on('error', reject);
      sent.end(body);
    });
  const row = { ...toWire({ topic: 'ledger.fills', time: 0, sequence: 1, row: fill }).row };
  const batch = (changes: object = {}, values: object = {}): string =>
    JSON.stringify({
      producer: 'gateway',
      sequence: 1,
      records: [{ topic: 'ledger.fills', time: 0, sequence: 1, row: { ...row, ...values } }],
      ...changes,
    });
  const tail = (changes: object): string =>
    JSON.stringify({ topic: 'ledger.fills', partition: 0, from: 'start', follow: false, ...changes });

  test.each([
    ['/produce', '', 'Body cannot be empty'],
    ['/produce', '{', 'not valid JSON'],
    ['/produce', 'null', 'cannot be asked'],
    ['/produce', '['.repeat(500_000), 'not valid JSON'],
    ['/produce', batch({ records: [null] }), 'record 1 of the batch is no {topic'],
    ['/produce', batch({ records: [7] }), 'record 1 of the batch is no {topic'],
    ['/produce', batch({ records: [{ topic: 5, row: {} }] }), 'record 1 of the batch is no {topic'],
    ['/produce', batch({ records: [{ topic: 'ledger.fills', row: [1] }] }), 'is no {topic'],
    ['/produce', batch({ records: [{ topic: '__proto__', row: {} }] }), 'there is no topic'],
    ['/produce', batch({ producer: 5 }), 'producer'],
    ['/produce', batch({ sequence: '1' }), 'sequence'],
    ['/produce', batch({ after: null }), 'after'],
    ['/produce', batch({ after: -5 }), 'after'],
    ['/produce', batch({ state: { a: 1 } }), 'state'],
    ['/produce', batch({}, { executionId: 2 ** 53 }), 'has more digits than a number keeps'],
    ['/produce', batch({}, { quantity: 9007199254.740993 }), 'has more digits than a number keeps'],
    ['/produce', batch({}, { price: {} }), 'field \\"price\\": {} is no scaled.'],
    ['/tail', 'null', 'cannot be asked'],
    ['/tail', tail({ topic: 5 }), 'topic'],
    ['/tail', tail({ partition: 0.5 }), 'partition'],
    ['/tail', tail({ partition: '0' }), 'partition'],
    ['/tail', tail({ partition: -1 }), 'partition'],
    ['/tail', tail({ from: null }), 'from'],
    ['/tail', tail({ from: 'end' }), 'from'],
    ['/tail', tail({ from: { offset: 0, last: 5 } }), 'from'],
    ['/skip', 'null', 'cannot be asked'],
    ['/skip', '{"topic":"ledger.fills","partition":0,"offset":"0","by":"me","why":"x"}', 'offset'],
    ['/forget', '{"reader":5}', 'reader'],
    ['/query', '{"sql":5,"format":"TSV"}', 'sql'],
  ])('is refused, and told why: %s %.60s', async (route, body, message) => {
    const before = produced.length;
    const { status, text } = await ask(route, body);
    expect({ status, told: text.includes(message), text }).toEqual({ status: 400, told: true, text });
    expect(JSON.parse(text)).toMatchObject({ exitCode: ExitCode.Usage });
    expect(produced).toHaveLength(before);
  });
});
