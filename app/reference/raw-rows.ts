/**
 * The rows of a file as they stand there: CSV with a header, NDJSON, or a JSON array of objects. Values stay as they were
 * written, numbers by their digits; what they mean is for whoever knows the fields.
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { CsvReader, NOT_CLOSED } from '../../sources/csv-records';
import { JsonNumber } from '../../sources/field-text';
import { fileLines } from '../../sources/file-lines';
import { SourceError } from '../../sources/source-error';
import type { Fault } from './faults';

const MEND = 'Mend it.';

export interface RawRow {
  readonly row: number;
  /** By field; from CSV all are texts. */
  readonly values: ReadonlyMap<string, unknown>;
}

export interface RawFile {
  readonly rows: readonly RawRow[];
  readonly faults: readonly Fault[];
}

/** `name` is what people are told, `path` where it is. */
export async function rawRows(name: string, path: string): Promise<RawFile> {
  const faults: Fault[] = [];
  const fault = (row: number | undefined, what: string, field?: string): void => {
    faults.push({ file: name, row, field, what, todo: MEND });
  };
  const isCsv = /\.csv(\.gz|\.xz)?$/.test(path);
  const lines: string[] = [];
  try {
    for await (const slice of fileLines(path)) for (const line of slice.lines) lines.push(line);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    fault(error.place.row, error.message.slice(error.message.indexOf(': ') + 2).replace(/\.$/, ''));
    return { rows: [], faults };
  }
  const rows = isCsv ? csvRows(lines, fault) : jsonRows(lines, fault);
  return { rows, faults };
}

type Report = (row: number | undefined, what: string, field?: string) => void;

function csvRows(lines: readonly string[], fault: Report): RawRow[] {
  const reader = new CsvReader();
  const { records, fault: wrong } = reader.take(1, lines);
  const [header, ...rest] = records;
  const rows: RawRow[] = [];
  const names = header?.fields ?? [];
  const columns = new Map<string, number>();
  names.forEach((name, index) => {
    if (name.trim() === '') fault(header?.row, `column ${index + 1} of the header has no name`);
    else if (columns.has(name)) fault(header?.row, 'is there twice', name);
    else columns.set(name, index);
  });
  for (const { row, fields } of rest) {
    if (fields.length !== names.length) {
      fault(row, `has ${fields.length} fields, the header ${names.length}`);
      continue;
    }
    rows.push({ row, values: new Map([...columns].map(([name, index]) => [name, fields[index]!])) });
  }
  if (wrong) fault(wrong.row, wrong.what);
  if (reader.waits !== undefined) fault(reader.waits, NOT_CLOSED);
  return rows;
}

function jsonRows(lines: readonly string[], fault: Report): RawRow[] {
  const isArray =
    lines
      .find((line) => line.trim() !== '')
      ?.trimStart()
      .startsWith('[') ?? false;
  if (!isArray)
    return lines.flatMap((line, index) =>
      line.trim() === '' ? [] : objectsIn(line, () => index + 1, fault, 'object'),
    );
  const text = lines.join('\n');
  const starts = [0];
  for (const line of lines) starts.push(starts.at(-1)! + line.length + 1);
  return objectsIn(text, (offset) => lineAt(starts, offset), fault, 'array');
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

function objectsIn(
  text: string,
  rowAt: (offset: number) => number,
  fault: Report,
  wanted: 'object' | 'array',
): RawRow[] {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [wrong] = errors;
  if (wrong) {
    fault(rowAt(wrong.offset), `is no JSON (${printParseErrorCode(wrong.error)})`);
    return [];
  }
  const nodes = wanted === 'array' ? (tree?.children ?? []) : tree ? [tree] : [];
  return nodes.flatMap((node) => {
    const row = rowAt(node.offset);
    if (node.type !== 'object') {
      fault(row, 'is no JSON object');
      return [];
    }
    return [{ row, values: valuesOf(node, text, (what, field) => fault(row, what, field)) }];
  });
}

function valuesOf(
  object: Node,
  text: string,
  fault: (what: string, field: string) => void,
): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const { children = [] } of object.children ?? []) {
    const [key, value] = children;
    const name = String(key?.value);
    if (values.has(name)) fault('is there twice', name);
    if (value) values.set(name, plain(value, text));
  }
  return values;
}

/** An object within a row is a document: it stays text, written without spaces between. */
function plain(node: Node, text: string): unknown {
  const own = text.slice(node.offset, node.offset + node.length);
  if (node.type === 'number') return new JsonNumber(own);
  if (node.type === 'object' || node.type === 'array') return JSON.stringify(JSON.parse(own));
  return node.value;
}
