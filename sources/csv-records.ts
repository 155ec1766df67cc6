/**
 * CSV records out of a file's lines (RFC 4180), by the package csv-parse: a field in double quotes may hold commas,
 * doubled quotes and line breaks. Here is only what goes with a file that is read in pieces: which lines make a record,
 * and what comes before a bad one is given before the error.
 */
import { parse } from 'csv-parse/sync';

/** A record with more is one in which a quote is not closed. */
const RECORD_LINES_MAX = 1000;
const RECORD_CHARACTERS_MAX = 1 << 20;

export interface CsvRecord {
  /** Of its first line, from 1. */
  readonly row: number;
  readonly fields: readonly string[];
}

/** Records that can be had, and the row and reason of the first that cannot. */
export interface CsvRecords {
  readonly records: readonly CsvRecord[];
  readonly fault: { readonly row: number; readonly what: string } | undefined;
}

export class CsvReader {
  /** Lines of a record that has not ended: a quote is open. */
  private open: string[] = [];
  private characters = 0;
  private openRow = 1;
  private inQuotes = false;

  /** The row at which a record began that has not ended. */
  get waits(): number | undefined {
    return this.open.length > 0 ? this.openRow : undefined;
  }

  take(firstRow: number, lines: readonly string[]): CsvRecords {
    const whole: string[] = [];
    const start = this.waits ?? firstRow;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index]!;
      if (this.open.length === 0) this.openRow = firstRow + index;
      this.open.push(line);
      this.characters += line.length;
      const quotes = quotesBehind(line, this.inQuotes);
      this.inQuotes = quotes === 'open';
      const isTooLong = this.inQuotes && this.isTooLong;
      if (isTooLong || quotes === 'misplaced') {
        const { records, fault } = parsedRecords(start, whole);
        const what = isTooLong ? NOT_CLOSED : MISPLACED;
        return { records, fault: fault ?? { row: this.openRow, what } };
      }
      if (this.inQuotes) continue;
      for (const one of this.open) whole.push(one);
      this.open = [];
      this.characters = 0;
    }
    return parsedRecords(start, whole);
  }

  private get isTooLong(): boolean {
    return this.open.length > RECORD_LINES_MAX || this.characters > RECORD_CHARACTERS_MAX;
  }
}

export const NOT_CLOSED = 'has a quote that is not closed';

const MISPLACED =
  'has a quote in the middle of a field, or something behind a closing one. Put the whole field in quotes, and double those within';

/**
 * How a line leaves the quotes: what stands in an open one goes on in the next line. One that is misplaced opens
 * nothing, or all behind it would wait for its end.
 */
function quotesBehind(line: string, wasOpen: boolean): 'open' | 'closed' | 'misplaced' {
  let isQuoted = wasOpen || line.startsWith('"');
  let at = isQuoted && !wasOpen ? 1 : 0;
  for (;;) {
    if (isQuoted) {
      at = closingQuote(line, at) + 1;
      if (at === 0) return 'open';
      if (at < line.length && line[at] !== ',') return 'misplaced';
    } else {
      const comma = line.indexOf(',', at);
      const end = comma < 0 ? line.length : comma;
      const quote = line.indexOf('"', at);
      if (quote >= 0 && quote < end) return 'misplaced';
      at = end;
    }
    if (at >= line.length) return 'closed';
    isQuoted = line[at + 1] === '"';
    at += isQuoted ? 2 : 1;
  }
}

/** −1 where the quotes stay open. A doubled quote is one within. */
function closingQuote(line: string, start: number): number {
  for (let at = line.indexOf('"', start); at >= 0; at = line.indexOf('"', at + 2))
    if (line[at + 1] !== '"') return at;
  return -1;
}

function parsedRecords(firstRow: number, lines: readonly string[]): CsvRecords {
  if (lines.length === 0) return { records: [], fault: undefined };
  let wrong: Error | undefined;
  const parsed: string[][] = parse(lines.join('\n'), {
    recordDelimiter: '\n',
    relaxColumnCount: true,
    skipRecordsWithError: true,
    onSkip: (error) => {
      wrong ??= error;
      return undefined;
    },
    // Nothing behind the first bad record is taken.
    onRecord: (fields: string[]) => (wrong ? null : fields),
  });
  const records: CsvRecord[] = [];
  let row = firstRow;
  for (const fields of parsed) {
    if (fields.length > 1 || fields[0] !== '') records.push({ row, fields });
    row += 1;
    for (const field of fields) for (const character of field) if (character === '\n') row += 1;
  }
  return { records, fault: wrong && { row, what: whatIsWrong(wrong) } };
}

function whatIsWrong(error: Error): string {
  const { code } = error as { readonly code?: string };
  return code === 'CSV_QUOTE_NOT_CLOSED' ? NOT_CLOSED : `is no CSV: ${error.message}`;
}
