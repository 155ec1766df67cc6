/** `breakwater late`: the fills that came too late to be booked where they belong, and what people decide about them. */
import { userInfo } from 'node:os';
import { type Command, InvalidArgumentError } from 'commander';
import type { LateAction } from '../../schemas/ledger';
import { type LateRow, lateRows, rowNamed, type Settled, settle } from '../late-queue';
import { openAccess } from '../open-access';
import { systemClock } from '../system-clock';
import { tableLines } from '../terminal/grid';
import { outputTo } from '../terminal/output';
import { configOf, type PlaceOptions, withPlace } from './options';

interface ListOptions extends PlaceOptions {
  readonly all?: boolean;
  readonly account?: string;
  readonly json?: boolean;
}

interface SettleOptions extends PlaceOptions {
  readonly why: string;
  readonly by?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  breakwater late list                                  what waits for a person
  breakwater late list --all --account ALPHA            … and what was settled, by whom and why
  breakwater late resolve 3f9c21d07b4e --why "booked by the broker on Friday, told on Monday week"
  breakwater late discard 3f9c21d07b4e --why "sent by the gateway's test"

A fill beyond the horizon of restatement is not booked by itself. Resolved, it counts from now on at its own price; a bust
takes back its quantity at its price. Discarded, it never counts. Either is said once, kept with who and why in
ledger.late_resolutions, and carried out by the job: at once where it runs, else at the next start. A fill is named by the
reference that the list shows, or by its execution id where that is the only one.`;

export function addLateCommand(program: Command): void {
  const late = program
    .command('late')
    .description('list fills that came too late to be booked, and settle them')
    .usage('[options] <list|resolve|discard>')
    .addHelpText('after', EXAMPLES);
  withPlace(late.command('list'))
    .description('what waits for a person')
    .option('--all', 'also what is settled, or waits for what it refers to')
    .option('--account <name>', 'of one account')
    .option('--json', 'one JSON object a line')
    .action((options: ListOptions) => list(options));
  const actions = [
    ['resolve', 'Book', 'let a fill count from now on, at its own price'],
    ['discard', 'Discard', 'let a fill never count'],
  ] as const;
  for (const [name, action, description] of actions)
    withPlace(late.command(name))
      .description(description)
      .argument('<fill>', 'its reference, as the list shows it, or its execution id')
      .requiredOption('--why <text>', 'the reason, kept with the fill', reasonOf)
      .option('--by <name>', 'who says so (default: your user name)')
      .option('--json', 'one JSON object')
      .action((fill: string, options: SettleOptions) => decide(fill, action, options));
}

function reasonOf(text: string): string {
  if (text.trim() !== '' && text.trim() === text && Buffer.byteLength(text) <= 500) return text;
  throw new InvalidArgumentError('Write a reason of 1 to 500 bytes.');
}

async function list({ all = false, account, json = false, ...place }: ListOptions): Promise<void> {
  const output = outputTo(process.stdout);
  const access = await openAccess({ config: configOf(place), clock: systemClock, create: false });
  try {
    const rows = (await lateRows(access)).filter(
      (row) => (all || row.status === 'Open') && (account === undefined || row.account === account),
    );
    const lines = json ? rows.map((row) => JSON.stringify(row)) : linesOf(rows, output);
    for (const line of lines) output.write(`${line}\n`);
  } finally {
    await access.close();
  }
}

async function decide(
  fill: string,
  action: keyof typeof LateAction,
  { why, by = userInfo().username, json = false, ...place }: SettleOptions,
): Promise<void> {
  const access = await openAccess({ config: configOf(place), clock: systemClock, create: false });
  try {
    const row = rowNamed(fill, await lateRows(access));
    const settled = await settle(access, row, { action, why, by, now: systemClock.now() });
    process.stdout.write(`${json ? JSON.stringify({ type: 'settled', ...settled }) : told(settled)}\n`);
  } finally {
    await access.close();
  }
}

function told({ row, outcome }: Settled): string {
  const name = `${row.executionId} of ${row.account} in ${row.instrument}`;
  if (outcome === 'pending') return `${name}: decided, and carried out at the next start`;
  return `${name}: ${row.status}, ${row.detail}`;
}

function linesOf(rows: readonly LateRow[], output: ReturnType<typeof outputTo>): readonly string[] {
  if (rows.length === 0) return ['no fill waits for a person'];
  return tableLines(
    [
      { title: 'reference' },
      { title: 'status' },
      { title: 'account' },
      { title: 'instrument' },
      { title: 'execution' },
      { title: 'kind' },
      { title: 'quantity', align: 'right' },
      { title: 'price', align: 'right' },
      { title: 'time' },
      { title: 'detail' },
    ],
    rows.map((row) => [
      row.reference,
      row.status,
      row.account,
      row.instrument,
      row.executionId,
      row.refersTo === null ? row.kind : `${row.kind} of ${row.refersTo}`,
      row.quantity,
      row.price,
      row.time,
      row.detail,
    ]),
    output,
  );
}
