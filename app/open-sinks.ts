/** Opens the sinks of the job on a folder: ClickHouse, on a thread of its own, with its files inside the folder. */
import { join } from 'node:path';
import { ClickhouseThread } from './clickhouse/thread';
import type { Folder } from './folder';
import type { Logger } from './log-to';
import type { Sinks } from './sinks';

/** How long the first record of a cut waits for others. */
const LINGER_MICROS = 500_000;

/** What a start after a stop, a crash or an upgrade brings with it. */
const EXPECTED = new Set(['found-whole', 'changed']);

export interface OpenSinksOptions {
  readonly folder: Folder;
  readonly logger: Logger;
}

export const clickhouseDir = (dir: string): string => join(dir, 'clickhouse');

export function openSinks({ folder, logger }: OpenSinksOptions): Promise<Sinks> {
  const { dir, backend } = folder;
  return ClickhouseThread.start({
    share: backend.share(),
    log: backend.log,
    dir: clickhouseDir(dir),
    lingerMicros: LINGER_MICROS,
    onTrouble: (trouble) =>
      logger[EXPECTED.has(String(trouble['kind'])) ? 'info' : 'warn'](trouble, 'ClickHouse'),
  });
}
