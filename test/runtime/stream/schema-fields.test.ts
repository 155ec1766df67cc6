import type { AnyCodec } from '../../../runtime/stream/codec';
import { schemaFields } from '../../../runtime/stream/schema-fields';
import { fillCodec } from '../../../schemas/ledger';
import { quoteCodec } from '../../../schemas/market';

const side = { type: 'enum', name: 'Side', namespace: 'desk', symbols: ['Buy', 'Sell'] };
const codecOf = (layout: AnyCodec['layout'], ...fields: object[]): AnyCodec =>
  ({ layout, schema: JSON.stringify({ type: 'record', name: 'Order', fields }) }) as unknown as AnyCodec;

describe('the fields of a record', () => {
  test('are of one type each, and null is said beside it', () => {
    const fields = schemaFields(
      codecOf(
        'rows',
        { name: 'id', type: 'string', doc: 'As the venue gave it.' },
        { name: 'price', type: { type: 'long', scale: 9 }, unit: 'USD' },
        { name: 'broker', type: ['null', 'string'], default: null },
        { name: 'either', type: ['null', 'string', 'int'] },
      ),
    );
    expect(fields).toEqual([
      { name: 'id', type: { type: 'string' }, isNullable: false, doc: 'As the venue gave it.' },
      { name: 'price', type: { type: 'long', scale: 9 }, isNullable: false, unit: 'USD' },
      { name: 'broker', type: { type: 'string' }, isNullable: true, default: null },
      { name: 'either', type: { type: 'union' }, isNullable: true },
    ]);
  });

  test.each(['Side', 'desk.Side'])('a type that was named before is found by %s', (name) => {
    const fields = schemaFields(
      codecOf('rows', { name: 'side', type: side }, { name: 'before', type: ['null', name] }),
    );
    expect(fields.map(({ type }) => type.symbols)).toEqual([side.symbols, side.symbols]);
  });

  test('an array is a column in a frame, and an array in a row', () => {
    const field = { name: 'bids', type: { type: 'array', items: 'double' }, absent: 'NaN' };
    expect(schemaFields(codecOf('columns', field))).toMatchObject([
      { type: { type: 'double' }, absent: 'NaN' },
    ]);
    expect(schemaFields(codecOf('rows', field))[0]!.type.type).toBe('array');
  });

  test('are those of what the project sends, in the order of the schema', () => {
    expect(schemaFields(fillCodec).map(({ name }) => name)).toEqual(
      JSON.parse(fillCodec.schema).fields.map(({ name }: { name: string }) => name),
    );
    expect(schemaFields(quoteCodec).every(({ type }) => type.type !== 'array')).toBe(true);
  });
});
