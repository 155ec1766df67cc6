/** Tenors: a count of one calendar unit, as markets write them: `3M`, `10Y`, `1Y6M`, `-1M`, `ON`. */
import { addMonths, type Day } from './date';

export type TenorUnit = 'D' | 'W' | 'M' | 'Y';

export interface Tenor {
  readonly count: number;
  readonly unit: TenorUnit;
}

export const tenor = (count: number, unit: TenorUnit): Tenor => ({ count, unit });

const words: Readonly<Record<string, Tenor>> = {
  ON: { count: 1, unit: 'D' },
  TN: { count: 1, unit: 'D' },
  SN: { count: 1, unit: 'D' },
  '0D': { count: 0, unit: 'D' },
};

/** Longer than any contract; a longer one is a slip. */
const YEARS_MAX = 150;

/** Reads one tenor; mixed years and months become months. Undefined for what is no tenor, or longer than 150 years. */
export function parseTenor(text: string): Tenor | undefined {
  const read = anyTenor(text);
  return read && Math.abs(tenorYears(read)) <= YEARS_MAX ? read : undefined;
}

function anyTenor(text: string): Tenor | undefined {
  const word = Object.hasOwn(words, text) ? words[text] : undefined;
  if (word) return word;
  const mixed = /^(\d+)Y(\d+)M$/.exec(text);
  if (mixed) return { count: Number(mixed[1]) * 12 + Number(mixed[2]), unit: 'M' };
  const plain = /^([+-]?\d+)([DWMY])$/.exec(text);
  return plain ? { count: Number(plain[1]), unit: plain[2] as TenorUnit } : undefined;
}

/** For literals in the library's own tables, where a mistake is a bug. */
export function tenorOf(text: string): Tenor {
  const read = parseTenor(text);
  if (!read) throw new Error(`no tenor: ${text}`);
  return read;
}

export const formatTenor = ({ count, unit }: Tenor): string => `${count}${unit}`;

export const tenorMonths = ({ count, unit }: Tenor): number =>
  unit === 'Y' ? 12 * count : unit === 'M' ? count : 0;

/** Calendar addition without business days. */
export function addTenor(day: Day, { count, unit }: Tenor): Day {
  if (unit === 'D') return day + count;
  if (unit === 'W') return day + 7 * count;
  return addMonths(day, unit === 'Y' ? 12 * count : count);
}

export const scaleTenor = ({ count, unit }: Tenor, times: number): Tenor => ({ count: count * times, unit });

/** Roughly how many years, for ordering and labels only. */
export const tenorYears = ({ count, unit }: Tenor): number =>
  unit === 'Y' ? count : unit === 'M' ? count / 12 : unit === 'W' ? (count * 7) / 365 : count / 365;
