/**
 * `start`: holds a data folder and runs the job on it, with a simulator, the folder's socket, metrics and health, until
 * it is closed. Parts are opened in order and let go in the reverse one, whatever fails in between.
 */
import type { Clock } from '../runtime/clock';
import type { Access } from './access';
import { checkHeldFolder } from './check-folder';
import type { Config } from './config';
import { type Folder, openFolder } from './folder';
import { FolderAccess } from './folder-access';
import { serveHttp } from './http-server';
import { LiveJob } from './live-job';
import type { LiveState } from './live-view';
import type { Logger } from './log-to';
import { metricsOf } from './metrics';
import { openSinks } from './open-sinks';
import { Portfolio } from './portfolio';
import { simulate } from './simulation';
import { pressOf, queryOf, type Sinks } from './sinks';
import { serveAccess } from './socket/serve-access';
import { socketPath } from './socket-path';

export interface LiveOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Live {
  /** As of now. */
  state(): LiveState;
  readonly simulated: () => number;
  readonly counts: () => { readonly recordsOut: number; readonly deadLetters: number };
  /** Rejects when something that cannot be gone on without has failed. */
  readonly failed: Promise<never>;
  /** Stops the simulator, then the job, then lets go of everything. */
  close(): Promise<void>;
}

/** Undoes what was done, last first. */
class Undo {
  private readonly steps: (() => Promise<void> | void)[] = [];

  add(step: () => Promise<void> | void): void {
    this.steps.push(step);
  }

  async all(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) await step();
  }
}

export async function openLive(options: LiveOptions): Promise<Live> {
  const undo = new Undo();
  try {
    return await open(options, undo);
  } catch (error) {
    await undo.all();
    throw error;
  }
}

async function open({ config, clock, logger }: LiveOptions, undo: Undo): Promise<Live> {
  const { dataFolder: dir, quotaMegabytes, clickhouse, simulator, http } = config;
  const folder = await openFolder({ dir, quotaBytes: quotaMegabytes * 1e6, clock });
  undo.add(() => folder.close());
  const sinks = followSinks(clickhouse.enabled ? openSinks({ folder, logger }) : undefined);
  undo.add(() => sinks.close());
  const sinksPress = (): string | undefined => pressOf(sinks.statuses(), clickhouse.lagSecondsMax);
  const job = await LiveJob.open({
    folder,
    clock,
    sinksPress,
    report: ({ task, event, detail }) => {
      const level = event === 'restored' || event === 'stopped' ? 'info' : 'error';
      logger[level]({ task: `${task.job}/${task.partition}`, event }, detail);
    },
  });
  job.start();
  undo.add(() => job.stop());
  const portfolio = new Portfolio(folder.backend);
  undo.add(() => portfolio.close());
  const access = accessOf(folder, job, sinks, clock);
  const status = (): unknown => ({ pid: process.pid, dir, tasks: job.statuses(), troubles: job.troubles() });
  const served = await serveAccess(access, { path: socketPath(dir), status });
  undo.add(() => served.close());
  const market = startMarket({ folder, clock, ...simulator });
  undo.add(() => market.stop());
  const metrics = metricsOf({
    folder,
    job,
    sinks: () => sinks.statuses(),
    simulated: market.events,
  });
  const server = http.enabled
    ? await serveHttp({ ...http, metrics, troubles: () => job.troubles() })
    : undefined;
  if (server) undo.add(() => server.close());
  logger.info({ dir, socket: served.path, url: server?.url }, 'started');
  const gauge = rateGauge(clock);
  const started = clock.now();
  return {
    simulated: market.events,
    counts: () => total(job),
    failed: Promise.race([market.failed, sinks.failed]),
    close: () => undo.all(),
    state(): LiveState {
      portfolio.refresh();
      const { recordsIn } = total(job);
      return {
        dir,
        seconds: (clock.now() - started) / 1e6,
        epoch: Math.max(0, ...job.statuses().map(({ epoch }) => epoch)),
        recordsIn,
        recordsInPerSecond: gauge(recordsIn),
        refused: folder.backend.log.ends({ topic: 'ledger.refused_fills', partition: 0 }).next,
        lag: job.lag(),
        logBytes: folder.backend.health().usedBytes,
        url: server?.url,
        sinkLagSeconds:
          sinks.opened() && Math.max(0, ...sinks.statuses().map(({ lagSeconds }) => lagSeconds)),
        troubles: job.troubles(),
        accounts: portfolio.accountLines(),
        positions: portfolio.positionLines(),
      };
    },
  };
}

/** The engine takes a second or two to start; the job need not wait for it. */
function followSinks(opening: Promise<Sinks> | undefined) {
  let sinks: Sinks | undefined;
  const opened = opening?.then((one) => {
    sinks = one;
  });
  const failed = new Promise<never>((_, reject) => opened?.catch(reject));
  failed.catch(() => undefined);
  return {
    failed,
    statuses: () => sinks?.statuses() ?? [],
    /** True, or undefined as long as there are none. */
    opened: () => (sinks ? true : undefined),
    whenOpened: async () => {
      await opened;
      return sinks;
    },
    close: async () => {
      await opened?.catch(() => undefined);
      await sinks?.close();
    },
  };
}

function accessOf(folder: Folder, job: LiveJob, sinks: ReturnType<typeof followSinks>, clock: Clock): Access {
  return new FolderAccess({
    folder,
    now: () => clock.now(),
    query: async function* (sql, format) {
      yield* queryOf(await sinks.whenOpened(), sql, format);
    },
    check: async () => checkHeldFolder(folder),
    nudge: () => job.nudge(),
    close: () => Promise.resolve(),
  });
}

function startMarket(options: {
  readonly folder: Folder;
  readonly clock: Clock;
  readonly enabled: boolean;
  readonly seed: number;
  readonly eventsPerSecond: number;
}): { stop(): Promise<void>; events(): number; failed: Promise<never> } {
  const stopped = new AbortController();
  let events = 0;
  const onEvents = (made: number): void => {
    events += made;
  };
  const running = options.enabled
    ? simulate({ ...options, signal: stopped.signal, onEvents })
    : Promise.resolve();
  const failed = new Promise<never>((_, reject) => running.catch(reject));
  failed.catch(() => undefined);
  return {
    failed,
    events: () => events,
    stop: async () => {
      stopped.abort();
      await running.catch(() => undefined);
    },
  };
}

function total(job: LiveJob): { recordsIn: number; recordsOut: number; deadLetters: number } {
  const sum = { recordsIn: 0, recordsOut: 0, deadLetters: 0 };
  for (const { counts } of job.statuses()) {
    sum.recordsIn += counts.recordsIn;
    sum.recordsOut += counts.recordsOut;
    sum.deadLetters += counts.deadLetters;
  }
  return sum;
}

/** Growth a second, as of the last time it was asked a second or more ago. */
function rateGauge(clock: Clock): (value: number) => number {
  let last = { at: clock.now(), value: 0, rate: 0 };
  return (value) => {
    const seconds = (clock.now() - last.at) / 1e6;
    if (seconds >= 1) last = { at: clock.now(), value, rate: (value - last.value) / seconds };
    return last.rate;
  };
}
