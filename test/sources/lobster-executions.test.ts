import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lobsterExecutions } from '../../sources/lobster-executions';
import { temporaryFolder } from '../support/temporary-folder';
import { gather } from './gather';

const folder = temporaryFolder();

test('executions become trades, and fills on the side of whoever hit the resting order', async () => {
  const file = join(folder, 'messages.csv');
  const lines = [
    '34200.004241176,1,16113575,18,5853300,1', // a new order
    '34200.000017,4,16113575,18,5853300,1', // a resting buy order executed: we sold
    '34201.5,5,0,100,5853400,-1', // a hidden sell order executed: we bought
    '34202.1,3,16113576,18,5853300,1', // a deletion
  ];
  writeFileSync(file, lines.join('\n'));
  const records = await gather(
    lobsterExecutions({
      file,
      instrument: 'AAPL',
      venue: 'XNAS',
      date: '2012-06-21',
      utcOffset: '-04:00',
      fills: { accounts: ['A'], minSize: 1, feePerUnit: '0', feeCurrency: 'USD' },
    }),
  );
  const open = Date.parse('2012-06-21T13:30:00Z') * 1000;
  expect(records.map(({ topic, time, sequence }) => [topic, time - open, sequence])).toEqual([
    ['market.trades', 17, 2],
    ['ledger.fills', 17, 2],
    ['market.trades', 1_500_000, 3],
    ['ledger.fills', 1_500_000, 3],
  ]);
  expect(records[0]!.row).toMatchObject({ price: 585.33, size: 18 });
  expect(records[1]!.row).toMatchObject({ quantity: -18_000_000_000n, price: 585_330_000_000n });
  expect(records[3]!.row).toMatchObject({ quantity: 100_000_000_000n, price: 585_340_000_000n });
});
