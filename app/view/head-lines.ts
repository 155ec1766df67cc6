/** What stands above every page: how long the job runs, what passes through it, what the firm makes, and what is wrong. */
import { homedir } from 'node:os';
import { amount, bytes, count, money } from '../amounts';
import type { LiveState } from '../live-facts';
import { type Output, paint } from '../terminal/output';
import { printable } from '../terminal/printable';
import { textWithin, widthOf } from '../terminal/text-width';
import { firmTotal, lackOf } from './accounts-page';
import type { AnyPage, World } from './page';

type Place = Pick<Output, 'columns' | 'colors'>;

const TROUBLES_MAX = 3;

export function headLines(world: World, output: Place): string[] {
  const { state } = world;
  return [
    titleLine(state, output),
    within(statusParts(state), ' · ', output.columns),
    firmLine(world, output),
    ...state.troubles
      .slice(0, TROUBLES_MAX)
      .map((text) => paint(output, 'red', textWithin(`! ${printable(text)}`, output.columns))),
  ];
}

/** As many parts as fit, whole: the beginning of a number is another number. */
export function within(parts: readonly string[], between: string, width: number): string {
  let line = '';
  for (const part of parts) {
    const longer = line === '' ? part : `${line}${between}${part}`;
    if (widthOf(longer) > width) break;
    line = longer;
  }
  return line;
}

function titleLine({ dir, seconds, epoch }: LiveState, output: Place): string {
  const home = homedir();
  const folder = printable(dir.startsWith(`${home}/`) ? `~${dir.slice(home.length)}` : dir);
  const name = 'Breakwater';
  const rest = within(
    [elapsed(seconds), `epoch ${count(epoch)}`, folder],
    '   ',
    output.columns - name.length - 3,
  );
  return `${paint(output, 'bold', name)}   ${rest}`;
}

function statusParts(state: LiveState): string[] {
  const { sinkLagSeconds } = state;
  return [
    `${count(state.recordsInPerSecond)} records/s`,
    `${count(state.refused)} fills refused`,
    `${count(state.lag)} waiting`,
    ...(sinkLagSeconds === undefined ? [] : [`ClickHouse ${amount(sinkLagSeconds, 1)} s behind`]),
    `log ${bytes(state.logBytes)}`,
    `${count(state.recordsIn)} records in`,
    ...(state.url === undefined ? [] : [`metrics ${state.url}/metrics`]),
  ];
}

/** The firm over all currencies. What is unknown says so, with what is known of it beside it. */
function firmLine(world: World, output: Place): string {
  const firm = firmTotal(world);
  if (!firm) return 'FIRM   nothing is known of it yet';
  const { currency, total, known, realised, unrealised, fees } = firm;
  const shown = (value: number): string => money(value, currency);
  const lack = lackOf(firm);
  if (Number.isNaN(total)) {
    const text = within(
      [`FIRM   P&L in ${currency} unknown, ${shown(known)} of it known`, lack],
      ': ',
      output.columns,
    );
    return paint(output, 'yellow', text);
  }
  const parts = [
    `FIRM   P&L ${firm.stale > 0 ? '~' : ''}${shown(total)} ${currency}`,
    ...(lack === '' ? [] : [lack]),
    `unrealised ${shown(unrealised)}`,
    `realised ${shown(realised)}`,
    `fees ${shown(fees)}`,
  ];
  return paint(output, firm.stale > 0 ? 'yellow' : 'bold', within(parts, '   ', output.columns));
}

/** The pages by their keys; where names do not fit, the one that is shown has its name alone. */
export function pageLine(pages: readonly AnyPage[], shown: number, output: Place): string {
  const label = (short: boolean): string[] =>
    pages.map(({ name }, index) => {
      if (index === shown) return `[${index + 1} ${name}]`;
      return short ? `${index + 1}` : `${index + 1} ${name}`;
    });
  const long = label(false).join('  ');
  return widthOf(long) <= output.columns ? long : within(label(true), ' ', output.columns);
}

export const elapsed = (seconds: number): string => {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(hours)}:${two(minutes)}:${two(whole % 60)}`;
};
