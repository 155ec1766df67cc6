/**
 * `npm run generate`: writes everything that follows from the Avro schemas. With `--check` it writes nothing, and fails
 * with a list of what is stale.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { historyFiles } from './generate/history';
import { type RecordModel, SchemaError } from './generate/model';
import { type Files, generatedFiles } from './generate/modules';
import { readSchemas } from './generate/read-schemas';
import { TABLES_PAGE, tablesPage } from './generate/tables-page';
import { TOPICS_PAGE, topicsPage } from './generate/topics-page';

const root = join(__dirname, '..', '..');
const OWNED = 'schemas/generated';

/** Paths that differ from what is on disk, and paths on disk that nothing generates any more. */
function stale(files: Files): readonly string[] {
  const differing = [...files].filter(([path, text]) => contentOf(path) !== text).map(([path]) => path);
  return [...differing, ...left(files)];
}

function left(files: Files): readonly string[] {
  const folder = join(root, OWNED);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !files.has(path));
}

function contentOf(path: string): string | undefined {
  const full = join(root, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : undefined;
}

function write(files: Files): void {
  for (const path of left(files)) rmSync(join(root, path));
  for (const path of stale(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path)!);
    console.log(`wrote ${path}`);
  }
}

/** What the topics declare is read from the compiled project: it has to be up to date, which `npm run generate` sees to. */
async function topicsText(records: readonly RecordModel[]): Promise<string> {
  try {
    const { topics } = await import('../schemas/topics.js');
    return topicsPage(topics, records);
  } catch (error) {
    if (error instanceof SchemaError) throw error;
    throw new SchemaError(
      `${TOPICS_PAGE} waits for topics that compile: ${String(error)}. Mend them, and generate again.`,
    );
  }
}

async function tablesText(): Promise<string> {
  const { tableCatalogue } = await import('../sinks/clickhouse/tables.js');
  const { exampleQueries } = await import('../sinks/clickhouse/example-queries.js');
  return tablesPage(tableCatalogue, exampleQueries);
}

async function main(check: boolean): Promise<number> {
  const records = readSchemas(join(root, 'schemas'));
  const { added, refusals } = historyFiles(root, records);
  for (const refusal of refusals) console.error(refusal);
  if (refusals.length > 0) return 1;
  const code = new Map([...generatedFiles(records), ...added]);
  // Written first: a topic may need a codec that has not been generated yet.
  if (!check) write(code);
  const files = new Map([
    ...code,
    [TOPICS_PAGE, await topicsText(records)],
    [TABLES_PAGE, await tablesText()],
  ]);
  if (!check) write(files);
  const paths = check ? stale(files) : [];
  for (const path of paths) console.error(`stale: ${path}. Run npm run generate and commit what it writes.`);
  return paths.length === 0 ? 0 : 1;
}

main(process.argv.includes('--check')).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof SchemaError ? error.message : error);
    process.exitCode = 1;
  },
);
