/**
 * Reads fields of a venue's messages: what is not of the kind it must be is refused with its field, never guessed.
 * Messages come from outside: only own properties of plain objects are read, so that no prototype answers for a field.
 */

/** A message that is not what the venue documents. The message is put aside; the feed goes on. */
export class NativeError extends Error {
  override readonly name = 'NativeError';
}

export type Native = Readonly<Record<string, unknown>>;

/**
 * What a message holds, for people: short whatever it is. Values from outside are never made text as a whole, for they
 * may be endlessly deep, or say for themselves how that is done.
 */
export function shownOf(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

/** A venue's own words about what is wrong: a text, or an object with a message. */
export function venueSays(value: unknown): NativeError {
  const words = typeof value === 'object' && value !== null && Object.hasOwn(value, 'message');
  const said = words ? (value as Native)['message'] : value;
  return new NativeError(`the venue says: ${typeof said === 'string' ? said.slice(0, 80) : shownOf(said)}`);
}

const fault = (field: string | number, value: unknown, wanted: string): NativeError =>
  new NativeError(`"${field}" is ${shownOf(value)}, not ${wanted}`);

export function object(value: unknown, field: string | number): Native {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Native;
  throw fault(field, value, 'an object');
}

export function list(value: unknown, field: string | number): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw fault(field, value, 'a list');
}

/** A field of an object, undefined where it is absent. */
export const field = (of: Native, name: string): unknown => (Object.hasOwn(of, name) ? of[name] : undefined);

const NAME_MAX = 128;

/** A name or id: text of 1 to 128 printable characters; ids that are numbers are taken where they are exact. */
export function name(of: Native, key: string): string {
  return nameOf(field(of, key), key);
}

export function nameOf(value: unknown, key: string | number): string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (typeof value !== 'string' || value.length === 0 || value.length > NAME_MAX || /[\p{Cc}]/u.test(value))
    throw fault(key, value, `a name of 1 to ${NAME_MAX} printable characters`);
  return value;
}

const NUMBER = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

/** A number, or the text of one, as venues send both. */
export function numberOf(value: unknown, key: string | number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && value.length <= 40 && NUMBER.test(value)) {
    const parsed = Number(value);
    if (Number.isFinite(parsed)) return parsed;
  }
  throw fault(key, value, 'a number');
}

export const number = (of: Native, key: string): number => numberOf(field(of, key), key);

/** NaN where a venue leaves the field out, or says null or an empty text. */
export function optionalNumber(of: Native, key: string): number {
  const value = field(of, key);
  return value === undefined || value === null || value === '' ? Number.NaN : numberOf(value, key);
}

/** A whole number, exact: sequences and times. */
export function integerOf(value: unknown, key: string | number): number {
  const whole = numberOf(value, key);
  if (!Number.isSafeInteger(whole) || whole < 0) throw fault(key, value, 'a whole number below 2^53');
  return whole;
}

export const integer = (of: Native, key: string): number => integerOf(field(of, key), key);

/** Beyond these no venue trades; sums and products of what is below are far from any limit of doubles. */
const PRICE_MAX = 1e12;
const SIZE_MAX = 1e18;

/** A price that a book can hold or a trade can have. */
export function priceOf(value: unknown, key: string | number): number {
  const price = numberOf(value, key);
  if (!(price > 0 && price < PRICE_MAX)) throw fault(key, value, `a price above 0 and below ${PRICE_MAX}`);
  return price;
}

/** 0 or above. */
export function sizeOf(value: unknown, key: string | number): number {
  const size = numberOf(value, key);
  if (!(size >= 0 && size < SIZE_MAX)) throw fault(key, value, `a size of 0 or above, below ${SIZE_MAX}`);
  return size;
}

/** Above 0: of a trade. */
export function tradedOf(value: unknown, key: string | number): number {
  const size = numberOf(value, key);
  if (!(size > 0 && size < SIZE_MAX)) throw fault(key, value, `a size above 0 and below ${SIZE_MAX}`);
  return size;
}

/** A message that names its instrument twice must mean one: a book of another would be believed. */
export function sameName(told: string, envelope: string, key: string): void {
  if (told !== envelope) throw fault(key, told, `${shownOf(envelope)}, whose channel it came on`);
}

/** One of the words that a venue documents for a field. */
export function wordOf<const Words extends Readonly<Record<string, unknown>>>(
  of: Native,
  key: string,
  words: Words,
): Words[keyof Words] {
  const value = field(of, key);
  if (typeof value === 'string' && Object.hasOwn(words, value)) return words[value] as Words[keyof Words];
  throw fault(key, value, `one of ${Object.keys(words).join(', ')}`);
}

/** 2000 to 2100: whatever lies beyond is in another unit. */
const EARLIEST = 946_684_800_000_000;
const LATEST = 4_102_444_800_000_000;

function within(micros: number, value: unknown, key: string | number): number {
  if (micros >= EARLIEST && micros < LATEST) return micros;
  throw fault(key, value, 'a time between 2000 and 2100');
}

/** Microseconds of a time in milliseconds. */
export const millis = (value: unknown, key: string | number): number =>
  within(integerOf(value, key) * 1000, value, key);

/** Microseconds of a time in microseconds. */
export const micros = (value: unknown, key: string | number): number =>
  within(integerOf(value, key), value, key);

/** Microseconds of a time in seconds with decimals, read from its text: doubles of seconds do not hold microseconds. */
export function seconds(value: unknown, key: string | number): number {
  const match = typeof value === 'string' ? /^(\d{1,11})(?:\.(\d{1,9}))?$/.exec(value) : null;
  if (!match) throw fault(key, value, 'seconds since 1970');
  return within(
    Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0').slice(0, 6)),
    value,
    key,
  );
}

const ISO = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z$/;

/** Microseconds of an ISO 8601 instant in UTC; finer digits are cut. */
export function iso(value: unknown, key: string | number): number {
  const match = typeof value === 'string' && value.length <= 40 ? ISO.exec(value) : null;
  if (!match) throw fault(key, value, 'an instant such as 2026-01-15T16:00:00.123456Z');
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const midnight = Date.UTC(year, month - 1, day);
  if (new Date(midnight).getUTCDate() !== day || month > 12 || hour > 23 || minute > 59 || second > 60)
    throw fault(key, value, 'an instant that exists');
  const ms = midnight + ((hour * 60 + minute) * 60 + second) * 1000;
  return within(ms * 1000 + Number((match[7] ?? '').padEnd(6, '0').slice(0, 6)), value, key);
}
