/**
 * A thread that runs tasks: it reads the log by itself, and its commits go to the one commit thread. A file of the
 * program calls this with its jobs.
 */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { TaskDriver, TaskEvent } from '../../../runtime/drive/drive';
import { type OpenJobOptions, openJob } from '../../../runtime/drive/open-job';
import type { Job } from '../../../runtime/graph/job';
import { BackendError } from '../../../runtime/ports/backend';
import type { EmbeddedBackend } from '../backend';
import { attachEmbedded } from '../open';
import type { Failure } from '../protocol';
import type { Compatibility } from '../registry';
import { type FromWorker, isTask, type ToWorker, type WorkerSettings } from './protocol';

export interface WorkerProgram
  extends Omit<OpenJobOptions, 'job' | 'backend' | 'report' | 'only' | 'pressure'> {
  readonly jobs: readonly Job[];
  readonly compatibility?: Compatibility;
  /** Takes what the main thread tells this file. */
  readonly told?: (data: unknown) => void;
}

/** How often it says how its tasks are. */
const NEWS_MILLIS = 100;

export function runTaskWorker(program: (data: unknown) => WorkerProgram): void {
  const settings = workerData as WorkerSettings;
  const port = parentPort as unknown as MessagePort;
  const worker = new TaskWorker(settings, program(settings.data), port);
  port.on('message', (message: ToWorker) => void worker.take(message));
  worker.start().catch((error: unknown) => worker.fail(error));
}

class TaskWorker {
  private readonly backend: EmbeddedBackend;
  private drivers: readonly TaskDriver[] = [];
  private news: NodeJS.Timeout | undefined;

  constructor(
    private readonly settings: WorkerSettings,
    private readonly program: WorkerProgram,
    private readonly port: MessagePort,
  ) {
    const { clock, compatibility } = program;
    this.backend = attachEmbedded(settings.share, { clock, ...(compatibility && { compatibility }) });
  }

  async start(): Promise<void> {
    const { backend, program, settings } = this;
    const drivers: TaskDriver[] = [];
    for (const job of program.jobs) {
      const only = settings.tasks.filter((task) => task.job === job.name).map(({ partition }) => partition);
      if (only.length === 0) continue;
      const report = (event: TaskEvent): void => this.report(event);
      const pressure = (): string | undefined => quotaOf(backend);
      drivers.push(...(await openJob({ ...program, job, backend, report, pressure, only })));
    }
    this.drivers = drivers;
    for (const driver of drivers) void driver.run();
    this.tellNews();
    this.news = setInterval(() => this.tellNews(), NEWS_MILLIS);
    this.send({ kind: 'ready' });
  }

  async take(message: ToWorker): Promise<void> {
    if (message.kind === 'nudge') for (const driver of this.drivers) driver.nudge();
    else if (message.kind === 'tell') this.program.told?.(message.data);
    else if (message.kind === 'skip') await this.skip(message);
    else await this.stop();
  }

  fail(error: unknown): void {
    this.send({ kind: 'failed', failure: failureOf(error) });
    this.port.close();
  }

  private async stop(): Promise<void> {
    await Promise.all(this.drivers.map((driver) => driver.stop()));
    clearInterval(this.news);
    this.tellNews();
    await this.backend.close();
    this.send({ kind: 'stopped' });
    this.port.close();
  }

  private async skip({ id, task, skip }: Extract<ToWorker, { kind: 'skip' }>): Promise<void> {
    const driver = this.drivers.find((one) => isTask(one.id, task));
    try {
      if (!driver)
        throw new BackendError(`${task.job}/${task.partition} is not running just now. Try again.`);
      const refusal = await driver.skip(skip);
      this.send({ kind: 'skipped', id, refusal });
    } catch (error) {
      this.send({ kind: 'not-skipped', id, failure: failureOf(error) });
    }
  }

  private report({ error, ...event }: TaskEvent): void {
    this.tellNews();
    this.send({ kind: 'event', event: { ...event, failure: error && failureOf(error) } });
  }

  private tellNews(): void {
    const tasks = this.drivers.map((driver) => ({ status: driver.status(), progress: driver.progress() }));
    this.send({ kind: 'news', tasks });
  }

  private send(message: FromWorker): void {
    this.port.postMessage(message);
  }
}

const failureOf = (error: unknown): Failure =>
  error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };

function quotaOf(backend: EmbeddedBackend): string | undefined {
  const { accepting, usedBytes, quotaBytes } = backend.health();
  return accepting ? undefined : `the log is at its quota: ${usedBytes} of ${quotaBytes} bytes`;
}
