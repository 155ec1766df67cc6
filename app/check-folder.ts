/**
 * Checks of a data folder: thorough when nobody holds it, as far as that goes when this process does.
 */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { holdEngine } from '../backends/embedded/clickhouse/chdb';
import { ChdbDatabase } from '../backends/embedded/clickhouse/chdb-database';
import { openReadOnly } from '../backends/embedded/open';
import { verify } from '../backends/embedded/verify';
import { CorruptionError } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';
import { checkTables, type TableFinding } from '../sinks/clickhouse/check-tables';
import { tableCatalogue } from '../sinks/clickhouse/tables';
import type { CheckReport } from './check-report';
import { copyFolder, isWritable } from './copied-folder';
import { evolutionNotes } from './evolution-notes';
import { type Folder, openFolder } from './folder';
import { KnownNames, type NewNames } from './known-names';
import { clickhouseDir } from './open-sinks';

const POLL_BYTES = 1 << 18;
const EPOCHS_A_TURN = 64;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const CHDB = { insertMicrosMax: 60e6, statementMicrosMax: 600e6, stopMicrosMax: 10e6 };

export interface CheckOptions {
  readonly dir: string;
  readonly quotaBytes: number;
  readonly clock: Clock;
  readonly clickhouse: boolean;
  /** Mends ClickHouse's tables from the log. */
  readonly repair: boolean;
  readonly newNames?: NewNames | undefined;
}

/** Everything that is stored, byte for byte; then ClickHouse's tables against the log. Nobody may hold the folder. */
export async function checkFolder(options: CheckOptions): Promise<CheckReport> {
  const { damage, ...checked } = await verify(options.dir);
  const tables = options.clickhouse;
  // What does not hold itself together is nothing to hold tables against.
  if (damage.length > 0)
    return {
      checked: { ...checked },
      damage,
      notes: tables ? ['ClickHouse was not looked at, for its log is damaged'] : [],
    };
  const told = await notesOf(options);
  if (!tables) return { checked: { ...checked }, damage, notes: told };
  const findings = await checkClickhouse(options);
  if (!findings) return { checked: { ...checked }, damage, notes: told };
  const said = ({ object, problem, remedy }: TableFinding): string =>
    `${/^(folder|database) /.test(object) ? object : `table ${object}`} ${problem} ${remedy}`;
  const changed = findings.filter(({ isChange }) => isChange).map(said);
  const mended = findings.filter(({ isChange }) => !isChange).map(said);
  const all = { ...checked, tables: tableCatalogue.sinks.length, rollups: tableCatalogue.rollups.length };
  return options.repair
    ? { checked: all, damage: [], notes: [...told, ...changed, ...mended] }
    : { checked: all, damage: mended, notes: [...told, ...changed] };
}

async function notesOf({ dir, clock, newNames }: CheckOptions): Promise<string[]> {
  const backend = openReadOnly({ dir, clock });
  try {
    const names = new KnownNames(backend, newNames).note();
    return [...evolutionNotes(backend), ...(names === undefined ? [] : [names])];
  } finally {
    await backend.close();
  }
}

/** Where nothing may be written a copy is looked at: the engine cannot open its files there. */
async function checkClickhouse(options: CheckOptions): ReturnType<typeof checkTablesIn> {
  if (isWritable(options.dir)) return checkTablesIn(options);
  const copy = copyFolder(options.dir);
  try {
    return await checkTablesIn({ ...options, dir: copy.dir });
  } finally {
    copy.remove();
  }
}

/** Undefined where nothing was ever delivered. */
async function checkTablesIn(options: CheckOptions): Promise<readonly TableFinding[] | undefined> {
  const { dir, quotaBytes, clock } = options;
  if (!existsSync(clickhouseDir(dir)) && !existsSync(join(dir, 'data.mdb'))) return undefined;
  const folder = await openFolder({ dir, quotaBytes, clock });
  try {
    const { bookmarks } = folder.backend;
    const begun = bookmarks.all().filter(({ name }) => name.startsWith('clickhouse.'));
    if (begun.length === 0) return undefined;
    if (existsSync(clickhouseDir(dir))) return await checkEngine(options, folder);
    if (!options.repair) return [GONE];
    await forgetAll(folder);
    return [{ ...GONE, remedy: 'The next start fills all tables anew, as far as their topics are kept.' }];
  } finally {
    await folder.close();
  }
}

const GONE: TableFinding = {
  object: 'folder "clickhouse"',
  problem: 'is gone, and records were delivered to its tables.',
  remedy: 'A start fills them anew, as far as their topics are kept.',
};

async function checkEngine(
  { dir, clock, repair }: CheckOptions,
  folder: Folder,
): Promise<readonly TableFinding[]> {
  holdEngine();
  const database = new ChdbDatabase({ dir: clickhouseDir(dir), clock, ...CHDB });
  try {
    const { log, bookmarks } = folder.backend;
    return await checkTables({
      database,
      catalogue: tableCatalogue,
      log,
      bookmarks,
      clock,
      repair,
      setAside: repair,
    });
  } catch (error) {
    const problem = `cannot be used: ${(error as Error).message.split('\n')[0]}.`;
    const object = 'folder "clickhouse"';
    if (!repair) return [{ object, problem, remedy: 'Stop the job and run `breakwater check --repair`.' }];
    const aside = `${clickhouseDir(dir)}.damaged-${clock.now()}`;
    await database.close().catch(() => undefined);
    renameSync(clickhouseDir(dir), aside);
    await forgetAll(folder);
    const remedy = `Set aside as ${aside}; the next start fills all tables anew, as far as their topics are kept.`;
    return [{ object, problem, remedy }];
  } finally {
    await database.close().catch(() => undefined);
  }
}

/** Nothing was delivered, as far as the sinks know. */
async function forgetAll({ backend: { bookmarks } }: Folder): Promise<void> {
  for (const { name } of bookmarks.all()) if (name.startsWith('clickhouse.')) await bookmarks.remove(name);
}

/**
 * What can be verified while the job runs: every message kept, and the chain of epochs. In slices, between which the job
 * has its turns.
 */
export async function checkHeldFolder(
  { backend }: Folder,
  newNames: NewNames | undefined,
): Promise<CheckReport> {
  const damage: string[] = [];
  const tally = { topics: 0, messages: 0, epochs: 0 };
  const attempt = async (part: () => Promise<void>): Promise<void> => {
    try {
      await part();
    } catch (error) {
      if (!(error instanceof CorruptionError)) throw error;
      damage.push(error.message);
    }
  };
  for (const { name: topic, partitions } of backend.log.topics()) {
    tally.topics += 1;
    for (let partition = 0; partition < partitions; partition += 1) {
      await attempt(async () => {
        const { first, next } = backend.log.ends({ topic, partition });
        const reader = backend.log.reader({ topic, partition, next: first }, 'check');
        try {
          for (let chunk = reader.poll(POLL_BYTES); chunk; chunk = reader.poll(POLL_BYTES)) {
            tally.messages += chunk.count;
            // What comes meanwhile is verified by whoever reads it.
            if (chunk.nextOffset >= next) break;
            await nextTurn();
          }
        } finally {
          reader.close();
        }
      });
    }
  }
  for (const { task } of backend.tasks()) {
    await attempt(async () => {
      for (const _ of backend.recorded(task, 0)) {
        tally.epochs += 1;
        if (tally.epochs % EPOCHS_A_TURN === 0) await nextTurn();
      }
    });
  }
  let names: string | undefined;
  await attempt(async () => {
    names = new KnownNames(backend, newNames).note();
  });
  const notes = [
    ...evolutionNotes(backend),
    ...(names === undefined ? [] : [names]),
    'the job is running: its tables and ClickHouse were not looked at; stop it to check them, too',
  ];
  return { checked: tally, damage, notes };
}
