/** Tables as blocks of a log: taken in order, perhaps twice, and merged at any time. */
import fc from 'fast-check';
import { BlockTable, blocksOf } from '../../../runtime/tables/table-blocks';
import { changes } from '../../conformance/support';

const anyEpoch = fc.record({
  rows: fc.uniqueArray(
    fc.tuple(fc.nat(9), fc.option(fc.constantFrom('a', 'bb', 'cccccccc'), { nil: undefined })),
    { selector: ([slot]) => slot, minLength: 1 },
  ),
  schema: fc.constantFrom('"v1"', '"v2"'),
  maxBytes: fc.constantFrom(1, 4, 1000),
  isRepeated: fc.boolean(),
  isMerged: fc.boolean(),
});

const contentOf = (table: BlockTable): readonly unknown[] => {
  const rows: unknown[] = [];
  table.saved()?.forEach((slot, { bytes, at, end }, schema) => {
    rows.push([slot, bytes.toString('utf8', at, end), schema]);
  });
  return rows;
};

const taken = (blocks: readonly Buffer[]): BlockTable => {
  const table = new BlockTable('positions');
  for (const block of blocks) table.take(block);
  return table;
};

test('whatever was changed, repeated and merged, a table is what its epochs made it', () =>
  fc.assert(
    fc.property(fc.array(anyEpoch, { minLength: 1, maxLength: 12 }), (epochs) => {
      let log: Buffer[] = [];
      const expected = new Map<number, unknown>();
      epochs.forEach(({ rows, schema, maxBytes, isRepeated, isMerged }, index) => {
        const blocks = blocksOf(changes(new Map(rows), { schema, nextSlot: 10 }), index + 1, maxBytes);
        expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length);
        for (const { bytes } of blocks) log.push(bytes, ...(isRepeated ? [bytes] : []));
        for (const [slot, text] of rows) {
          if (text === undefined) expected.delete(slot);
          else expected.set(slot, [slot, text, schema]);
        }
        if (isMerged)
          log = taken(log)
            .merged(maxBytes)
            .map(({ bytes }) => bytes);
      });
      const table = taken(log);
      expect(contentOf(table)).toEqual([...expected].sort(([a], [b]) => a - b).map(([, row]) => row));
      expect([table.nextSlot, table.size]).toEqual([10, expected.size]);
    }),
  ));

test('blocks of many epochs are merged into few', () => {
  const log = Array.from({ length: 100 }, (_, index) =>
    blocksOf(changes(new Map([[index % 5, `row ${index}`]]), { nextSlot: 5 }), index + 1, 1000),
  ).flat();
  const merged = taken(log.map(({ bytes }) => bytes)).merged(1000);

  expect(merged.map(({ key }) => key)).toEqual(['positions/100/0']);
  expect(contentOf(taken(merged.map(({ bytes }) => bytes)))).toEqual(
    [95, 96, 97, 98, 99].map((index) => [index % 5, `row ${index}`, '"string"']),
  );
});

test('a block of another table, or of a later format, is refused', () => {
  const [block] = blocksOf(changes(new Map([[0, 'a']]), { table: 'marks' }), 1, 1000);
  expect(() => taken([block!.bytes])).toThrow('a block of table "marks" lies among those of "positions"');
  const later = Buffer.from(block!.bytes);
  later[0] = 9;
  expect(() => taken([later])).toThrow('has format 9');
});
