/** `breakwater reference`: a folder of reference data checked, compared, loaded; and what holds of a name, shown. */
import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { FieldTextError } from '../../sources/field-text';
import type { Access } from '../access';
import { count } from '../amounts';
import { CommandError, ExitCode } from '../exit-codes';
import { listenForInterrupts } from '../interrupts';
import { openAccess } from '../open-access';
import { type Change, changesTo, leftAlone } from '../reference/changes';
import { checkReference } from '../reference/check';
import { type Fault, faultText, inOrderOfPlace } from '../reference/faults';
import { writeLoad } from '../reference/load';
import { type ReadFolder, readFolder } from '../reference/read-folder';
import type { ReferenceRow } from '../reference/reference-row';
import { showLines, showName, timeOf } from '../reference/show';
import { NOTHING_STORED, type StoredReference, storedReference } from '../reference/stored';
import { changeLine } from '../reference/tell';
import { systemClock } from '../system-clock';
import { printableLines } from '../terminal/printable';
import { configOf, type PlaceOptions, withPlace } from './options';

interface FolderOptions extends PlaceOptions {
  readonly json?: boolean;
}

interface LoadOptions extends FolderOptions {
  readonly by?: string;
  readonly why: string;
}

interface ShowOptions extends FolderOptions {
  readonly asOf?: string;
}

/** More is no list that anybody reads. */
const FAULTS_SHOWN_MAX = 1000;

const EXAMPLES = `
Examples:
  breakwater reference check examples/reference               everything that is wrong, at once
  breakwater reference diff examples/reference                what a load would change
  breakwater reference load examples/reference --why "new desk in Paris"
  breakwater reference show AAPL --as-of 2014-06-06T16:00:00Z

A folder has a file for each kind, CSV, JSON or NDJSON, called by it: instruments, accounts, books, desks, venues,
currencies, … Rows hold from validFrom to validTo; what replaces a row from one time on is a row of its own. A load
writes what has changed and nothing else; what is stored and in no file stays. All of it: docs/REFERENCE.md.`;

export function addReferenceCommand(program: Command): void {
  const reference = program
    .command('reference')
    .description('check, compare, load and show reference data')
    .usage('[options] <check|diff|load|show>')
    .addHelpText('after', EXAMPLES);
  withPlace(reference.command('check'))
    .description('say everything that is wrong with a folder of reference data')
    .argument('<folder>', 'files by kind')
    .option('--json', 'one JSON object')
    .action((folder: string, options: FolderOptions) => withFolder(folder, options, false, check));
  withPlace(reference.command('diff'))
    .description('say what a load of the folder would change')
    .argument('<folder>', 'files by kind')
    .option('--json', 'one JSON object')
    .action((folder: string, options: FolderOptions) => withFolder(folder, options, false, diff));
  withPlace(reference.command('load'))
    .description('write what has changed, if nothing is wrong')
    .argument('<folder>', 'files by kind')
    .requiredOption('--why <text>', 'kept with every row that it changes')
    .option('--by <name>', 'who changes it (default: whoever is logged in)')
    .option('--json', 'one JSON object')
    .action((folder: string, options: LoadOptions) => withFolder(folder, options, true, load));
  withPlace(reference.command('show'))
    .description('show what holds of an instrument, account, book, party, venue or code')
    .argument('<name>', 'as people and files know it')
    .option('--as-of <time>', 'such as 2014-06-06T16:00:00Z (default: now)')
    .option('--json', 'one JSON object')
    .action(show);
}

interface Compared {
  readonly folder: ReadFolder;
  readonly stored: StoredReference;
  readonly changes: readonly Change[];
  readonly access: Access | undefined;
}

async function withFolder<Options extends FolderOptions>(
  path: string,
  options: Options,
  create: boolean,
  use: (compared: Compared, options: Options) => Promise<void> | void,
): Promise<void> {
  const folder = await readFolder(resolve(process.cwd(), path), systemClock.now());
  const config = configOf(options);
  const interrupts = listenForInterrupts();
  const isThere = existsSync(config.dataFolder);
  // A load that is refused makes no folder.
  if (!isThere) refuseFaults(folder, NOTHING_STORED, options);
  const access = create || isThere ? await openAccess({ config, clock: systemClock, create }) : undefined;
  try {
    const stored = access ? await storedReference(access, interrupts.signal) : NOTHING_STORED;
    refuseFaults(folder, stored, options);
    await use({ folder, stored, changes: changesTo(folder.rows, stored.rows), access }, options);
  } finally {
    await access?.close();
    interrupts.release();
  }
}

/** All faults at once, to where errors go; with --json, as JSON to where answers go. */
function refuseFaults(folder: ReadFolder, { rows }: StoredReference, { json }: FolderOptions): void {
  const { files } = folder;
  const faults: readonly Fault[] = inOrderOfPlace([...folder.faults, ...checkReference(folder, rows)]);
  if (faults.length === 0) return;
  if (json) process.stdout.write(`${JSON.stringify({ type: 'faults', files, faults })}\n`);
  else {
    const lines = faults.slice(0, FAULTS_SHOWN_MAX).map(faultText);
    if (faults.length > lines.length) lines.push(`… and ${count(faults.length - lines.length)} more.`);
    process.stderr.write(`${lines.map(printableLines).join('\n')}\n`);
  }
  const faulty = faults.length === 1 ? '1 mistake' : `${count(faults.length)} mistakes`;
  throw new CommandError(`${faulty} in reference data. Nothing was loaded.`, ExitCode.Usage);
}

function check({ folder, changes }: Compared, { json }: FolderOptions): void {
  const { files, rows } = folder;
  const line = json
    ? JSON.stringify({ type: 'checked', files, rows: rows.length, changes: changes.length })
    : `${count(rows.length)} rows in ${count(files.length)} files are right; a load would change ${count(changes.length)}`;
  process.stdout.write(`${line}\n`);
}

function diff({ folder, stored, changes }: Compared, { json }: FolderOptions): void {
  const left = leftAlone(folder.rows, stored.rows);
  if (json) {
    const told = changes.map(({ row, before, fields }) => ({
      topic: row.of.topic.name,
      key: row.subject,
      ...row.place,
      is: before ? 'changed' : 'new',
      fields: Object.fromEntries(fields.map((field) => [field, [before!.shown[field], row.shown[field]]])),
    }));
    const stays = left.map(({ of, subject }: ReferenceRow) => ({ topic: of.topic.name, key: subject }));
    process.stdout.write(`${JSON.stringify({ type: 'diff', changes: told, stays })}\n`);
    return;
  }
  const lines = changes.map(changeLine);
  if (changes.length === 0) lines.push('a load would change nothing');
  if (left.length > 0)
    lines.push(
      `${count(left.length)} rows are stored and in no file: they stay. What is to end needs a row with validTo.`,
    );
  process.stdout.write(`${lines.map(printableLines).join('\n')}\n`);
}

async function load({ stored, changes, access }: Compared, options: LoadOptions): Promise<void> {
  const { why, by = userInfo().username, json } = options;
  const version =
    changes.length === 0
      ? stored.version
      : await writeLoad({ access: access!, changes, stored, by, why, now: systemClock.now() });
  const created = changes.filter(({ before }) => !before).length;
  const changed = changes.length - created;
  const line = json
    ? JSON.stringify({ type: 'loaded', version, created, changed, by, why })
    : changes.length === 0
      ? `nothing has changed since version ${version}`
      : `version ${version}: ${count(created)} new rows, ${count(changed)} changed`;
  process.stdout.write(`${line}\n`);
}

async function show(name: string, options: ShowOptions): Promise<void> {
  const interrupts = listenForInterrupts();
  const access = await openAccess({ config: configOf(options), clock: systemClock, create: false });
  try {
    const { rows } = await storedReference(access, interrupts.signal);
    const asOf = options.asOf === undefined ? systemClock.now() : timeOf(options.asOf);
    const found = showName(rows, name, asOf);
    const text = options.json
      ? JSON.stringify({ type: 'reference', name, asOf, found })
      : showLines(found, asOf).map(printableLines).join('\n');
    process.stdout.write(`${text}\n`);
  } catch (error) {
    if (error instanceof FieldTextError) throw new CommandError(`--as-of ${error.message}.`, ExitCode.Usage);
    throw error;
  } finally {
    await access.close();
    interrupts.release();
  }
}
