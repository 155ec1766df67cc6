/** Recorded order flow: the books that come of it are those that were published, or keep what a book must keep. */
import { join } from 'node:path';
import { LevelBook } from '../../books/level-book';
import { type BookSide, OrderBook } from '../../books/order-book';
import { fileLines } from '../../sources/file-lines';
import { dataFolder, whyNoData } from '../support/real-data';

const fields = async function* (name: string): AsyncGenerator<readonly string[]> {
  for await (const { lines } of fileLines(join(dataFolder, name)))
    for (const line of lines) yield line.split(',');
};
/** A test where the files are, else one that is skipped by name. */
function when(files: readonly string[], name: string, run: () => Promise<void>): void {
  const why = whyNoData(files);
  if (why === undefined) test(name, run);
  else test.skip(`${name} (${why})`, run);
}

const lobster = ['message', 'orderbook'].map(
  (what) => `order-level/aapl_20120621_lobster_${what}_10_first600.csv.gz`,
);
const bitstamp = 'order-level/bitstamp_btcusd_20150501_orders_first_half.csv.xz';
const cme = ['20231224', '20231225_first_half'].map((day) => `order-level/cme_esh4_mbo_${day}.csv.xz`);

when(lobster, 'LOBSTER: after each message the ten best levels are the published ones', async () => {
  const rows: (readonly string[])[] = [];
  for await (const row of fields(lobster[1]!)) rows.push(row);
  const published = (row: number, of: BookSide): [number, number][] =>
    Array.from({ length: 10 }, (_, at) => {
      const from = at * 4 + (of === 1 ? 2 : 0);
      return [Number(rows[row]![from]), Number(rows[row]![from + 1])];
    });
  const book = new LevelBook({ levelsMax: 10_000 });
  const sideOf = (of: BookSide) => (of === 1 ? book.bids : book.asks);

  let row = 0;
  for await (const [, type, , size, price, direction] of fields(lobster[0]!)) {
    const changed = sideOf(Number(direction) as BookSide);
    if (row > 0 && type !== '5') changed.add(Number(price), (type === '1' ? 1 : -1) * Number(size));
    for (const which of [1, -1] as const) {
      const side = sideOf(which);
      const expected = published(row, which);
      // What lies behind the tenth level changes unseen: it is taken from the file when it comes into sight.
      side.trim(10);
      if (row === 0) for (const [price, size] of expected) side.set(price, size);
      else if (side.length < 10) side.set(...expected[9]!);
      const best = Array.from({ length: 10 }, (_, at) => [side.price(at), side.size(at)]);
      expect(best).toEqual(expected);
    }
    row += 1;
  }
  expect(row).toBe(rows.length);
});

when(
  cme,
  'CME: each change is of an order that rests, and once the market is open no event leaves the book crossed',
  async () => {
    const LAST = 128;
    const book = new OrderBook({ levelsMax: 10_000, ordersMax: 100_000 });
    const seen: Record<string, number> = {};
    // Until the market opens orders may cross: they wait for the auction.
    const opens = 1_703_545_200_000_000_000n;
    let crossed = 0;
    let events = 0;
    for (const [number, file] of cme.entries()) {
      let rows = 0;
      for await (const [, time, , id, price, size, action, side, flags] of fields(file)) {
        rows += 1;
        if (rows === 1) continue;
        const of: BookSide = side === 'B' ? 1 : -1;
        // The second file begins with the book at its start once more.
        const repeated = number === 1 && action === 'A' && book.get(Number(id));
        const applied =
          action === 'A' && !repeated
            ? book.add(Number(id), of, Number(price), Number(size))
            : action === 'C'
              ? book.reduce(Number(id), Number(size))
              : action === 'M'
                ? book.modify(Number(id), Number(price), Number(size))
                : 'applied';
        if (applied !== 'applied') seen[`${action} ${applied}`] = (seen[`${action} ${applied}`] ?? 0) + 1;
        if (repeated)
          expect(repeated).toEqual({ id: Number(id), side: of, price: Number(price), size: Number(size) });
        if ((Number(flags) & LAST) === 0 || BigInt(time!) <= opens) continue;
        events += 1;
        if (book.levels.isCrossed) crossed += 1;
      }
    }
    expect(seen).toEqual({});
    expect(events).toBeGreaterThan(5000);
    expect(crossed).toBe(0);
  },
);

when(
  [bitstamp],
  'Bitstamp: orders live from created to deleted, and those that were not deleted remain',
  async () => {
    const book = new OrderBook({ levelsMax: 20_000, ordersMax: 100_000 });
    const created = new Set<string>();
    const deleted = new Set<string>();
    let first = true;
    for await (const [id, , , price, volume, action, direction] of fields(bitstamp)) {
      if (first) {
        first = false;
        continue;
      }
      const of: BookSide = direction === 'bid' ? 1 : -1;
      // Prices have two decimals: whole cents are exact.
      const cents = Math.round(Number(price) * 100);
      // Two orders are told as gone before they are told as new.
      if (action === 'created' && deleted.has(id!)) continue;
      if (action === 'created') {
        if (Number(volume) > 0) expect(book.add(Number(id), of, cents, Number(volume))).toBe('applied');
        created.add(id!);
      } else if (created.has(id!) && !deleted.has(id!)) {
        const known = book.get(Number(id));
        const applied =
          action === 'deleted' || Number(volume) === 0
            ? book.remove(Number(id))
            : book.modify(Number(id), known?.price ?? cents, Number(volume));
        expect(applied).toBe('applied');
      }
      if (action === 'deleted') deleted.add(id!);
    }
    const alive = [...created].filter((id) => !deleted.has(id)).length;
    expect(book.size).toBe(alive);
    expect(alive).toBeGreaterThan(100);
  },
);
