/**
 * `start`: holds a data folder and runs the job on it, with feeds or a simulator, the folder's socket, metrics and health, until
 * it is closed. Parts are opened in order and let go in the reverse one, whatever fails in between.
 */

import type { TaskEvent } from '../runtime/drive/drive';
import { jobsGone } from '../runtime/evolution/retire';
import type { Clock } from '../runtime/ports/clock';
import type { Access } from './access';
import { openAlerts } from './alerts/open-alerts';
import { checkHeldFolder } from './check-folder';
import { type Config, jobOptionsOf, layoutWanted } from './config';
import { goneJob } from './evolution-notes';
import { startFeeds } from './feeds/live-feeds';
import { type Folder, openFolder } from './folder';
import { FolderAccess } from './folder-access';
import { serveHttp } from './http-server';
import { settings } from './job';
import { KnownNames } from './known-names';
import { LiveJob } from './live-job';
import { startMarket } from './live-market';
import { followSinks, type LiveSinks } from './live-sinks';
import { countsOf, liveStateReader, type Shown } from './live-state';
import type { Logger } from './log-to';
import { metricsOf } from './metrics';
import { openSinks } from './open-sinks';
import { Portfolio } from './portfolio';
import { ReaderTurns } from './reader-turns';
import { knownReaders } from './readers';
import { pressOf, queryOf } from './sinks';
import { serveAccess } from './socket/serve-access';
import { makeSocketPlace } from './socket-path';

export interface LiveOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Live {
  /** As of now; what has come since is taken in for so long at most. */
  shown(until?: () => boolean): Shown;
  readonly simulated: () => number;
  readonly counts: () => ReturnType<typeof countsOf>;
  /** Rejects when something that cannot be gone on without has failed. */
  readonly failed: Promise<never>;
  /** Stops the simulator, then the job, then lets go of everything. */
  close(): Promise<void>;
}

/** What happens to a task while all is well. */
const CALM: ReadonlySet<TaskEvent['event']> = new Set(['filling', 'filled', 'restored', 'stopped']);

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
  const folder = await openFolder({
    dir,
    quotaBytes: quotaMegabytes * 1e6,
    clock,
    ...layoutWanted(config),
    options: jobOptionsOf(config),
  });
  undo.add(() => folder.close());
  const sinks = followSinks(clickhouse.enabled ? openSinks({ folder, logger, config }) : undefined);
  undo.add(() => sinks.close());
  const sinksLag = (): string | undefined => pressOf(sinks.statuses(), clickhouse.lagSecondsMax);
  for (const name of jobsGone(folder.backend, folder.jobs)) logger.warn({ job: name }, goneJob(name));
  const job = await LiveJob.open({
    folder,
    clock,
    workers: config.workers,
    sinksLag,
    report: ({ task, event, detail }) => {
      const level = CALM.has(event) ? 'info' : 'error';
      logger[level]({ task: `${task.job}/${task.partition}`, event }, detail);
    },
  });
  job.start();
  undo.add(() => job.stop());
  const portfolio = new Portfolio(folder.backend);
  undo.add(() => portfolio.close());
  const access = accessOf({ folder, job, sinks, clock, config, logger });
  const status = (): unknown => ({ pid: process.pid, dir, tasks: job.statuses(), troubles: job.troubles() });
  const place = makeSocketPlace(dir);
  undo.add(place.remove);
  const served = await serveAccess(access, { path: place.path, status });
  undo.add(() => served.close());
  const market = startMarket({ folder, clock, ...simulator });
  undo.add(() => market.stop());
  const feeds = startFeeds({ feeds: config.feeds, folder, clock, logger });
  undo.add(() => feeds.stop());
  const ailing = (): string[] => [...job.troubles(), ...feeds.troubles()];
  const alerts = openAlerts({ config, folder, clock, logger, troubles: ailing });
  undo.add(() => alerts.close());
  const troubles = (): string[] => [...ailing(), ...alerts.troubles()];
  const metrics = metricsOf({
    feeds: feeds.statuses,
    troubles,
    folder,
    job,
    sinks: () => [...sinks.statuses(), ...alerts.statuses()],
    simulated: market.events,
  });
  const server = http.enabled ? await serveHttp({ ...http, metrics, troubles }) : undefined;
  if (server) undo.add(() => server.close());
  const names = new KnownNames(folder.backend, config.newNames).note();
  if (names !== undefined) logger.info(names);
  logger.info({ dir, socket: served.path, url: server?.url }, 'started');
  return {
    simulated: market.events,
    counts: () => countsOf(job),
    failed: Promise.race([job.failed, market.failed, feeds.failed, sinks.failed]),
    close: () => undo.all(),
    shown: liveStateReader({
      folder,
      job,
      portfolio,
      clock,
      url: server?.url,
      sinks: () => sinks.opened(),
      troubles,
    }),
  };
}

interface AccessParts {
  readonly folder: Folder;
  readonly job: LiveJob;
  readonly sinks: LiveSinks;
  readonly clock: Clock;
  readonly config: Config;
  readonly logger: Logger;
}

function accessOf({ folder, job, sinks, clock, config, logger }: AccessParts): Access {
  return new FolderAccess({
    folder,
    now: () => clock.now(),
    query: async function* (sql, format, signal) {
      yield* queryOf(await sinks.whenOpened(), sql, format, signal);
    },
    check: () => checkHeldFolder(folder, config.newNames),
    skip: (request) => job.skip(request),
    knows: knownReaders(config),
    newNames: config.newNames,
    turns: new ReaderTurns(clock),
    patience: {
      micros: settings.holdMicros,
      clock,
      onWaiting: (what) => logger.warn({ event: 'waiting for reference data' }, what),
    },
    close: () => Promise.resolve(),
  });
}
