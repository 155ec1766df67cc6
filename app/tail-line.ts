/** A record of a topic as a line for a person: numbers as people write them, no text without end, nothing that steers. */
import type { TailRecord } from './access';
import { printable } from './terminal/printable';
import { textWithin } from './terminal/text-width';

/** Longer values are cut; all of them are in `--json`. */
const VALUE_MAX = 160;
/** Digits that a double is sure of: behind them is how it is stored, 131.57500000000002. */
const DIGITS = 15;

export interface TailLineOptions {
  readonly headers: boolean;
  /** How what is beside the values is shown. */
  readonly dim: (text: string) => string;
}

export function tailLine(one: TailRecord, { headers, dim }: TailLineOptions): string {
  const place = `${one.offset}${one.index > 0 ? `.${one.index}` : ''}`;
  const fields = one.record
    ? Object.entries(one.record).map(([name, value]) => `${dim(`${name}=`)}${shownValue(value)}`)
    : [short(one.problem ?? `${one.key} is gone`)];
  const beside = headers
    ? Object.entries(one.headers).map(([name, value]) => dim(short(`${name}:${value}`)))
    : [];
  return [dim(place.padEnd(8)), ...fields, ...beside].join(' ');
}

function shownValue(value: string | number | boolean | null): string {
  if (value === null) return '–';
  return typeof value === 'number' ? plainNumber(value) : short(String(value));
}

/** Without an exponent, and without the digits that are no more than how it is stored. */
export function plainNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const text = String(Number(value.toPrecision(DIGITS)));
  const exponent = /^(-?)(\d)(?:\.(\d+))?e-(\d+)$/.exec(text);
  if (!exponent) return text;
  const [, sign = '', whole = '', fraction = '', places = '0'] = exponent;
  return `${sign}0.${'0'.repeat(Number(places) - 1)}${whole}${fraction}`;
}

const short = (text: string): string => textWithin(printable(text), VALUE_MAX);
