/**
 * Text to a field's value and back, by the field's type: for files that people write and for what people are shown.
 * Times are ISO 8601 in UTC with up to six decimals, enums go by their symbols, scaled integers are decimal text,
 * bytes are base64, and NaN, the missing double, is empty.
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
  if (typeof value !== 'number') throw new FieldTextError(`${JSON.stringify(value)} is no ${kind}`);
  return parseText(field.type, String(value));
}

function emptyValue({ nullable, byDefault, type }: RecordField): unknown {
  if (nullable) return undefined;
  if (type.kind === 'double' && (byDefault === undefined || byDefault === 'NaN')) return Number.NaN;
  if (byDefault !== undefined) {
    return type.kind === 'enum' ? type.symbols.indexOf(byDefault as string) : byDefault;
  }
  throw new FieldTextError('is missing');
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
        return parseDecimal(text, type.scale);
      } catch (error) {
        throw error instanceof DecimalTextError ? new FieldTextError(error.message) : error;
      }
  }
}

function finite(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new FieldTextError(`"${text}" is no number`);
}

function whole(text: string, limit: number): number {
  const value = finite(text);
  if (Number.isInteger(value) && value >= -limit && value < limit) return value;
  throw new FieldTextError(`"${text}" is no whole number from ${-limit} to ${limit - 1}`);
}

/** Whole microseconds since 1970, or ISO 8601 in UTC (`2013-10-07T13:30:00.000001Z`). */
function parseTime(text: string): number {
  if (/^-?\d+$/.test(text)) return whole(text, 2 ** 52);
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?Z$/.exec(text);
  const millis = match ? Date.parse(`${match[1]}Z`) : Number.NaN;
  if (Number.isNaN(millis)) {
    throw new FieldTextError(
      `"${text}" is no UTC time like 2013-10-07T13:30:00.000001Z, nor whole microseconds`,
    );
  }
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
      return nameOf(type.domain, value as number) ?? `#${value}`;
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
