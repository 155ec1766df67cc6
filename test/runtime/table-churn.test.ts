/** Records come and go for as long as a process lives: what they cost, and the order in which they are read, follow from what is there. */
import fc from 'fast-check';
import type { RowsCodec } from '../../runtime/stream/codec';
import { type Rows, rowsTable } from '../../runtime/tables/rows';
import { ByteWriter } from '../../runtime/wire/bytes';
import { SavedTables } from '../support/saved-tables';
import { type Amount, amounts } from '../support/toy';

const orders = rowsTable<Amount>({
  name: 'orders',
  codec: amounts.codec as RowsCodec<Amount>,
  key: ({ key }) => String(key),
  limit: 1_000,
});
const scratch = new ByteWriter();

interface Act {
  readonly key: number;
  readonly kind: 'set' | 'delete' | 'save' | 'restart';
}

/** Sets and deletes; `save` and `restart` happen only where they are asked for. */
function run(
  acts: readonly Act[],
  heeded: readonly Act['kind'][],
): { rows: Rows<Amount>; saved: SavedTables } {
  const saved = new SavedTables();
  let rows = orders.open();
  const save = (): void => {
    const changes = rows.takeChanges(scratch);
    if (changes) saved.save([changes]);
  };
  for (const [amount, { key, kind }] of acts.entries()) {
    if (kind === 'set') rows.set({ key, amount });
    if (kind === 'delete') rows.delete(String(key));
    if (!heeded.includes(kind)) continue;
    save();
    if (kind === 'restart') rows = orders.open(saved.table('orders'));
  }
  save();
  return { rows, saved };
}

describe('rows under churn', () => {
  test('laws 2 and 7: neither cuts nor restarts change what is kept, where, or the order in which it is read', () => {
    const anyAct: fc.Arbitrary<Act> = fc.record({
      key: fc.nat(9),
      kind: fc.constantFrom('set', 'set', 'delete', 'save', 'restart'),
    });
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 80 }), (acts) => {
        const calm = run(acts, []);
        for (const heeded of [['save'], ['save', 'restart']] as const) {
          const other = run(acts, heeded);
          expect([...other.rows.values()]).toEqual([...calm.rows.values()]);
          expect(other.saved.contents()['orders'] ?? []).toEqual(calm.saved.contents()['orders'] ?? []);
        }
        const restored = orders.open(calm.saved.table('orders'));
        expect([...restored.values()]).toEqual([...calm.rows.values()]);
      }),
    );
  });

  test('law 13 bounded: a hundred thousand orders, three at a time, need three slots', () => {
    const rows = orders.open();
    let slots = 0;
    for (let key = 0; key < 100_000; key += 1) {
      rows.set({ key, amount: 1 });
      if (key >= 3) rows.delete(String(key - 3));
      if (key % 1_000 === 0) slots = Math.max(slots, rows.takeChanges(scratch)?.nextSlot ?? 0);
    }
    // The fourth is there before the first is gone.
    expect([rows.size, slots]).toEqual([3, 4]);
  });

  test('what was saved when slots were never used again is restored, and its holes are filled', () => {
    const before = run([{ key: 5, kind: 'set' }], []).saved.contents()['orders']![0]![1];
    const saved = new SavedTables();
    const record = Buffer.from(before, 'hex');
    saved.save([
      {
        table: 'orders',
        schema: orders.schema,
        slots: Uint32Array.of(70_000),
        ends: Uint32Array.of(record.length),
        bytes: record,
        nextSlot: 90_000,
      },
    ]);
    const rows = orders.open(saved.table('orders'));
    rows.set({ key: 6, amount: 1 });
    const changes = rows.takeChanges(scratch)!;
    expect([[...changes.slots], changes.nextSlot]).toEqual([[0], 70_001]);
    expect([...rows.values()].map(({ key }) => key)).toEqual([6, 5]);
  });
});
