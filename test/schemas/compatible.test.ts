/** Which changes of a schema are refused, and why: cases first, then against avsc's own resolution. */
import fc from 'fast-check';
import type { RowsCodec } from '../../runtime/stream/codec';
import { ByteReader } from '../../runtime/wire/bytes';
import { incompatibilities } from '../../schemas/evolution/compatible';
import { resolvedRows } from '../../schemas/evolution/resolve-rows';
import { cases } from '../support/long-runs';
import { type AvroField, type AvroSchema, avroType } from './support/avro';
import { oursOf, recordsOf } from './support/values';

const record = (...fields: readonly AvroField[]): string =>
  JSON.stringify({ type: 'record', name: 'breakwater.test.Thing', fields });
const quantity = (type: AvroSchema): string => record({ name: 'quantity', type });
const side = (symbols: readonly string[], fallback?: string): string =>
  quantity({ type: 'enum', name: 'Side', symbols, ...(fallback && { default: fallback }) } as AvroSchema);
const column = (absent: unknown): string =>
  JSON.stringify({
    type: 'record',
    name: 'ThingFrame',
    fields: [{ name: 'size', type: { type: 'array', items: 'int' }, default: [], absent }],
  });
const decimal = (scale: number): AvroSchema =>
  ({ type: 'bytes', logicalType: 'decimal', precision: 38, scale }) as AvroSchema;

describe('a schema is refused', () => {
  it('reads a long of scale 9 as a decimal of the same scale: the same number, with room for more', () => {
    expect(incompatibilities(quantity(decimal(9)), quantity({ type: 'long', scale: 9 }))).toEqual([]);
    expect(incompatibilities(quantity(decimal(18)), quantity({ type: 'long', scale: 9 }))).toEqual([
      'field "quantity" was long (scale 9) and is bytes (decimal(38, 18))',
    ]);
  });

  it.each([
    [
      'a new field without default',
      record({ name: 'a', type: 'int' }),
      record(),
      'field "a" is new and has no default',
    ],
    ['another type', quantity('string'), quantity('int'), 'field "quantity" was int and is string'],
    ['a narrower number', quantity('int'), quantity('long'), 'field "quantity" was long and is int'],
    [
      'another scale',
      quantity({ type: 'long', scale: 9 }),
      quantity({ type: 'long', scale: 6 }),
      'field "quantity" was long (scale 6) and is long (scale 9)',
    ],
    [
      'a plain number as a scaled one',
      quantity({ type: 'long', scale: 9 }),
      quantity('long'),
      'field "quantity" was long and is long (scale 9)',
    ],
    [
      'another unit of time',
      quantity({ type: 'long', logicalType: 'timestamp-micros' }),
      quantity({ type: 'long', logicalType: 'timestamp-millis' }),
      'field "quantity" was long (timestamp-millis) and is long (timestamp-micros)',
    ],
    [
      'another scale of a decimal',
      quantity(decimal(18)),
      quantity(decimal(9)),
      'field "quantity" was bytes (decimal(38, 9)) and is bytes (decimal(38, 18))',
    ],
    [
      'a symbol taken away',
      side(['Buy']),
      side(['Buy', 'Sell']),
      'field "quantity" may be Sell, which enum breakwater.test.Side no longer has',
    ],
    [
      'no longer optional',
      quantity('int'),
      quantity(['null', 'int']),
      'field "quantity" was null and is int',
    ],
    [
      'another default of a column',
      column(1),
      column(0),
      'field "size" was 0 where its column was left out, and is 1',
    ],
    [
      'another name',
      record(),
      JSON.stringify({ type: 'record', name: 'breakwater.test.Other', fields: [] }),
      'the record was breakwater.test.Other and is breakwater.test.Thing',
    ],
    ['no record', record(), '"int"', 'the schema is of int, not of a record'],
    ['no Avro', record(), '{', 'the schema is no JSON'],
  ])('with %s', (_, reader, writer, reason) => {
    expect(incompatibilities(reader, writer)).toEqual([reason]);
  });
});

describe('a schema is accepted', () => {
  it.each([
    ['a new field with a default', record({ name: 'a', type: 'int', default: 1 }), record()],
    ['a field taken away', record(), record({ name: 'a', type: 'int' })],
    [
      'fields in another order',
      record({ name: 'a', type: 'int' }, { name: 'b', type: 'string' }),
      record({ name: 'b', type: 'string' }, { name: 'a', type: 'int' }),
    ],
    [
      'a field under another name, known by its alias',
      JSON.stringify({
        type: 'record',
        name: 'breakwater.test.Thing',
        fields: [{ name: 'b', aliases: ['a'], type: 'int' }],
      }),
      record({ name: 'a', type: 'int' }),
    ],
    ['a wider number', quantity('double'), quantity('int')],
    ['a symbol added', side(['Buy', 'Sell', 'Short']), side(['Sell', 'Buy'])],
    ['a symbol taken away where there is a default', side(['Buy', 'Other'], 'Other'), side(['Buy', 'Sell'])],
    ['now optional', quantity(['null', 'int']), quantity('int')],
  ])('with %s', (_, reader, writer) => {
    expect(incompatibilities(reader, writer)).toEqual([]);
  });
});

/** Small records over few names, so that old and new have much in common. */
const enums: AvroSchema[] = [['Buy'], ['Buy', 'Sell'], ['Sell', 'Buy', 'Other']].map(
  (symbols) => ({ type: 'enum', name: 'breakwater.test.Side', symbols }) as AvroSchema,
);
const types: fc.Arbitrary<AvroSchema> = fc.constantFrom<AvroSchema>(
  'int',
  'long',
  'double',
  'string',
  'boolean',
  ['null', 'int'],
  ['null', 'long'],
  ['string', 'null'],
  { type: 'array', items: 'int' },
  { type: 'array', items: 'long' },
);
const initials: Readonly<Record<string, unknown>> = {
  int: 7,
  long: 7,
  double: 0.5,
  string: 'x',
  boolean: true,
};
const fields: fc.Arbitrary<readonly AvroField[]> = fc
  .record({
    types: fc.tuple(types, types, types),
    side: fc.option(fc.constantFrom(...enums)),
    names: fc.shuffledSubarray(['a', 'b', 'c']),
    defaults: fc.boolean(),
  })
  .map(({ types: each, side: sideType, names, defaults }) => [
    ...names.map((name, index): AvroField => {
      const type = each[index]!;
      const initial =
        typeof type === 'string'
          ? initials[type]
          : Array.isArray(type) && type[0] === 'null'
            ? null
            : undefined;
      return defaults && initial !== undefined ? { name, type, default: initial } : { name, type };
    }),
    ...(sideType ? [{ name: 'side', type: sideType }] : []),
  ]);

it('agrees with avsc, about what can be read and what it then says', () => {
  let read = 0;
  fc.assert(
    fc.property(
      fields.chain((written) =>
        fc.record({ written: fc.constant(written), value: recordsOf(written), today: fields }),
      ),
      ({ written, value, today }) => {
        const [writer, reader] = [record(...written), record(...today)];
        const [writerType, readerType] = [avroType(writer), avroType(reader)];
        const resolver = (): ReturnType<typeof readerType.createResolver> =>
          readerType.createResolver(writerType);
        if (incompatibilities(reader, writer).length > 0) {
          expect(resolver).toThrow();
          return;
        }
        read += 1;
        const bytes = writerType.toBuffer(value.theirs);
        const theirs = readerType.fromBuffer(bytes, resolver()) as Record<string, unknown>;
        const codec = { layout: 'rows', record: 'Thing', schema: reader } as RowsCodec<unknown>;
        expect(resolvedRows(codec, writer).decode(new ByteReader().over(bytes))).toEqual(
          Object.fromEntries(today.map(({ name, type }) => [name, oursOf(type, theirs[name])])),
        );
      },
    ),
    { numRuns: cases(500) },
  );
  expect(read).toBeGreaterThan(20);
});
