/** `breakwater query`: SQL to ClickHouse. */
import { type Command, Option } from 'commander';
import { CommandError, ExitCode } from '../exit-codes';
import { listenForInterrupts } from '../interrupts';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { outputTo } from '../terminal/output';
import { configOf, type PlaceOptions, withPlace } from './options';

interface QueryOptions extends PlaceOptions {
  readonly format?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater query "SELECT * FROM account_pnl_by_minute_named ORDER BY minute DESC LIMIT 12"
  breakwater query "SELECT count() FROM fills" --json
  breakwater query "SELECT * FROM positions_named" --format CSVWithNames > positions.csv

Tables and example queries: docs/TABLES.md. Formats are ClickHouse's own: PrettyCompact (on a terminal), TSVWithNames
(elsewhere), JSONEachRow (--json), CSVWithNames, …`;

export function addQueryCommand(program: Command): void {
  withPlace(program.command('query'))
    .description('ask ClickHouse')
    .argument('<sql>', 'one statement that reads')
    .option('--json', 'one JSON object a row')
    .addOption(new Option('--format <name>', 'a format of ClickHouse').conflicts('json'))
    .addHelpText('after', EXAMPLES)
    .action((sql: string, options: QueryOptions) => query(sql, options));
}

async function query(sql: string, { format, json = false, ...place }: QueryOptions): Promise<void> {
  const output = outputTo(process.stdout);
  const byDefault = output.isTerminal
    ? output.colors
      ? 'PrettyCompact'
      : 'PrettyCompactNoEscapes'
    : 'TSVWithNames';
  const interrupts = listenForInterrupts();
  const access = await openAccess({ config: configOf(place), clock: systemClock, create: false });
  try {
    const answer = access.query(sql, json ? 'JSONEachRow' : (format ?? byDefault), interrupts.signal);
    let last = '\n';
    for await (const piece of answer) {
      output.write(piece);
      last = piece;
    }
    if (!last.endsWith('\n')) output.write('\n');
  } catch (error) {
    if (!interrupts.signal.aborted) throw error;
    throw new CommandError('stopped before there was an answer.', ExitCode.Interrupted);
  } finally {
    await access.close();
    interrupts.release();
  }
}
