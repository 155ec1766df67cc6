/**
 * Schemas of products and models that are flat lists of fields: each field says how it is read and what it means, and
 * the reader and the documentation come from the same list.
 */
import { success } from '../contract';
import type { Kinded } from '../registry';
import { readExpiry, yearsTo } from './expiry';
import type { NumberOptions, RowReader } from './fields';
import type { ReadContext, RowSchema } from './schema';

export interface FlatField {
  readonly about: string;
  readonly read: (reader: RowReader, name: string, context: ReadContext) => unknown;
}

export const number = (about: string, options: NumberOptions = {}): FlatField => ({
  about,
  read: (reader, name) => reader.number(name, options),
});

/** A number that may be left out, and then is not there. */
export const optional = (about: string, options: NumberOptions = {}): FlatField => ({
  about: `${about} (optional)`,
  read: (reader, name) => {
    if (reader.has(name)) return reader.number(name, options);
    reader.ignore(name);
    return undefined;
  },
});

export const positive = (about: string): FlatField => number(about, { above: 0 });

export const choice = (about: string, allowed: readonly string[], otherwise?: string): FlatField => ({
  about: `${allowed.join(', ')}: ${about}`,
  read: (reader, name) => reader.oneOf(name, allowed, otherwise === undefined ? {} : { otherwise }),
});

/** Read from `expiry` or `time`, written as `time` in years. */
export const expiry = (about = 'date or instant UTC; or `time` in years'): FlatField => ({
  about,
  read: (reader, _, context) => readExpiry(reader, context),
});

/** Years from the valuation, as a number, or as a date or instant. */
export const moment = (about: string): FlatField => ({
  about: `${about}; years, or a date`,
  read: (reader, name, context) => {
    const value = reader.row[name];
    const years = typeof value === 'string' && /^\d{4}-/.test(value) ? yearsTo(value, context) : undefined;
    if (years === undefined) return reader.number(name, { least: 0, most: 100 });
    reader.ignore(name);
    if (years < 0)
      reader.fault(name, 'date-must-be-ahead', `${name} ${String(value)} is before the valuation`);
    return years;
  },
});

/** A list of numbers. */
export const numbers = (about: string): FlatField => ({
  about,
  read: (reader, name) => reader.list(name, (inner) => inner.number('value'), { optional: true }),
});

/** A list of moments, put in order: rows may come from a sheet that was sorted otherwise. */
export const moments = (about: string): FlatField => ({
  about: `${about}; list of years or dates`,
  read: (reader, name, context) =>
    reader
      .list(name, (inner) => moment('').read(inner, 'value', context) as number)
      .toSorted((a, b) => a - b),
});

export interface FlatSchema {
  readonly name: string;
  /** The kind that pricers know. */
  readonly kind: string;
  readonly about: string;
  readonly fields: Readonly<Record<string, FlatField>>;
}

/** The field called `expiry` fills `time` of the value; all others keep their names. */
export const flatSchema = ({ name, kind, about, fields }: FlatSchema): RowSchema => ({
  name,
  about,
  fields: Object.fromEntries(Object.entries(fields).map(([field, { about: meaning }]) => [field, meaning])),
  read: (reader, context) => {
    const values = Object.entries(fields).map(([field, { read }]) => [
      field === 'expiry' ? 'time' : field,
      read(reader, field, context),
    ]);
    const given = values.filter(([, value]) => value !== undefined);
    return success({ ...Object.fromEntries(given), kind } as Kinded);
  },
});
