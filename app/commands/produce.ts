/** `breakwater produce`: records of a file into a topic. */
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type RecordFormat, recordFile } from '../../sources/record-file';
import { count } from '../amounts';
import { CommandError, ExitCode } from '../exit-codes';
import { listenForInterrupts } from '../interrupts';
import { openAccess } from '../open-access';
import { produce } from '../produce';
import { systemClock } from '../system-clock';
import { topicNamed } from '../tail-topic';
import { outputTo } from '../terminal/output';
import { Progress } from '../terminal/progress';
import { configOf, type PlaceOptions, withPlace } from './options';

interface ProduceOptions extends PlaceOptions {
  readonly format?: RecordFormat;
  readonly producer?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater produce reference.instruments instruments.csv
  breakwater produce ledger.fills fills.ndjson.gz --producer gateway-1
  breakwater produce market.quotes quotes.csv --json

A file is NDJSON (one object a line) or CSV (the header names the fields), plain, .gz or .xz. Instruments, accounts and
venues go by name; enums by symbol; times are ISO 8601 in UTC or microseconds; an empty number is a missing one.
Fields of each topic: docs/TOPICS.md.

Run again, the command goes on behind the last row that was taken from this producer (by default the file's name), so
nothing is taken twice. A file may grow; to send another file of the same name, say --producer.`;

export function addProduceCommand(program: Command): void {
  withPlace(program.command('produce'))
    .description('append records of a file to a topic')
    .argument('<topic>', 'for example ledger.fills')
    .argument('<file>', 'NDJSON or CSV')
    .addOption(
      new Option('--format <format>', 'instead of by the name of the file').choices(['ndjson', 'csv']),
    )
    .option('--producer <name>', 'name under which rows are counted (default: the file name)')
    .option('--json', 'one JSON object at the end')
    .addHelpText('after', EXAMPLES)
    .action((topic: string, file: string, options: ProduceOptions) => run(topic, file, options));
}

async function run(topicName: string, file: string, options: ProduceOptions): Promise<void> {
  const topic = topicNamed(topicName);
  const path = resolve(process.cwd(), file);
  const records = recordFile({ file: path, topic, format: options.format });
  const producer = `${options.producer ?? basename(file)} → ${topicName}`;
  const progress = new Progress(outputTo(process.stderr));
  const interrupts = listenForInterrupts();
  const access = await openAccess({ config: configOf(options), clock: systemClock, create: true });
  try {
    const { signal } = interrupts;
    const onProgress = (taken: number): void => progress.show(() => `${count(taken)} records`);
    const produced = await produce({ access, producer, records, signal, onProgress });
    progress.done();
    const { appended, before, row } = produced;
    const again = before > 0 ? `, ${count(before)} were there already` : '';
    const line = options.json
      ? JSON.stringify({ type: 'produced', topic: topicName, ...produced })
      : `${topicName}: ${count(appended)} records appended${again}, up to row ${row}`;
    process.stdout.write(`${line}\n`);
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
