/** What each account has in each currency. */
import { moneyToNumber } from '../../schemas/borders';
import { type Cash, cash } from '../../schemas/ledger';
import { Reason } from '../../schemas/market';
import { shownRow } from '../topic-decoder';
import { ageCell, gain } from './cells';
import type { Row } from './followed-topics';
import { ageOf, page } from './page';

/** NaN where there is a reason why it is not known. */
const balance = ({ cash: held, reason }: Cash): number =>
  reason === Reason.None ? moneyToNumber(held) : Number.NaN;

export const cashPage = page<Cash>({
  name: 'cash',
  says: 'what each account has in each currency',
  staying: 2,
  items: ({ followed }) => followed.latest(cash).values() as Iterable<unknown> as Iterable<Cash>,
  columns: [
    {
      title: 'ACCOUNT',
      says: 'whose',
      cell: ({ account }, { followed }) => followed.nameOf('account', account),
    },
    { title: 'CCY', says: 'which currency', cell: ({ currency }) => currency },
    {
      title: 'CASH',
      align: 'number',
      says: 'the balance; negative when owed',
      cell: (one) => gain(balance(one), one.currency),
      by: balance,
    },
    {
      title: 'WHY',
      says: 'why there is none',
      cell: (one, { followed }) => {
        const reason = String(shownRow(cash, one as unknown as Row, followed)['reason']);
        return { text: reason === 'None' ? '' : reason, color: 'yellow' };
      },
    },
    {
      title: 'AGE',
      align: 'right',
      says: 'how long ago it was known',
      cell: (one, world) => ageCell(ageOf(one.knownAt, world)),
      by: (one, world) => ageOf(one.knownAt, world),
    },
  ],
});
