import type { RowsCodec } from '../../../runtime/stream/codec';
import { EncodedRows } from '../../../runtime/tables/encoded-rows';
import { rowsTable } from '../../../runtime/tables/rows';
import { slottedTable } from '../../../runtime/tables/slotted';
import { ByteWriter } from '../../../runtime/wire/bytes';
import { type Amount, amounts } from '../../support/toy';

let encodings = 0;
const plain = amounts.codec as RowsCodec<Amount>;
const codec: RowsCodec<Amount> = {
  ...plain,
  encode(row, to) {
    encodings += 1;
    plain.encode(row, to);
  },
};
const rowsOf = () =>
  rowsTable<Amount>({ name: 'sums', codec, key: ({ key }) => String(key), limit: 9 }).open();
const slottedOf = () => slottedTable<Amount>({ name: 'sums', codec, limit: 9 }).open();
const scratch = new ByteWriter();

/** What the topic's side does with the rows of a step. */
function written(
  rows: readonly Amount[],
  encoded = new EncodedRows(),
  writer = new ByteWriter(),
): EncodedRows {
  for (const row of rows) {
    writer.uint32(0xdeadbeef);
    const start = writer.at;
    codec.encode(row, writer);
    encoded.add(row, writer, start);
  }
  return encoded;
}

beforeEach(() => {
  encodings = 0;
});

describe('rows that were encoded for their topic', () => {
  const [one, two, changed] = [
    { key: 1, amount: 10 },
    { key: 2, amount: 20 },
    { key: 1, amount: 30 },
  ];

  test('are not encoded again for their table, also when a key changes twice in an epoch', () => {
    const table = rowsOf();
    for (const row of [one, two, changed]) table.set(row);
    const again = rowsOf();
    for (const row of [one, two, changed]) again.set(row);
    const expected = again.takeChanges(scratch);
    const encoded = written([one, two, changed]);
    encodings = 0;

    expect(table.takeChanges(scratch, (asked) => (asked === codec ? encoded : undefined))).toEqual(expected);
    expect(encodings).toBe(0);
  });

  test('the next epoch counts anew', () => {
    const table = slottedOf();
    table.set(0, one);
    table.takeChanges(scratch, () => written([one]));
    table.set(4, two);
    const encoded = written([two]);
    encodings = 0;

    const { slots, bytes } = table.takeChanges(scratch, () => encoded)!;
    expect([[...slots], encodings]).toEqual([[4], 0]);
    const to = new ByteWriter();
    plain.encode(two, to);
    expect(Buffer.from(bytes)).toEqual(to.take());
  });

  test('what was written in another order, or not at all, is encoded as it is', () => {
    const table = slottedOf();
    table.set(0, one);
    table.set(1, two);
    table.set(2, changed);
    const again = slottedOf();
    again.set(0, one);
    again.set(1, two);
    again.set(2, changed);

    expect(table.takeChanges(scratch, () => written([two, one]))).toEqual(again.takeChanges(scratch));
  });

  test('once the bytes are taken nothing is known of them', () => {
    const encoded = written([one]);
    encoded.clear();
    expect(encoded.copy(0, one, new ByteWriter())).toBe(false);
  });
});
