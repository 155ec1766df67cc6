import { type Slotted, slottedTable } from '../../../runtime/tables/slotted';
import { TableFullError, TableSchemaError } from '../../../runtime/tables/table';
import { type ByteReader, ByteWriter } from '../../../runtime/wire/bytes';
import { type Instrument, instrumentCodec } from '../../../schemas/reference';
import { instrumentUntold } from '../../../schemas/untold';
import { SavedTables } from '../../support/saved-tables';

const table = slottedTable<Instrument>({ name: 'listed', codec: instrumentCodec, limit: 4 });
const listed = (instrument: number): Instrument => ({
  instrument,
  name: `I${instrument}`,
  currency: 'USD',
  multiplier: 1n,
  inverse: false,
  kind: 0,
  ...instrumentUntold,
});
const readNumber = (from: ByteReader): Pick<Instrument, 'instrument'> => ({ instrument: from.int() });
const saved = (...tables: Slotted<Instrument>[]): SavedTables => {
  const tablesSaved = new SavedTables();
  for (const each of tables) {
    const changes = each.takeChanges(new ByteWriter());
    if (changes) tablesSaved.save([changes]);
  }
  return tablesSaved;
};

describe('Slotted', () => {
  test('is restored as it was saved, holes included, in order of slots', () => {
    const before = table.open();
    before.set(3, listed(30));
    before.set(1, listed(10));
    before.set(1, listed(11));
    const after = table.open(saved(before).table('listed'));

    const leads: [number, number][] = [];
    after.forEachSavedLead(readNumber, (slot, { instrument }) => leads.push([slot, instrument]));
    expect(leads).toEqual([
      [1, 11],
      [3, 30],
    ]);
    expect([after.size, after.saved(0), after.saved(3)]).toEqual([2, undefined, listed(30)]);
    expect(after.takeChanges(new ByteWriter())).toBeUndefined();
  });

  test('a restored row is decoded when it is asked for, and is what was saved until it is set anew', () => {
    const before = table.open();
    for (const slot of [0, 1, 2]) before.set(slot, listed(slot));
    let decoded = 0;
    const counting = slottedTable<Instrument>({
      name: 'listed',
      codec: {
        ...instrumentCodec,
        decode(from) {
          decoded += 1;
          return instrumentCodec.decode(from);
        },
      },
      limit: 4,
    });
    const after = counting.open(saved(before).table('listed'));
    expect([after.size, decoded]).toEqual([3, 0]);
    after.set(0, listed(7));
    after.delete(2);
    const leads: [number, number][] = [];
    after.forEachSavedLead(readNumber, (slot, { instrument }) => leads.push([slot, instrument]));
    expect(leads).toEqual([[1, 1]]);
    expect(decoded).toBe(0);
    expect([0, 1, 2].map((slot) => after.saved(slot))).toEqual([undefined, listed(1), undefined]);
    expect(decoded).toBe(1);
    expect([0, 1, 2].map((slot) => after.has(slot))).toEqual([true, true, false]);
  });

  test.each([
    { schema: 'has a field less', drop: (name: string) => name === 'name', decodedWhole: 0 },
    { schema: 'begins with another field', drop: (name: string) => name === 'instrument', decodedWhole: 2 },
  ])('where an older schema $schema, $decodedWhole records are read whole for what they begin with', (old) => {
    const before = table.open();
    for (const slot of [0, 1]) before.set(slot, listed(slot + 5));
    const record = JSON.parse(instrumentCodec.schema);
    const fields = record.fields.filter(({ name }: { name: string }) => !old.drop(name));
    const schema = JSON.stringify({ ...record, fields });
    const tables = new SavedTables();
    tables.save([{ ...before.takeChanges(new ByteWriter())!, schema }]);
    let decoded = 0;
    const today = slottedTable<Instrument>({
      name: 'listed',
      codec: instrumentCodec,
      limit: 4,
      versions: {
        resolve: (codec, writer) => ({
          ...(codec as typeof instrumentCodec),
          schema: writer,
          decode(from: ByteReader) {
            decoded += 1;
            return instrumentCodec.decode(from);
          },
        }),
      },
    });

    const leads: [number, number][] = [];
    const after = today.open(tables.table('listed'));
    after.forEachSavedLead(readNumber, (slot, { instrument }) => leads.push([slot, instrument]));
    expect(leads).toEqual([
      [0, 5],
      [1, 6],
    ]);
    expect(decoded).toBe(old.decodedWhole);
  });

  test('what an epoch has taken is saved, though the row is let go of', () => {
    const before = table.open();
    before.set(0, listed(5));
    const tables = saved(before);
    before.set(1, listed(6));
    tables.save([before.takeChanges(new ByteWriter())!]);
    before.delete(0);
    tables.save([before.takeChanges(new ByteWriter())!]);

    const after = table.open(tables.table('listed'));
    expect([after.size, after.saved(0), after.saved(1)]).toEqual([1, undefined, listed(6)]);
  });

  test('saves each changed slot once, and nothing that has not changed', () => {
    const rows = table.open();
    rows.set(0, listed(0));
    rows.set(0, listed(1));
    expect(rows.takeChanges(new ByteWriter())?.slots).toEqual(Uint32Array.of(0));
    rows.set(2, listed(2));
    expect(rows.takeChanges(new ByteWriter())?.slots).toEqual(Uint32Array.of(2));
  });

  test('has a limit, and refuses what was written with a schema it cannot read', () => {
    const rows = table.open();
    expect(() => rows.set(4, listed(4))).toThrow(TableFullError);
    rows.set(0, listed(0));
    const changes = rows.takeChanges(new ByteWriter())!;
    const foreign = new SavedTables();
    foreign.save([{ ...changes, schema: '{"type":"record","name":"Other","fields":[]}' }]);
    expect(() => table.open(foreign.table('listed'))).toThrow(TableSchemaError);
  });
});
