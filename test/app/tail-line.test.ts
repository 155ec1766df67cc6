/** A record as `tail` shows it to a person. */
import type { TailRecord } from '../../app/access';
import { plainNumber, tailLine } from '../../app/tail-line';

const record = (
  fields: NonNullable<TailRecord['record']> | null,
  over: Partial<TailRecord> = {},
): TailRecord => ({
  topic: 'risk.pnl',
  partition: 0,
  offset: 120,
  index: 0,
  key: '1/2/0',
  headers: {},
  record: fields,
  ...over,
});
const line = (one: TailRecord, headers = false): string => tailLine(one, { headers, dim: (text) => text });

test.each([
  [1e-7, '0.0000001'],
  [-1.25e-9, '-0.00000000125'],
  [131.57500000000002, '131.575'],
  [0.1 + 0.2, '0.3'],
  [1e20, '100000000000000000000'],
  [9007199254740991, '9007199254740991'],
  [-0.5, '-0.5'],
  [0, '0'],
])('%s is written %s', (value, text) => expect(plainNumber(value)).toBe(text));

test('fields stand by name; what is missing is a dash', () => {
  expect(
    line(record({ account: 'alpha', price: 2e-7, time: '2026-03-02T10:00:00.000000Z', bid: null })),
  ).toBe('120      account=alpha price=0.0000002 time=2026-03-02T10:00:00.000000Z bid=–');
  expect(line(record({ a: true }, { index: 3 }))).toBe('120.3    a=true');
});

test('nothing steers the terminal, and no value is without end', () => {
  const shown = line(
    record({ detail: `\u001b[2J${'x'.repeat(5000)}` }, { headers: { 'a\n': '\u202e1' } }),
    true,
  );
  expect(shown).toContain('detail=\\u001b[2Jxxx');
  expect(shown).toContain('…');
  expect(shown.length).toBeLessThan(400);
  expect(shown).toContain('a\\u000a:\\u202e1');
});

test('a key that is gone, and a message that cannot be read, say so', () => {
  expect(line(record(null))).toBe('120      1/2/0 is gone');
  expect(line(record(null, { problem: 'is malformed: an int of more than 5 bytes' }))).toContain(
    'is malformed',
  );
});
