/** `breakwater replay`: recorded files through the job. */
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { formatTime } from '../../sources/field-text';
import { mergeFeeds } from '../../sources/merge-feeds';
import { count, grouped, money, price } from '../amounts';
import { type Config, jobOptionsOf } from '../config';
import { durationMillis } from '../durations';
import { CommandError, ExitCode } from '../exit-codes';
import { openFolder } from '../folder';
import { listenForInterrupts } from '../interrupts';
import { logTo } from '../log-to';
import { openSinks } from '../open-sinks';
import { Portfolio, type PositionLine } from '../portfolio';
import { type ReplayProgress, replay } from '../replay';
import { readManifest } from '../replay-manifest';
import { systemClock } from '../system-clock';
import { tableLines } from '../terminal/grid';
import { type Output, outputTo } from '../terminal/output';
import { printable } from '../terminal/printable';
import { Progress } from '../terminal/progress';
import { waitingFills } from '../waiting-fills';
import { configOf, type PlaceOptions, withPlace } from './options';

interface ReplayOptions extends PlaceOptions {
  readonly files?: string;
  readonly step: number;
  readonly json?: boolean;
  readonly clickhouse: boolean;
}

const EXAMPLES = `
Examples:
  breakwater replay docs/examples/us-equities-2013-10-07.json --files PATH_OF_THE_DATA --dir replayed
  breakwater tail ledger.positions --from start --dir replayed
  breakwater query "SELECT * FROM positions_named" --dir replayed

The manifest names the inputs; docs/OPERATING.md says what may stand in it. Time is event time, inputs are merged by
(event time, input, row), and the same input gives the same bytes in every topic. Stopped or killed, the same command
goes on where it was. .xz files need the program xz.`;

export function addReplayCommand(program: Command): void {
  withPlace(program.command('replay'))
    .description('run the job over recorded files: topics and tables come out')
    .argument('<manifest>', 'JSON file that names the inputs')
    .option('--files <folder>', 'where the files are (default: beside the manifest)')
    .addOption(
      new Option('--step <duration>', 'event time that goes into one step at most')
        .argParser(durationMillis)
        .default(1000, '1s'),
    )
    .option('--no-clickhouse', 'topics only, no tables')
    .option('--json', 'one JSON object at the end')
    .addHelpText('after', EXAMPLES)
    .action((manifest: string, options: ReplayOptions) => run(manifest, options));
}

async function run(manifest: string, options: ReplayOptions): Promise<void> {
  const cwd = process.cwd();
  const config = configOf(options);
  const data = options.files === undefined ? undefined : resolve(cwd, options.files);
  const { reference, feeds, identity, newNames, filesOf } = readManifest({
    file: resolve(cwd, manifest),
    data,
    now: systemClock.now(),
  });
  const progress = new Progress(outputTo(process.stderr));
  // What is missing is told before a folder is made.
  const inputs = await identity();
  const interrupts = listenForInterrupts();
  const folder = await openFolder({
    dir: config.dataFolder,
    quotaBytes: config.quotaMegabytes * 1e6,
    clock: systemClock,
    options: jobOptionsOf(config),
  });
  try {
    const done = await replay({
      folder,
      reference,
      newNames: newNames ?? config.newNames,
      filesOf,
      events: mergeFeeds(feeds),
      identity: `${inputs} --step ${options.step}${rulesText(config)}`,
      stepMicros: options.step * 1000,
      signal: interrupts.signal,
      onProgress: (at) => progress.show(() => progressLine(at, progress.seconds)),
    });
    if (interrupts.signal.aborted) {
      throw new CommandError('stopped before the end; run again, it goes on there.', ExitCode.Interrupted);
    }
    if (options.clickhouse && config.clickhouse.enabled) {
      progress.say(`${count(done.events)} events are through; ClickHouse takes its tables in …`);
      const sinks = await openSinks({ folder, logger: logTo(config.logs), config });
      await sinks.drained();
      await sinks.close();
    }
    progress.done();
    tell(
      {
        ...done,
        seconds: progress.seconds,
        dir: config.dataFolder,
        waiting: await waitingFills(folder.backend),
      },
      new Portfolio(folder.backend),
      options,
    );
  } finally {
    progress.done();
    await folder.close();
    interrupts.release();
  }
}

/** Gone on with by other rules it would be another replay. */
const rulesText = ({ marks }: Config): string =>
  Object.keys(marks.rules).length === 0
    ? ''
    : ` --rules ${JSON.stringify(jobOptionsOf({ marks }).markRules)}`;

const progressLine = ({ events, now, epochs }: ReplayProgress, seconds: number): string =>
  `${count(events)} events, ${formatTime(now).slice(0, 19)} UTC, epoch ${count(epochs)}, ${count(events / seconds)} events/s`;

const SHOWN_MAX = 5;

/** What the positions do not have in them yet. */
function unsettledLines(waiting: readonly string[], late: number): string[] {
  const shown = waiting.slice(0, SHOWN_MAX).map(printable).join(', ');
  const more = waiting.length > SHOWN_MAX ? `, … and ${count(waiting.length - SHOWN_MAX)} more` : '';
  return [
    ...(waiting.length > 0
      ? [`${count(waiting.length)} fills wait for the execution that they bust or correct: ${shown}${more}`]
      : []),
    ...(late > 0 ? [`${count(late)} fills came too late to be booked: see "breakwater late list"`] : []),
  ];
}

function positionTable(
  positions: readonly PositionLine[],
  output: Pick<Output, 'columns' | 'colors'>,
): readonly string[] {
  const numbers = ['QUANTITY', 'PRICE', 'REALISED', 'UNREALISED', 'FEES', 'FILLS'] as const;
  const columns = [
    { title: 'ACCOUNT' },
    { title: 'INSTRUMENT' },
    { title: 'CCY' },
    ...numbers.map((title) => ({ title, align: 'number' as const })),
    { title: 'WHY' },
  ];
  const rows = positions.map((one) => [
    one.account,
    one.instrument,
    one.currency,
    grouped(one.exactQuantity),
    price(one.price),
    money(one.realised, one.currency),
    Number.isNaN(one.unrealised) ? 'unknown' : money(one.unrealised, one.currency),
    money(one.fees, one.currency),
    count(one.fills),
    one.reason === 'None' ? '' : one.reason,
  ]);
  return tableLines(columns, rows, output);
}

function tell(
  done: ReplayProgress & {
    readonly resumedFrom: number;
    readonly seconds: number;
    readonly dir: string;
    readonly waiting: readonly string[];
  },
  portfolio: Portfolio,
  { json }: ReplayOptions,
): void {
  portfolio.refresh();
  const positions = portfolio.positionLines();

  const late = portfolio.openFills();
  portfolio.close();
  if (json) {
    process.stdout.write(`${JSON.stringify({ type: 'replayed', ...done, positions, late })}\n`);
    return;
  }
  const output = outputTo(process.stdout);
  for (const line of positionTable(positions, output)) output.write(`${line}\n`);
  const { events, epochs, seconds, dir, resumedFrom, waiting } = done;
  for (const line of unsettledLines(waiting, late)) output.write(`${line}\n`);
  const from = resumedFrom > 0 ? ` (gone on from epoch ${count(resumedFrom)})` : '';
  output.write(
    `${count(events)} events, ${count(epochs)} epochs in ${seconds.toFixed(1)} s${from}, in ${dir}\n`,
  );
}
