/** The price of each instrument, how good it is, and why it is no better. */
import { marks } from '../../schemas/market';
import { price } from '../amounts';
import { ageCell, trusted } from './cells';
import type { Row } from './followed-topics';
import { ageOf, numberIn, type PageColumn, page } from './page';

const side = (field: 'bid' | 'ask', says: string): PageColumn<Row> => ({
  title: field.toUpperCase(),
  align: 'number',
  says,
  cell: (row) => price(numberIn(row, field)),
  by: (row) => numberIn(row, field),
});

export const marksPage = page<Row>({
  name: 'marks',
  says: 'the price of each instrument, how good it is, and why it is no better',
  staying: 1,
  items: ({ followed }) => followed.latest(marks).values(),
  columns: [
    {
      title: 'INSTRUMENT',
      says: 'what is priced',
      cell: (row, { followed }) => followed.nameOf('instrument', numberIn(row, 'instrument')),
    },
    {
      title: 'MARK',
      align: 'number',
      says: 'price that values it; ~ when that is stale',
      cell: (row) => {
        const state = row['state'];
        const trust = state === 'Priced' ? 'good' : state === 'Stale' ? 'stale' : 'unknown';
        return trusted(price(numberIn(row, 'price')), trust);
      },
      by: (row) => numberIn(row, 'price'),
    },
    {
      title: 'AGE',
      align: 'right',
      says: 'how long ago it last changed',
      cell: (row, world) => ageCell(ageOf(row['time'], world)),
      by: (row, world) => ageOf(row['time'], world),
    },
    {
      title: 'QUALITY',
      says: 'how good it is',
      cell: (row) => ({
        text: String(row['quality'] ?? ''),
        color: row['quality'] === 'Good' ? undefined : 'yellow',
      }),
    },
    {
      title: 'WHY',
      says: 'why it is no better',
      cell: (row) => ({ text: row['reason'] === 'None' ? '' : String(row['reason'] ?? ''), color: 'yellow' }),
    },
    side('bid', 'best bid over all venues that are up'),
    side('ask', 'best ask over all venues that are up'),
    {
      title: 'SPREAD',
      align: 'number',
      says: 'ask less bid',
      cell: (row) => price(numberIn(row, 'ask') - numberIn(row, 'bid')),
      by: (row) => numberIn(row, 'ask') - numberIn(row, 'bid'),
    },
  ],
});
