/** The picture of a running job for a person: accounts, positions, and how the job is. */
import { homedir } from 'node:os';
import { amount, bytes, count, price } from './amounts';
import type { AccountLine, PositionLine } from './portfolio';
import { type Output, paint } from './terminal/output';
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

/** As many lines as the output has rows. */
export function liveView(state: LiveState, output: Pick<Output, 'columns' | 'rows' | 'colors'>): string[] {
  const head = [titleLine(state, output), statusLine(state), ...troubleLines(state, output), ''];
  const accounts = [...tableLines(ACCOUNT_COLUMNS, state.accounts.map(accountRow), output), ''];
  const foot = footLine(state);
  const room = output.rows - head.length - accounts.length - 2;
  const positions = positionTable(state.positions, room, output);
  return [...head, ...accounts, ...positions, paint(output, 'dim', foot)]
    .map((line) => (line.includes('\x1b') ? line : line.slice(0, output.columns)))
    .slice(0, output.rows);
}

function positionTable(
  positions: readonly PositionLine[],
  room: number,
  output: Pick<Output, 'columns' | 'colors'>,
): string[] {
  if (room < 3) return [];
  const fits = positions.length <= room - 1;
  const shown = fits ? positions : positions.slice(0, room - 2);
  const lines = tableLines(POSITION_COLUMNS, shown.map(positionRow), output);
  return fits
    ? lines
    : [...lines, paint(output, 'dim', `… and ${positions.length - shown.length} positions more`)];
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
  troubles.slice(0, 3).map((text) => paint(output, 'red', `! ${text}`.slice(0, output.columns)));

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
