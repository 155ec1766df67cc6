/** `breakwater skip`: sets a message aside that stops a task. */
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { SkipRequest } from '../access';
import { CommandError, ExitCode } from '../exit-codes';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { topicNamed } from '../tail-topic';
import { configOf, type PlaceOptions, withPlace } from './options';

interface SkipOptions extends PlaceOptions {
  readonly why: string;
  readonly by?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater skip ledger.fills/0/1204 --why "price of another instrument, corrected by SIM-88"

A message that makes the job throw again and again stops its task, and the job says which one it is. Skipped, it goes to
ops.dead_letters with who and why, and the task goes on behind it. A timer that does is named and skipped in the same way.
What the task has read already, and what does not exist, cannot be skipped. Look at it first:
  breakwater tail ledger.fills --from 1204`;

export function addSkipCommand(program: Command): void {
  withPlace(program.command('skip'))
    .description('set aside a message or timer that stops a task')
    .argument('<place>', 'topic/partition/offset, as the job tells it')
    .requiredOption('--why <text>', 'the reason, kept with the message')
    .option('--by <name>', 'who says so (default: your user name)')
    .option('--json', 'one JSON object')
    .addHelpText('after', EXAMPLES)
    .action((place: string, options: SkipOptions) => skip(place, options));
}

async function skip(text: string, options: SkipOptions): Promise<void> {
  const { why, by = userInfo().username, json } = options;
  const request = { ...placeOf(text), why, by };
  const access = await openAccess({ config: configOf(options), clock: systemClock, create: false });
  try {
    await access.skip(request);
  } finally {
    await access.close();
  }
  const when =
    access.through === 'socket' ? 'the task goes on behind it' : 'the task passes it at the next start';
  const line = json
    ? JSON.stringify({ type: 'skipped', ...request })
    : `${text} is set aside by ${by}: ${when}`;
  process.stdout.write(`${line}\n`);
}

function placeOf(text: string): Pick<SkipRequest, 'topic' | 'partition' | 'offset'> {
  const match = /^(timer\/[\w-]+|[a-z_.]+)\/(\d{1,10})\/(\d{1,16})$/.exec(text);
  if (!match) {
    throw new CommandError(
      `"${text}" is no place like ledger.fills/0/1204: topic, partition, offset; or timer/TABLE, key, due, as the job tells it.`,
      ExitCode.Usage,
    );
  }
  const topic = match[1]!.startsWith('timer/') ? match[1]! : topicNamed(match[1]!).name;
  return { topic, partition: Number(match[2]), offset: Number(match[3]) };
}
