/** `breakwater query`: SQL to ClickHouse. */
import { type Command, Option } from 'commander';
import { CommandError, ExitCode } from '../exit-codes';
import { listenForInterrupts } from '../interrupts';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { CsvGuard } from '../terminal/csv-guard';
import { type Output, outputTo } from '../terminal/output';
import { printableLines } from '../terminal/printable';
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
(elsewhere), JSONEachRow (--json), CSVWithNames, … In CSV a text that begins like a formula gets an apostrophe in front.`;

export function addQueryCommand(program: Command): void {
  withPlace(program.command('query'))
    .description('ask ClickHouse')
    .argument('<sql>', 'one statement that reads')
    .option('--json', 'one JSON object a row')
    .addOption(new Option('--format <name>', 'a format of ClickHouse').conflicts('json'))
    .addHelpText('after', EXAMPLES)
    .action((sql: string, options: QueryOptions) => query(sql, options));
}

/** Formulas are disarmed in CSV, and a terminal gets nothing that would steer it. Files get everything else as it is. */
function shownAs(format: string, { isTerminal }: Output): (piece: string) => string {
  const guard = new CsvGuard();
  const guarded = format.startsWith('CSV') ? (piece: string) => guard.pass(piece) : (piece: string) => piece;
  return isTerminal ? (piece) => printableLines(guarded(piece)) : guarded;
}

async function query(sql: string, { format, json = false, ...place }: QueryOptions): Promise<void> {
  const output = outputTo(process.stdout);
  const shown = json
    ? 'JSONEachRow'
    : (format ?? (output.isTerminal ? 'PrettyCompactNoEscapes' : 'TSVWithNames'));
  const show = shownAs(shown, output);
  const interrupts = listenForInterrupts();
  const access = await openAccess({ config: configOf(place), clock: systemClock, create: false });
  try {
    const answer = access.query(sql, shown, interrupts.signal);
    let last = '\n';
    for await (const piece of answer) {
      output.write(show(piece));
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
