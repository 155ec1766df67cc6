/** Reads a folder of reference data: every file by its name, every row by the fields of its topic, with every mistake. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedRow } from '../../sources/feed';
import { checkRange } from '../../sources/field-ranges';
import { FieldTextError, fieldOfJson, parseField } from '../../sources/field-text';
import { type RecordField, recordFields } from '../../sources/record-fields';
import { CommandError, ExitCode } from '../exit-codes';
import { nearest } from '../nearest';
import type { Fault } from './faults';
import { FILE_KINDS, type FileKind, TOLD_BY_LOAD } from './kinds';
import { type RawRow, rawRows } from './raw-rows';
import { type ReferenceRow, referenceRow } from './reference-row';

const FORMATS = /\.(csv|json|ndjson|jsonl)(\.gz|\.xz)?$/;

export interface ReadFolder {
  readonly files: readonly string[];
  /** Those that could be read; one with a fault is not among them. */
  readonly rows: readonly ReferenceRow[];
  /** By topic: what the others are called, so that who refers to them is not wrong for that. */
  readonly unread: ReadonlyMap<string, ReadonlySet<string>>;
  readonly faults: readonly Fault[];
}

/** Throws a CommandError where there is no such folder. `now`: micros. */
export async function readFolder(folder: string, now: number): Promise<ReadFolder> {
  const rows: ReferenceRow[] = [];
  const faults: Fault[] = [];
  const files: string[] = [];
  const unread = new Map<string, Set<string>>();
  for (const file of filesIn(folder)) {
    const kind = kindOf(file);
    if (kind === undefined) {
      faults.push(unknownFile(file));
      continue;
    }
    files.push(file);
    const raw = await rawRows(file, join(folder, file));
    faults.push(...raw.faults);
    for (const one of raw.rows) {
      const read = readRow(one, { file, kind, now });
      if (!Array.isArray(read)) {
        rows.push(read as ReferenceRow);
        continue;
      }
      faults.push(...read);
      const { topic, identity } = kind.of;
      const names = unread.get(topic.name) ?? new Set();
      unread.set(topic.name, names.add(String(one.values.get('name') ?? one.values.get(identity))));
    }
  }
  if (files.length === 0 && faults.length === 0)
    throw new CommandError(
      `folder ${folder} has no file of reference data. They are called ${stems()}, each .csv, .json or .ndjson.`,
      ExitCode.Usage,
    );
  return { files, rows, unread, faults };
}

/** Notes for people (README.md) and hidden files are no reference data. */
function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && !/^\.|\.(md|txt)$/.test(entry.name))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw new CommandError(
      `folder ${folder} cannot be read (${(error as NodeJS.ErrnoException).code}). Name a folder of reference data.`,
      ExitCode.Usage,
    );
  }
}

const stems = (): string => FILE_KINDS.map(({ stem }) => stem).join(', ');

const kindOf = (file: string): FileKind | undefined =>
  FORMATS.test(file) ? FILE_KINDS.find(({ stem }) => stem === file.replace(FORMATS, '')) : undefined;

function unknownFile(file: string): Fault {
  const meant = nearest(
    file.replace(FORMATS, ''),
    FILE_KINDS.map(({ stem }) => stem),
  );
  return {
    file,
    what: FORMATS.test(file)
      ? `is no kind of reference data${meant === undefined ? '' : `; is "${meant}" meant?`}`
      : 'is neither .csv nor .json nor .ndjson',
    todo: `Files are called ${stems()}. Rename it, or take it out of the folder.`,
  };
}

interface RowOf {
  readonly file: string;
  readonly kind: FileKind;
  readonly now: number;
}

/** The row, or all that is wrong with it. */
function readRow({ row, values }: RawRow, { file, kind, now }: RowOf): ReferenceRow | readonly Fault[] {
  const { topic, identity } = kind.of;
  const fields = recordFields(topic).filter(({ name }) => !TOLD_BY_LOAD.has(name));
  const faults: Fault[] = [];
  const fault = (field: string | undefined, what: string, todo = 'Mend it.'): void => {
    faults.push({ file, row, field, what, todo });
  };
  const given = withPreset(withBothNames(values, identity, fields), kind, fault);
  for (const name of given.keys())
    if (!fields.some((one) => one.name === name)) fault(name, unknown(name, fields));
  const read: Record<string, unknown> = { version: 0, changedBy: '', why: '' };
  for (const field of fields) {
    try {
      const value = valueIn(field, given.get(field.name));
      checkRange(topic, field, value, now);
      read[field.name] = value;
    } catch (error) {
      if (!(error instanceof FieldTextError)) throw error;
      fault(field.name, error.message);
    }
  }
  if ('name' in read && read['name'] !== read[identity])
    fault(
      'name',
      `is "${String(read['name'])}", and ${identity} is "${String(read[identity])}"`,
      'Leave one of the two out.',
    );
  return faults.length > 0 ? faults : referenceRow(kind.of, read as FeedRow, { file, row });
}

const valueIn = (field: RecordField, value: unknown): unknown => {
  const read = typeof value === 'string' ? parseField(field, value) : fieldOfJson(field, value);
  if (read === '' && !field.nullable && field.byDefault === undefined) throw new FieldTextError('is missing');
  return read;
};

/** The name of a thing stands in its records twice, by number and by text: files say it once. */
function withBothNames(
  values: ReadonlyMap<string, unknown>,
  identity: string,
  fields: readonly RecordField[],
): Map<string, unknown> {
  const both = new Map(values);
  if (!fields.some(({ name }) => name === 'name')) return both;
  const isGiven = (name: string): boolean => (both.get(name) ?? '') !== '';
  if (!isGiven(identity) && isGiven('name')) both.set(identity, both.get('name'));
  if (!isGiven('name') && isGiven(identity)) both.set('name', both.get(identity));
  return both;
}

function withPreset(
  values: Map<string, unknown>,
  { stem, preset }: FileKind,
  fault: (field: string, what: string, todo?: string) => void,
): Map<string, unknown> {
  if (!preset) return values;
  const [field, value] = preset;
  const told = values.get(field) ?? '';
  if (told !== '' && told !== value)
    fault(
      field,
      `is ${JSON.stringify(told)} in a file of ${stem}`,
      'Leave the column out, or take another file.',
    );
  return values.set(field, value);
}

function unknown(name: string, fields: readonly RecordField[]): string {
  const names = fields.map((field) => field.name);
  if (TOLD_BY_LOAD.has(name)) return 'is what the load says of a row, and no column of a file';
  const meant = nearest(name, names);
  return meant === undefined ? `is none of ${names.join(', ')}` : `is no field; is "${meant}" meant?`;
}
