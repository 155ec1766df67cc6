/**
 * Text to a field's value and back, by the field's type: for files that people write and for what people are shown.
 * Times are ISO 8601 in UTC with up to six decimals, enums go by their symbols, scaled integers are decimal text,
 * bytes are base64, and NaN, the missing double, is empty.
 *
 * A number is digits, with a point and digits behind it, with an exponent where the field is no whole number: `-12.5`,
 * `4e-7`. No spaces, no `0x10`, no `Infinity`, no `1_000`, no `.5`. Scaled integers are exact or refused.
 */
import { DecimalTextError, formatDecimal, parseDecimal } from '../schemas/decimals';
import type { FieldType, RecordField } from './record-fields';

/** A text that is no value of its field. */
export class FieldTextError extends Error {
  override readonly name = 'FieldTextError';
}

/** The value of a text; names stay names. Empty means undefined, the default or NaN, where the field has one of them. */
export function parseField(field: RecordField, text: string): unknown {
  if (text === '' && field.type.kind !== 'string') return emptyValue(field);
  if (text === '' && field.nullable) return undefined;
  return parseText(field.type, text);
}

/** The value of what JSON holds: text as above, or a number or boolean where the field has such. */
export function fieldOfJson(field: RecordField, value: unknown): unknown {
  if (value === undefined || value === null) return emptyValue(field);
  if (typeof value === 'string') return parseField(field, value);
  const { kind } = field.type;
  if (kind === 'boolean' && typeof value === 'boolean') return value;
  if (value instanceof JsonNumber) return parseJsonNumber(field, value.text);
  if (typeof value !== 'number') throw new FieldTextError(`${JSON.stringify(value)} is no ${kind}`);
  // Whoever made a number of the digits may have rounded them.
  if (EXACT.has(kind) && String(value).replace(/^-?[0.]*|\.|e.*/g, '').length > DOUBLE_DIGITS)
    throw new FieldTextError(`${value} has more digits than a number keeps. Write it as text`);
  return parseText(field.type, String(value));
}

/** Kinds in which each digit counts; times and counts are whole and below 2^52. */
const EXACT: ReadonlySet<string> = new Set(['string', 'name', 'scaled']);
const DOUBLE_DIGITS = 15;

/** A number of JSON by its digits: as a double it might be another one. */
export class JsonNumber {
  constructor(readonly text: string) {}
}

/** An id that is a number is its digits: 8389766145050669870 is no double. */
function parseJsonNumber({ type }: RecordField, text: string): unknown {
  const isText = type.kind === 'string' || type.kind === 'name';
  if (isText && !/^-?\d+$/.test(text))
    throw new FieldTextError(`${text} is a number and no text; only whole ones may stand for it`);
  if (type.kind === 'boolean' || type.kind === 'bytes' || type.kind === 'enum')
    throw new FieldTextError(`${text} is a number and no ${type.kind}`);
  return parseText(type, text);
}

function emptyValue({ nullable, byDefault, type }: RecordField): unknown {
  if (nullable) return undefined;
  const value = defaultOf({ byDefault, type });
  if (value === undefined) throw new FieldTextError('is missing');
  return value;
}

/** What a field holds of which nothing is told; undefined where it must be told. */
export function defaultOf({ byDefault, type }: Pick<RecordField, 'byDefault' | 'type'>): unknown {
  if (type.kind === 'double' && (byDefault === undefined || byDefault === 'NaN')) return Number.NaN;
  return type.kind === 'enum' && byDefault !== undefined
    ? type.symbols.indexOf(byDefault as string)
    : byDefault;
}

function parseText(type: FieldType, text: string): unknown {
  switch (type.kind) {
    case 'string':
    case 'name':
      return text;
    case 'double':
      return finite(text);
    case 'int':
    case 'long':
      return whole(text, type.kind === 'int' ? 2 ** 31 : 2 ** 52);
    case 'time':
      return parseTime(text);
    case 'boolean':
      if (text !== 'true' && text !== 'false')
        throw new FieldTextError(`"${text}" is neither true nor false`);
      return text === 'true';
    case 'bytes':
      return Buffer.from(text, 'base64');
    case 'enum': {
      const index = type.symbols.indexOf(text);
      if (index < 0) throw new FieldTextError(`"${text}" is none of ${type.symbols.join(', ')}`);
      return index;
    }
    case 'scaled':
      try {
        return parseDecimal(withoutExponent(text), type.scale);
      } catch (error) {
        throw error instanceof DecimalTextError ? new FieldTextError(error.message) : error;
      }
  }
}

const NUMBER = /^[+-]?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?$/;

function finite(text: string): number {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new FieldTextError(`"${text.slice(0, 80)}" is no number`);
  if (value === 0 && /[1-9]/.test(text.replace(/[eE].*/, '')))
    throw new FieldTextError(`"${text.slice(0, 80)}" is too small to be told from 0`);
  return value;
}

function whole(text: string, limit: number): number {
  const value = /^[+-]?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Math.abs(value) < limit) return value;
  throw new FieldTextError(`"${text.slice(0, 80)}" is no whole number from ${1 - limit} to ${limit - 1}`);
}

/** The same decimal written out: 4e-7 is 0.0000004. What has none, or is far from any number there is, stays. */
function withoutExponent(text: string): string {
  const parts = /^([+-]?)(\d{1,38})(?:\.(\d{1,38}))?[eE]([+-]?\d{1,2})$/.exec(text);
  if (!parts) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  const padded = digits.padStart(digits.length + Math.max(1 - point, 0), '0').padEnd(point, '0');
  const at = Math.max(point, 1);
  const behind = padded.slice(at);
  return `${sign}${padded.slice(0, at)}${behind === '' ? '' : `.${behind}`}`;
}

/** Whole microseconds since 1970, or ISO 8601 in UTC (`2013-10-07T13:30:00.000001Z`) of a day that there was. */
function parseTime(text: string): number {
  if (/^-?\d+$/.test(text)) return whole(text, 2 ** 52);
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(text);
  const millis = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  if (Number.isNaN(millis)) {
    throw new FieldTextError(
      `"${text.slice(0, 80)}" is no UTC time like 2013-10-07T13:30:00.000001Z, nor whole microseconds`,
    );
  }
  // The 30th of February is taken for the 2nd of March, and 24:00 for the next day.
  if (new Date(millis).toISOString().slice(0, 19) !== match![1])
    throw new FieldTextError(`"${text}" is a day or an hour that does not exist`);
  return millis * 1000 + Number((match![2] ?? '').padEnd(6, '0'));
}

/** ISO 8601 in UTC, with microseconds. */
export function formatTime(micros: number): string {
  const seconds = new Date(Math.floor(micros / 1e6) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(((micros % 1e6) + 1e6) % 1e6).padStart(6, '0')}Z`;
}

/** What people and programs are shown: numbers as numbers where they are exact, else text; null for what is missing. */
export function formatField(
  type: FieldType,
  value: unknown,
  nameOf: (domain: string, number: number) => string | undefined,
): string | number | boolean | null {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  switch (type.kind) {
    case 'name':
      // −1, which in a key stands for nobody, has no name.
      return value === -1 ? null : (nameOf(type.domain, value as number) ?? `#${value}`);
    case 'enum':
      return typeof value === 'string' ? value : (type.symbols[value as number] ?? `#${value}`);
    case 'time':
      return formatTime(value as number);
    case 'scaled':
      return formatDecimal(value as bigint, type.scale);
    case 'bytes':
      return Buffer.from(value as Uint8Array).toString('base64');
    default:
      return typeof value === 'bigint' ? value.toString() : (value as string | number | boolean);
  }
}
