/**
 * The fields of comma-separated lines, without quotes, one line at a time: what tick files are made of. Errors name
 * file, row and field.
 */
import { DecimalTextError, parseDecimal } from '../schemas/decimals';
import { DOUBLE_MAX } from './field-ranges';
import { SourceError } from './source-error';

/** As `field-text.ts` has them: `Number` takes spaces, 0x10 and nothing at all, too. */
const NUMBER = /^[+-]?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?$/;

const DAY_MICROS_MAX = 25 * 3_600_000_000;

const WHAT_TO_DO = 'Mend the line, or take the format that the file has.';

export class FieldReader {
  row = 0;
  private readonly names: readonly string[];
  private fields: readonly string[] = [];

  /** `header` names the fields; a first line that repeats it is passed over. */
  constructor(
    private readonly file: string,
    private readonly header: string,
    private readonly firstLine: 'header' | 'record' = 'header',
  ) {
    this.names = header.split(',');
  }

  /** Takes the next line; false for the header and for an empty line. */
  over(line: string, row: number): boolean {
    this.row = row;
    if (row === 1 && this.firstLine === 'header') {
      if (line === this.header) return false;
      throw new SourceError({ file: this.file, row }, `is not the header ${this.header}`, WHAT_TO_DO);
    }
    if (line === '') return false;
    this.fields = line.split(',');
    if (this.fields.length === this.names.length) return true;
    const what = `has ${this.fields.length} fields instead of ${this.names.length} (${this.header})`;
    throw new SourceError({ file: this.file, row }, what, WHAT_TO_DO);
  }

  isEmpty(index: number): boolean {
    return this.fields[index] === '';
  }

  text(index: number): string {
    const text = this.fields[index]!;
    if (text === '') throw this.error(index, 'is empty');
    return text;
  }

  number(index: number): number {
    const text = this.text(index);
    const value = NUMBER.test(text) ? Number(text) : Number.NaN;
    if (Math.abs(value) <= DOUBLE_MAX) return value;
    throw this.error(index, `"${text.slice(0, 80)}" is no number between ±${DOUBLE_MAX}`);
  }

  integer(index: number): number {
    const value = this.number(index);
    if (Number.isSafeInteger(value)) return value;
    throw this.error(index, `"${this.fields[index]}" is no whole number`);
  }

  flag(index: number): boolean {
    const text = this.text(index);
    if (text === '0' || text === '1') return text === '1';
    throw this.error(index, `"${text}" is neither 0 nor 1`);
  }

  /** Micros after midnight that a field says, if they are of that day: it may have 25 hours. */
  ofDay(index: number, micros: number): number {
    if (micros >= 0 && micros < DAY_MICROS_MAX) return micros;
    throw this.error(index, `"${this.fields[index]}" is no time of a day. Is it in another unit?`);
  }

  /** A scaled integer: see `parseDecimal`. */
  decimal(index: number, scale: number): bigint {
    try {
      return parseDecimal(this.text(index), scale);
    } catch (error) {
      if (error instanceof DecimalTextError) throw this.error(index, error.message);
      throw error;
    }
  }

  error(index: number, what: string): SourceError {
    return new SourceError({ file: this.file, row: this.row, field: this.names[index]! }, what, WHAT_TO_DO);
  }
}
