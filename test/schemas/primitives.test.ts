/** Avro's primitives at the edges of their types: written as avsc writes them, refused where it matters. */
import fc from 'fast-check';
import { ByteReader, ByteWriter, copyBytes, MalformedError } from '../../runtime/wire/bytes';
import { avroType, twosComplement, varint } from './support/avro';

const written = (write: (to: ByteWriter) => void): Buffer => {
  const to = new ByteWriter(1);
  write(to);
  return to.take();
};
const reading = (bytes: Uint8Array): ByteReader => new ByteReader().over(Buffer.from(bytes));
const NO_LIMIT = 2n ** 52n;

describe('longs', () => {
  const edges = [
    0n,
    1n,
    -1n,
    63n,
    64n,
    -64n,
    -65n,
    8191n,
    8192n,
    2n ** 27n,
    2n ** 28n,
    2n ** 31n - 1n,
    -(2n ** 31n),
    2n ** 34n,
    2n ** 41n,
    2n ** 48n,
    -(2n ** 48n),
    NO_LIMIT - 1n,
    1n - NO_LIMIT,
    NO_LIMIT,
    -NO_LIMIT,
    2n ** 53n,
    2n ** 62n,
    2n ** 63n - 1n,
    -(2n ** 63n),
  ];

  it.each(edges)('%d is written and read as 64 bits', (value) => {
    expect(written((to) => to.bigLong(value))).toEqual(varint(value));
    expect(reading(varint(value)).bigLong()).toBe(value);
  });

  it.each(edges)('%d is a number below 2^52, or refused', (value) => {
    const fits = value > -NO_LIMIT && value < NO_LIMIT;
    const write = (): Buffer => written((to) => to.long(Number(value)));
    const read = (): number => reading(varint(value)).long();
    if (fits) {
      expect(write()).toEqual(varint(value));
      expect(read()).toBe(Number(value));
    } else {
      expect(write).toThrow(RangeError);
      expect(read).toThrow(MalformedError);
    }
  });

  it.each([0.5, Number.NaN, Infinity, 2 ** 60, -(2 ** 52)])('%d is no long', (value) => {
    expect(() => written((to) => to.long(value))).toThrow(RangeError);
  });

  it.each([2n ** 63n, -(2n ** 63n) - 1n])('%d does not fit 64 bits', (value) => {
    expect(() => written((to) => to.bigLong(value))).toThrow(RangeError);
  });

  it('with more than ten bytes, or 64 bits, is malformed', () => {
    const endless = Buffer.alloc(11, 0xff);
    expect(() => reading(endless).long()).toThrow(MalformedError);
    expect(() => reading(endless).bigLong()).toThrow(MalformedError);
    expect(() => reading(Buffer.from([...Buffer.alloc(9, 0xff), 0x7f])).bigLong()).toThrow(MalformedError);
  });
});

describe('ints and indexes', () => {
  it.each([2 ** 31, -(2 ** 31) - 1, 0.5, Number.NaN])('%d is no int', (value) => {
    expect(() => written((to) => to.int(value))).toThrow(RangeError);
    if (Number.isInteger(value)) expect(() => reading(varint(BigInt(value))).int()).toThrow(MalformedError);
  });

  it.each([-1, 3, 1.5, Number.NaN])('%d is no index of three symbols', (value) => {
    expect(() => written((to) => to.index(value, 3))).toThrow(RangeError);
    if (Number.isInteger(value))
      expect(() => reading(varint(BigInt(value))).index(3)).toThrow(MalformedError);
  });

  it('2 is no boolean', () => {
    expect(() => reading(Buffer.from([2])).boolean()).toThrow(MalformedError);
  });
});

describe('doubles', () => {
  const bits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

  it('come back bit by bit, but every NaN as the one', () => {
    const view = new DataView(new ArrayBuffer(8));
    fc.assert(
      fc.property(
        fc.oneof(
          bits,
          bits.map((each) => each | 0x7ff0000000000001n),
        ),
        (each) => {
          view.setBigUint64(0, each);
          const value = view.getFloat64(0);
          const bytes = written((to) => to.float64(value));
          const expected = Number.isNaN(value) ? 0x7ff8000000000000n : each;
          expect(bytes.readBigUInt64LE()).toBe(expected);
          expect(reading(bytes).float64()).toBe(value);
        },
      ),
    );
  });

  it('of a processor that makes NaN negative are written as any other', () => {
    const negative = new Float64Array(new BigUint64Array([0xfff8000000000000n]).buffer)[0]!;
    expect(written((to) => to.float64(negative))).toEqual(written((to) => to.float64(Number.NaN)));
  });
});

describe('strings', () => {
  const type = avroType('"string"');
  const lengths = Array.from({ length: 140 }, (_, length) => length);

  it.each([
    'a',
    'ä',
    '€',
    '😀',
  ])('of all lengths around 23 and 64, ending in %s, are as avsc has them', (end) => {
    for (const length of lengths) {
      const text = 'x'.repeat(length) + end;
      expect(written((to) => to.string(text))).toEqual(type.toBuffer(text));
      expect(reading(type.toBuffer(text)).string()).toBe(text);
      const middle = end + 'x'.repeat(length);
      expect(written((to) => to.string(middle))).toEqual(type.toBuffer(middle));
      expect(reading(type.toBuffer(middle)).string()).toBe(middle);
    }
  });

  it('of few characters are not taken for one another, however many there are', () => {
    const texts = Array.from({ length: 3_000 }, (_, number) => number.toString(36).slice(-4));
    for (const text of ['\0', '\0\0', '\0\0\0\0', ...texts, ...texts])
      expect(reading(type.toBuffer(text)).string()).toBe(text);
  });

  it.each([
    '\ud800',
    'x\udc00y',
    `${'x'.repeat(80)}\ud800`,
  ])('with half a surrogate pair are refused', (text) => {
    expect(() => written((to) => to.string(text))).toThrow(RangeError);
  });

  it.each([
    ['a lone byte', [0xff]],
    ['half a character', [0xe2, 0x82]],
    ['a slash in two bytes', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
  ])('that are no UTF-8, with %s, are malformed', (_, bytes) => {
    for (const before of [0, 10, 30, 100]) {
      const text = Buffer.concat([Buffer.alloc(before, 'x'), Buffer.from(bytes)]);
      expect(() => reading(Buffer.concat([varint(BigInt(text.length)), text])).string()).toThrow(
        MalformedError,
      );
    }
  });

  it('that really say U+FFFD are read', () => {
    expect(reading(type.toBuffer('a\ufffdb')).string()).toBe('a\ufffdb');
  });
});

describe('decimals', () => {
  const limit = 10n ** 38n;

  it.each([
    0n,
    1n,
    -1n,
    127n,
    128n,
    -128n,
    -129n,
    limit - 1n,
    1n - limit,
  ])('%d is read in every legal length', (value) => {
    expect(written((to) => to.decimal(value))).toEqual(
      Buffer.concat([varint(16n), twosComplement(value, 16)]),
    );
    for (let size = 1; size <= 16; size += 1) {
      if (BigInt.asIntN(size * 8, value) !== value) continue;
      const bytes = Buffer.concat([varint(BigInt(size)), twosComplement(value, size)]);
      expect(reading(bytes).decimal()).toBe(value);
    }
  });

  it("about every power of two are what two's complement says, on either side of nought", () => {
    const nearby = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n });
    fc.assert(
      fc.property(
        fc.nat({ max: 126 }),
        fc.boolean(),
        fc.oneof(nearby, fc.bigInt(-3n, 3n)),
        (bit, isNegative, off) => {
          const value = (isNegative ? -(2n ** BigInt(bit)) : 2n ** BigInt(bit)) + off;
          fc.pre(value < limit && value > -limit);
          const bytes = Buffer.concat([varint(16n), twosComplement(value, 16)]);
          expect(written((to) => to.decimal(value))).toEqual(bytes);
          expect(reading(bytes).decimal()).toBe(value);
        },
      ),
      { numRuns: 500 },
    );
  });

  it.each([limit, -limit, 2n ** 127n - 1n])('%d has too many digits', (value) => {
    expect(() => written((to) => to.decimal(value))).toThrow(RangeError);
    const bytes = Buffer.concat([varint(16n), twosComplement(value, 16)]);
    expect(() => reading(bytes).decimal()).toThrow(MalformedError);
  });

  it.each([0, 17])('of %d bytes are malformed', (size) => {
    expect(() => reading(Buffer.concat([varint(BigInt(size)), Buffer.alloc(size)])).decimal()).toThrow(
      MalformedError,
    );
  });
});

it('bytes of any length are copied whole, at any place', () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2047, 2048, 2049, 4096, 10_000), fc.nat({ max: 9 }), (length, at) => {
      const source = Buffer.from(Array.from({ length }, (_, index) => index % 251));
      const target = Buffer.alloc(length + at + 1, 0xff);
      copyBytes(source, target, at);
      expect(target.subarray(at, at + length).equals(source)).toBe(true);
      expect(target[at + length]).toBe(0xff);
    }),
  );
});

it('sizes that are negative or larger than what is there are malformed', () => {
  for (const size of [-1n, 5n, 2n ** 40n, -(2n ** 40n)]) {
    const bytes = Buffer.concat([varint(size), Buffer.alloc(4)]);
    expect(() => reading(bytes).string()).toThrow(MalformedError);
    expect(() => reading(bytes).blob()).toThrow(MalformedError);
    expect(() => reading(bytes).decimal()).toThrow(MalformedError);
  }
});
