/** Generated row codecs against avsc on the same bytes, both ways, and on bytes that are damaged. */
import fc from 'fast-check';
import { ByteReader, ByteWriter, MalformedError } from '../../runtime/wire/bytes';
import { avroType, fieldsOf } from './support/avro';
import { rowsCodecs } from './support/codecs';
import { recordsOf } from './support/values';

describe.each(rowsCodecs.map((codec) => [codec.record, codec] as const))('%s', (_, codec) => {
  const type = avroType(codec.schema);
  const records = recordsOf(fieldsOf(codec.schema));
  const encoded = (row: Record<string, unknown>): Buffer => {
    const to = new ByteWriter(1);
    codec.encode(row, to);
    return to.take();
  };

  it('reads what avsc writes', () => {
    fc.assert(
      fc.property(records, fc.nat({ max: 9 }), ({ ours, theirs }, before) => {
        const bytes = Buffer.concat([Buffer.alloc(before, 0xff), type.toBuffer(theirs), Buffer.from([0xff])]);
        const reader = new ByteReader().over(bytes, before, bytes.length - 1);
        expect(codec.decode(reader)).toEqual(ours);
        expect(reader.at).toBe(bytes.length - 1);
      }),
    );
  });

  it('writes what avsc reads', () => {
    fc.assert(
      fc.property(records, ({ ours }) => {
        const bytes = encoded(ours);
        // avsc writes again what it read; only decimals may be of another length.
        const again = type.toBuffer(type.fromBuffer(bytes));
        expect(again.equals(bytes)).toBe(true);
        expect(codec.decode(new ByteReader().over(again))).toEqual(ours);
      }),
    );
  });

  it('refuses every record that was cut short', () => {
    fc.assert(
      fc.property(
        records,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        ({ ours }, part) => {
          const bytes = encoded(ours);
          const cut = new ByteReader().over(bytes, 0, Math.floor(part * bytes.length));
          expect(() => codec.decode(cut)).toThrow(MalformedError);
        },
      ),
    );
  });

  it('answers random bytes with a record or a MalformedError, nothing else', () => {
    const flips = fc.array(fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(records, flips, fc.uint8Array({ maxLength: 80 }), ({ ours }, damage, noise) => {
        const bytes = encoded(ours);
        for (const { at, bits } of damage) bytes[at % bytes.length]! ^= bits;
        for (const damaged of [bytes, Buffer.from(noise)]) {
          const row = decodedOrMalformed(() => codec.decode(new ByteReader().over(damaged)));
          // Whatever is accepted is a legal record: it can be written, and comes back.
          if (row) expect(codec.decode(new ByteReader().over(encoded(row)))).toEqual(row);
        }
      }),
    );
  });
});

function decodedOrMalformed<Row>(decode: () => Row): Row | undefined {
  try {
    return decode();
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedError);
    return undefined;
  }
}
