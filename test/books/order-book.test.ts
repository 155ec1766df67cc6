/** Books by order against a plain list of orders in their queues. */
import fc from 'fast-check';
import { type Applied, type BookSide, OrderBook } from '../../books/order-book';

interface Order {
  readonly id: number;
  readonly side: BookSide;
  readonly price: number;
  size: number;
}

/** Orders in order of priority within their level, in one list: slow and plain. */
class PlainBook {
  orders: Order[] = [];

  private with(id: number, change: (order: Order) => Applied): Applied {
    const order = this.orders.find((one) => one.id === id);
    return order ? change(order) : 'order-id-unknown';
  }
  add(order: Order): Applied {
    if (this.orders.some(({ id }) => id === order.id)) return 'order-id-known';
    this.orders.push(order);
    return 'applied';
  }
  remove(id: number): Applied {
    return this.with(id, () => {
      this.orders = this.orders.filter((one) => one.id !== id);
      return 'applied';
    });
  }
  reduce(id: number, by: number): Applied {
    return this.with(id, (order) => {
      if (by > order.size) return 'order-size-exceeded';
      order.size -= by;
      return order.size === 0 ? this.remove(id) : 'applied';
    });
  }
  modify(id: number, price: number, size: number): Applied {
    return this.with(id, (order) => {
      if (price === order.price && size <= order.size) {
        order.size = size;
        return 'applied';
      }
      this.remove(id);
      return this.add({ ...order, price, size });
    });
  }
  replace(id: number, newId: number, price: number, size: number): Applied {
    return this.with(id, (order) => {
      if (newId !== id && this.orders.some((one) => one.id === newId)) return 'order-id-known';
      this.remove(id);
      return this.add({ id: newId, side: order.side, price, size });
    });
  }
}

// A small alphabet, so that ids meet again; some beyond 2^32, as venues have them.
const id = fc.constantFrom(1, 2, 3, 4, 5, 6, 6_412_777_162_812, 6_412_777_162_813, 2 ** 53 - 1);
const price = fc.integer({ min: 98, max: 102 });
const size = fc.integer({ min: 1, max: 4 });
const change = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), id, side: fc.constantFrom<BookSide>(1, -1), price, size }),
  fc.record({ kind: fc.constant('reduce' as const), id, by: size }),
  fc.record({ kind: fc.constant('remove' as const), id }),
  fc.record({ kind: fc.constant('modify' as const), id, price, size }),
  fc.record({ kind: fc.constant('replace' as const), id, newId: id, price, size }),
);

test('after any changes orders, queues and levels are those of a plain list, and so is every answer', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
      const book = new OrderBook({ levelsMax: 10, ordersMax: 100 });
      const plain = new PlainBook();
      for (const one of changes) {
        if (one.kind === 'add')
          expect(book.add(one.id, one.side, one.price, one.size)).toBe(plain.add({ ...one }));
        else if (one.kind === 'reduce')
          expect(book.reduce(one.id, one.by)).toBe(plain.reduce(one.id, one.by));
        else if (one.kind === 'remove') expect(book.remove(one.id)).toBe(plain.remove(one.id));
        else if (one.kind === 'modify')
          expect(book.modify(one.id, one.price, one.size)).toBe(plain.modify(one.id, one.price, one.size));
        else
          expect(book.replace(one.id, one.newId, one.price, one.size)).toBe(
            plain.replace(one.id, one.newId, one.price, one.size),
          );
      }
      expect(book.size).toBe(plain.orders.length);
      for (const side of [1, -1] as const) {
        const levels = side === 1 ? book.levels.bids : book.levels.asks;
        const prices = [...new Set(plain.orders.filter((one) => one.side === side).map((one) => one.price))];
        expect(levels.length).toBe(prices.length);
        for (const at of prices) {
          const queue = plain.orders.filter((one) => one.side === side && one.price === at);
          expect([...book.queue(side, at)].map(({ id: of, size: left }) => [of, left])).toEqual(
            queue.map(({ id: of, size: left }) => [of, left]),
          );
          expect(levels.sizeAt(at)).toBe(queue.reduce((sum, one) => sum + one.size, 0));
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('a hundred thousand orders come and go, and their ids are found among each other', () => {
  const book = new OrderBook({ levelsMax: 1000, ordersMax: 100_000 });
  const live = new Set<number>();
  let seed = 12_345;
  const random = (): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed >>> 8;
  };
  let wrong = 0;
  for (let at = 0; at < 100_000; at += 1) {
    const of = (random() % 20_000) * 8_589_934_592 + (random() % 3);
    const known = live.has(of);
    if (known && random() % 3 !== 0) {
      if (book.remove(of) !== 'applied') wrong += 1;
      live.delete(of);
    } else {
      if (book.add(of, 1, random() % 500, 1) !== (known ? 'order-id-known' : 'applied')) wrong += 1;
      live.add(of);
    }
  }
  for (const known of live) if (book.get(known)?.id !== known) wrong += 1;
  expect(wrong).toBe(0);
  expect(book.size).toBe(live.size);
});

test('an order that shrinks keeps its place, one that grows or moves loses it', () => {
  const book = new OrderBook({ levelsMax: 10, ordersMax: 10 });
  for (const order of [1, 2, 3]) book.add(order, 1, 100, 5);
  book.modify(1, 100, 4);
  expect(book.sizeAhead(2)).toBe(4);
  book.modify(1, 100, 6);
  expect([...book.queue(1, 100)].map((order) => order.id)).toEqual([2, 3, 1]);
  expect(book.sizeAhead(1)).toBe(10);
  expect(book.sizeAhead(9)).toBeNaN();
});

test('at its limits the book says which, and stays as it was', () => {
  const book = new OrderBook({ levelsMax: 2, ordersMax: 3 });
  book.add(1, 1, 100, 1);
  book.add(2, 1, 101, 1);
  expect(() => book.add(3, 1, 102, 1)).toThrow('limit of 2 levels');
  book.add(3, 1, 101, 1);
  expect(() => book.add(4, 1, 101, 1)).toThrow('limit of 3 orders');
  expect(() => book.add(5, 1, 101, 0)).toThrow('sizes are above 0');
  expect(book.size).toBe(3);
  expect(book.levels.bids.sizeAt(101)).toBe(2);
});
