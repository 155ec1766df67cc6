import fc from 'fast-check';
import type { RowsCodec } from '../../runtime/stream/codec';
import { Marker } from '../../runtime/stream/marker';
import { numberedTable } from '../../runtime/tables/numbered';
import { DoubledKeyError, rowsTable } from '../../runtime/tables/rows';
import type { Table, TableDefinition } from '../../runtime/tables/table';
import { TableFullError } from '../../runtime/tables/table';
import { type Timers, timersTable } from '../../runtime/tables/timers';
import { ByteWriter } from '../../runtime/wire/bytes';
import { applyChanges, savedTable } from '../support/memory-backend';
import { type Amount, amounts } from '../support/toy';

const scratch = new ByteWriter();

/** Saves a table's changes and opens it again from what was saved, as after a crash. */
function reopened<T extends Table>(definition: TableDefinition<T>, ...saves: (() => T)[]): T {
  const stored = new Map();
  for (const save of saves) {
    const changes = save().takeChanges(scratch);
    if (changes) applyChanges(stored, changes);
  }
  return definition.open(savedTable(stored.get(definition.name)));
}

const accounts = rowsTable<Amount>({
  name: 'accounts',
  codec: amounts.codec as RowsCodec<Amount>,
  key: ({ key }) => String(key),
  limit: 3,
});

describe('rows', () => {
  test('are restored in the order in which they are read: of slots', () => {
    const table = accounts.open();
    for (const key of [7, 3, 5]) table.set({ key, amount: 1 });
    table.set({ key: 7, amount: 2 });
    table.delete('3');
    table.set({ key: 1, amount: 1 });

    expect([...reopened(accounts, () => table).values()].map(({ key, amount }) => [key, amount])).toEqual([
      [7, 2],
      [1, 1],
      [5, 1],
    ]);
    expect([...table.values()].map(({ key }) => key)).toEqual([7, 1, 5]);
  });

  test('a slot is used again once its record is gone, the lowest first, before and after a restart', () => {
    const table = accounts.open();
    for (const key of [1, 2, 3]) table.set({ key, amount: 1 });
    table.delete('2');
    table.delete('1');
    table.set({ key: 4, amount: 1 });
    const again = reopened(accounts, () => table);
    again.set({ key: 5, amount: 1 });

    expect([...again.values()].map(({ key }) => key)).toEqual([4, 5, 3]);
    expect([...again.takeChanges(scratch)!.slots]).toEqual([1]);
  });

  test('two saved rows of one key are refused by name: one of them would be lost', () => {
    const { name, codec, limit } = accounts;
    const byAmount = rowsTable<Amount>({ name, codec, limit, key: ({ amount }) => String(amount) });
    const table = accounts.open();
    table.set({ key: 1, amount: 7 });
    table.set({ key: 2, amount: 7 });
    expect(() => reopened(byAmount, () => table)).toThrow(DoubledKeyError);
  });

  test('law 13 bounded: one more than the limit is refused by name', () => {
    const table = accounts.open();
    for (const key of [1, 2, 3]) table.set({ key, amount: 1 });

    expect(() => table.set({ key: 4, amount: 1 })).toThrow(TableFullError);
  });
});

describe('timers', () => {
  const timers = timersTable({ name: 'timers', limit: 100 });

  test('fire in order of due, then key, and survive a restart', () => {
    const table = timers.open();
    table.set(5, 30);
    table.set(2, 10);
    table.set(9, 10);
    table.set(5, 20);
    table.set(4, 5);
    table.cancel(4);
    const again = reopened(timers, () => table);

    expect([again.nextDue(), [...again.fire(10).key], [...again.fire(30).key], again.nextDue()]).toEqual([
      10,
      [2, 9],
      [5],
      undefined,
    ]);
  });

  test('one that fired or was cancelled leaves no record', () => {
    const table = timers.open();
    table.set(1, 10);
    table.set(2, 20);
    table.set(3, 30);
    table.cancel(3);
    table.fire(10);
    expect([table.size, table.isSet(1), table.isSet(2), table.isSet(3)]).toEqual([1, false, true, false]);
    expect(reopened(timers, () => table).size).toBe(1);
  });

  test('saved as they were before, with -1 for one that is not set, they are restored', () => {
    const stored = new Map();
    const due = (value: number): Uint8Array => {
      const to = new ByteWriter();
      to.long(value);
      return to.take();
    };
    const bytes = Buffer.concat([due(50), due(-1), due(40)]);
    applyChanges(stored, {
      table: 'timers',
      schema: timers.schema,
      slots: Uint32Array.of(4, 7, 9),
      ends: Uint32Array.of(1, 2, 3),
      bytes,
      nextSlot: 12,
    });
    const table = timers.open(savedTable(stored.get('timers')));
    expect([table.isSet(7), table.nextDue(), [...table.fire(100).key]]).toEqual([false, 40, [9, 4]]);
  });

  test('agree with a sorted list after any history', () => {
    const anyAct = fc.record({
      key: fc.nat(5),
      due: fc.nat(20),
      act: fc.constantFrom('set', 'cancel', 'fire'),
    });
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 40 }), (acts) => {
        const table: Timers = timers.open();
        const expected = new Map<number, number>();
        for (const { key, due, act } of acts) {
          if (act === 'set') {
            table.set(key, due);
            expected.set(key, due);
          } else if (act === 'cancel') {
            table.cancel(key);
            expected.delete(key);
          } else {
            const fired = [...expected]
              .filter(([, at]) => at <= due)
              .sort(([a, x], [b, y]) => x - y || a - b);
            for (const [one] of fired) expected.delete(one);
            expect([...table.fire(due).key]).toEqual(fired.map(([one]) => one));
          }
        }
      }),
    );
  });
});

describe('numbered columns', () => {
  const codec: RowsCodec<Record<string, number>> = {
    layout: 'rows',
    record: 'test.Price',
    schema: '{"type":"record","name":"test.Price","fields":[{"name":"price","type":"double"}]}',
    encode: (row, to) => to.float64(row['price']!),
    decode: (from) => ({ price: from.float64() }),
  };
  const prices = numberedTable({
    name: 'prices',
    codec,
    encodeAt: ({ price }, slot, to) => to.float64(price[slot]!),
    allocate: (capacity: number) => ({ price: new Float64Array(capacity) }),
    fillers: { price: Number.NaN },
    limit: 10_000,
  });

  test('grow, and are restored with what was touched', () => {
    const table = prices.open();
    table.ensure(5_000);
    table.columns.price[5_000] = 12.5;
    table.touch(5_000);
    const again = reopened(prices, () => table);

    expect([
      again.columns.price[5_000],
      again.columns.price[0],
      again.has(0),
      again.size,
      again.length,
    ]).toEqual([12.5, Number.NaN, false, 1, 5_001]);
  });

  test('law 13 bounded: a number beyond the limit is refused by name', () => {
    expect(() => prices.open().ensure(10_000)).toThrow(TableFullError);
    expect(() => prices.open().touch(10_000)).toThrow(TableFullError);
  });
});

test('a marker holds each member once, in order of arrival, and counts every call', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(3_000), { maxLength: 60 }), (keys) => {
      const marker = new Marker();
      marker.add(1);
      marker.clear();
      for (const key of keys) marker.add(key);

      expect([...marker.keys()]).toEqual([...new Set(keys)]);
      expect(marker.added).toBe(keys.length + 1);
    }),
  );
});
