/** Finds the way to a data folder: the socket of whoever holds it, or the folder itself. */
import { existsSync } from 'node:fs';
import { HeldError } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';
import type { Access } from './access';
import { checkHeldFolder } from './check-folder';
import { type Config, layoutWanted } from './config';
import { isWritable } from './copied-folder';
import { CommandError, ExitCode } from './exit-codes';
import { openFolder } from './folder';
import { FolderAccess } from './folder-access';
import { logTo } from './log-to';
import { openSinks } from './open-sinks';
import { ReadOnlyAccess } from './read-only-access';
import { knownReaders } from './readers';
import { queryOf, type Sinks } from './sinks';
import { skipStopped } from './skip-message';
import { RemoteAccess } from './socket/remote-access';
import { socketPath } from './socket-path';

export interface OpenAccessOptions {
  readonly config: Config;
  readonly clock: Clock;
  /** Whether a folder that is not there is made; else it is an error. */
  readonly create: boolean;
}

/** The process that holds the folder, or undefined when none does. */
export async function remoteAccess(dir: string): Promise<Access | undefined> {
  const path = existsSync(dir) ? socketPath(dir) : undefined;
  return path === undefined ? undefined : RemoteAccess.connect(path);
}

export const noFolderError = (dir: string): CommandError =>
  new CommandError(
    `there is no data folder ${dir}. Start the job first, or name another with --dir.`,
    ExitCode.Usage,
  );

/** Who holds a folder may be about to answer at its socket, or a command that is soon through. */
const PATIENCE_MICROS = 10_000_000;
const LOOK_AGAIN_MICROS = 100_000;

export async function openAccess(options: OpenAccessOptions): Promise<Access> {
  const { clock } = options;
  const until = clock.elapsed() + PATIENCE_MICROS;
  for (;;) {
    try {
      return await openOnce(options);
    } catch (error) {
      if (!(error instanceof HeldError) || clock.elapsed() > until) throw error;
    }
    await new Promise<void>((resolve) => clock.after(LOOK_AGAIN_MICROS, resolve));
  }
}

async function openOnce(options: OpenAccessOptions): Promise<Access> {
  const { config, clock, create } = options;
  const { dataFolder: dir, quotaMegabytes } = config;
  const remote = await remoteAccess(dir);
  if (remote) return remote;
  if (!create && !existsSync(dir)) throw noFolderError(dir);
  if (existsSync(dir) && !isWritable(dir)) {
    const open = (copy: string): Promise<Access> =>
      openAccess({ ...options, config: { ...config, dataFolder: copy } });
    return new ReadOnlyAccess({ config, clock, open });
  }
  const folder = await openFolder({
    dir,
    quotaBytes: quotaMegabytes * 1e6,
    clock,
    ...layoutWanted(config),
  });
  let sinks: Sinks | undefined;
  return new FolderAccess({
    folder,
    now: () => clock.now(),
    query: async function* (sql, format, signal) {
      // Opened when it is asked for: the engine takes a second to start, and most commands need none.
      if (config.clickhouse.enabled)
        sinks ??= await openSinks({ folder, logger: logTo({ ...config.logs, level: 'error' }), config });
      await sinks?.drained();
      yield* queryOf(sinks, sql, format, signal);
    },
    check: () => checkHeldFolder(folder, config.newNames),
    skip: (request) => skipStopped(folder, request),
    knows: knownReaders(config),
    newNames: config.newNames,
    close: async () => {
      await sinks?.close();
      await folder.close();
    },
  });
}
