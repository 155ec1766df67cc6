/** Against real servers that fail in all the ways servers fail in; nothing is taken for delivered that was not. */
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { mailCourier, slackCourier, webhookCourier } from '../../../app/alerts/couriers';
import { post } from '../../../backends/delivery/http-post';
import { isPrivateAddress } from '../../../backends/delivery/private-addresses';
import { DeliveryError } from '../../../runtime/ports/delivery';
import { compose } from '../../../sinks/alerts/notice';

const notice = compose('f00d', [
  {
    key: 'venue A',
    state: 'raised',
    severity: 'warning',
    title: 'Venue A is down',
    why: 'no answer',
    next: 'wait',
    time: '2026-03-02T10:00:00Z',
  },
])!;
const { signal } = new AbortController();
const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => new Promise((resolve) => server.close(resolve)));
  return (server.address() as AddressInfo).port;
}

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  const port = await listening(server);
  closing.unshift(async () => server.closeAllConnections());
  return new URL(`http://127.0.0.1:${port}/secret-path`);
}

const send = (url: URL, allowPrivate = true): Promise<undefined> =>
  post({ url, allowPrivate, headers: {}, body: '{}', timeoutMillis: 500, stop: signal });

function* endlessly(piece: string): Generator<string> {
  for (;;) yield piece;
}

async function failureOf(attempt: Promise<unknown>): Promise<DeliveryError> {
  const error = await attempt.then(
    () => new Error('it was taken'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DeliveryError);
  return error as DeliveryError;
}

describe('by HTTP', () => {
  test('what is posted arrives whole, with its headers', async () => {
    const seen: { headers: unknown; body: string }[] = [];
    const url = await serve((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        seen.push({ headers: request.headers, body });
        response.end('ok');
      });
    });
    await webhookCourier({ url, allowPrivate: true }, { secret: 'hush', now: () => 5e6 }).deliver(
      notice,
      signal,
    );
    await slackCourier({ url, allowPrivate: true }).deliver(notice, signal);

    expect(seen[0]!.headers).toMatchObject({ 'idempotency-key': 'f00d', 'breakwater-signature': /^t=5,v1=/ });
    expect(JSON.parse(seen[0]!.body)).toMatchObject({ alerts: [{ title: 'Venue A is down' }] });
    expect(JSON.parse(seen[1]!.body)).toMatchObject({ text: 'WARNING: Venue A is down' });
  });

  test.each([
    [429, { 'retry-after': '7' }, { retryAfterMicros: 7e6, isRefused: false }],
    [
      503,
      { date: 'Mon, 02 Mar 2026 10:00:00 GMT', 'retry-after': 'Mon, 02 Mar 2026 10:00:30 GMT' },
      { retryAfterMicros: 30e6 },
    ],
    [500, {}, { isRefused: false }],
    [401, {}, { isRefused: false }],
    [404, {}, { isRefused: false }],
    [400, {}, { isRefused: true }],
    [302, { location: 'http://127.0.0.1:1/' }, { isRefused: false }],
  ])('%i is no delivery', async (status, headers, how) => {
    const url = await serve((_, response) => {
      response.writeHead(status, headers as Record<string, string>);
      response.end('why not');
    });
    const error = await failureOf(send(url));
    expect(error.how).toMatchObject(how);
    expect(error.message).not.toContain('secret-path');
  });

  test('silence, half an answer and a closed port are none', async () => {
    const silent = await serve(() => undefined);
    expect((await failureOf(send(silent))).message).toMatch(/no answer in 0.5 s/);
    const half = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('half');
      setTimeout(() => response.destroy(), 20);
    });
    expect((await failureOf(send(half))).message).toMatch(/broke off|aborted|ECONNRESET/);
    expect((await failureOf(send(new URL('http://127.0.0.1:9/')))).message).toMatch(/ECONNREFUSED/);
  });

  test('an answer without an end is cut, and its status counts', async () => {
    const endless = await serve((_, response) => {
      response.writeHead(200);
      pipeline(Readable.from(endlessly('x'.repeat(65_536))), response, () => undefined);
    });
    await expect(send(endless)).resolves.toBeUndefined();
  });

  test('nothing private is asked, by address or by name, nor anything by plain http, unless that is allowed', async () => {
    const asked: string[] = [];
    const url = await serve((request, response) => {
      asked.push(request.url!);
      response.end();
    });
    for (const at of [
      url,
      new URL(`https://127.0.0.1:${url.port}/`),
      new URL(`https://localhost:${url.port}/`),
      new URL(`https://[::1]:${url.port}/`),
      new URL(`https://[::ffff:127.0.0.1]:${url.port}/`),
      new URL(`https://0x7f000001:${url.port}/`),
      new URL('https://169.254.169.254/latest'),
    ])
      expect((await failureOf(send(at, false))).message).toMatch(/allowPrivate/);
    expect(asked).toEqual([]);
  });

  test.each([
    ['8.8.8.8', false],
    ['172.32.0.1', false],
    ['2606:4700::1111', false],
    ['10.1.2.3', true],
    ['172.31.255.255', true],
    ['100.100.0.1', true],
    ['0.0.0.0', true],
    ['224.0.0.1', true],
    ['::', true],
    ['::1', true],
    ['::ffff:10.0.0.1', true],
    ['::ffff:8.8.8.8', false],
    ['::ffff:a00:1', true],
    ['fd00::1', true],
    ['fe80::1', true],
    ['64:ff9b::a00:1', true],
    ['no address', true],
  ])('%s is private: %p', (address, isPrivate) => expect(isPrivateAddress(address)).toBe(isPrivate));
});

describe('by mail', () => {
  async function mailServer(options: SMTPServerOptions): Promise<{ port: number; mails: string[] }> {
    const mails: string[] = [];
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      authOptional: true,
      logger: false,
      onData(stream, _session, done) {
        let text = '';
        stream.on('data', (piece) => {
          text += piece;
        });
        stream.on('end', () => {
          mails.push(text);
          done();
        });
      },
      ...options,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return { port: (server.server.address() as AddressInfo).port, mails };
  }

  const courierTo = (port: number, to: readonly string[] = ['desk@example.org']) =>
    mailCourier({
      host: '127.0.0.1',
      port,
      security: 'none',
      user: undefined,
      password: undefined,
      from: 'breakwater@firm.example',
      to,
    });

  test('a mail has both its forms, its thread, and the id by which it is known', async () => {
    const { port, mails } = await mailServer({});
    await expect(courierTo(port).deliver(notice, signal)).resolves.toBeUndefined();
    expect(mails[0]).toMatch(/^Message-ID: <f00d@firm\.example>/m);
    expect(mails[0]).toMatch(/^In-Reply-To: <alert\.[0-9a-f]{32}@firm\.example>/m);
    expect(mails[0]).toMatch(/^Subject: \[Breakwater\] WARNING: Venue A is down/m);
    expect(mails[0]).toContain('text/plain');
    expect(mails[0]).toContain('text/html');
  });

  test('one who cannot be reached does not keep it from the others, nor have them get it twice', async () => {
    const { port, mails } = await mailServer({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('gone') ? done(new Error('no such mailbox')) : done(),
    });
    const remark = await courierTo(port, ['gone@example.org', 'desk@example.org']).deliver(notice, signal);
    expect(remark).toMatch(/does not take mail for gone@example\.org/);
    expect(mails).toHaveLength(1);
    await failureOf(courierTo(port, ['gone@example.org']).deliver(notice, signal));
  });

  test('a wrong password, a server without the encryption asked for, and one that hangs up are no delivery', async () => {
    const { port, mails } = await mailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong password')),
    });
    const place = { host: '127.0.0.1', port, from: 'a@b.example', to: ['c@d.example'] };
    const wrong = mailCourier({ ...place, security: 'none', user: 'desk', password: 'guess' });
    expect((await failureOf(wrong.deliver(notice, signal))).message).not.toContain('guess');
    const plain = mailCourier({ ...place, security: 'starttls', user: undefined, password: undefined });
    await failureOf(plain.deliver(notice, signal));
    const rude = createSocketServer((socket) => socket.destroy());
    await failureOf(courierTo(await listening(rude)).deliver(notice, signal));
    expect(mails).toEqual([]);
  });
});
