/** The picture of a running job for a person: accounts, positions, and how the job is. */
import { homedir } from 'node:os';
import { amount, bytes, count, price } from './amounts';
import type { AccountLine, PositionLine } from './portfolio';
import { type Output, paint } from './terminal/output';
import { printable } from './terminal/printable';
import { type Cell, type Column, type TableRow, tableLines } from './terminal/table-lines';

export interface LiveState {
  readonly dir: string;
  readonly seconds: number;
  readonly epoch: number;
  readonly recordsIn: number;
  readonly recordsInPerSecond: number;
  readonly refused: number;
  readonly lag: number;
  readonly logBytes: number;
  readonly url: string | undefined;
  readonly sinkLagSeconds: number | undefined;
  readonly troubles: readonly string[];
  readonly accounts: readonly AccountLine[];
  readonly positions: readonly PositionLine[];
}

const right = (title: string): Column => ({ title, align: 'right' });

const ACCOUNT_COLUMNS: readonly Column[] = [
  { title: 'ACCOUNT' },
  { title: 'CCY' },
  right('P&L'),
  right('REALISED'),
  right('UNREALISED'),
  right('MARKET VALUE'),
  right('POSITIONS'),
  { title: '' },
];

const POSITION_COLUMNS: readonly Column[] = [
  { title: 'ACCOUNT' },
  { title: 'INSTRUMENT' },
  right('QUANTITY'),
  right('PRICE'),
  right('UNREALISED'),
  right('REALISED'),
  { title: 'CCY' },
  right('FILLS'),
  { title: '' },
];

/** Of the room below the head, when positions do not fit beside all accounts. */
const POSITIONS_SHARE = 0.4;

/** As many lines as the output has rows. Where not all fits, accounts and positions share the room. */
export function liveView(state: LiveState, output: Pick<Output, 'columns' | 'rows' | 'colors'>): string[] {
  const head = [titleLine(state, output), statusLine(state), ...troubleLines(state, output), ''];
  const foot = paint(output, 'dim', footLine(state));
  // A blank line between the tables and one before the foot.
  const room = output.rows - head.length - 3;
  const wanted = state.accounts.length + 1;
  const forPositions = Math.min(
    state.positions.length + 1,
    Math.max(Math.floor(room * POSITIONS_SHARE), room - wanted),
  );
  const accounts = fitted({
    columns: ACCOUNT_COLUMNS,
    rows: state.accounts.map(accountRow),
    room: room - forPositions,
    what: 'accounts',
    output,
  });
  const positions = fitted({
    columns: POSITION_COLUMNS,
    rows: state.positions.map(positionRow),
    room: room - accounts.length,
    what: 'positions',
    output,
  });
  return [...head, ...accounts, '', ...positions, '', foot]
    .map((line) => (line.includes('\x1b') ? line : line.slice(0, output.columns)))
    .slice(0, output.rows);
}

/** A table of so many lines at most; what does not fit is told in the last one. */
function fitted({ columns, rows, room, what, output }: Fitting): string[] {
  if (rows.length < room) return tableLines(columns, rows, output);
  if (room < 3) return [];
  const shown = rows.slice(0, room - 2);
  const more = paint(output, 'dim', `… and ${rows.length - shown.length} ${what} more`);
  return [...tableLines(columns, shown, output), more];
}

interface Fitting {
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly room: number;
  readonly what: string;
  readonly output: Pick<Output, 'columns' | 'colors'>;
}

function titleLine({ dir, seconds, epoch }: LiveState, output: Pick<Output, 'colors' | 'columns'>): string {
  const home = homedir();
  const folder = dir.startsWith(`${home}/`) ? `~${dir.slice(home.length)}` : dir;
  const rest = `  positions and P&L, live   ${elapsed(seconds)}   epoch ${count(epoch)}   ${folder}`;
  return paint(output, 'bold', 'Breakwater') + rest.slice(0, Math.max(output.columns - 10, 0));
}

function statusLine(state: LiveState): string {
  const parts = [
    `${count(state.recordsIn)} records in`,
    `${count(state.recordsInPerSecond)}/s`,
    `${count(state.refused)} fills refused`,
    `${count(state.lag)} waiting`,
    `log ${bytes(state.logBytes)}`,
  ];
  if (state.sinkLagSeconds !== undefined)
    parts.push(`ClickHouse ${amount(state.sinkLagSeconds, 1)} s behind`);
  return parts.join(' · ');
}

const troubleLines = ({ troubles }: LiveState, output: Pick<Output, 'columns' | 'colors'>): string[] =>
  troubles.slice(0, 3).map((text) => paint(output, 'red', `! ${printable(text)}`.slice(0, output.columns)));

const footLine = ({ url }: LiveState): string =>
  ['Ctrl-C stops', ...(url === undefined ? [] : [`metrics ${url}/metrics`]), 'npx breakwater --help'].join(
    ' · ',
  );

export const elapsed = (seconds: number): string => {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(whole % 60)}`;
};

const accountRow = (line: AccountLine): TableRow => [
  line.account,
  line.currency,
  signed(line.realised + line.unrealised),
  amount(line.realised),
  amount(line.unrealised),
  amount(line.marketValue),
  count(line.positions),
  { text: noteOf(line), color: 'yellow' },
];

const noteOf = ({ unpriced, stale }: AccountLine): string =>
  [...(unpriced > 0 ? [`${unpriced} unpriced`] : []), ...(stale > 0 ? [`${stale} stale`] : [])].join(', ');

const positionRow = (line: PositionLine): TableRow => [
  line.account,
  line.instrument,
  amount(line.quantity, Number.isInteger(line.quantity) ? 0 : 2),
  price(line.price),
  signed(line.unrealised),
  amount(line.realised),
  line.currency,
  count(line.fills),
  { text: line.status === 'priced' ? '' : line.status, color: 'yellow' },
];

const signed = (value: number): Cell => ({
  text: amount(value),
  color: value > 0 ? 'green' : value < 0 ? 'red' : undefined,
});
