import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ItchBooks } from '../../../sources/itch/itch-books';
import { Itch, ItchReader } from '../../../sources/itch/itch-reader';
import { dataFolder, whyNoData } from '../../support/real-data';

/** A message behind its length, from hexadecimal digits of its parts. */
function message(type: string, ...parts: readonly string[]): Buffer {
  const body = Buffer.concat([Buffer.from(type), Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')]);
  const prefix = Buffer.alloc(2);
  prefix.writeUInt16BE(body.length);
  return Buffer.concat([prefix, body]);
}
const hex = (value: number, bytes: number): string => value.toString(16).padStart(bytes * 2, '0');
const head = hex(7, 2) + hex(0, 2) + hex(34_200_000_000_123, 6);
const text = (value: string): string => Buffer.from(value.padEnd(8)).toString('hex');
const side = (letter: string): string => Buffer.from(letter).toString('hex');

const added = (reference: number, letter: string, shares: number, price: number): Buffer =>
  message('A', head, hex(reference, 8), side(letter), hex(shares, 4), text('XYZ'), hex(price, 4));
const deleted = (reference: number): Buffer => message('D', head, hex(reference, 8));
const executed = (reference: number, shares: number): Buffer =>
  message('E', head, hex(reference, 8), hex(shares, 4), hex(99, 8));
const replaced = (reference: number, by: number, shares: number, price: number): Buffer =>
  message('U', head, hex(reference, 8), hex(by, 8), hex(shares, 4), hex(price, 4));

test('an added order says who, what, how much and when', () => {
  const reader = new ItchReader('a.itch');
  reader.over(added(4_294_967_301, 'S', 300, 1_002_500));
  expect(reader.next()).toBe(Itch.AddOrder);
  const { locate, time, reference, shares, price } = reader;
  expect({ locate, time, reference, shares, price, side: reader.side, symbol: reader.symbol(24) }).toEqual({
    locate: 7,
    time: 34_200_000_000_123,
    reference: 4_294_967_301,
    shares: 300,
    price: 1_002_500,
    side: -1,
    symbol: 'XYZ',
  });
  expect(reader.next()).toBe(0);
});

test('orders are added, executed, replaced and deleted in the book, however the bytes are cut', () => {
  const bytes = Buffer.concat([
    added(1, 'B', 100, 1_000_000),
    added(2, 'B', 50, 1_000_000),
    executed(1, 40),
    replaced(2, 3, 70, 999_900),
    added(4, 'S', 10, 1_000_100),
    deleted(4),
    deleted(5),
  ]);
  for (let piece = 1; piece <= bytes.length; piece += 7) {
    const reader = new ItchReader('a.itch');
    const books = new ItchBooks({ levelsMax: 100, ordersMax: 100 });
    for (let at = 0; at < bytes.length; at += piece) {
      reader.over(bytes.subarray(at, at + piece));
      for (let type = reader.next(); type !== 0; type = reader.next()) books.apply(type, reader);
    }
    const { levels, size } = books.of(7);
    expect([levels.bids.price(0), levels.bids.size(0), levels.bids.price(1), levels.bids.size(1)]).toEqual([
      1_000_000, 60, 999_900, 70,
    ]);
    expect([size, levels.asks.length, reader.leftOver]).toEqual([2, 0, 0]);
    expect(books.refused).toEqual({ 'order-id-known': 0, 'order-id-unknown': 1, 'order-size-exceeded': 0 });
  }
});

test.each([
  ['a type that is none', Buffer.from([0, 3, 0x7a, 0, 0]), 'there is no message type "z"'],
  [
    'a length that is not the type’s',
    Buffer.from([0, 9, 0x44, ...Buffer.alloc(20)]),
    'message "D" says 9 bytes and has 19',
  ],
])('%s is named with its message', (_what, bytes, why) => {
  const reader = new ItchReader('bad.itch');
  reader.over(Buffer.concat([deleted(1), bytes]));
  reader.next();
  expect(() => reader.next()).toThrow(`bad.itch, row 2: ${why}`);
});

const file = 'order-level/itch50_simulated_3_symbols.bin.gz';
const why = whyNoData([file]);
(why === undefined ? test : test.skip)(
  `a recorded file is read whole, and what befalls orders that were never added is counted${why ? ` (${why})` : ''}`,
  () => {
    const reader = new ItchReader(file);
    const books = new ItchBooks({ levelsMax: 10_000, ordersMax: 100_000 });
    reader.over(gunzipSync(readFileSync(join(dataFolder, file))));
    const types = new Map<string, number>();
    for (let type = reader.next(); type !== 0; type = reader.next()) {
      const letter = String.fromCharCode(type);
      types.set(letter, (types.get(letter) ?? 0) + 1);
      books.apply(type, reader);
    }
    expect([reader.messages, reader.leftOver]).toEqual([12_012, 0]);
    // The simulated day tells of 117 orders that it never added.
    expect(books.refused).toEqual({ 'order-id-known': 0, 'order-id-unknown': 117, 'order-size-exceeded': 0 });
    expect(types.get('R')).toBe(3);
    for (const locate of [1, 2, 3]) expect(books.of(locate).size).toBeGreaterThan(0);
  },
);
