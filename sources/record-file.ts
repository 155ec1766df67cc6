/**
 * Records of any topic from a file that people and programs write: NDJSON (one object a line) or CSV (the header names
 * the fields). Instruments, accounts and venues go by name. What a field may look like: `field-text.ts`; what it may
 * hold: `field-ranges.ts`.
 *
 * The first record that is wrong ends the reading, with file, row and field, once all before it have been given. A field
 * unknown to the topic counts as wrong, for it is more often a misspelling than a surplus; so does one that is there twice.
 *
 * Whoever writes a file may be in the middle of its last line: without a line end that waits, unless the file is said to
 * be complete. A file that is compressed is.
 */
import type { Topic } from '../runtime/stream/topic';
import { CsvReader, NOT_CLOSED } from './csv-records';
import type { FeedRecord, FeedRow, Records } from './feed';
import { checkRange } from './field-ranges';
import { FieldTextError, fieldOfJson, parseField } from './field-text';
import { fileLines, type Lines } from './file-lines';
import { jsonRecord } from './json-records';
import { type RecordField, recordFields } from './record-fields';
import { SourceError } from './source-error';

export type RecordFormat = 'ndjson' | 'csv';

const WHAT_TO_DO = 'Mend it and run the same command again: what was taken before is not taken twice.';

export interface RecordFile {
  readonly file: string;
  readonly topic: Topic;
  /** By the file's name where left out. */
  readonly format?: RecordFormat | undefined;
  /** Micros, by the clock of this machine: events far ahead of it are refused. */
  readonly now: number;
  /** Whether the last line counts although it has no end. */
  readonly complete: boolean;
  /** Told of the row that waits for its end. */
  readonly onWaiting?: (row: number) => void;
}

/** Takes lines; gives the records in them, and throws a SourceError at the first that is none. */
interface Reading {
  records(lines: Lines): Generator<FeedRecord, void, undefined>;
  /** The row of a record that has begun and not ended. */
  readonly waits: number | undefined;
}

/** Records in order of rows; `sequence` is the row, and the header line counts as one. */
export async function* recordFile(from: RecordFile): Records {
  const { file, format = formatOf(file) } = from;
  const complete = from.complete || /\.(gz|xz)$/.test(file);
  const reading = format === 'csv' ? csvReading(from) : jsonReading(from);
  for await (const lines of fileLines(file, { mayGrow: !complete })) {
    if (lines.isOpen && !complete) {
      checkLineEnds(file, lines);
      from.onWaiting?.(reading.waits ?? lines.firstRow);
      return;
    }
    const records: FeedRecord[] = [];
    let wrong: unknown;
    try {
      for (const record of reading.records(lines)) records.push(record);
    } catch (error) {
      wrong = error;
    }
    yield records;
    if (wrong !== undefined) throw wrong;
  }
  const { waits: row } = reading;
  if (row === undefined) return;
  if (complete) throw new SourceError({ file, row }, NOT_CLOSED, WHAT_TO_DO);
  from.onWaiting?.(row);
}

/** What ends its lines otherwise would wait for ever. */
function checkLineEnds(file: string, { firstRow, lines }: Lines): void {
  if (!/[\r\u0085\u2028\u2029]./su.test(lines[0]!)) return;
  throw new SourceError(
    { file, row: firstRow },
    'ends its lines as no text file does today',
    'Save it with LF or CRLF.',
  );
}

export function formatOf(file: string): RecordFormat {
  if (/\.csv(\.gz|\.xz)?$/.test(file)) return 'csv';
  if (/\.(ndjson|jsonl|json)(\.gz|\.xz)?$/.test(file)) return 'ndjson';
  throw new SourceError(
    { file },
    'is neither .csv nor .ndjson by its name',
    'Say --format csv or --format ndjson.',
  );
}

function csvReading({ file, topic, now }: RecordFile): Reading {
  const fields = recordFields(topic);
  const reader = new CsvReader();
  let columns: ReadonlyMap<string, number> | undefined;
  let width = 0;
  return {
    get waits() {
      return reader.waits;
    },
    *records({ firstRow, lines }) {
      const { records, fault } = reader.take(firstRow, lines);
      for (const { row, fields: texts } of records) {
        if (!columns) {
          columns = columnsOf(texts, fields, { file, row });
          width = texts.length;
          continue;
        }
        const found = columns;
        if (texts.length !== width) {
          const what = `has ${texts.length} fields, the header ${width}`;
          throw new SourceError({ file, row }, what, WHAT_TO_DO);
        }
        const read = (field: RecordField): unknown =>
          parseField(field, texts[found.get(field.name) ?? -1] ?? '');
        yield recordOf(topic, { file, row }, now, read);
      }
      if (fault) throw new SourceError({ file, row: fault.row }, fault.what, WHAT_TO_DO);
    },
  };
}

/** Where each field stands. */
function columnsOf(
  names: readonly string[],
  fields: readonly RecordField[],
  place: RowPlace,
): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  names.forEach((name, index) => {
    if (name.trim() === '')
      throw new SourceError(place, `column ${index + 1} of the header has no name`, WHAT_TO_DO);
    if (columns.has(name)) throw new SourceError({ ...place, field: name }, 'is there twice', WHAT_TO_DO);
    columns.set(name, index);
  });
  checkNames(columns.keys(), fields, place);
  return columns;
}

function jsonReading({ file, topic, now }: RecordFile): Reading {
  const fields = recordFields(topic);
  return {
    waits: undefined,
    *records({ firstRow, lines }) {
      for (let index = 0; index < lines.length; index += 1) {
        const line = lines[index]!;
        if (line.trim() === '') continue;
        const place = { file, row: firstRow + index };
        const values = jsonRecord(line);
        if ('what' in values) {
          const { what, field } = values;
          throw new SourceError({ ...place, ...(field !== undefined && { field }) }, what, WHAT_TO_DO);
        }
        checkNames(values.keys(), fields, place);
        yield recordOf(topic, place, now, (field) => fieldOfJson(field, values.get(field.name)));
      }
    },
  };
}

interface RowPlace {
  readonly file: string;
  readonly row: number;
}

function checkNames(names: Iterable<string>, fields: readonly RecordField[], place: RowPlace): void {
  const known = fields.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw new SourceError({ ...place, field: name }, `is none of ${known.join(', ')}`, WHAT_TO_DO);
}

function recordOf(
  topic: Topic,
  place: RowPlace,
  now: number,
  read: (field: RecordField) => unknown,
): FeedRecord {
  const row: Record<string, unknown> = {};
  for (const field of recordFields(topic)) {
    try {
      const value = read(field);
      checkRange(topic, field, value, now);
      row[field.name] = value;
    } catch (error) {
      if (!(error instanceof FieldTextError)) throw error;
      throw new SourceError({ ...place, field: field.name }, error.message, WHAT_TO_DO);
    }
  }
  const time = topic.eventTime === undefined ? 0 : (row[topic.eventTime] as number);
  return { topic: topic.name, time, sequence: place.row, row: row as FeedRow };
}
