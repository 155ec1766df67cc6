/** Greeks with the units that can be converted, made in one place: what they are per, as data and in words. */
import type { Greek, GreekUnit } from '../contract';

const YEAR: GreekUnit = { of: 'time', per: 1 };
const DAY: GreekUnit = { of: 'time', per: 1 / 365 };
const VOLATILITY: GreekUnit = { of: 'volatility', per: 1 };
const RATE: GreekUnit = { of: 'rate', per: 1 };
const SPOT: GreekUnit = { of: 'spot-delta', per: 1 };

const after = (words: string | undefined): string => (words === undefined ? '' : `, ${words}`);

export const plainGreek = (value: number, convention: string): Greek => ({ value, convention });

/** `words` say which volatility, and how the Greek is taken. */
export const perVolatility = (value: number, words = 'volatility'): Greek => ({
  value,
  convention: `per 1.00 of ${words}`,
  unit: VOLATILITY,
});

/** Of a rate or a yield, which `words` name. */
export const perRate = (value: number, words: string): Greek => ({
  value,
  convention: `per 1.00 of ${words}`,
  unit: RATE,
});

/** Of a year's time. */
export const perYear = (value: number, words?: string): Greek => ({
  value,
  convention: `per year${after(words)}`,
  unit: YEAR,
});

/** A day's part of what a year is: `value` is of the year. */
export const perDay = (yearly: number, words?: string): Greek => ({
  value: yearly / 365,
  convention: `per calendar day (ACT/365)${after(words)}`,
  unit: DAY,
});

export const spotDelta = (value: number, words?: string): Greek => ({
  value,
  convention: `spot delta${after(words)}`,
  unit: SPOT,
});
