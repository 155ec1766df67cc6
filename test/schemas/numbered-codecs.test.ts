/** Numbered tables write a slot of their columns as their codec writes the row that it is. */
import fc from 'fast-check';
import type { NumberedColumns, NumberedTable } from '../../runtime/tables/numbered';
import { ByteWriter } from '../../runtime/wire/bytes';
import * as tables from '../../schemas/tables';
import { fieldsOf } from './support/avro';
import { recordsOf } from './support/values';

const isNumbered = (value: unknown): value is NumberedTable<NumberedColumns> =>
  typeof value === 'object' && value !== null && 'encodeAt' in value && 'limit' in value;
const numbered = Object.values(tables as Record<string, unknown>)
  .filter(isNumbered)
  .map((table) => [table.name, table] as const);

it('there are some', () => {
  expect(numbered.length).toBeGreaterThan(3);
});

it.each(numbered)('%s', (_, { codec, encodeAt, allocate, fillers }) => {
  const fields = fieldsOf(codec.schema);
  expect(Object.keys(fillers)).toEqual(fields.map(({ name }) => name));
  fc.assert(
    fc.property(recordsOf(fields), fc.nat({ max: 9 }), ({ ours }, slot) => {
      const columns = allocate(10);
      for (const { name } of fields) columns[name]![slot] = ours[name] as number;
      const [bySlot, byRow] = [new ByteWriter(1), new ByteWriter(1)];
      encodeAt(columns, slot, bySlot);
      codec.encode(ours as Record<string, number>, byRow);
      expect(bySlot.take()).toEqual(byRow.take());
    }),
  );
});
