/** Data outlives code: records written with every committed version of every schema are read as today's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ColumnsCodec, RowsCodec } from '../../runtime/stream/codec';
import { ByteReader, MalformedError } from '../../runtime/wire/bytes';
import { schemaVersions } from '../../schemas/evolution/schema-versions';
import { type AvroSchema, avroType, fieldsOf } from './support/avro';
import { type AnyColumns, type AnyRow, codecs } from './support/codecs';
import { oursOf, recordsOf } from './support/values';

const folder = join(__dirname, '..', '..', '..', 'schemas', 'versions');

/** `market.Quote` is the topic's record, `tables.KeptMark` a table's. */
const nameOf = (record: string): string => record.slice(record.lastIndexOf('.') + 1);
const codecOf = (history: string): (typeof codecs)[number] | undefined =>
  codecs.find(({ record }) =>
    history.startsWith('tables.') ? nameOf(record) === nameOf(history) : record === `breakwater.${history}`,
  );

const versions = readdirSync(folder).flatMap((history) =>
  readdirSync(join(folder, history)).map((file) => ({
    history,
    version: `${history} ${file.replace('.avsc', '')}`,
    schema: JSON.stringify(JSON.parse(readFileSync(join(folder, history, file), 'utf8'))),
  })),
);

it('has a history that goes back beyond today', () => {
  expect(versions.filter(({ version }) => version.endsWith(' 2')).length).toBeGreaterThan(0);
});

describe.each(versions)('$version', ({ history, schema }) => {
  const codec = codecOf(history)!;
  const resolved = schemaVersions.resolve(codec, schema)!;
  const writer = avroType(schema);
  const reader = avroType(codec.schema);
  // The second opinion on what the old record means today.
  const resolver = reader.createResolver(writer);

  if (codec?.layout === 'rows') {
    it('is read as today’s record', () => {
      fc.assert(
        fc.property(recordsOf(fieldsOf(schema)), ({ theirs }) => {
          const bytes = writer.toBuffer(theirs);
          const today = reader.fromBuffer(bytes, resolver) as AnyRow;
          const from = new ByteReader().over(bytes);
          const row = (resolved as RowsCodec<AnyRow>).decode(from);
          expect(from.at).toBe(bytes.length);
          expect(row).toEqual(
            Object.fromEntries(
              fieldsOf(codec.schema).map(({ name, type }) => [name, oursOf(type, today[name])]),
            ),
          );
        }),
        { numRuns: 40 },
      );
    });
  } else {
    const columns = fieldsOf(schema).map((field) => ({
      ...field,
      type: (field.type as { readonly items: AvroSchema }).items,
    }));
    it('is read as today’s columns', () => {
      fc.assert(
        fc.property(fc.array(recordsOf(columns), { maxLength: 20 }), (rows) => {
          const frame = Object.fromEntries(
            columns.map(({ name }) => [name, rows.map(({ theirs }) => theirs[name])]),
          );
          const bytes = writer.toBuffer(frame);
          const today = reader.fromBuffer(bytes, resolver) as Record<string, readonly unknown[]>;
          const into = (codec as ColumnsCodec<AnyColumns>).allocate(3);
          (resolved as ColumnsCodec<AnyColumns>).append(into, new ByteReader().over(bytes));
          expect(into.length).toBe(rows.length);
          for (const field of fieldsOf(codec.schema)) {
            const { items } = field.type as { readonly items: AvroSchema };
            const { absent } = field as { readonly absent?: unknown };
            const written = today[field.name]!.map((value) => oursOf(items, value));
            const repeated = rows.map(() => (absent === 'NaN' ? Number.NaN : oursOf(items, absent)));
            expect([...into[field.name]!.subarray(0, into.length)]).toEqual(
              written.length > 0 ? written : repeated,
            );
          }
        }),
        { numRuns: 40 },
      );
    });
  }

  it('answers bytes that are none with a MalformedError', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (noise) => {
        try {
          const from = new ByteReader().over(Buffer.from(noise));
          if (resolved.layout === 'rows') resolved.decode(from);
          else resolved.append(resolved.allocate(0), from);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedError);
        }
      }),
    );
  });
});

it('reads today’s schema with today’s codec, and what it cannot read not at all', () => {
  for (const codec of codecs) {
    expect(schemaVersions.resolve(codec, codec.schema)).toBe(codec);
    expect(schemaVersions.resolve(codec, '{"type":"record","name":"Other","fields":[]}')).toBeUndefined();
    expect(schemaVersions.resolve(codec, 'no schema')).toBeUndefined();
  }
});
