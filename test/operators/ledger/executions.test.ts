/** Executions come and go; what is kept of them follows from what is there. */
import fc from 'fast-check';
import { executionsTable, type Message } from '../../../operators/ledger/executions';
import { sourceHash } from '../../../operators/ledger/identity';
import { ByteWriter } from '../../../runtime/wire/bytes';
import { FillKind } from '../../../schemas/ledger';
import { ExecutionState } from '../../../schemas/tables';
import { SavedTables } from '../../support/saved-tables';

const definition = executionsTable({ name: 'executions', limit: 100 });

const message = (id: number): Message => ({
  executionId: `E${id}`,
  account: 1,
  instrument: 2,
  venue: 3,
  broker: undefined,
  tradingDay: undefined,
  kind: FillKind.New,
  state: ExecutionState.Booked,
  refersTo: undefined,
  refersToDay: undefined,
  contract: 0,
  quantity: 1n,
  price: 1n,
  fee: id % 2 === 0 ? 10n ** 30n : 1n,
  feeCurrency: 'USD',
  time: 1_000 + id,
  arrived: 1_000 + id,
  version: 0,
  asOf: 0,
  depth: 0,
  restatedBy: undefined,
  firstTold: undefined,
});

/** Adds an execution, or removes it where it is there; `restarts` says before which acts the process starts anew. */
function run(acts: readonly number[], restarts: ReadonlySet<number>): SavedTables {
  const saved = new SavedTables();
  let table = definition.open();
  const save = (): void => {
    const changes = table.takeChanges(new ByteWriter());
    if (changes) saved.save([changes]);
  };
  for (const [index, id] of acts.entries()) {
    if (restarts.has(index)) {
      save();
      table = definition.open(saved.table('executions'));
    }
    const slot = table.find(message(id));
    if (slot < 0) table.add(message(id));
    else table.remove(slot);
  }
  save();
  return saved;
}

test('law 7: restarts change no byte of what is kept, also where the last to have come is gone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(5), { maxLength: 30 }),
      fc.array(fc.nat(29), { maxLength: 5 }),
      (acts, restarts) => {
        const calm = run(acts, new Set());
        expect(run(acts, new Set(restarts)).contents()).toEqual(calm.contents());
      },
    ),
  );
});

test('law 13 bounded: two hundred thousand executions, four at a time, need five slots', () => {
  const table = definition.open();
  let slots = 0;
  for (let id = 0; id < 200_000; id += 1) {
    slots = Math.max(slots, table.add(message(id)) + 1);
    if (id >= 4) table.remove(table.find(message(id - 4)));
    if (id % 1_000 === 0) table.takeChanges(new ByteWriter());
  }
  expect([table.size, slots]).toEqual([4, 5]);
});

test('one id of two sources whose numbers are one is two executions', () => {
  const here = message(1);
  const there = { ...here, account: 7, instrument: 9 };
  // Chosen so that both make the same number.
  there.venue = sourceHash(here) ^ sourceHash({ ...there, venue: 0 });
  expect(sourceHash(there)).toBe(sourceHash(here));
  const table = definition.open();
  const slot = table.add(here);

  expect([table.find(here), table.find(there)]).toEqual([slot, -1]);
  const other = table.add(there);
  expect([table.find(here), table.find(there)]).toEqual([slot, other]);
  table.remove(slot);
  expect([table.find(here), table.find(there)]).toEqual([-1, other]);
});
