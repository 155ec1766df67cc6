import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { FillKind, fills } from '../../schemas/ledger';
import { marks, quotes } from '../../schemas/market';
import { fillUntold } from '../../schemas/untold';
import { csvFields } from '../../sources/csv-fields';
import { fileLines } from '../../sources/file-lines';
import { recordFile } from '../../sources/record-file';
import { SourceError } from '../../sources/source-error';
import { midnightMicros, TradingDayError } from '../../sources/trading-day';
import { temporaryFolder } from '../support/temporary-folder';
import { gather } from './gather';

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
/** Files are complete, and it is the year 2026. */
const whole = { complete: true, now: Date.parse('2026-06-01T00:00:00Z') * 1000 };
const HEADER = 'executionId,kind,refersTo,account,instrument,quantity,price,fee,feeCurrency,venue,time';

describe('records from a file', () => {
  const expected = {
    executionId: 'E1',
    kind: FillKind.New,
    refersTo: undefined,
    account: 'ARB, "1"',
    instrument: 'IBM',
    quantity: -12_500_000_000n,
    price: 180_010_000_000n,
    fee: 30_000_000_000_000_000n,
    feeCurrency: 'USD',
    venue: 'P',
    ...fillUntold,
    time: Date.parse('2013-10-07T13:30:00Z') * 1000 + 1,
  };

  test('in CSV', async () => {
    writeFileSync(
      at('fills.csv'),
      `${HEADER}\r\nE1,New,,"ARB, ""1""",IBM,-12.5,180.01,0.03,USD,P,2013-10-07T13:30:00.000001Z\r\n`,
    );
    const [record] = await gather(recordFile({ ...whole, file: at('fills.csv'), topic: fills }));
    expect(record).toEqual({ topic: 'ledger.fills', time: expected.time, sequence: 2, row: expected });
  });

  test('in NDJSON, where a decimal may be a number or exact text', async () => {
    const object = {
      executionId: 'E1',
      kind: 'New',
      account: 'ARB, "1"',
      instrument: 'IBM',
      quantity: '-12.5',
      price: 180.01,
      fee: '0.03',
      feeCurrency: 'USD',
      venue: 'P',
      time: '2013-10-07T13:30:00.000001Z',
    };
    writeFileSync(at('fills.ndjson.gz'), gzipSync(`${JSON.stringify(object)}\n`));
    const [record] = await gather(recordFile({ ...whole, file: at('fills.ndjson.gz'), topic: fills }));
    expect(record!.row).toEqual(expected);
  });

  test('in columns, where a missing side is no number', async () => {
    writeFileSync(
      at('quotes.csv'),
      'instrument,venue,bid,bidSize,time\nIBM,P,180.01,300,2013-10-07T13:30:00Z\n',
    );
    const [record] = await gather(recordFile({ ...whole, file: at('quotes.csv'), topic: quotes }));
    expect(record!.row).toMatchObject({ bid: 180.01, ask: Number.NaN, condition: 0 });
  });

  test.each([
    ['"E1,New,,A,IBM,1,1,0,USD,P,2013-10-07T13:30:00Z', 'row 2: has a quote that is not closed'],
    ['E1,New,,A,IBM,1,1,0,USD,P', 'row 2: has 10 fields, the header 11'],
    [
      'E1,Old,,A,IBM,1,1,0,USD,P,2013-10-07T13:30:00Z',
      'row 2, field "kind": "Old" is none of New, Bust, Correct',
    ],
    [
      'E1,New,,A,IBM,"1,5",1,0,USD,P,2013-10-07T13:30:00Z',
      'row 2, field "quantity": "1,5" is no decimal number',
    ],
    [
      'E1,New,,A,IBM,1.0000000001,1,0,USD,P,2013-10-07T13:30:00Z',
      'row 2, field "quantity": "1.0000000001" has 10 digits',
    ],
    ['E1,New,,A,IBM,1,1,0,USD,P,yesterday', 'row 2, field "time": "yesterday" is no UTC time'],
    ['E1,New,,A,IBM,1,,0,USD,P,2013-10-07T13:30:00Z', 'row 2, field "price": is missing'],
  ])('name file, row and field of what is wrong: %s', async (line, message) => {
    writeFileSync(at('bad.csv'), `${HEADER}\n${line}\n`);
    await expect(gather(recordFile({ ...whole, file: at('bad.csv'), topic: fills }))).rejects.toThrow(
      `${at('bad.csv')}, ${message}`,
    );
  });

  test('refuse a misspelt field rather than to leave it out', async () => {
    writeFileSync(at('misspelt.ndjson'), '{"instrument":"IBM","bidd":1}\n');
    await expect(gather(recordFile({ ...whole, file: at('misspelt.ndjson'), topic: marks }))).rejects.toThrow(
      /row 1, field "bidd": is none of instrument, bid, ask/,
    );
  });
});

describe('lines of a file', () => {
  const lines = async (file: string, programs = {}): Promise<string[]> => {
    const all: string[] = [];
    for await (const batch of fileLines(file, programs)) all.push(...batch.lines);
    return all;
  };

  test('are the same plain, gzipped and without a last line end', async () => {
    const text = Array.from({ length: 50_000 }, (_, index) => `line ${index} ü`).join('\n');
    writeFileSync(at('plain.csv'), text);
    writeFileSync(at('packed.csv.gz'), gzipSync(`${text}\n`));
    expect(await lines(at('plain.csv'))).toEqual(text.split('\n'));
    expect(await lines(at('packed.csv.gz'))).toEqual(text.split('\n'));
  });

  test('of a gzip file cut short are an error, not fewer lines', async () => {
    const packed = gzipSync(Array.from({ length: 9999 }, (_, index) => `${index * index}`).join('\n'));
    writeFileSync(at('cut.csv.gz'), packed.subarray(0, packed.length >> 1));
    await expect(lines(at('cut.csv.gz'))).rejects.toThrow(/cut\.csv\.gz: .*may be cut short or damaged/);
  });

  test('of a file that is not there are an error that names it', async () => {
    await expect(lines(at('nowhere.csv'))).rejects.toThrow(/nowhere\.csv: cannot be read \(ENOENT\)/);
  });

  const xz = spawnSync('xz', ['--version']).status === 0;
  (xz ? test : test.skip)(
    `of an xz file come through the program xz${xz ? '' : ' (which is not here)'}`,
    async () => {
      writeFileSync(at('squeezed.csv'), 'a\nb\n');
      spawnSync('xz', ['-k', at('squeezed.csv')]);
      expect(await lines(at('squeezed.csv.xz'))).toEqual(['a', 'b']);
      writeFileSync(at('damaged.csv.xz'), 'not xz at all');
      await expect(lines(at('damaged.csv.xz'))).rejects.toThrow(/damaged\.csv\.xz: xz: .*not recognized/);
    },
  );

  test('of an xz file without the program xz say what to install', async () => {
    writeFileSync(at('any.csv.xz'), '');
    await expect(lines(at('any.csv.xz'), { xz: at('no-xz') })).rejects.toThrow(
      /needed to unpack it and is not here. Install it/,
    );
  });
});

test('a CSV line is what was written, whatever the fields hold', () => {
  const field = fc.string({ unit: fc.constantFrom('a', ',', '"', ' ', 'é') });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
      const line = fields
        .map((text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
        .join(',');
      expect(csvFields(line)).toEqual(fields);
    }),
  );
});

test.each([
  ['2013-10-07', '-04:00', '2013-10-07T04:00:00Z'],
  ['2013-12-31', '+05:30', '2013-12-30T18:30:00Z'],
  ['2024-02-29', '+00:00', '2024-02-29T00:00:00Z'],
])('midnight of %s at %s is %s', (date, utcOffset, utc) => {
  expect(midnightMicros({ date, utcOffset })).toBe(Date.parse(utc) * 1000);
});

test.each([
  ['2013-02-29', '-04:00'],
  ['07.10.2013', '-04:00'],
  ['2013-10-07', 'New York'],
])('%s at %s is no trading day', (date, utcOffset) => {
  expect(() => midnightMicros({ date, utcOffset })).toThrow(TradingDayError);
});

test('a refusal is told in sentences, each with one full stop', () => {
  const error = new SourceError({ file: 'a.csv', row: 3 }, 'Round it where it comes from.', 'Mend it.');
  expect(error.message).toBe('a.csv, row 3: Round it where it comes from. Mend it.');
});
