/** What a file may say, and how each thing that it may not say is refused: by file, row, field and value. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Topic } from '../../runtime/stream/topic';
import { fills } from '../../schemas/ledger';
import { quotes, trades } from '../../schemas/market';
import { instruments, tradingDays } from '../../schemas/reference';
import { CsvReader } from '../../sources/csv-records';
import type { FeedRecord } from '../../sources/feed';
import { FieldReader } from '../../sources/field-reader';
import { recordFile } from '../../sources/record-file';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
const now = Date.parse('2026-11-30T12:00:00Z') * 1000;

interface Taken {
  readonly records: readonly FeedRecord[];
  readonly refusal: string | undefined;
  readonly waiting: number | undefined;
}

async function take(topic: Topic, name: string, content: string | Buffer, complete = true): Promise<Taken> {
  const file = join(folder, name);
  writeFileSync(file, content);
  const records: FeedRecord[] = [];
  let waiting: number | undefined;
  let refusal: string | undefined;
  try {
    const onWaiting = (row: number): void => {
      waiting = row;
    };
    for await (const batch of recordFile({ file, topic, complete, now, onWaiting })) records.push(...batch);
  } catch (error) {
    refusal = (error as Error).message.replace(`${file}, `, '');
  }
  return { records, refusal, waiting };
}

const FILL: Readonly<Record<string, string>> = {
  executionId: 'E-1',
  kind: 'New',
  account: 'alpha',
  instrument: 'IBM',
  quantity: '10',
  price: '100',
  fee: '0',
  feeCurrency: 'USD',
  venue: 'N',
  time: '2026-03-02T15:00:00Z',
};
const HEADER = Object.keys(FILL).join(',');
const line = (changes: Readonly<Record<string, string>> = {}): string =>
  Object.values({ ...FILL, ...changes }).join(',');
const json = (changes: Readonly<Record<string, string>>): string =>
  `{${Object.entries({ ...FILL, ...changes })
    .map(([key, value]) => `"${key}":${key in changes ? value : JSON.stringify(value)}`)
    .join(',')}}`;

describe('a fill in CSV is refused by row and field', () => {
  test.each([
    ['quantity', '0x10', '"0x10" is no decimal number'],
    ['quantity', 'Infinity', '"Infinity" is no decimal number'],
    ['quantity', ' 10', '" 10" is no decimal number'],
    ['quantity', '1_000', '"1_000" is no decimal number'],
    ['quantity', '', 'is missing'],
    ['quantity', '28367292769.36', '28367292769.36 is more than can be kept exactly'],
    ['quantity', '1e300', '"1e300" is no decimal number'],
    ['price', '1e-12', 'has 12 digits after the point'],
    ['fee', '123456789012345678901234', '123456789012345678901234 is more than can be kept exactly'],
    ['time', '2026-02-30T15:00:00Z', '"2026-02-30T15:00:00Z" is a day or an hour that does not exist'],
    ['time', '2026-02-29T15:00:00Z', 'is a day or an hour that does not exist'],
    ['time', '2026-03-02T24:00:00Z', 'is a day or an hour that does not exist'],
    ['time', '2026-13-02T15:00:00Z', 'is no UTC time'],
    ['time', '2026-03-02 15:00:00', 'is no UTC time'],
    ['time', '1772463600000', '1970-01-21T12:21:03.600000Z is not between 1980-01-01T00:00:00Z'],
    ['time', '1772463600', 'Whole numbers are microseconds since 1970'],
    ['time', '1772463600000000000', 'is no whole number'],
    [
      'time',
      '2099-03-02T15:00:00Z',
      '2099-03-02T15:00:00Z is not between 1980-01-01T00:00:00Z and 2026-12-01T12:00:00Z',
    ],
    ['time', '1066-10-14T09:00:00Z', 'is not between'],
    ['executionId', 'x'.repeat(70_000), 'has 70000 bytes; a id has 128 at most'],
    ['executionId', '', 'is empty'],
    ['account', 'ü'.repeat(65), 'has 130 bytes; a name has 128 at most'],
    ['account', 'alpha ', 'begins or ends with a space'],
    ['account', 'al\u001b[31mpha', 'has a character that cannot be shown'],
    ['account', 'al\u202epha', 'has a character that cannot be shown'],
    ['account', '"al\npha"', 'has a character that cannot be shown'],
    ['account', 'cafe\u0301', 'form NFC'],
    ['instrument', '', 'is missing'],
    ['account', 'al\u200bpha', 'a character that cannot be seen, or a space of another kind: al\\u{200b}pha'],
    ['account', 'al\u00adpha', 'a character that cannot be seen'],
    ['account', 'al\u00a0pha', 'a space of another kind'],
    ['account', 'alpha\ufe0f', 'a character that cannot be seen'],
    ['account', 'alpha\u{e0041}', 'a character that cannot be seen'],
    ['account', 'al\ue000pha', 'a character that cannot be seen'],
    [
      'instrument',
      'I\u0412M',
      'letters of several scripts in one word, which look like each other: I\\u{412}M',
    ],
    ['instrument', '\u0391BC', 'letters of several scripts'],
    ['executionId', 'E-\uff11', 'is written in letters that stand for others. Write "E-1"'],
    ['venue', '\u{1d40d}', 'is written in letters that stand for others. Write "N"'],
    ['feeCurrency', 'US\u2060D', 'a character that cannot be seen'],
    ['feeCurrency', '', 'is empty, and no currency'],
    ['feeCurrency', 'x'.repeat(33), 'has 33 bytes; a currency has 32 at most'],
    ['kind', 'new', '"new" is none of New, Bust, Correct'],
  ])('%s = %j', async (field, value, message) => {
    const { records, refusal } = await take(
      fills,
      'a.csv',
      `${HEADER}\n${line()}\n${line({ [field]: value })}\n${line()}\n`,
    );
    expect(refusal).toContain(`row 3, field "${field}": `);
    expect(refusal).toContain(message);
    expect(records).toHaveLength(1);
  });
});

test.each([
  [
    trades,
    'instrument,venue,price,size,time',
    'IBM,N,100,1e16,2026-03-02T15:00:00Z',
    'field "size": 10000000000000000 is not between 0 and 1000000000000',
  ],
  [
    trades,
    'instrument,venue,price,size,time',
    'IBM,N,100,-1,2026-03-02T15:00:00Z',
    'field "size": -1 is not between 0',
  ],
  [
    trades,
    'instrument,venue,price,size,time',
    'IBM,N,1e-400,1,2026-03-02T15:00:00Z',
    'field "price": "1e-400" is too small',
  ],
  [
    quotes,
    'instrument,venue,bid,ask,time',
    'IBM,N,1e308,2,2026-03-02T15:00:00Z',
    'field "bid": 1e+308 is not between',
  ],
  [instruments, 'instrument,name,currency,multiplier', 'X,X,USD,0', 'field "multiplier": 0 is not above 0'],
  [
    instruments,
    'instrument,name,currency,multiplier',
    'X,X,USD,-50',
    'field "multiplier": -50 is not above 0',
  ],
  [instruments, 'instrument,name,currency,multiplier', 'X,X,,1', 'field "currency": is empty'],
  [
    instruments,
    'instrument,name,currency,multiplier,validTo',
    'X,X,USD,1,2199-12-31T00:00:00Z',
    'field "validTo": 2199-12-31T00:00:00Z is not between 1980-01-01T00:00:00Z and 2110-01-01T00:00:00Z',
  ],
  [
    instruments,
    'instrument,name,currency,multiplier,version',
    'X,X,USD,1,-4503599627370496',
    'field "version": "-4503599627370496" is no whole number from -4503599627370495 to 4503599627370495',
  ],
  [
    fills,
    `${HEADER},tradingDay`,
    `${line()},2026-02-30`,
    'field "tradingDay": "2026-02-30" is no day that there is',
  ],
  [fills, `${HEADER},tradingDay`, `${line()},2026-3-2`, 'field "tradingDay": "2026-3-2" is no day'],
  [fills, `${HEADER},refersToDay`, `${line()},20260302`, 'field "refersToDay": "20260302" is no day'],
  [
    tradingDays,
    'calendar,date,opens,closes',
    'XNYS,2025-02-29,2025-02-28T14:30:00Z,2025-02-28T21:00:00Z',
    'field "date": "2025-02-29" is no day',
  ],
])('out of range in %#', async (topic, header, row, message) => {
  const { refusal } = await take(topic as Topic, 'b.csv', `${header}\n${row}\n`);
  expect(refusal).toContain(`row 2, ${message}`);
});

test.each([
  ['a multiplier with a fraction', instruments, 'instrument,name,currency,multiplier\nX,X,USD,27.5\n'],
  ['a price below zero', quotes, 'instrument,venue,bid,ask,time\nCL,N,-37.63,-37.6,2026-03-02T15:00:00Z\n'],
  ['a side that is missing', quotes, 'instrument,venue,bid,ask,time\nCL,N,,1,2026-03-02T15:00:00Z\n'],
  [
    'a byte order mark, quotes and returns',
    quotes,
    '\ufeff"instrument",venue,bid,ask,time\r\n"C""L",N,1,2,2026-03-02T15:00:00Z\r\n',
  ],
  ['names in other scripts', instruments, 'instrument,name,currency,multiplier\n币安人生,币安人生,USDT,1\n'],
  ['a name with signs', instruments, 'instrument,name,currency,multiplier\nT 4½ ™ Ω-1,T 4½ ™ Ω-1,USD,1\n'],
  ['blank lines', quotes, 'instrument,venue,bid,ask,time\n\nCL,N,1,2,2026-03-02T15:00:00Z\n\n'],
])('taken: %s', async (_, topic, content) => {
  expect(await take(topic as Topic, 'c.csv', content)).toMatchObject({ records: [{}], refusal: undefined });
});

test('a decimal with an exponent is what it says, exactly', async () => {
  const values = ['4e-7', '1e3', '-2.5E+2', '1.5e0', '120e-1'];
  const { records } = await take(
    fills,
    'd.csv',
    [HEADER, ...values.map((quantity) => line({ quantity })), ''].join('\n'),
  );
  expect(records.map(({ row }) => row['quantity'])).toEqual([
    400n,
    1_000_000_000_000n,
    -250_000_000_000n,
    1_500_000_000n,
    12_000_000_000n,
  ]);
});

describe('a header that is not clear is refused', () => {
  test.each([
    ['executionId,executionId,kind', 'row 1, field "executionId": is there twice'],
    ['executionId,,kind', 'row 1: column 2 of the header has no name'],
    ['executionId, kind', 'row 1, field " kind": is none of'],
  ])('%s', async (header, message) => {
    expect((await take(fills, 'e.csv', `${header}\nx,y,z\n`)).refusal).toContain(message);
  });
});

describe('CSV that is none names its row, and what came before is given', () => {
  test.each([
    ['"E-1,New', 'row 3: has a quote that is not closed'],
    ['E"1,New', 'row 3: has a quote in the middle of a field'],
    ['E"1",New', 'row 3: has a quote in the middle of a field'],
    ['"E"1,New,"x"', 'row 3: has a quote in the middle of a field, or something behind a closing one'],
    ['"E-\n1"x,New', 'row 3: has a quote in the middle of a field, or something behind a closing one'],
    [' "E-1",New', 'row 3: has a quote in the middle of a field'],
    ['E-1,New', 'row 3: has 2 fields, the header 10'],
  ])('%s', async (bad, message) => {
    const { records, refusal } = await take(fills, 'f.csv', `${HEADER}\n${line()}\n${bad}\n`);
    expect(refusal).toContain(message);
    expect(records).toHaveLength(1);
  });
});

describe('a line of JSON', () => {
  test.each([
    ['executionId', '8389766145050669870', 'executionId', '8389766145050669870'],
    ['price', '0.0000004', 'price', 400n],
    ['price', '4e-7', 'price', 400n],
    ['quantity', '9007199254740.993', 'quantity', undefined],
    ['quantity', '9000000000.123456789', 'quantity', 9_000_000_000_123_456_789n],
  ])('keeps every digit of %s %s', async (field, value, key, expected) => {
    const { records, refusal } = await take(fills, 'g.ndjson', `${json({ [field]: value })}\n`);
    if (expected === undefined) expect(refusal).toContain(`field "${key}"`);
    else expect(records[0]!.row[key]).toBe(expected);
  });

  test.each([
    [`{"executionId":"E-1","executionId":"E-1"}`, 'row 1, field "executionId": is there twice'],
    [json({ price: '[1]' }), 'row 1, field "price": holds more than one value'],
    [json({ price: '{"a":1}' }), 'row 1, field "price": holds more than one value'],
    [json({ price: 'NaN' }), 'row 1: is no JSON object'],
    [json({ price: '0x10' }), 'row 1: is no JSON object'],
    [json({ price: 'Infinity' }), 'row 1: is no JSON object'],
    [json({ price: '01' }), 'row 1: is no JSON object'],
    [json({ price: 'true' }), 'row 1, field "price": true is no scaled'],
    [json({ executionId: '1.0' }), 'row 1, field "executionId": 1.0 is a number and no text'],
    [json({ executionId: '"\\ud800"' }), 'row 1, field "executionId": '],
    [json({ account: '"al\\u001bpha"' }), 'row 1, field "account": '],
    [json({ __proto__x: '1' }), 'row 1, field "__proto__x": is none of'],
    ['{"__proto__":1}', 'row 1, field "__proto__": is none of'],
    ['[]', 'row 1: is no JSON object'],
    ['7', 'row 1: is no JSON object'],
    ['{} {}', 'row 1: is no JSON object'],
    ['{/* */}', 'row 1: is no JSON object'],
    [`${json({})},`, 'row 1: is no JSON object'],
    ['['.repeat(200_000), 'row 1: is no JSON object'],
    ['{"price":'.repeat(100_000), 'row 1, field "price": holds more than one value'],
  ])('is refused: %s', async (text, message) => {
    expect((await take(fills, 'h.ndjson', `${text}\n`)).refusal).toContain(message);
  });
});

test('a line that is no UTF-8 is refused by its row, and two accounts do not become one', async () => {
  const good = `${HEADER}\n${line()}\n`;
  const bad = Buffer.from(line({ account: 'acc\xff' }), 'latin1');
  const { records, refusal } = await take(
    fills,
    'i.csv',
    Buffer.concat([Buffer.from(good), bad, Buffer.from('\n')]),
  );
  expect(refusal).toContain('row 3: is no text in UTF-8');
  expect(records).toHaveLength(1);
});

describe('the last line waits for its end', () => {
  const begun = `${HEADER}\n${line()}\n${line({ time: '2026-03-02T16:00:00Z' })}`;

  test.each([
    ['without a line end', begun, 3],
    ['within quotes', `${HEADER}\n${line()}\n"E-2\n`, 3],
    ['of nothing but a header', HEADER, 1],
  ])('%s', async (_, content, row) => {
    const { waiting, records, refusal } = await take(fills, 'j.csv', content, false);
    expect({ waiting, refusal, taken: records.length }).toEqual({
      waiting: row,
      refusal: undefined,
      taken: row === 1 ? 0 : 1,
    });
  });

  test('but no line behind a quote that opens nothing: that is refused at once', async () => {
    const { records, refusal } = await take(
      fills,
      'k.csv',
      `${HEADER}\n${line()}\n${line({ executionId: 'E"2' })}\n${line()}\n`,
      false,
    );
    expect(refusal).toContain('row 3: has a quote in the middle of a field');
    expect(records).toHaveLength(1);
  });

  test.each(['\r', '\u0085', '\u2028'])('and never that of a file whose lines all end in %j', async (end) => {
    const { refusal } = await take(fills, 'l.csv', [HEADER, line(), line(), ''].join(end), false);
    expect(refusal).toContain('row 1: ends its lines as no text file does today');
  });

  test('wherever it is cut, within a character too; what is no text at all is refused', async () => {
    const whole = Buffer.from(`${HEADER}\n${line()}\n`);
    const next = Buffer.from(line({ executionId: 'é-€-🂡-2', account: 'kühn' }));
    for (let cut = 1; cut <= next.length; cut += 1) {
      const content = Buffer.concat([whole, next.subarray(0, cut)]);
      const { waiting, records, refusal } = await take(fills, 'm.csv', content, false);
      expect({ cut, waiting, refusal, taken: records.length }).toEqual({
        cut,
        waiting: 3,
        refusal: undefined,
        taken: 1,
      });
    }
    const torn = Buffer.concat([whole, next.subarray(0, 1)]);
    const wrong = Buffer.concat([whole, Buffer.from([0x45, 0xff, 0x45])]);
    for (const [content, complete] of [
      [torn, true],
      [wrong, false],
    ] as const) {
      const { refusal, records } = await take(fills, 'm.csv', content, complete);
      expect([refusal, records.length]).toEqual([expect.stringContaining('row 3: is no text in UTF-8'), 1]);
    }
  });

  test('unless the file is complete', async () => {
    expect(await take(fills, 'j.csv', begun)).toMatchObject({ records: [{}, {}], waiting: undefined });
  });
});

test('whatever CSV fields hold, and however the lines come, they are what was written', () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', 'é'), maxLength: 6 });
  const record = fc.array(field, { minLength: 2, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 4 }),
      (records, size) => {
        const quoted = (text: string): string =>
          /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = records
          .map((fields) => fields.map(quoted).join(','))
          .join('\n')
          .split('\n');
        const reader = new CsvReader();
        const read: (readonly string[])[] = [];
        for (let at = 0; at < lines.length; at += size) {
          const taken = reader.take(at + 1, lines.slice(at, at + size));
          expect(taken.fault).toBeUndefined();
          read.push(...taken.records.map(({ fields }) => fields));
        }
        expect(read).toEqual(records);
        expect(reader.waits).toBeUndefined();
      },
    ),
  );
});

test.each([
  '0x10',
  ' 1',
  '1 ',
  'Infinity',
  '1e13',
  '1_0',
  '.5',
  '--1',
])('a tick file says %j, which is no number', (text) => {
  const fields = new FieldReader('ticks.csv', 'price', 'record');
  fields.over(text, 1);
  expect(() => fields.number(0)).toThrow('ticks.csv, row 1, field "price": ');
});
