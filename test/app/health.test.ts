/** Metrics and health: what an orchestrator and Prometheus see, and why a job is not ready. */
import { get } from 'node:http';
import { connect } from 'node:net';
import { Registry } from 'prom-client';
import type { Folder } from '../../app/folder';
import { openFolder } from '../../app/folder';
import { type HttpServer, serveHttp } from '../../app/http-server';
import { LiveJob } from '../../app/live-job';
import { metricsOf } from '../../app/metrics';
import { pressOf } from '../../app/sinks';
import type { TaskStatus } from '../../runtime/drive/drive';
import { topics } from '../../schemas/topics';
import { temporaryFolder } from '../support/temporary-folder';
import { testClock } from '../support/test-clock';

const dir = temporaryFolder();

describe('readiness', () => {
  test.each([
    { troubles: [], code: 200 },
    { troubles: ['the log is at its quota'], code: 503 },
  ])('answers $code for $troubles', async ({ troubles, code }) => {
    const server = await serveHttp({
      host: '127.0.0.1',
      port: 0,
      metrics: new Registry(),
      troubles: () => troubles,
    });
    const ready = await fetch(`${server.url}/readyz`);
    expect(ready.status).toBe(code);
    expect(await ready.json()).toEqual({ ready: code === 200, troubles });
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    await server.close();
  });

  test('fails for a sink that is behind by more than its limit, and says which and why', () => {
    const statuses = [
      { name: 'clickhouse.fills', lagSeconds: 2, trouble: undefined },
      { name: 'clickhouse.pnl', lagSeconds: 75, trouble: 'repeating an insert: disk full' },
    ];
    expect(pressOf(statuses, 60)).toBe('sink clickhouse.pnl is 75 s behind: repeating an insert: disk full');
    expect(pressOf(statuses, 100)).toBeUndefined();
  });
});

describe('strangers at the port of metrics', () => {
  let made = 0;
  const metrics = new Registry();
  jest.spyOn(metrics, 'metrics').mockImplementation(() => {
    made += 1;
    return Promise.resolve('breakwater_ready 1\n');
  });
  let server: HttpServer;
  const port = (): number => Number(new URL(server.url).port);
  beforeAll(async () => {
    server = await serveHttp({ host: '127.0.0.1', port: 0, metrics, troubles: () => [] });
  });
  afterAll(() => server.close());

  const ask = (route: string): Promise<number | undefined> =>
    new Promise((resolve) => {
      const asked = get({ host: '127.0.0.1', port: port(), path: route, agent: false }, (answer) => {
        answer.resume();
        answer.on('close', () => resolve(answer.statusCode));
      });
      asked.on('error', () => resolve(undefined));
    });

  test('of hundreds at once some are answered, at the cost of one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 400 }, () => ask('/metrics')));
    expect(new Set(answers)).toContain(200);
    expect(made).toBeLessThan(10);
  });

  test('who never says what he wants keeps nobody out for long', async () => {
    const idle = Array.from({ length: 100 }, () => {
      const socket = connect(port(), '127.0.0.1', () => socket.write('GET /metr'));
      return socket.on('error', () => undefined);
    });
    await Promise.all(idle.map((socket) => new Promise((resolve) => socket.on('connect', resolve))));
    let answer: number | undefined;
    while (answer === undefined) {
      answer = await ask('/healthz');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(answer).toBe(200);
    for (const socket of idle) socket.destroy();
  });
});

describe('a job on a folder', () => {
  let folder: Folder;
  let job: LiveJob;
  let press: string | undefined;

  beforeAll(async () => {
    folder = await openFolder({ dir, quotaBytes: 2 ** 28, clock: testClock });
    job = await LiveJob.open({ folder, clock: testClock, report: () => undefined, sinksLag: () => press });
    job.start();
    while (job.statuses().some(({ state }: TaskStatus) => state !== 'running')) await testClock.turn();
  });

  afterAll(async () => {
    await job.stop();
    await folder.close();
  });

  test('has no troubles while all is well, and names a sink that lags', () => {
    expect(job.troubles()).toEqual([]);
    press = 'sink clickhouse.pnl is 75 s behind';
    expect(job.troubles()).toEqual([press]);
    press = undefined;
  });

  test('is at its quota when the log is', () => {
    const full = jest
      .spyOn(folder.backend, 'health')
      .mockReturnValue({ usedBytes: 10, quotaBytes: 10, accepting: false, troubles: [] });
    expect(job.troubles()).toEqual([expect.stringContaining('the log is at its quota: 10 of 10 bytes')]);
    full.mockRestore();
  });

  test('is not ready when its task has stopped at poison', () => {
    const [status] = job.statuses();
    const poison = { topic: 'ledger.fills', partition: 0, offset: 7, detail: 'boom' };
    const stopped = jest.spyOn(job, 'statuses').mockReturnValue([{ ...status!, state: 'poisoned', poison }]);
    expect(job.troubles()).toEqual(['task risk/0 is poisoned at ledger.fills/0/7']);
    stopped.mockRestore();
  });

  test('measures tasks and topics, and nothing by instrument or account', async () => {
    const sinks = () => [{ name: 'clickhouse.fills', lagSeconds: 1.5, trouble: undefined }];
    const text = await metricsOf({
      folder,
      job,
      sinks,
      simulated: () => 3,
      feeds: () => [],
      troubles: () => job.troubles(),
    }).metrics();
    expect(text).toContain('breakwater_task_running{task="risk/0"} 1');
    expect(text).toContain('breakwater_sink_lag_seconds{sink="clickhouse.fills"} 1.5');
    expect(text).toContain('breakwater_simulated_events 3');
    for (const { name } of topics) expect(text).toContain(`breakwater_topic_next_offset{topic="${name}"}`);
    expect(text).not.toMatch(/instrument=|account=/);
  });
});
