/** ClickHouse in process for a test file: one folder a process, so one database a file. */
import { join } from 'node:path';
import { ChdbDatabase, type ChdbOptions } from '../../backends/embedded/clickhouse/chdb-database';
import { testClock } from './test-clock';

export const openChdb = (folder: string, options: Partial<ChdbOptions> = {}): ChdbDatabase =>
  new ChdbDatabase({
    dir: join(folder, 'clickhouse'),
    clock: testClock,
    insertMicrosMax: 20e6,
    statementMicrosMax: 30e6,
    stopMicrosMax: 5e6,
    ...options,
  });
