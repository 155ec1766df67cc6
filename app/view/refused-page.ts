/** Fills that changed no position, and why: the latest first. */
import { refusedFills } from '../../schemas/ledger';
import { formatTime } from '../../sources/field-text';
import { shownRow } from '../topic-decoder';
import { type Happened, LATELY_MAX } from './followed-topics';
import { numberIn, type PageColumn, page } from './page';

const text = (title: string, field: string, says: string): PageColumn<Happened> => ({
  title,
  says,
  cell: ({ row }, { followed }) => String(shownRow(refusedFills, row, followed)[field] ?? ''),
});

export const refusedPage = page<Happened>({
  name: 'refused',
  says: `fills that changed no position, and why: the latest ${LATELY_MAX} at most`,
  staying: 1,
  isOrdered: true,
  items: ({ followed }) => followed.lately(refusedFills),
  columns: [
    {
      title: 'EXECUTED',
      says: 'when the venue executed it, UTC',
      cell: ({ row }) => formatTime(numberIn(row, 'time')).slice(0, 19).replace('T', ' '),
      by: ({ row }) => numberIn(row, 'time'),
    },
    text('ACCOUNT', 'account', 'whose'),
    text('INSTRUMENT', 'instrument', 'of what'),
    { ...text('REASON', 'reason', 'the rule by which it is refused') },
    text('ID', 'executionId', "the venue's id of it"),
    text('DETAIL', 'detail', 'what was found'),
    text('VENUE', 'venue', 'where'),
  ],
});
