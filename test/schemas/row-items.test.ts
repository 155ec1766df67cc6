/** Arrays inside rows: in any blocking, and bounded whatever their bytes say. */
import type { types } from 'avsc';
import fc from 'fast-check';
import { ByteReader, MalformedError } from '../../runtime/wire/bytes';
import { readItems } from '../../schemas/rows/items';
import { avroType, varint } from './support/avro';
import { arrayBytes, blockings } from './support/blocks';

const read = (bytes: Buffer): readonly number[] => {
  const from = new ByteReader().over(bytes);
  return readItems(from, () => from.int());
};

it('are read in any blocks', () => {
  const type = avroType({ type: 'array', items: 'int' }) as types.ArrayType;
  fc.assert(
    fc.property(fc.array(fc.integer()), blockings, (items, blocks) => {
      const bytes = arrayBytes(type.itemsType, items, blocks);
      expect(type.fromBuffer(bytes)).toEqual(items);
      expect(read(bytes)).toEqual(items);
    }),
  );
});

it.each([
  ['with more items than bytes', [varint(2n ** 40n)]],
  ['with as many items as no number counts', [varint(-(2n ** 63n))]],
  ['that says it has more bytes than it has', [varint(-1n), varint(2n), Buffer.from([2, 0])]],
  ['of a negative number of bytes', [varint(-1n), varint(-1n), Buffer.from([2, 0])]],
  ['after which nothing ends the array', [varint(1n), Buffer.from([2])]],
  ['of more items than a field may have', [varint(70_000n), Buffer.alloc(70_001)]],
])('a block %s is malformed', (_, parts) => {
  expect(() => read(Buffer.concat(parts))).toThrow(MalformedError);
});

it('items that have no bytes are malformed, not endless', () => {
  const from = new ByteReader().over(Buffer.concat([varint(60_000n), Buffer.from([0])]));
  expect(() => readItems(from, () => undefined)).toThrow(MalformedError);
});
