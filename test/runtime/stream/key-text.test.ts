/** Keys of records as the keys of messages. */
import fc from 'fast-check';
import { keyParser, keyReader } from '../../../runtime/stream/key-text';
import { topic } from '../../../runtime/stream/topic';
import { foreignFees, positions } from '../../../schemas/ledger';
import { limits } from '../../support/toy-limits';

const text = fc.string({ unit: fc.constantFrom('a', '/', '~', '0', '1', 'é'), maxLength: 6 });

test('two keys never have one text, and a text is its key again', () => {
  const [write, parse] = [keyReader(limits.key), keyParser(limits)];
  fc.assert(
    fc.property(text, text, text, text, (desk, measure, otherDesk, otherMeasure) => {
      const [one, other] = [
        { desk, measure },
        { desk: otherDesk, measure: otherMeasure },
      ];
      expect(parse(write(one))).toEqual(one);
      expect(write(one) === write(other)).toBe(desk === otherDesk && measure === otherMeasure);
    }),
  );
});

test('a stroke in a name is no border between fields', () => {
  const write = keyReader(foreignFees.key);
  expect(write({ account: 1, instrument: 2, currency: 'BTC/X~' })).toBe('1/2/BTC~1X~0');
  expect(keyParser(foreignFees)('1/2/BTC~1X~0')).toEqual({ account: 1, instrument: 2, currency: 'BTC/X~' });
});

test.each([
  '',
  '1',
  '1/2',
  '1/2/3/4',
  '01/2/3',
  '1/x/3',
  '1/2.50/3',
  ' 1/2/3',
  '1//3',
  '1/2/',
  '1/NaN/3',
])('"%s" is no key of a position', (wrong) => {
  expect(keyParser(positions)(wrong)).toBeUndefined();
});

test('a state topic whose keys could lie in two partitions is refused', () => {
  const { codec, name } = limits;
  expect(() => topic({ name, kind: 'state', codec, key: ['desk'], partitionedBy: 'measure' })).toThrow(
    /one key could lie in two partitions/,
  );
});

test('a key of doubles is refused: it would not be found again', () => {
  const schema = '{"type":"record","name":"X","fields":[{"name":"price","type":"double"}]}';
  expect(() => keyParser({ name: 'x', key: ['price'], codec: { ...limits.codec, schema } as never })).toThrow(
    /field "price" in its key/,
  );
});
