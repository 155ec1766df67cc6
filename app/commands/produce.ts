/** `breakwater produce`: records of a file into a topic. */
import { type Command, Option } from 'commander';
import type { Records } from '../../sources/feed';
import { formatOf, type RecordFormat, recordFile } from '../../sources/record-file';
import { count } from '../amounts';
import { CommandError, ExitCode } from '../exit-codes';
import { inputFile } from '../input-file';
import { listenForInterrupts } from '../interrupts';
import { openAccess } from '../open-access';
import { produce } from '../produce';
import { openTopic } from '../produce-door';
import { systemClock } from '../system-clock';
import { outputTo } from '../terminal/output';
import { printable } from '../terminal/printable';
import { Progress } from '../terminal/progress';
import { configOf, type PlaceOptions, withPlace } from './options';

interface ProduceOptions extends PlaceOptions {
  readonly format?: RecordFormat;
  readonly producer?: string;
  readonly complete?: boolean;
  readonly again?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater produce reference.instruments instruments.csv
  breakwater produce ledger.fills fills.ndjson.gz --producer gateway-1
  breakwater produce market.quotes quotes.csv --json
  gateway | breakwater produce ledger.fills - --format ndjson

A file is NDJSON (one object a line) or CSV (the header names the fields), plain, .gz or .xz. Instruments, accounts and
venues go by name; enums by symbol; times are ISO 8601 in UTC or microseconds; an empty number is a missing one.
Fields of each topic: docs/TOPICS.md.

The first wrong record ends it, with file, row, field and value; what came before it is taken. A file is known by what is
in it, whatever its name: run again, the command goes on behind the last row that was taken, so nothing is taken twice,
and a file may grow. A last line without its end waits for it (--complete: it counts). A file that begins like one that
was taken and goes on otherwise is refused; --again takes it whole, as another. Of reference data and other states the
last word holds: a file that is sent once more is taken once more. Exit code 1: a record was refused, and what came before
it is taken; 2: nothing was done, there is no such topic or file.`;

export function addProduceCommand(program: Command): void {
  withPlace(program.command('produce'))
    .description('append records of a file to a topic')
    .argument('<topic>', 'for example ledger.fills')
    .argument('<file>', 'NDJSON or CSV; - reads what is piped in')
    .addOption(
      new Option('--format <format>', 'instead of by the name of the file').choices(['ndjson', 'csv']),
    )
    .option('--producer <name>', 'name under which rows are counted (default: what the file begins with)')
    .option('--complete', 'the last line counts although it has no line end')
    .option('--again', 'take the file whole, although it begins like one that was taken')
    .option('--json', 'one JSON object at the end')
    .addHelpText('after', EXAMPLES)
    .action((topic: string, file: string, options: ProduceOptions) => run(topic, file, options));
}

function formatFor(path: string): RecordFormat {
  try {
    return formatOf(path);
  } catch (error) {
    throw new CommandError((error as Error).message, ExitCode.Usage);
  }
}

async function run(topicName: string, file: string, options: ProduceOptions): Promise<void> {
  const topic = openTopic(topicName);
  const { path, isPipe } = inputFile(file);
  const { producer, complete = false, again = false } = options;
  const format = options.format ?? formatFor(path);
  let waiting: number | undefined;
  const now = systemClock.now();
  const onWaiting = (row: number): void => {
    waiting = row;
  };
  const read = (): Records => recordFile({ file: path, topic, format, complete, now, onWaiting });
  const progress = new Progress(outputTo(process.stderr));
  const interrupts = listenForInterrupts();
  const access = await openAccess({ config: configOf(options), clock: systemClock, create: true });
  try {
    const { signal } = interrupts;
    const onProgress = (taken: number): void => progress.show(() => `${count(taken)} records`);
    const produced = await produce({
      access,
      topic,
      file: path,
      producer,
      again,
      read,
      isPipe,
      signal,
      onProgress,
    });
    progress.done();
    const { appended, before, row } = produced;
    const there = before > 0 ? `, ${count(before)} were there already` : '';
    const line = options.json
      ? JSON.stringify({ type: 'produced', topic: topicName, ...produced, ...(waiting && { waiting }) })
      : `${topicName}: ${count(appended)} records appended${there}, up to row ${row}`;
    process.stdout.write(`${line}\n`);
    for (const note of produced.notes ?? []) process.stderr.write(`${printable(note)}\n`);
    if (waiting !== undefined)
      process.stderr.write(
        `row ${waiting} has no end yet and waits; run again when it has, or with --complete if that is all.\n`,
      );
  } finally {
    progress.done();
    await access.close();
    interrupts.release();
  }
  if (interrupts.signal.aborted) {
    throw new CommandError(
      'stopped before the end of the file; run again, it goes on there.',
      ExitCode.Interrupted,
    );
  }
}
