/** Generated frame codecs against avsc on the same bytes, both ways, in any blocking, and on bytes that are damaged. */
import type { types } from 'avsc';
import fc from 'fast-check';
import { ByteReader, ByteWriter, MalformedError } from '../../runtime/wire/bytes';
import { type AvroSchema, avroType, fieldsOf } from './support/avro';
import { arrayBytes, blockings, ONE_BLOCK } from './support/blocks';
import { type AnyColumns, columnsCodecs } from './support/codecs';
import { type Pair, recordsOf } from './support/values';

describe.each(columnsCodecs.map((codec) => [codec.record, codec] as const))('frames of %s', (_, codec) => {
  const frame = avroType(codec.schema) as types.RecordType;
  const columns = fieldsOf(codec.schema).map((field) => ({
    ...field,
    type: (field.type as { readonly items: AvroSchema }).items,
    items: (frame.field(field.name)!.type as types.ArrayType).itemsType,
  }));
  const names = columns.map(({ name }) => name);
  const records = fc.array(recordsOf(columns), { maxLength: 30 });

  const filled = (rows: readonly Pair[], capacity = 0): AnyColumns => {
    const into = codec.allocate(capacity);
    const from = codec.allocate(1);
    (from as { length: number }).length = 1;
    for (const { ours } of rows) {
      for (const name of names) from[name]![0] = ours[name] as number;
      codec.copy(from, 0, into);
    }
    return into;
  };
  const contents = (into: AnyColumns): object =>
    Object.fromEntries(names.map((name) => [name, [...into[name]!.subarray(0, into.length)]]));
  const expected = (rows: readonly Pair[]): object =>
    Object.fromEntries(names.map((name) => [name, rows.map(({ ours }) => ours[name])]));
  const encoded = (rows: readonly Pair[]): Buffer => {
    const to = new ByteWriter(1);
    codec.encode(filled(rows), 0, rows.length, to);
    return to.take();
  };

  it('reads what avsc writes in any blocks, behind what is there', () => {
    const cases = fc.record({
      rows: records,
      before: fc.array(recordsOf(columns), { maxLength: 3 }),
      blocks: fc.array(blockings, { minLength: columns.length, maxLength: columns.length }),
      capacity: fc.constantFrom(0, 1, 3, 64),
    });
    fc.assert(
      fc.property(cases, ({ rows, before, blocks, capacity }) => {
        const bytes = Buffer.concat(
          columns.map(({ items, name }, index) =>
            arrayBytes(
              items,
              rows.map(({ theirs }) => theirs[name]),
              blocks[index]!,
            ),
          ),
        );
        // The blocking is legal: avsc reads it too.
        expect(frame.fromBuffer(bytes)[names[0]!]).toHaveLength(rows.length);
        const into = filled(before, capacity);
        const reader = new ByteReader().over(bytes);
        codec.append(into, reader);
        expect(reader.at).toBe(bytes.length);
        expect(into.length).toBe(before.length + rows.length);
        expect(contents(into)).toEqual(expected([...before, ...rows]));
        expect(new Set(names.map((name) => into[name]!.length)).size).toBe(1);
      }),
    );
  });

  it('writes what avsc reads, any part of the columns', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(), (rows, first, second) => {
        const bounds = [first % (rows.length + 1), second % (rows.length + 1)].sort((a, b) => a - b);
        const to = new ByteWriter(1);
        codec.encode(filled(rows), bounds[0]!, bounds[1]!, to);
        const bytes = to.take();
        const read = frame.fromBuffer(bytes) as Record<string, unknown>;
        const part = rows.slice(...bounds);
        for (const name of names) expect(read[name]).toEqual(part.map(({ theirs }) => theirs[name]));
        expect(frame.toBuffer(read).equals(bytes)).toBe(true);
      }),
    );
  });

  it('fills a column that was left out with its default, and refuses any other unequal length', () => {
    fc.assert(
      fc.property(records, fc.nat({ max: columns.length - 1 }), fc.nat(), (rows, which, keep) => {
        fc.pre(rows.length > 0);
        const kept = keep % rows.length;
        const shortened = columns[which]!;
        const bytes = Buffer.concat(
          columns.map(({ items, name }, index) =>
            arrayBytes(
              items,
              rows.slice(0, index === which ? kept : rows.length).map(({ theirs }) => theirs[name]),
              ONE_BLOCK,
            ),
          ),
        );
        const into = filled(rows.slice(0, 1));
        const before = contents(into);
        const append = (): void => codec.append(into, new ByteReader().over(bytes));
        const { absent, type } = shortened as { readonly absent?: unknown; readonly type: AvroSchema };
        if (kept === 0 && absent !== undefined) {
          append();
          const symbols = (type as { readonly symbols?: readonly string[] }).symbols ?? [];
          const value =
            absent === 'NaN'
              ? Number.NaN
              : typeof absent === 'number'
                ? absent
                : symbols.indexOf(String(absent));
          expect([...into[shortened.name]!.subarray(1, into.length)]).toEqual(rows.map(() => value));
        } else {
          expect(append).toThrow(MalformedError);
          expect(into.length).toBe(1);
          expect(contents(into)).toEqual(before);
        }
      }),
    );
  });

  it('answers damaged frames with records or a MalformedError, and then is as before', () => {
    const flips = fc.array(fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }), {
      maxLength: 4,
    });
    fc.assert(
      fc.property(records, flips, fc.nat(), fc.uint8Array({ maxLength: 60 }), (rows, damage, cut, noise) => {
        const whole = encoded(rows);
        const bytes = whole.subarray(0, cut % (whole.length + 1));
        for (const { at, bits } of damage) if (bytes.length > 0) bytes[at % bytes.length]! ^= bits;
        for (const damaged of [bytes, Buffer.from(noise)]) {
          const into = filled(rows.slice(0, 2));
          const before = contents(into);
          const length = into.length;
          try {
            codec.append(into, new ByteReader().over(damaged));
          } catch (error) {
            expect(error).toBeInstanceOf(MalformedError);
            expect(into.length).toBe(length);
            expect(contents(into)).toEqual(before);
          }
          const end = into.length;
          codec.append(into, new ByteReader().over(encoded(rows)));
          expect(into.length).toBe(end + rows.length);
        }
      }),
    );
  });

  it('refuses every frame that was cut short', () => {
    fc.assert(
      fc.property(records, fc.nat(), (rows, cut) => {
        const whole = encoded(rows);
        const into = codec.allocate(4);
        const reader = new ByteReader().over(whole, 0, cut % whole.length);
        expect(() => codec.append(into, reader)).toThrow(MalformedError);
        expect(into.length).toBe(0);
      }),
    );
  });

  it('shows a record with the names of its enums, and forgets all when cleared', () => {
    fc.assert(
      fc.property(records, (rows) => {
        const into = filled(rows);
        rows.forEach(({ theirs }, index) => {
          const shown = codec.rowOf(into, index);
          for (const { name, type } of columns)
            expect(shown[name]).toEqual(isLong(type) ? Number(theirs[name]) : theirs[name]);
        });
        const capacity = into[names[0]!]!.length;
        codec.clear(into);
        expect([into.length, into[names[0]!]!.length]).toEqual([0, capacity]);
      }),
    );
  });
});

const isLong = (type: AvroSchema): boolean =>
  type === 'long' || (typeof type === 'object' && 'type' in type && type.type === 'long');
