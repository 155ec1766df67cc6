/** Columns of frames at the edges: what may not be written, and blocks that lie. */
import fc from 'fast-check';
import { ByteReader, ByteWriter, MalformedError } from '../../runtime/wire/bytes';
import { FRAME_RECORDS_MAX } from '../../schemas/frames/blocks';
import { readDoubles, readEnums, readInts, readLongs } from '../../schemas/frames/read-columns';
import { writeDoubles, writeEnums, writeInts, writeLongs } from '../../schemas/frames/write-columns';
import { cases } from '../support/long-runs';
import { avroType, varint } from './support/avro';

const TIME = 1_742_567_400_000_000;
const array = (items: string): ReturnType<typeof avroType> => avroType({ type: 'array', items });

describe('longs', () => {
  it.each([0.5, TIME + 0.5, Number.NaN, Infinity, 2 ** 52, -(2 ** 52), 2 ** 53])('never are %d', (value) => {
    for (const before of [[], [TIME], [3]]) {
      const values = Float64Array.from([...before, value]);
      expect(() => writeLongs(new ByteWriter(), values, 0, values.length)).toThrow(RangeError);
    }
  });

  const near = fc
    .oneof(
      fc.integer({ min: TIME - 1e9, max: TIME + 1e9 }),
      // Around where the upper half changes, and where there are eight bytes.
      fc
        .record({
          half: fc.constantFrom(2 ** 27, 2 ** 48, 2 ** 51, 13 * 2 ** 27 + 2 ** 50, 2 ** 52),
          off: fc.integer({ min: -3, max: 3 }),
        })
        .map(({ half, off }) => half + off),
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: -(2 ** 52) + 1, max: 2 ** 52 - 1 }),
    )
    .filter((value) => Math.abs(value) < 2 ** 52);

  it('of all sizes side by side are written as avsc writes them, and read', () => {
    fc.assert(
      fc.property(fc.array(near, { maxLength: 40 }), (values) => {
        const to = new ByteWriter(1);
        writeLongs(to, Float64Array.from(values), 0, values.length);
        const bytes = to.take();
        expect(bytes).toEqual(array('long').toBuffer(values.map(BigInt)));
        const { values: read, count } = readLongs(new ByteReader().over(bytes), new Float64Array(0), 0);
        expect([...read.subarray(0, count)]).toEqual(values);
      }),
      { numRuns: cases(1000) },
    );
  });
});

it('ints of all sizes side by side are written as avsc writes them, and read', () => {
  const ints = fc.oneof(
    fc.integer({ min: -70, max: 70 }),
    fc.integer({ min: -8200, max: 8200 }),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  );
  fc.assert(
    fc.property(fc.array(ints, { maxLength: 40 }), (values) => {
      const to = new ByteWriter(1);
      writeInts(to, Int32Array.from(values), 0, values.length);
      const bytes = to.take();
      expect(bytes).toEqual(array('int').toBuffer(values));
      const { values: read, count } = readInts(new ByteReader().over(bytes), new Int32Array(0), 0);
      expect([...read.subarray(0, count)]).toEqual(values);
    }),
    { numRuns: cases(1000) },
  );
});

it.each([-1, 3, 64, 128, 2 ** 31 - 1])('an enum of three symbols never is %d', (value) => {
  const values = Int32Array.from([0, value, 1]);
  expect(() => writeEnums(new ByteWriter(), values, 0, 3, 3)).toThrow(RangeError);
  const bytes = array('int').toBuffer([...values]);
  expect(() => readEnums(new ByteReader().over(bytes), new Int32Array(4), 0, 3)).toThrow(MalformedError);
});

it('doubles keep their bits, but are written with one NaN', () => {
  const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
  const doubles = fc.array(
    fc.oneof(
      bits,
      bits.map((each) => each | 0x7ff0000000000001n),
    ),
    { maxLength: 300 },
  );
  fc.assert(
    fc.property(doubles, fc.nat({ max: 8 }), (each, shift) => {
      const raw = BigUint64Array.from(each);
      const items = Buffer.from(raw.buffer);
      const bytes = Buffer.concat([
        Buffer.alloc(shift),
        varint(BigInt(each.length)),
        items,
        Buffer.from(each.length > 0 ? [0] : []),
      ]);
      const { values, count } = readDoubles(new ByteReader().over(bytes, shift), new Float64Array(0), 0);
      expect([...values.subarray(0, count)]).toEqual([...new Float64Array(raw.buffer)]);
      const to = new ByteWriter(1);
      writeDoubles(to, values, 0, count);
      const again = readDoubles(new ByteReader().over(to.take()), new Float64Array(0), 0);
      const canonical = (value: number, index: number): bigint =>
        Number.isNaN(value) ? 0x7ff8000000000000n : each[index]!;
      expect([...new BigUint64Array(again.values.buffer, 0, count)]).toEqual(
        [...values.subarray(0, count)].map(canonical),
      );
    }),
  );
});

describe('a block is malformed', () => {
  it.each([
    ['with more values than bytes', [varint(5n), Buffer.from([0, 0])]],
    ['with more values than memory', [varint(2n ** 50n)]],
    ['with as many values as no number counts', [varint(-(2n ** 63n))]],
    ['that says it has more bytes than it has', [varint(-1n), varint(2n), Buffer.from([2, 0])]],
    ['that says it has fewer bytes than it has', [varint(-1n), varint(1n), Buffer.from([0x80, 1, 0])]],
    ['of a negative number of bytes', [varint(-1n), varint(-1n), Buffer.from([2, 0])]],
    ['after which nothing ends the array', [varint(1n), Buffer.from([2])]],
  ])('%s', (_, parts) => {
    const bytes = Buffer.concat(parts);
    const room = new Int32Array(2);
    expect(() => readInts(new ByteReader().over(bytes), room, 0)).toThrow(MalformedError);
  });

  it('of more records than a frame may have, in however many blocks', () => {
    const half = FRAME_RECORDS_MAX / 2 + 1;
    const block = Buffer.concat([varint(BigInt(half)), Buffer.alloc(half)]);
    const bytes = Buffer.concat([block, block, Buffer.from([0])]);
    expect(() => readInts(new ByteReader().over(bytes), new Int32Array(0), 0)).toThrow(MalformedError);
  });
});
