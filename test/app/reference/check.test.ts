/** What is wrong with a folder of reference data is told at once, by file, row, field and value, with what to do. */
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReference } from '../../../app/reference/check';
import { readFolder } from '../../../app/reference/read-folder';
import { faultsOf, NOW, rowsOf } from './folder';

const INSTRUMENTS =
  'name,kind,currency,multiplier,underlying,right,strike,expiry,exercise,settlement,inverse,quanto,quoteCurrency,validFrom,validTo';
const STOCK = 'ACME,Equity,USD,1,,,,,,,,,,,';
const instruments = (...rows: readonly string[]) => ({ 'instruments.csv': [INSTRUMENTS, STOCK, ...rows] });

test('a folder in which all is right has no fault', async () => {
  expect(await faultsOf({})).toEqual([]);
});

test('the example of the documentation has no fault, and every kind of instrument that products have', async () => {
  const folder = await readFolder(join(__dirname, '..', '..', '..', '..', 'examples', 'reference'), NOW);
  expect(folder.faults).toEqual([]);
  expect(checkReference(folder, [])).toEqual([]);
  const kinds = new Set(folder.rows.map(({ shown }) => shown['kind']));
  for (const kind of ['Equity', 'Option', 'Future', 'Fx', 'Crypto', 'Perpetual', 'Bond', 'Swap', 'Cds'])
    expect(kinds).toContain(kind);
});

test.each<[string, Record<string, readonly string[]>, RegExp]>([
  [
    'a name that is misspelt',
    { 'accounts.csv': ['name,book', 'ALPHA,Cahs'] },
    /accounts.csv, row 2, field "book": there is no book "Cahs"; the nearest is "Cash"/,
  ],
  [
    'a desk named as a book',
    { 'accounts.csv': ['name,book', 'ALPHA,Equities'] },
    /"Equities" is there, and is no book/,
  ],
  [
    'a counterparty that is none',
    { 'accounts.csv': ['name,counterparty', 'ALPHA,House'] },
    /"House" is there, and is no counterparty/,
  ],
  [
    'a currency that nobody listed',
    instruments('X,Equity,UDS,1,,,,,,,,,,,'),
    /row 3, field "currency": there is no currency "UDS"; the nearest is "USD"/,
  ],
  [
    'an underlying that is not there',
    instruments('F,Future,USD,1,ACNE,,,2027-01-01T00:00:00Z,,Cash,,,,,'),
    /field "underlying": there is no instrument "ACNE"; the nearest is "ACME"/,
  ],
  [
    'a circle of desks',
    { 'desks.csv': ['name,parent', 'Equities,Cash'] },
    /Equities → Cash → Equities is a circle|Cash → Equities → Cash is a circle/,
  ],
  [
    'a circle of sectors',
    { 'sectors.csv': ['code,parent', 'Technology,Software', 'Software,Technology'] },
    /is a circle/,
  ],
  [
    'an option on itself',
    instruments('O,Option,USD,1,O,Call,5,2027-01-01T00:00:00Z,American,Cash,,,,,'),
    /O is on itself/,
  ],
  [
    'the same thing twice',
    instruments('ACME,Equity,USD,1,,,,,,,,,,,'),
    /row 3, field "instrument": "ACME" is there twice with the same validFrom: also in instruments.csv, row 2/,
  ],
  [
    'versions that overlap',
    instruments(
      'F,Index,USD,1,,,,,,,,,,2026-01-01T00:00:00Z,2026-03-01T00:00:00Z',
      'F,Index,USD,2,,,,,,,,,,2026-02-01T00:00:00Z,',
    ),
    /row 3, field "validTo": F has two versions at once: one holds until 2026-03-01T00:00:00Z, and the next \(instruments.csv, row 4\) from 2026-02-01T00:00:00Z/,
  ],
  [
    'an end before its beginning',
    instruments('F,Index,USD,1,,,,,,,,,,2026-03-01T00:00:00Z,2026-01-01T00:00:00Z'),
    /field "validTo": 2026-01-01T00:00:00Z is not after validFrom, 2026-03-01T00:00:00Z/,
  ],
  [
    'what is named holds later than who names it',
    {
      ...instruments(
        'F,Future,USD,1,I,,,2027-01-01T00:00:00Z,,Cash,,,,,',
        'I,Index,USD,1,,,,,,,,,,2026-03-01T00:00:00Z,',
      ),
    },
    /instrument "I" does not hold since ever, as this row does; its first version holds from 2026-03-01T00:00:00Z/,
  ],
  [
    'a day that does not exist',
    instruments('F,Future,USD,1,ACME,,,2026-02-30T20:00:00Z,,Cash,,,,,'),
    /row 3, field "expiry": "2026-02-30T20:00:00Z" is a day or an hour that does not exist/,
  ],
  [
    'a multiplier of nothing',
    instruments('F,Index,USD,0,,,,,,,,,,,'),
    /row 3, field "multiplier": 0 is not above 0/,
  ],
  [
    'an option without strike',
    instruments('O,Option,USD,100,ACME,Put,,2027-01-01T00:00:00Z,American,Cash,,,,,'),
    /field "strike": is missing, and an option has one/,
  ],
  [
    'a stock with a strike',
    instruments('S,Equity,USD,1,,,5,,,,,,,,'),
    /field "strike": is something that options have only/,
  ],
  [
    'a future that never expires',
    instruments('F,Future,USD,1,ACME,,,,,Cash,,,,,'),
    /field "expiry": is missing, and a future expires/,
  ],
  [
    'a stock that expires',
    instruments('S,Equity,USD,1,,,,2027-01-01T00:00:00Z,,,,,,,'),
    /what is of kind Equity does not expire/,
  ],
  [
    'inverse and quanto at once',
    instruments('P,Perpetual,BTC,1,,,,,,,true,true,USD,,'),
    /field "quanto": is true, and so is inverse/,
  ],
  [
    'a quanto quoted in what it settles in',
    instruments('P,Perpetual,BTC,1,,,,,,,,true,BTC,,'),
    /field "quoteCurrency": is BTC, and a quanto is quoted in another currency than BTC/,
  ],
  [
    'two currencies and no word how',
    instruments('P,Perpetual,BTC,1,,,,,,,,,USD,,'),
    /Say with inverse or quanto how one becomes the other/,
  ],
  [
    'a pair that does not tell what is bought',
    instruments('CABLE,Fx,USD,1,,,,,,,,,,,'),
    /field "base": is missing, and "CABLE" does not tell what is bought for USD/,
  ],
  [
    'a bond without terms',
    { 'instruments.csv': ['name,kind,currency,multiplier,issuer', 'B,Bond,EUR,1,ACME'] },
    /field "product": is missing, and a bond has the terms of one/,
  ],
  [
    'an issuer that is none',
    { 'instruments.csv': ['name,kind,currency,multiplier,issuer', 'ACME,Equity,USD,1,House'] },
    /"House" is there, and is no issuer/,
  ],
  [
    'a currency without minor units',
    { 'currencies.csv': ['code,minorUnits', 'USD,', 'EUR,2'] },
    /currencies.csv, row 2, field "minorUnits": is missing/,
  ],
  [
    'a legal entity identifier with a digit wrong',
    {
      'parties.csv': [
        'name,roles,lei',
        'House,LegalEntity,529900T8BM49AURSDO56',
        'Clearer,Counterparty,',
        'ACME,Issuer,',
      ],
    },
    /is no legal entity identifier/,
  ],
  [
    'a role that there is not',
    { 'parties.csv': ['name,roles', 'House,LegalEntity', 'Clearer,Counterparty', 'ACME,Isuer'] },
    /"Isuer" is none of LegalEntity, Counterparty, Issuer/,
  ],
  [
    'a trading day that closes before it opens',
    {
      'trading-days.csv': [
        'calendar,date,opens,closes',
        'XNYS,2026-03-02,2026-03-02T21:00:00Z,2026-03-02T14:30:00Z',
      ],
    },
    /trading-days.csv, row 2, field "closes"/,
  ],
  [
    'trading days that overlap',
    {
      'trading-days.csv': [
        'calendar,date,opens,closes',
        'XNYS,2026-03-02,2026-03-02T14:00:00Z,2026-03-03T15:00:00Z',
        'XNYS,2026-03-03,2026-03-03T14:00:00Z,2026-03-03T21:00:00Z',
      ],
    },
    /row 3, field "opens": begins before 2026-03-02 of the same calendar ends/,
  ],
  [
    'a column that is misspelt',
    { 'accounts.csv': ['name,boook', 'ALPHA,Cash'] },
    /field "boook": is no field; is "book" meant\?/,
  ],
  [
    'a file that is misspelt',
    { 'acounts.csv': ['name', 'X'] },
    /acounts.csv: is no kind of reference data; is "accounts" meant\?/,
  ],
  [
    'a version told by the file',
    { 'accounts.csv': ['name,version', 'ALPHA,7'] },
    /is what the load says of a row, and no column of a file/,
  ],
  [
    'a name and another name',
    { 'accounts.csv': ['account,name', 'ALPHA,BETA'] },
    /field "name": is "BETA", and account is "ALPHA"/,
  ],
])('%s', async (_, changed, told) => {
  const faults = await faultsOf(changed);
  expect(faults.filter((fault) => told.test(fault))).toHaveLength(1);
});

test('all mistakes come at once, and one makes no others', async () => {
  const faults = await faultsOf({
    ...instruments(
      'BAD,Equity,USD,abc,,,,2026-02-30T20:00:00Z,,,,,,,',
      'C,Option,USD,1,BAD,Call,1,2027-01-01T00:00:00Z,American,Cash,,,,,',
    ),
    'accounts.csv': ['name,book', 'ALPHA,Nowhere', 'BRAVO,Cash', 'BRAVO,Cash'],
  });
  expect(faults.map((fault) => /^[^:]*/.exec(fault)![0])).toEqual([
    'instruments.csv, row 3, field "multiplier"',
    'instruments.csv, row 3, field "expiry"',
    'accounts.csv, row 2, field "book"',
    'accounts.csv, row 4, field "account"',
  ]);
});

test('terms of a bond are judged as the pricing request does, by the name of their product', async () => {
  const terms = (change: string): Record<string, readonly string[]> => ({
    'instruments.csv': [],
    'instruments.json': [
      '[{"name": "B", "kind": "Bond", "currency": "EUR", "multiplier": 1, "issuer": "ACME", "product": "bond", "terms": ',
      `{"currency": "EUR", "face": 100, "coupon": 0.025, "dayCount": "ACT/ACT ICMA"${change}}}]`,
    ],
  });
  const schedule =
    ', "schedule": {"start": "2025-02-15", "end": "2034-02-15", "tenor": "1Y", "calendar": "TARGET", "convention": "Unadjusted"}';
  expect(await faultsOf(terms(schedule))).toEqual([]);
  expect(await faultsOf(terms(''))).toEqual([expect.stringMatching(/row 1, field "terms": .*schedule/)]);
  expect(await faultsOf(terms(schedule.replace('TARGET', 'MARS')))).toEqual([
    expect.stringMatching(/"MARS"/),
  ]);
  const yen = terms(schedule)['instruments.json']!.map((line) =>
    line.replace('{"currency": "EUR"', '{"currency": "JPY"'),
  );
  expect(await faultsOf({ 'instruments.csv': [], 'instruments.json': yen })).toEqual([
    expect.stringMatching(/terms.*are in JPY, and the instrument in EUR/),
  ]);
});

test('terms that mean another contract on another day are refused: a tenor, a start that is left out', async () => {
  const cds = (terms: string) => ({
    'instruments.csv': [],
    'instruments.ndjson': [
      `{"name": "C", "kind": "Cds", "currency": "USD", "multiplier": 1, "issuer": "ACME", "product": "cds", "terms": {"buys": true, "currency": "USD", "notional": 1000000, "coupon": 0.01, "entity": "ACME", "recovery": 0.4, ${terms}}}`,
    ],
  });
  expect(await faultsOf(cds('"start": "2026-01-16", "maturity": "2029-12-20"'))).toEqual([]);
  for (const terms of ['"start": "2026-01-16", "maturity": "5Y"', '"maturity": "2029-12-20"'])
    expect(await faultsOf(cds(terms))).toEqual([
      expect.stringMatching(/field "terms": mean another contract on another day.*Write every date as a day/),
    ]);
});

describe('against what is stored', () => {
  test('a part of the data may come alone: the rest is there', async () => {
    const stored = await rowsOf();
    const only = Object.fromEntries(
      [
        'currencies',
        'countries',
        'sectors',
        'calendars',
        'venues',
        'firms',
        'desks',
        'books',
        'instruments',
      ].map((stem) => [`${stem}.csv`, []]),
    );
    const one = { ...only, 'parties.csv': [], 'accounts.csv': ['name,book', 'BRAVO,Cash'] };
    expect(await faultsOf(one)).toEqual([expect.stringMatching(/there is no book "Cash"/)]);
    expect(await faultsOf(one, stored)).toEqual([]);
  });

  test('a multiplier mended without a date contradicts what was booked, and the remedy is told', async () => {
    const stored = await rowsOf(instruments('F,Index,USD,50,,,,,,,,,,,'));
    expect(await faultsOf(instruments('F,Index,USD,5,,,,,,,,,,,'), stored)).toEqual([
      expect.stringMatching(
        /row 3, field "validFrom": is empty, and F is known with other terms: USD, multiplier 50 before, USD, multiplier 5 now. Say from when on these hold; if those were wrong from the beginning, a time before the first fill/,
      ),
    ]);
    expect(
      await faultsOf(
        instruments('F,Index,USD,50,,,,,,,,,,,', 'F,Index,USD,5,,,,,,,,,,2026-03-02T00:00:00Z,'),
        stored,
      ),
    ).toEqual([]);
  });

  test('a circle that a row closes with what is stored is found at the row', async () => {
    const stored = await rowsOf({ 'desks.csv': ['name,parent', 'Equities,Firm', 'Other,Equities'] });
    const faults = await faultsOf({ 'desks.csv': ['name,parent', 'Equities,Other'] }, stored);
    expect(faults).toEqual([expect.stringMatching(/desks.csv, row 2, field "parent": .* is a circle/)]);
  });
});

test('a folder that is not there, or has nothing, is refused with what it should have', async () => {
  await expect(readFolder('/nowhere', NOW)).rejects.toThrow('cannot be read (ENOENT)');
  const nothing = mkdtempSync(join(tmpdir(), 'reference-'));
  await expect(readFolder(nothing, NOW)).rejects.toThrow(
    'has no file of reference data. They are called codes',
  );
  rmdirSync(nothing);
});
