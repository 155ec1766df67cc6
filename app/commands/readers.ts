/** `breakwater readers`: who holds back what, and letting go of what nobody reads any more. */
import type { Command } from 'commander';
import type { Hold } from '../access';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { tableLines } from '../terminal/grid';
import { outputTo } from '../terminal/output';
import { configOf, type PlaceOptions, withPlace } from './options';

interface ReadersOptions extends PlaceOptions {
  readonly forget?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater readers                                   where every sink stands
  breakwater readers --forget clickhouse.marks/0       a sink that is gone for good holds nothing back any more

Retention never passes what a sink has not read, also one that has been turned off: the log grows until it comes back or
is forgotten. One that this configuration has is not forgotten. What was dropped meanwhile a forgotten sink will not have.`;

export function addReadersCommand(program: Command): void {
  withPlace(program.command('readers'))
    .description('show who holds back what in the log, or forget a reader that is gone')
    .option('--forget <reader>', 'let go of what this reader holds back')
    .option('--json', 'one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action((options: ReadersOptions) => readers(options));
}

async function readers(options: ReadersOptions): Promise<void> {
  const { forget, json = false } = options;
  const output = outputTo(process.stdout);
  const access = await openAccess({ config: configOf(options), clock: systemClock, create: false });
  try {
    if (forget !== undefined) {
      await access.forget(forget);
      output.write(
        json ? `${JSON.stringify({ type: 'forgotten', reader: forget })}\n` : `${forget} is forgotten\n`,
      );
      return;
    }
    const holds = await access.holds();
    const lines = json ? holds.map((hold) => JSON.stringify(hold)) : linesOf(holds, output);
    for (const line of lines) output.write(`${line}\n`);
  } finally {
    await access.close();
  }
}

function linesOf(holds: readonly Hold[], output: ReturnType<typeof outputTo>): readonly string[] {
  if (holds.length === 0) return ['no sink has begun'];
  return tableLines(
    [
      { title: 'reader' },
      { title: 'topic' },
      { title: 'from', align: 'right' },
      { title: 'end', align: 'right' },
      { title: 'behind', align: 'right' },
      { title: '' },
    ],
    holds.map(({ reader, topic, partition, next, end, known }) => [
      reader,
      `${topic}/${partition}`,
      String(next),
      String(end),
      String(end - next),
      known ? '' : { text: 'not in this configuration', color: 'yellow' as const },
    ]),
    output,
  );
}
