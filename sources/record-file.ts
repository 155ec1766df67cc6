/**
 * Records of any topic from a file that people and programs write: NDJSON (one object a line) or CSV (the header names
 * the fields). Instruments, accounts and venues go by name. What a field may look like: `field-text.ts`.
 *
 * The first record that is wrong ends the reading, with file, row and field; a field unknown to the topic counts as
 * wrong, for it is more often a misspelling than a surplus.
 */
import type { Topic } from '../runtime/topic';
import { csvFields } from './csv-fields';
import type { FeedRecord, FeedRow, Records } from './feed';
import { FieldTextError, fieldOfJson, parseField } from './field-text';
import { fileLines } from './file-lines';
import { type RecordField, recordFields } from './record-fields';
import { SourceError } from './source-error';

export type RecordFormat = 'ndjson' | 'csv';

const WHAT_TO_DO = 'Mend it and run the same command again: what was taken before is not taken twice.';

export interface RecordFile {
  readonly file: string;
  readonly topic: Topic;
  /** By the file's name where left out. */
  readonly format?: RecordFormat | undefined;
}

/** Records in order of rows; `sequence` is the row, and the header line counts as one. */
export async function* recordFile({ file, topic, format = formatOf(file) }: RecordFile): Records {
  const read = format === 'csv' ? csvReader(file, topic) : jsonReader(file, topic);
  for await (const { firstRow, lines } of fileLines(file)) {
    const records: FeedRecord[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      const sequence = firstRow + index;
      const row = read(lines[index]!, sequence);
      if (!row) continue;
      const time = topic.eventTime === undefined ? 0 : (row[topic.eventTime] as number);
      records.push({ topic: topic.name, time, sequence, row });
    }
    yield records;
  }
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

type ReadRow = (line: string, row: number) => FeedRow | undefined;

function csvReader(file: string, topic: Topic): ReadRow {
  const fields = recordFields(topic);
  let columns: readonly string[] = [];
  return (line, row) => {
    if (line === '') return undefined;
    const texts = csvFields(line);
    if (!texts) throw new SourceError({ file, row }, 'has a quote that is not closed', WHAT_TO_DO);
    if (row === 1) {
      columns = texts;
      checkNames(columns, fields, { file, row });
      return undefined;
    }
    if (texts.length !== columns.length) {
      throw new SourceError(
        { file, row },
        `has ${texts.length} fields, the header ${columns.length}`,
        WHAT_TO_DO,
      );
    }
    return rowOf(fields, { file, row }, (field) =>
      parseField(field, texts[columns.indexOf(field.name)] ?? ''),
    );
  };
}

function jsonReader(file: string, topic: Topic): ReadRow {
  const fields = recordFields(topic);
  return (line, row) => {
    if (line === '') return undefined;
    const object = jsonObject(line);
    if (!object) throw new SourceError({ file, row }, 'is no JSON object', WHAT_TO_DO);
    checkNames(Object.keys(object), fields, { file, row });
    return rowOf(fields, { file, row }, (field) => fieldOfJson(field, object[field.name]));
  };
}

function jsonObject(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

interface RowPlace {
  readonly file: string;
  readonly row: number;
}

function checkNames(names: readonly string[], fields: readonly RecordField[], place: RowPlace): void {
  const known = fields.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new SourceError({ ...place, field: unknown }, `is none of ${known.join(', ')}`, WHAT_TO_DO);
}

function rowOf(
  fields: readonly RecordField[],
  place: RowPlace,
  read: (field: RecordField) => unknown,
): FeedRow {
  const row: Record<string, unknown> = {};
  for (const field of fields) {
    try {
      row[field.name] = read(field);
    } catch (error) {
      if (!(error instanceof FieldTextError)) throw error;
      throw new SourceError({ ...place, field: field.name }, error.message, WHAT_TO_DO);
    }
  }
  return row;
}
