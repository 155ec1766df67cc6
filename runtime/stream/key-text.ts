/**
 * The text of a record's key, which is the key of its message: its fields joined by a stroke. In texts `~` is written
 * `~0` and `/` is written `~1` (as RFC 6901 has it), so that no two keys have one text, and a text is a key again.
 */
import type { AnyCodec } from './codec';
import { type SchemaField, schemaFields } from './schema-fields';

type Fields = Readonly<Record<string, unknown>>;

/** Answers the key's text of a row. Keys of one to three fields are most of them. */
export function keyReader(fields: readonly string[]): (row: Fields) => string {
  const [first, second, third] = fields;
  if (fields.length === 1) return (row) => textOf(row[first!]);
  if (fields.length === 2) return (row) => `${textOf(row[first!])}/${textOf(row[second!])}`;
  if (fields.length === 3)
    return (row) => `${textOf(row[first!])}/${textOf(row[second!])}/${textOf(row[third!])}`;
  return (row) => fields.map((field) => textOf(row[field])).join('/');
}

function textOf(value: unknown): string {
  if (typeof value !== 'string') return String(value);
  return value.includes('/') || value.includes('~')
    ? value.replaceAll('~', '~0').replaceAll('/', '~1')
    : value;
}

/** Answers the key fields that a text stands for, undefined where it is no key of the topic's. */
export function keyParser({
  name,
  key,
  codec,
}: {
  readonly name: string;
  readonly key: readonly string[];
  readonly codec: AnyCodec;
}): (text: string) => Fields | undefined {
  const fields = schemaFields(codec);
  const readers = key.map((field) => {
    const reader = readerOf(fields.find((one) => one.name === field));
    if (reader) return [field, reader] as const;
    throw new TypeError(
      `topic "${name}" has field "${field}" in its key, which is no text, whole number or truth of its record. Choose another key.`,
    );
  });
  const write = keyReader(key);
  return (text) => {
    const parts = text.split('/');
    if (parts.length !== readers.length) return undefined;
    const parsed: Record<string, unknown> = {};
    for (const [index, [field, read]] of readers.entries()) parsed[field] = read(parts[index]!);
    // Only what `write` would have written is a key: "01" and "1" must not be two texts of one.
    return write(parsed) === text ? parsed : undefined;
  };
}

function readerOf(field: SchemaField | undefined): ((part: string) => unknown) | undefined {
  if (!field || field.isNullable) return undefined;
  const { type, scale, logicalType } = field.type;
  switch (type) {
    case 'string':
      return (part) => part.replaceAll('~1', '/').replaceAll('~0', '~');
    case 'int':
    case 'enum':
      return numberOf;
    case 'long':
      return scale !== undefined && logicalType === undefined ? bigintOf : numberOf;
    case 'boolean':
      return (part) => (part === 'true' ? true : part === 'false' ? false : undefined);
    default:
      return logicalType === 'decimal' ? bigintOf : undefined;
  }
}

const numberOf = (part: string): number | undefined => (/^-?\d+$/.test(part) ? Number(part) : undefined);

const bigintOf = (part: string): bigint | undefined => (/^-?\d+$/.test(part) ? BigInt(part) : undefined);
