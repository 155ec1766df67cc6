/** `breakwater tail`: what a topic holds, and what comes. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { TailRequest } from '../access';
import { CommandError, ExitCode } from '../exit-codes';
import { listenForInterrupts } from '../interrupts';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { tailLine } from '../tail-line';
import { topicNamed } from '../tail-topic';
import { outputTo, paint } from '../terminal/output';
import { configOf, type PlaceOptions, withPlace } from './options';

interface TailOptions extends PlaceOptions {
  readonly from: TailRequest['from'];
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly partition: number;
  readonly headers?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater tail ledger.positions                     the last ten records
  breakwater tail market.marks --follow                … and what comes, until Ctrl-C
  breakwater tail ledger.fills --from start --json     everything kept, one JSON object a line
  breakwater tail ops.dead_letters --from 120          from an offset on

Instruments, accounts and venues are shown by name, money and quantities exactly. Topics: docs/TOPICS.md.`;

export function addTailCommand(program: Command): void {
  withPlace(program.command('tail'))
    .description('show records of a topic')
    .argument('<topic>', 'for example ledger.positions')
    .addOption(
      new Option('--from <place>', '"start", an offset, or "-N" for the last N records (10000 at most)')
        .argParser(placeOf)
        .default({ last: 10 }, '-10'),
    )
    .option('-f, --follow', 'go on with what comes, until Ctrl-C')
    .option('--json', 'one JSON object a line')
    .option('--headers', 'show the headers of business events')
    .option('--partition <number>', 'partition of the topic', wholeNumber, 0)
    .addHelpText('after', EXAMPLES)
    .action((topic: string, options: TailOptions) => tail(topic, options));
}

function placeOf(text: string): TailRequest['from'] {
  if (text === 'start') return 'start';
  if (/^-\d{1,9}$/.test(text)) return { last: -Number(text) };
  return { offset: wholeNumber(text) };
}

function wholeNumber(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Write "start", an offset like 120, or -50.');
}

async function tail(topic: string, options: TailOptions): Promise<void> {
  const { from, follow = false, partition, json = false, headers = false } = options;
  topicNamed(topic);
  const output = outputTo(process.stdout);
  const interrupts = listenForInterrupts();
  const access = await openAccess({ config: configOf(options), clock: systemClock, create: false });
  try {
    const request = { topic, partition, from, follow };
    for await (const records of access.tail(request, interrupts.signal)) {
      const lines = records.map((record) =>
        json
          ? JSON.stringify(record)
          : tailLine(record, { headers, dim: (text) => paint(output, 'dim', text) }),
      );
      if (lines.length > 0) await written(`${lines.join('\n')}\n`);
    }
  } finally {
    await access.close();
    interrupts.release();
  }
  if (interrupts.signal.aborted && !follow) throw new CommandError('stopped.', ExitCode.Interrupted);
}

/** Waits for a reader that is slower than the topic. */
const written = (text: string): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(text, () => resolve());
  });
