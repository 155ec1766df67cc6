/** Text of a request file to plain rows: one JSON object, NDJSON with a row a line, or CSV with a header. */
import type { PlainRow } from '../../pricing/request/fields';
import { csvFields } from '../../sources/csv-fields';
import { CommandError, ExitCode } from '../exit-codes';
import { parseStrictJson } from '../strict-json';

export type RequestFormat = 'json' | 'ndjson' | 'csv';

/** What a request file says; NDJSON and CSV hold rows alone. */
export interface RequestText {
  readonly valuation?: string;
  readonly snapshot?: string;
  readonly models?: Readonly<Record<string, PlainRow>>;
  readonly markets?: Readonly<Record<string, PlainRow>>;
  readonly products: readonly PlainRow[];
  /** Units of Greeks; checked with the rows. */
  readonly greeks?: unknown;
}

const usage = (message: string): CommandError => new CommandError(message, ExitCode.Usage);
const isObject = (value: unknown): value is PlainRow =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The format that a file's name says. */
export function formatOf(file: string): RequestFormat {
  const ending = /\.(json|ndjson|jsonl|csv)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === 'jsonl') return 'ndjson';
  if (ending !== undefined) return ending as RequestFormat;
  throw usage(`cannot tell the format of ${file}. Name it .json, .ndjson or .csv, or say --format.`);
}

function parsed(text: string, where: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw usage(`${where} is no JSON: ${(error as Error).message}. Correct it.`);
  }
}

const keys = ['valuation', 'snapshot', 'models', 'markets', 'products', 'greeks'];

function whole(value: unknown, file: string): RequestText {
  if (Array.isArray(value) && value.every(isObject)) return { products: value };
  if (!isObject(value)) throw usage(`${file} must hold an object with products, or a list of products.`);
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) {
    throw usage(`${file}: "${unknown}" is not part of a request: there are ${keys.join(', ')}.`);
  }
  const { products, models, valuation, snapshot, markets, greeks } = value;
  if (!Array.isArray(products) || !products.every(isObject)) {
    throw usage(`${file}: "products" must be a list of objects.`);
  }
  const texts = { valuation, snapshot };
  for (const [key, text] of Object.entries(texts)) {
    if (text !== undefined && typeof text !== 'string') throw usage(`${file}: "${key}" must be a text.`);
  }
  return {
    products,
    ...(models !== undefined && { models: namedIn(models, file, 'models') }),
    ...(markets !== undefined && { markets: namedIn(markets, file, 'markets') }),
    ...(typeof valuation === 'string' && { valuation }),
    ...(typeof snapshot === 'string' && { snapshot }),
    ...(greeks !== undefined && { greeks }),
  };
}

function namedIn(value: unknown, file: string, what: string): Readonly<Record<string, PlainRow>> {
  if (isObject(value) && Object.values(value).every(isObject)) return value as Record<string, PlainRow>;
  throw usage(`${file}: ${what} must be an object of ${what} by name.`);
}

/** A file of models, or of markets, by name. */
export const readNamed = (text: string, file: string, what: string): Readonly<Record<string, PlainRow>> =>
  namedIn(parsed(text, file), file, what);

function csvRows(lines: readonly string[], file: string): readonly PlainRow[] {
  const header = csvFields(lines[0] ?? '');
  if (!header || lines[0]!.trim() === '')
    throw usage(`${file} has no header line. Name its columns in the first line, such as product,model,id.`);
  const twice = header.find((name, column) => header.indexOf(name) < column);
  if (twice !== undefined)
    throw usage(`${file} has the column "${twice}" twice: only one of its values could count. Rename one.`);
  return lines.slice(1).flatMap((line, i) => {
    if (line.trim() === '') return [];
    const fields = csvFields(line);
    if (fields?.length === header.length) {
      return [Object.fromEntries(header.map((name, column) => [name, fields[column]!]))];
    }
    const found = fields ? `${fields.length} fields` : 'a quote that is not closed';
    throw usage(`${file}, line ${i + 2}: ${found}, where the header has ${header.length} fields.`);
  });
}

/** Throws a CommandError that names file and line. */
export function readRequest(
  text: string,
  { file, format }: { readonly file: string; readonly format: RequestFormat },
): RequestText {
  if (format === 'json') return whole(parsed(text, file), file);
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (format === 'csv') return { products: csvRows(lines, file) };
  const products = lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    const row = parsed(line, `${file}, line ${i + 1}`);
    if (!isObject(row)) throw usage(`${file}, line ${i + 1} is no object.`);
    return [row];
  });
  return { products };
}
