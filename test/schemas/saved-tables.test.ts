/** Tables saved by an older version of the program are restored as today's; what cannot be read is refused by name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type SavedTable, TableSchemaError } from '../../runtime/tables/table';
import { ByteReader } from '../../runtime/wire/bytes';
import { InstrumentKind } from '../../schemas/reference';
import { instrumentTable, tradedVolumeTable } from '../../schemas/tables';
import { instrumentUntold } from '../../schemas/untold';
import { avroType } from './support/avro';

const firstInstrument = JSON.stringify(
  JSON.parse(
    readFileSync(join(__dirname, '..', '..', '..', 'schemas/versions/reference.Instrument/1.avsc'), 'utf8'),
  ),
);

/** Records in slots, as a store hands them out. */
const saved = (schema: string, records: readonly (readonly [slot: number, bytes: Buffer])[]): SavedTable => ({
  nextSlot: 9,
  forEach(visit) {
    for (const [slot, bytes] of records) visit(slot, new ByteReader().over(bytes), schema);
  },
});

it('instruments saved before there were inverse ones are restored as not inverse', () => {
  const type = avroType(firstInstrument);
  const record = (instrument: number, kind: string): Buffer =>
    type.toBuffer({
      instrument,
      name: `I-${instrument}`,
      currency: 'USD',
      multiplier: 50n * 10n ** 9n,
      kind,
    });
  const table = instrumentTable.open(
    saved(firstInstrument, [
      [2, record(7, 'Future')],
      [5, record(3, 'Other')],
    ]),
  );
  expect([...table.values()]).toEqual([
    {
      instrument: 7,
      name: 'I-7',
      currency: 'USD',
      inverse: false,
      ...instrumentUntold,
      multiplier: 50n * 10n ** 9n,
      kind: InstrumentKind.Future,
    },
    {
      instrument: 3,
      name: 'I-3',
      currency: 'USD',
      inverse: false,
      ...instrumentUntold,
      multiplier: 50n * 10n ** 9n,
      kind: InstrumentKind.Other,
    },
  ]);
});

it('columns by number are restored from a schema of fewer fields and narrower numbers', () => {
  const today = JSON.parse(tradedVolumeTable.schema) as {
    readonly fields: readonly { readonly name: string; readonly type: unknown; readonly default?: unknown }[];
  };
  const kept = today.fields.filter((field) => field.default === undefined);
  const older = JSON.stringify({
    ...today,
    fields: kept.map((field) => (field.type === 'double' ? { ...field, type: 'float' } : field)).reverse(),
  });
  const values = Object.fromEntries(
    kept.map(({ name, type }) => [name, type === 'double' ? 1.5 : type === 'int' ? 4 : 4n]),
  );
  const table = tradedVolumeTable.open(saved(older, [[3, avroType(older).toBuffer(values)]]));
  const columns: Readonly<Record<string, ArrayLike<number>>> = table.columns;
  for (const { name, type, default: initial } of today.fields)
    expect(columns[name]![3]).toBe(initial ?? (type === 'double' ? 1.5 : 4));
  expect([table.size, table.length]).toEqual([1, 4]);
});

it('a table of another record is refused', () => {
  const other =
    '{"type":"record","name":"breakwater.reference.Instrument","fields":[{"name":"instrument","type":"string"}]}';
  const open = (): unknown => instrumentTable.open(saved(other, [[0, Buffer.from([0])]]));
  expect(open).toThrow(TableSchemaError);
  expect(open).toThrow('was written with a schema that this version cannot read');
});
