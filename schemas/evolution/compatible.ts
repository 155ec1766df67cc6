/**
 * Whether what was written with an older schema can be read as today's: Avro's rules of schema resolution, and stricter
 * in what they leave open. Avro ignores what a number stands for; here a long that was of scale 9, a time in
 * milliseconds, a decimal of another scale is another type, because reading it would be silently wrong.
 */
import {
  type AvroType,
  avroRecord,
  type EnumType,
  type FieldOfRecord,
  type PlainType,
  type RecordType,
  UnreadableSchemaError,
  unqualified,
} from './avro-types';

/** Why records of the schema `writer` cannot be read with the schema `reader`; empty if they can. Never throws. */
export function incompatibilities(reader: string, writer: string): readonly string[] {
  try {
    return differences(avroRecord(reader), avroRecord(writer), 'the record');
  } catch (error) {
    if (error instanceof UnreadableSchemaError) return [error.message];
    throw error;
  }
}

/** Avro's widenings. A long too large for a number is malformed when it is read, never rounded. */
const PROMOTIONS: Readonly<Record<string, readonly string[]>> = {
  int: ['long', 'float', 'double'],
  long: ['float', 'double'],
  float: ['double'],
  string: ['bytes'],
  bytes: ['string'],
};

function differences(reader: AvroType, writer: AvroType, where: string): readonly string[] {
  if (writer.kind === 'union') return writer.branches.flatMap((branch) => differences(reader, branch, where));
  if (reader.kind === 'union') {
    if (branchFor(reader.branches, writer) !== undefined) return [];
    return [`${where} may be ${nameOf(writer)}, which is none of ${reader.branches.map(nameOf).join(', ')}`];
  }
  if (reader.kind === 'record' && writer.kind === 'record') return recordDifferences(reader, writer, where);
  if (reader.kind === 'array' && writer.kind === 'array')
    return differences(reader.items, writer.items, `an item of ${where}`);
  if (reader.kind === 'enum' && writer.kind === 'enum') return enumDifferences(reader, writer, where);
  if ('meaning' in reader && 'meaning' in writer && isReadable(reader, writer)) return [];
  return [`${where} was ${nameOf(writer)} and is ${nameOf(reader)}`];
}

function isReadable(reader: PlainType, writer: PlainType): boolean {
  if (isWidened(reader, writer)) return true;
  if (reader.meaning !== writer.meaning) return false;
  return reader.kind === writer.kind || (PROMOTIONS[writer.kind]?.includes(reader.kind) ?? false);
}

// A long of scale 9 as a decimal of the same scale: the same number of the same unit, with room for more.
const isWidened = (reader: PlainType, writer: PlainType): boolean =>
  writer.kind === 'long' &&
  reader.kind === 'bytes' &&
  writer.meaning.startsWith('scale ') &&
  reader.meaning === `decimal(38, ${writer.meaning.slice('scale '.length)})`;

/** The branch of the reader's union that takes what the writer wrote. */
export const branchFor = (branches: readonly AvroType[], writer: AvroType): AvroType | undefined =>
  branches.find((branch) => branch.kind === writer.kind && differences(branch, writer, '').length === 0) ??
  branches.find((branch) => differences(branch, writer, '').length === 0);

function recordDifferences(reader: RecordType, writer: RecordType, where: string): readonly string[] {
  if (unqualified(reader.name) !== unqualified(writer.name))
    return [`${where} was ${writer.name} and is ${reader.name}`];
  return reader.fields.flatMap((field) => {
    const written = writtenField(field, writer);
    const name = `field "${field.name}"`;
    if (!written) return field.default === undefined ? [`${name} is new and has no default`] : [];
    if (JSON.stringify(field.absent) !== JSON.stringify(written.absent) && written.absent !== undefined)
      return [
        `${name} was ${String(written.absent)} where its column was left out, and is ${String(field.absent)}`,
      ];
    return differences(field.type, written.type, name);
  });
}

/** The writer's field of the reader's name, or of a name it had before. */
export const writtenField = (field: FieldOfRecord, writer: RecordType): FieldOfRecord | undefined =>
  [field.name, ...field.aliases]
    .map((name) => writer.fields.find((other) => other.name === name))
    .find((found) => found !== undefined);

function enumDifferences(reader: EnumType, writer: EnumType, where: string): readonly string[] {
  if (unqualified(reader.name) !== unqualified(writer.name))
    return [`${where} was enum ${writer.name} and is enum ${reader.name}`];
  if (reader.default !== undefined) return [];
  const missing = writer.symbols.filter((symbol) => !reader.symbols.includes(symbol));
  return missing.map((symbol) => `${where} may be ${symbol}, which enum ${reader.name} no longer has`);
}

function nameOf(type: AvroType): string {
  if ('meaning' in type) return type.meaning === '' ? type.kind : `${type.kind} (${type.meaning})`;
  if (type.kind === 'record' || type.kind === 'enum') return `${type.kind} ${type.name}`;
  return type.kind;
}
