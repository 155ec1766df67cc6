import fc from 'fast-check';
import { numberedTable } from '../../../runtime/tables/numbered';
import { Pairs } from '../../../runtime/tables/pairs';
import { ByteWriter } from '../../../runtime/wire/bytes';
import { SavedTables } from '../../support/saved-tables';

type HeldColumns = {
  readonly account: Int32Array;
  readonly instrument: Int32Array;
  readonly size: Float64Array;
};

const held = numberedTable<HeldColumns>({
  name: 'held',
  codec: {
    layout: 'rows',
    record: 'test.Held',
    schema: '{"type":"record","name":"test.Held","fields":[]}',
    encode(row, to) {
      for (const name of ['account', 'instrument', 'size']) to.long(row[name]!);
    },
    decode: (from) => ({ account: from.long(), instrument: from.long(), size: from.long() }),
  },
  encodeAt(columns, slot, to) {
    to.long(columns.account[slot]!);
    to.long(columns.instrument[slot]!);
    to.long(columns.size[slot]!);
  },
  allocate: (capacity) => ({
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    size: new Float64Array(capacity),
  }),
  fillers: { account: 0, instrument: 0, size: -1 },
  limit: 1_000,
});
const NAMES = { first: 'account', second: 'instrument' } as const;

const holders = (pairs: Pairs<HeldColumns>, instrument: number): readonly number[] => {
  const slots: number[] = [];
  for (let slot = pairs.firstOf(instrument); slot >= 0; slot = pairs.nextOf(slot)) slots.push(slot);
  return slots;
};

describe('Pairs', () => {
  test('law 5: find what a scan of the table finds, and are the same built anew', () => {
    const anyAct = fc.record({ account: fc.nat(3), instrument: fc.nat(3), isRemoval: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 60 }), (acts) => {
        const table = held.open();
        const pairs = new Pairs(table, NAMES);
        const model = new Map<string, number>();
        for (const [size, { account, instrument, isRemoval }] of acts.entries()) {
          const key = `${account} ${instrument}`;
          expect(pairs.find(account, instrument)).toBe(model.get(key) ?? -1);
          if (isRemoval) {
            if (model.has(key)) pairs.remove(model.get(key)!);
            model.delete(key);
            continue;
          }
          const slot = pairs.open(account, instrument);
          if (!model.has(key)) expect(table.columns.size[slot]).toBe(-1);
          table.columns.size[slot] = size;
          table.touch(slot);
          model.set(key, slot);
        }
        const saved = new SavedTables();
        const changes = table.takeChanges(new ByteWriter());
        if (changes) saved.save([changes]);
        const again = new Pairs(held.open(saved.table('held')), NAMES);
        for (let instrument = 0; instrument < 4; instrument += 1) {
          const slots = [0, 1, 2, 3].flatMap((account) => model.get(`${account} ${instrument}`) ?? []);
          const expected = slots.sort((a, b) => b - a);
          expect(holders(pairs, instrument)).toEqual(expected);
          expect(holders(again, instrument)).toEqual(expected);
        }
      }),
    );
  });
});
