/** Opens the sinks of the job on a folder: ClickHouse, on a thread of its own, with its files inside the folder. */
import { join } from 'node:path';
import { ClickhouseThread } from './clickhouse/thread';
import type { Config } from './config';
import type { Folder } from './folder';
import type { Logger } from './log-to';
import type { Sinks } from './sinks';

/** How long the first record of a cut waits for others. */
const LINGER_MICROS = 500_000;

/** What a start after a stop, a crash or an upgrade brings with it. */
const EXPECTED = new Set(['found-whole', 'changed', 'let-go']);

export interface OpenSinksOptions {
  readonly folder: Folder;
  readonly logger: Logger;
  readonly config: Pick<Config, 'clickhouse'>;
}

export const clickhouseDir = (dir: string): string => join(dir, 'clickhouse');

export function openSinks({ folder, logger, config }: OpenSinksOptions): Promise<Sinks> {
  const { dir, backend } = folder;
  return ClickhouseThread.start({
    share: backend.share(),
    log: backend.log,
    dir: clickhouseDir(dir),
    lingerMicros: LINGER_MICROS,
    retentionDays: config.clickhouse.retentionDays,
    onTrouble: (trouble) =>
      logger[EXPECTED.has(String(trouble['kind'])) ? 'info' : 'warn'](trouble, 'ClickHouse'),
  });
}
