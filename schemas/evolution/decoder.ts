/** Decoders for values of one Avro type to be read as another: as the generated codecs hold them in memory. */
import { type ByteReader, MalformedError } from '../../runtime/wire/bytes';
import { readItems } from '../rows/items';
import type { AvroType, EnumType, PlainType } from './avro-types';
import { branchFor } from './compatible';

export type Decode = (from: ByteReader) => unknown;

/** Reads what is of type `writer` as `reader` holds it. The types are compatible, or the value read is malformed. */
export function decoderFor(writer: AvroType, reader: AvroType): Decode {
  if (writer.kind === 'union') {
    const branches = writer.branches.map((branch) => decoderFor(branch, reader));
    return (from) => branches[from.index(branches.length)]!(from);
  }
  if (reader.kind === 'union') {
    const branch = branchFor(reader.branches, writer);
    return branch ? decoderFor(writer, branch) : unresolvable(writer, reader);
  }
  if (writer.kind === 'array' && reader.kind === 'array') {
    const item = decoderFor(writer.items, reader.items);
    return (from) => readItems(from, () => item(from));
  }
  if (writer.kind === 'enum' && reader.kind === 'enum') return enumDecoder(writer, reader);
  if ('meaning' in writer && 'meaning' in reader) return plainDecoder(writer, reader);
  return unresolvable(writer, reader);
}

/** Reads over what nobody wants. */
export const skipperFor = (writer: AvroType): Decode =>
  writer.kind === 'record'
    ? recordSkipper(writer.fields.map(({ type }) => skipperFor(type)))
    : decoderFor(writer, writer);

const recordSkipper =
  (fields: readonly Decode[]): Decode =>
  (from) => {
    for (const skip of fields) skip(from);
  };

function unresolvable(writer: AvroType, reader: AvroType): Decode {
  return () => {
    throw new MalformedError(`${writer.kind} where ${reader.kind} is wanted`);
  };
}

function enumDecoder(writer: EnumType, reader: EnumType): Decode {
  const byDefault = reader.default === undefined ? -1 : reader.symbols.indexOf(reader.default);
  const indexes = writer.symbols.map((symbol) => {
    const index = reader.symbols.indexOf(symbol);
    return index < 0 ? byDefault : index;
  });
  return (from) => {
    const written = from.index(indexes.length);
    const index = indexes[written]!;
    if (index < 0)
      throw new MalformedError(`symbol ${writer.symbols[written]} of enum ${reader.name} is no more`);
    return index;
  };
}

function plainDecoder(writer: PlainType, reader: PlainType): Decode {
  switch (writer.kind) {
    case 'null':
      return () => undefined;
    case 'int':
      return (from) => from.int();
    case 'long':
      return writer.meaning.startsWith('scale') ? (from) => from.bigLong() : (from) => from.long();
    case 'float':
      return (from) => {
        SCRATCH.setUint32(0, from.uint32());
        return SCRATCH.getFloat32(0);
      };
    case 'double':
      return (from) => from.float64();
    case 'boolean':
      return (from) => from.boolean();
    case 'string':
      return reader.kind === 'bytes' ? (from) => from.blob() : (from) => from.string();
    case 'bytes':
      if (writer.meaning.startsWith('decimal')) return (from) => from.decimal();
      return reader.kind === 'string' ? (from) => from.string() : (from) => from.blob();
  }
}

const SCRATCH = new DataView(new ArrayBuffer(4));

/** A default as it stands in a schema, as it is held in memory. */
export function defaultValue(type: AvroType, value: unknown): unknown {
  if (type.kind === 'union') return value === null ? undefined : defaultValue(type.branches[0]!, value);
  if (type.kind === 'enum') return type.symbols.indexOf(String(value));
  if (type.kind === 'array')
    return (value as readonly unknown[]).map((item) => defaultValue(type.items, item));
  if (!('meaning' in type)) return value;
  if (type.kind === 'bytes') {
    // Each character of the default stands for a byte.
    const bytes = Buffer.from(String(value), 'latin1');
    return type.meaning.startsWith('decimal')
      ? BigInt.asIntN(bytes.length * 8, BigInt(`0x${bytes.toString('hex')}`))
      : bytes;
  }
  return type.meaning.startsWith('scale') ? BigInt(value as number) : value;
}
