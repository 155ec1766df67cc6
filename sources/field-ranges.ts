/**
 * What may come in at all, whatever door it comes by: a range for every field. What lies outside is refused with its
 * field, before it can stop a task, freeze a last price or paint a terminal. The ranges are wider than any market and
 * narrower than what the arithmetic behind them holds.
 */
import type { Topic } from '../runtime/stream/topic';
import { formatDecimal } from '../schemas/decimals';
import { FieldTextError, formatTime } from './field-text';
import { type RecordField, recordFields } from './record-fields';

/** Bytes in UTF-8 of names (instruments, accounts, venues) and ids. */
export const NAME_BYTES_MAX = 128;
export const CURRENCY_BYTES_MAX = 32;
/** Of any other text. */
const TEXT_BYTES_MAX = 1024;
/** A document in a field: terms of a product. */
const DOCUMENT_BYTES_MAX = 65_536;
const DOCUMENTS: ReadonlySet<string> = new Set(['terms']);
/** Prices of one unit and sizes in units; sums of many stay exact. */
export const DOUBLE_MAX = 1e12;
const TIME_MIN = Date.parse('1980-01-01T00:00:00Z') * 1000;
/** Micros are whole numbers below 2^52 everywhere, and those end in 2112. */
const TIME_MAX = Date.parse('2110-01-01T00:00:00Z') * 1000;
/** How far ahead of this machine's clock an event may be: clocks differ, and time zones are mistaken. */
export const AHEAD_MICROS_MAX = 86_400_000_000;

/** Control characters, halves of characters, line and paragraph separators, and what turns the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;
/** What shows as nothing at all, or as a space that is another: two names that differ by it look alike. */
const UNSEEN = /[\p{C}\p{Default_Ignorable_Code_Point}]|[^\S ]/u;
/** Letters and digits that stand for others: of full width, in mathematical alphabets, ligatures. */
const STANDING_FOR_OTHERS = /[\p{L}\p{Nd}]/gu;
const LIKE_EACH_OTHER = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
];
/** Most there is, told by one look: letters and signs that every keyboard has, single spaces within. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;
const WORD = /\p{L}+/gu;
/** Of text: days within which something counts. */
const DAYS: ReadonlySet<string> = new Set(['tradingDay', 'refersToDay', 'date']);
const SIZES: ReadonlySet<string> = new Set(['bidSize', 'askSize', 'size']);
const IDS: ReadonlySet<string> = new Set(['executionId', 'refersTo']);

/** Throws a FieldTextError for a value that its field must not hold. `now`: micros, of the machine that takes it in. */
export function checkRange(topic: Topic, field: RecordField, value: unknown, now: number): void {
  // What a field holds where nothing is told of it is no claim that could be wrong.
  if (value === undefined || value === null || value === field.byDefault) return;
  const { name, type } = field;
  switch (type.kind) {
    case 'name':
      return checkName(value as string, NAME_BYTES_MAX, 'name');
    case 'string':
      return checkString(field, value as string);
    case 'double':
      return checkDouble(name, value as number);
    case 'scaled':
      return checkScaled(field, value as bigint);
    case 'time':
      return checkTime(value as number, name === topic.eventTime ? now + AHEAD_MICROS_MAX : TIME_MAX);
  }
}

/** A row whose names are still names. Throws a RangeFault that names the field. */
export function checkRow(topic: Topic, row: Readonly<Record<string, unknown>>, now: number): void {
  for (const field of recordFields(topic)) {
    try {
      checkRange(topic, field, row[field.name], now);
    } catch (error) {
      if (error instanceof FieldTextError) throw new RangeFault(field.name, error.message);
      throw error;
    }
  }
}

/** A field of a record that holds what it must not. */
export class RangeFault extends Error {
  override readonly name = 'RangeFault';
  constructor(
    readonly field: string,
    message: string,
  ) {
    super(`field "${field}": ${message}`);
  }
}

function checkString({ name }: RecordField, value: string): void {
  if (/currency$/i.test(name)) return checkName(value, CURRENCY_BYTES_MAX, 'currency');
  if (DAYS.has(name)) return checkDay(value);
  if (name === 'name' || IDS.has(name))
    return checkName(value, NAME_BYTES_MAX, name === 'name' ? 'name' : 'id');
  if (value !== '') checkText(value, DOCUMENTS.has(name) ? DOCUMENT_BYTES_MAX : TEXT_BYTES_MAX, 'text');
}

/** What is told from others by its letters; also for names that stand in manifests. */
export function checkName(value: string, bytesMax: number, what: string): void {
  if (PLAIN.test(value) && value.length <= bytesMax) return;
  checkText(value, bytesMax, what);
  const shown = JSON.stringify(value);
  if (UNSEEN.test(value))
    throw new FieldTextError(
      `${shown} has a character that cannot be seen, or a space of another kind: ${escaped(value)}`,
    );
  const plain = value.replace(STANDING_FOR_OTHERS, (letter) => letter.normalize('NFKC'));
  if (plain !== value)
    throw new FieldTextError(
      `${shown} is written in letters that stand for others. Write ${JSON.stringify(plain)}`,
    );
  for (const [word] of value.matchAll(WORD))
    if (LIKE_EACH_OTHER.filter((script) => script.test(word)).length > 1)
      throw new FieldTextError(
        `${shown} has letters of several scripts in one word, which look like each other: ${escaped(word)}`,
      );
}

const escaped = (value: string): string =>
  value.replace(/[^ -~]/gu, (letter) => `\\u{${letter.codePointAt(0)!.toString(16)}}`);

function checkDay(value: string): void {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(`${value}T00:00:00Z`));
  // The 30th of February is taken for the 2nd of March.
  if (isDay && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value)) return;
  throw new FieldTextError(
    `${JSON.stringify(value.slice(0, 40))} is no day that there is. Write it like 2026-03-02`,
  );
}

function checkText(value: string, bytesMax: number, what: string): void {
  if (PLAIN.test(value) && value.length <= bytesMax) return;
  const shown = JSON.stringify(value.slice(0, 40));
  if (value === '') throw new FieldTextError(`is empty, and no ${what}`);
  if (Buffer.byteLength(value) > bytesMax)
    throw new FieldTextError(
      `${shown}… has ${Buffer.byteLength(value)} bytes; a ${what} has ${bytesMax} at most`,
    );
  if (UNPRINTABLE.test(value))
    throw new FieldTextError(
      `${shown} has a character that cannot be shown (control, line break or half of one)`,
    );
  if (value.trim() !== value) throw new FieldTextError(`${shown} begins or ends with a space`);
  if (value !== value.normalize('NFC'))
    throw new FieldTextError(`${shown} is not in Unicode's form NFC: it looks like another text, and is not`);
}

function checkDouble(name: string, value: number): void {
  if (Number.isNaN(value)) return;
  const least = SIZES.has(name) ? 0 : -DOUBLE_MAX;
  if (value >= least && value <= DOUBLE_MAX) return;
  throw new FieldTextError(`${value} is not between ${least} and ${DOUBLE_MAX}`);
}

function checkScaled({ name, type }: RecordField, value: bigint): void {
  const { scale, magnitude } = type as Extract<RecordField['type'], { kind: 'scaled' }>;
  const size = value < 0n ? -value : value;
  if (size > magnitude)
    throw new FieldTextError(
      `${formatDecimal(value, scale)} is more than can be kept exactly, ±${formatDecimal(magnitude, scale)}`,
    );
  if (name === 'multiplier' && value <= 0n)
    throw new FieldTextError(`${formatDecimal(value, scale)} is not above 0`);
}

function checkTime(value: number, latest: number): void {
  if (value >= TIME_MIN && value <= latest) return;
  const unit = value < TIME_MIN ? '. Whole numbers are microseconds since 1970' : '';
  throw new FieldTextError(
    `${shownTime(value)} is not between ${shownTime(TIME_MIN)} and ${shownTime(latest)}${unit}`,
  );
}

const shownTime = (value: number): string =>
  Math.abs(value) < 8.64e18 ? formatTime(value).replace(/\.000000Z$/, 'Z') : String(value);
