/** Cells that several pages have. What is stale or unknown says so in its text; colour comes on top of that. */
import { age, amount, money } from '../amounts';
import type { GridCell } from '../terminal/grid';
import type { Color } from '../terminal/output';

/** How far a number may be trusted. */
export type Trust = 'good' | 'stale' | 'unknown';

const COLORS: Readonly<Record<Trust, Color | undefined>> = {
  good: undefined,
  stale: 'yellow',
  unknown: 'yellow',
};

/** A number that rests on a stale price is written `~1.25`; one that rests on no price is no number. */
export function trusted(text: string, trust: Trust, color?: Color | undefined): GridCell {
  if (trust === 'unknown') return { text: 'unknown', color: COLORS.unknown };
  return trust === 'stale' ? { text: `~${text}`, color: COLORS.stale } : { text, color };
}

/** Profit or loss: green or red. NaN is unknown. */
export function gain(value: number, currency: string, trust: Trust = 'good'): GridCell {
  if (Number.isNaN(value)) return trusted('', 'unknown');
  return trusted(money(value, currency), trust, value > 0 ? 'green' : value < 0 ? 'red' : undefined);
}

export const moneyCell = (value: number, currency: string, trust: Trust = 'good'): GridCell =>
  Number.isNaN(value) ? trusted('', 'unknown') : trusted(money(value, currency), trust);

export const ageCell = (seconds: number): string => age(seconds);

/** A count that is nothing to worry about where it is zero. */
export const countCell = (value: number): GridCell => ({
  text: amount(value, 0),
  color: value > 0 ? 'yellow' : undefined,
});
