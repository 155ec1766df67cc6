/** The thread of ClickHouse: follows committed topics into tables and answers questions, away from the tasks. */
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ChdbDatabase } from '../../backends/embedded/clickhouse/chdb-database';
import { ReadOnlyQueries } from '../../backends/embedded/clickhouse/read-only-queries';
import { patientBudget, retryWithin } from '../../backends/embedded/clickhouse/retry';
import { attachEmbedded } from '../../backends/embedded/open';
import { noFailpoints } from '../../runtime/ports/failpoint';
import { schemaVersions } from '../../schemas/evolution/schema-versions';
import { DATABASE } from '../../sinks/clickhouse/create-table';
import type { DeliveryTrouble } from '../../sinks/clickhouse/delivery';
import { followTables } from '../../sinks/clickhouse/follow-tables';
import { tableCatalogue } from '../../sinks/clickhouse/tables';
import { systemClock } from '../system-clock';
import type { ClickhouseAsk, ClickhouseReply, ClickhouseRequest, ClickhouseThreadSettings } from './protocol';

const STATUS_MICROS = 250_000;
const CHDB = { insertMicrosMax: 60e6, statementMicrosMax: 600e6, stopMicrosMax: 10e6 };

const port = parentPort as MessagePort;
const post = (reply: ClickhouseReply, transfer: readonly ArrayBuffer[] = []): void =>
  port.postMessage(reply, transfer);

async function run({
  share,
  dir,
  lingerMicros,
  retentionDays = {},
}: ClickhouseThreadSettings): Promise<void> {
  const backend = attachEmbedded(share, { clock: systemClock });
  const database = new ChdbDatabase({ dir, clock: systemClock, ...CHDB });
  const queries = new ReadOnlyQueries({ dir, database: DATABASE, clock: systemClock });
  const followers = await followTables({
    database,
    catalogue: tableCatalogue,
    log: backend.log,
    bookmarks: backend.bookmarks,
    decoding: { registry: backend.registry, versions: schemaVersions },
    clock: systemClock,
    retry: retryWithin(patientBudget),
    lingerMicros,
    retentionDays,
    failpoint: noFailpoints,
    onTrouble: (trouble) => post({ kind: 'trouble', trouble: shown(trouble) }),
    onUnreadable: (message) => post({ kind: 'trouble', trouble: { kind: 'unreadable', ...message } }),
  });
  let stopStatus = (): void => undefined;
  const status = (): void => {
    post({ kind: 'status', followers: followers.status() });
    stopStatus = systemClock.after(STATUS_MICROS, status);
  };
  const asked = new Map<number, AbortController>();
  const question = async (id: number, sql: string, format: string): Promise<Uint8Array> => {
    const stop = new AbortController();
    asked.set(id, stop);
    try {
      return await queries.run(sql, format, stop.signal);
    } finally {
      asked.delete(id);
    }
  };
  const answer = async (id: number, ask: ClickhouseAsk): Promise<Uint8Array | undefined> => {
    if (ask.kind === 'query') return question(id, ask.sql, ask.format);
    if (ask.kind === 'cancel') asked.get(ask.question)?.abort();
    else if (ask.kind === 'drain') {
      while (!ask.ends.every((end) => backend.log.ends(end).next >= end.next)) await systemClock.turn();
      await followers.drain();
    } else {
      stopStatus();
      await Promise.all([queries.close(), followers.close()]);
      await database.close();
      await backend.close();
    }
    return undefined;
  };
  port.on('message', ({ id, ask }: ClickhouseRequest) => {
    answer(id, ask).then(
      (value) => post({ kind: 'answer', id, value }),
      (error: Error) => post({ kind: 'refused', id, message: error.message }),
    );
  });
  status();
  post({ kind: 'ready' });
}

const shown = (trouble: DeliveryTrouble): Readonly<Record<string, unknown>> =>
  trouble.kind === 'insert-failed' ? { ...trouble, error: trouble.error.message } : { ...trouble };

run(workerData as ClickhouseThreadSettings).catch((error: Error) =>
  post({ kind: 'failed', message: error.message }),
);
