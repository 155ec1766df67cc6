/**
 * Reads plain rows (parsed JSON, or CSV where every value is text) into typed values, and gathers every mistake of a
 * row instead of the first: each names its field, its rule, and what is wanted.
 */
import type { ExplainStep } from '../contract';

export type PlainRow = Readonly<Record<string, unknown>>;

export interface FieldFault {
  /** Empty when the whole row is meant. */
  readonly field: string;
  /** A rule by its name, such as `field-must-be-number`. */
  readonly reason: string;
  readonly message: string;
}

export interface FieldOptions<T> {
  /** Taken when the field is absent or, from CSV, empty; without it the field is required. */
  readonly otherwise?: T;
}

export interface NumberOptions extends FieldOptions<number> {
  readonly above?: number;
  readonly least?: number;
  readonly most?: number;
  readonly integer?: boolean;
}

/** Rates, spreads and strikes of rates: a hundred per cent either way is a percentage that was to be a share. */
export const RATE: NumberOptions = { least: -1, most: 1 };
/** What is added to a rate to make it positive. */
export const SHIFT: NumberOptions = { least: 0, most: 1 };

/** No amount, price or parameter is beyond these; sums of what is within them keep their digits. */
const NUMBER_MAX = 1e15;
const POSITIVE_MIN = 1e-12;

const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? `"${value}"` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
};

/** Decimals as people and sheets write them; `0x10`, a blank cell or `1 000` is no number here. */
const decimalIn = (text: string): number =>
  /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN;

/** Reads one row; a fault is kept and a stand-in returned, so that all faults of the row come out together. */
export class RowReader {
  readonly faults: FieldFault[] = [];
  /** What reading worked out, such as a fit to quotes: told with the answer's explanation. */
  readonly notes: ExplainStep[] = [];
  private readonly read = new Set<string>();

  constructor(
    readonly row: PlainRow,
    /** Prefix of field names in messages, for objects within a row. */
    private readonly path = '',
  ) {}

  fault(field: string, reason: string, message: string): void {
    // Without a field the object itself is meant, whose path ends in a dot.
    const where = field === '' ? this.path.replace(/\.$/, '') : `${this.path}${field}`;
    this.faults.push({ field: where, reason, message });
  }

  note(step: ExplainStep): void {
    this.notes.push(step);
  }

  has(field: string): boolean {
    const value = this.row[field];
    return value !== undefined && value !== null && value !== '';
  }

  private take(field: string): unknown {
    this.read.add(field);
    return this.has(field) ? this.row[field] : undefined;
  }

  private missing(field: string, wanted: string): void {
    this.fault(field, 'field-must-be-present', `${this.path}${field} is missing: give ${wanted}`);
  }

  number(field: string, options: NumberOptions = {}): number {
    const value = this.take(field);
    const { above, least, most, integer, otherwise } = options;
    const wanted = [
      integer ? 'a whole number' : 'a number',
      ...(above === undefined ? [] : [`above ${above}`]),
      ...(least === undefined ? [] : [`from ${least}`]),
      ...(most === undefined ? [] : [`up to ${most}`]),
    ].join(' ');
    if (value === undefined) {
      if (otherwise === undefined) this.missing(field, wanted);
      return otherwise ?? Number.NaN;
    }
    const number = typeof value === 'string' ? decimalIn(value) : value;
    const sound =
      typeof number === 'number' &&
      Math.abs(number) <= NUMBER_MAX &&
      (above !== 0 || number >= POSITIVE_MIN) &&
      (above === undefined || number > above) &&
      (least === undefined || number >= least) &&
      (most === undefined || number <= most) &&
      (!integer || Number.isInteger(number));
    if (sound) return number;
    const limits = typeof number === 'number' && Number.isFinite(number) ? `, of size 1e-12 to 1e15` : '';
    const isPercent = most === 1 && typeof number === 'number' && number > 1 && number <= 100;
    const hint = isPercent ? `: ${number} % is ${Number((number / 100).toPrecision(12))}` : '';
    this.fault(
      field,
      'field-must-be-number',
      `${this.path}${field} is ${shown(value)}: ${wanted}${limits} is wanted${hint}`,
    );
    return otherwise ?? Number.NaN;
  }

  /**
   * The number of a quote. NaN where its field is there and empty: the quote is missing, which takes away its node and no
   * more; without the field nobody meant to quote anything, which is a fault.
   */
  quote(options: NumberOptions = {}, field = 'quote'): number {
    if (this.has(field) || this.row[field] === undefined) return this.number(field, options);
    this.take(field);
    return Number.NaN;
  }

  text(field: string, options: FieldOptions<string> = {}): string {
    const value = this.take(field);
    if (typeof value === 'string') return value;
    if (value === undefined) {
      if (options.otherwise === undefined) this.missing(field, 'a text');
    } else
      this.fault(field, 'field-must-be-text', `${this.path}${field} is ${shown(value)}: a text is wanted`);
    return options.otherwise ?? '';
  }

  oneOf<T extends string>(field: string, allowed: readonly T[], options: FieldOptions<T> = {}): T {
    const value = this.take(field);
    const found = allowed.find((one) => one === value);
    if (found !== undefined) return found;
    if (value === undefined) {
      if (options.otherwise === undefined) this.missing(field, `one of ${allowed.join(', ')}`);
    } else {
      this.fault(
        field,
        'field-must-be-known',
        `${this.path}${field} is ${shown(value)}: one of ${allowed.join(', ')} is wanted`,
      );
    }
    return options.otherwise ?? allowed[0]!;
  }

  /** true or false; in CSV as text. */
  flag(field: string, options: FieldOptions<boolean> = {}): boolean {
    const value = this.take(field);
    if (value === true || value === 'true') return true;
    if (value === false || value === 'false') return false;
    if (value === undefined) {
      if (options.otherwise === undefined) this.missing(field, 'true or false');
    } else {
      this.fault(
        field,
        'field-must-be-flag',
        `${this.path}${field} is ${shown(value)}: true or false is wanted`,
      );
    }
    return options.otherwise ?? false;
  }

  /** One number, or a list of them. */
  numberOrList(field: string, options: NumberOptions = {}): number | readonly number[] {
    const value = this.row[field];
    const isList = Array.isArray(value) || (typeof value === 'string' && value.trim().startsWith('['));
    return isList ? this.list(field, (inner) => inner.number('value', options)) : this.number(field, options);
  }

  /** The fields that are there, read each in its own way: for what is optional and has no default here. */
  optional<T extends object>(readers: { readonly [K in keyof T]: (field: string) => T[K] }): Partial<T> {
    const found: Partial<T> = {};
    for (const key of Object.keys(readers) as (keyof T & string)[]) {
      this.read.add(key);
      if (this.has(key)) found[key] = readers[key](key);
    }
    return found;
  }

  /** An object within the row; in a CSV cell, JSON text. Its faults are gathered here under `field.`. */
  within<T>(
    field: string,
    read: (inner: RowReader) => T,
    options: { readonly optional?: boolean } = {},
  ): T | undefined {
    const value = this.decoded(field);
    if (value === undefined) {
      if (!options.optional) this.missing(field, 'an object');
      return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fault(
        field,
        'field-must-be-object',
        `${this.path}${field} is ${shown(value)}: an object is wanted`,
      );
      return undefined;
    }
    return this.inner(value as PlainRow, `${this.path}${field}.`, read);
  }

  /** A list of objects within the row. */
  list<T>(
    field: string,
    read: (inner: RowReader) => T,
    options: { readonly optional?: boolean } = {},
  ): readonly T[] {
    const value = this.decoded(field);
    if (value === undefined) {
      if (!options.optional) this.missing(field, 'a list');
      return [];
    }
    if (!Array.isArray(value)) {
      this.fault(field, 'field-must-be-list', `${this.path}${field} is ${shown(value)}: a list is wanted`);
      return [];
    }
    return Array.from(value, (one: unknown, i) => {
      const row =
        typeof one === 'object' && one !== null && !Array.isArray(one) ? (one as PlainRow) : { value: one };
      return this.inner(row, `${this.path}${field}[${i}].`, read);
    });
  }

  private decoded(field: string): unknown {
    const value = this.take(field);
    if (typeof value !== 'string') return value;
    try {
      return JSON.parse(value) as unknown;
    } catch {
      this.fault(
        field,
        'field-must-be-json',
        `${this.path}${field} is ${shown(value)}: JSON is wanted in this cell`,
      );
      return undefined;
    }
  }

  private inner<T>(row: PlainRow, path: string, read: (inner: RowReader) => T): T {
    const reader = new RowReader(row, path);
    const result = read(reader);
    reader.finish();
    this.faults.push(...reader.faults);
    this.notes.push(...reader.notes);
    return result;
  }

  /** Marks fields that something else reads. */
  ignore(...fields: readonly string[]): void {
    for (const field of fields) this.read.add(field);
  }

  /** Every field that nobody asked for is a fault: a misspelt one must not be dropped silently. */
  finish(): void {
    for (const field of Object.keys(this.row)) {
      if (!this.read.has(field) && this.has(field)) {
        const known = [...this.read].join(', ');
        this.fault(
          field,
          'field-must-be-known',
          `${this.path}${field} is not a field here: there are ${known}`,
        );
      }
    }
  }
}
