import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { QuoteCondition } from '../../schemas/market';
import { usEquityQuotes } from '../../sources/us-equity-quotes';
import { usEquityTrades } from '../../sources/us-equity-trades';
import { temporaryFolder } from '../support/temporary-folder';
import { gather } from './gather';

const folder = temporaryFolder();
const day = { instrument: 'IBM', date: '2013-10-07', utcOffset: '-04:00' };
const QUOTES = 'ms_since_midnight_new_york,bid,bid_size,ask,ask_size,exchange,quote_condition_hex,suspicious';
const TRADES = 'ms_since_midnight_new_york,price,size,exchange,sale_condition_hex,suspicious';

function file(name: string, ...lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

describe('quotes', () => {
  const shown = ['venue', 'bid', 'bidSize', 'ask', 'askSize'];

  test('tell the sides that their lines tell, by exchange', async () => {
    const path = file(
      'quotes.csv',
      QUOTES,
      '1,180.01,300,,0,P,1,0',
      '2,,0,181.8,3000,P,1,0',
      '3,180.5,100,180.9,200,Q,1,0',
    );
    const records = await gather(usEquityQuotes({ file: path, ...day }));
    expect(records.map(({ row }) => shown.map((field) => row[field]))).toEqual([
      ['P', 180.01, 300, Number.NaN, Number.NaN],
      ['P', Number.NaN, Number.NaN, 181.8, 3000],
      ['Q', 180.5, 100, 180.9, 200],
    ]);
  });

  test('count as one venue where the file is the best of all exchanges', async () => {
    const path = file('best.csv', QUOTES, '1,180.01,300,,0,P,1,0', '2,180.02,300,,0,Q,1,0');
    const records = await gather(usEquityQuotes({ file: path, ...day, consolidatedAs: 'NBBO' }));
    expect(records.map(({ row }) => row['venue'])).toEqual(['NBBO', 'NBBO']);
  });

  test('are timed in UTC by the offset given, not by time zone data', async () => {
    const path = file('time.csv', QUOTES, '34200001,180.01,300,,0,P,1,0');
    const [record] = await gather(usEquityQuotes({ file: path, ...day }));
    expect(record!.time).toBe(Date.parse('2013-10-07T13:30:00.001Z') * 1000);
    expect(record!.row['time']).toBe(record!.time);
  });

  test('of suspicious lines are passed on as suspect', async () => {
    const path = file('suspect.csv', QUOTES, '1,180.01,300,,0,P,1,0', '2,1,100,,0,P,1,1');
    const rows = (await gather(usEquityQuotes({ file: path, ...day }))).map(({ row }) => row);
    expect(rows.map((row) => row['condition'])).toEqual([QuoteCondition.Regular, QuoteCondition.Suspect]);
  });

  test.each([
    ['1,180.01,300,,0,P,1', 'row 2: has 7 fields instead of 8'],
    ['1,abc,300,,0,P,1,0', 'row 2, field "bid": "abc" is no number'],
    ['1.5,180,300,,0,P,1,0', 'row 2, field "ms_since_midnight_new_york": "1.5" is no whole number'],
    ['1,180,300,,0,,1,0', 'row 2, field "exchange": is empty'],
    ['1,180,300,,0,P,1,2', 'row 2, field "suspicious": "2" is neither 0 nor 1'],
  ])('name file, row and field of the bad line %s', async (line, message) => {
    const path = file('bad.csv', QUOTES, line);
    await expect(gather(usEquityQuotes({ file: path, ...day }))).rejects.toThrow(`${path}, ${message}`);
  });

  test('refuse a file with another header', async () => {
    const path = file('header.csv', TRADES);
    await expect(gather(usEquityQuotes({ file: path, ...day }))).rejects.toThrow('row 1: is not the header');
  });
});

describe('fills derived from trades', () => {
  const rule = { accounts: ['A', 'B'], minSize: 200, feePerUnit: '0.003', feeCurrency: 'USD' };

  test('are the large regular trades in turn by account, on the side of the tick rule', async () => {
    const path = file(
      'trades.csv',
      TRADES,
      '1,10,200,P,0,0', // no other price before: bought
      '2,9.99,300,Q,0,0', // down: sold
      '3,9.99,200,P,0,0', // same price, last move down: sold
      '4,10.01,100,P,0,0', // too small for us, but it moves the price
      '5,10.01,400,P,0,0', // last move up: bought
      '6,9,1000,P,0,1', // suspicious: neither ours nor a move
      '7,10.01,200,P,0,0', // last move up: bought
    );
    const records = await gather(usEquityTrades({ file: path, ...day, fills: rule }));
    expect(records.filter(({ topic }) => topic === 'market.trades')).toHaveLength(7);
    const fills = records.filter(({ topic }) => topic === 'ledger.fills').map(({ row }) => row);
    expect(fills.map((row) => [row['executionId'], row['account'], row['quantity'], row['price']])).toEqual([
      ['IBM-2013-10-07-2', 'A', 200_000_000_000n, 10_000_000_000n],
      ['IBM-2013-10-07-3', 'B', -300_000_000_000n, 9_990_000_000n],
      ['IBM-2013-10-07-4', 'A', -200_000_000_000n, 9_990_000_000n],
      ['IBM-2013-10-07-6', 'B', 400_000_000_000n, 10_010_000_000n],
      ['IBM-2013-10-07-8', 'A', 200_000_000_000n, 10_010_000_000n],
    ]);
    expect(fills[0]!['fee']).toBe(600_000_000_000_000_000n);
  });
});
