/** Sensitivities of every scope in the base currency: the firm first, then what lies in it by sort and name. */
import { type Greeks, greeks } from '../../schemas/greeks';
import { count } from '../amounts';
import { countCell, moneyCell } from './cells';
import { type PageColumn, page, type World } from './page';

export interface GreeksLine extends Greeks {
  /** The firm, an account, or which of its sort it is. */
  readonly scope: string;
}

/** In this order, the largest scopes first; what is of another sort comes last. */
const DIMENSIONS = [
  'firm',
  'desk',
  'book',
  'trader',
  'strategy',
  'account',
  'counterparty',
  'legalEntity',
  'currency',
  'issuer',
  'sector',
];

const placeOf = ({ dimension }: Greeks): number => {
  const place = DIMENSIONS.indexOf(dimension);
  return place < 0 ? DIMENSIONS.length : place;
};

/** What an account adds to a currency, issuer or sector is in the topic, and too much for a page. */
const isShown = ({ dimension, account }: Greeks): boolean => account < 0 || dimension === 'account';

export function greeksLines({ followed }: Pick<World, 'followed'>): GreeksLine[] {
  const lines = [...followed.latest(greeks).values()]
    .map((row) => row as unknown as Greeks)
    .filter(isShown)
    .map((row): GreeksLine => {
      const name = row.account < 0 ? row.member : followed.nameOf('account', row.account);
      return { ...row, scope: name === '' ? 'FIRM' : name };
    });
  return lines.sort((a, b) => placeOf(a) - placeOf(b) || (a.scope < b.scope ? -1 : 1));
}

/** What is missing from the sums, or not what it should be. */
export function lackOf({ unvalued, modelled, stale }: Greeks): string {
  const parts = [
    unvalued > 0 && `${count(unvalued)} unpriced`,
    modelled > 0 && `${count(modelled)} by model`,
    stale > 0 && `${count(stale)} stale`,
  ];
  return parts.filter(Boolean).join(', ');
}

/** Of what is known; where nothing is, that is said. */
const sum = (title: string, says: string, of: (line: GreeksLine) => number): PageColumn<GreeksLine> => ({
  title,
  align: 'number',
  says,
  cell: (line) => moneyCell(of(line), line.currency, line.stale > 0 ? 'stale' : 'good'),
  by: of,
});

export const greeksPage = page<GreeksLine>({
  name: 'greeks',
  says: 'what the firm, desks, books, accounts and others are exposed to, in the base currency, of what is known',
  staying: 2,
  isOrdered: true,
  items: greeksLines,
  columns: [
    { title: 'OF', says: 'what sort of scope it is', cell: ({ dimension }) => dimension },
    { title: 'SCOPE', says: 'which one; FIRM is all', cell: ({ scope }) => scope },
    sum('DELTA', 'delta-adjusted exposure, net', ({ delta }) => delta),
    sum('GROSS', 'the same, sizes added up', ({ deltaGross }) => deltaGross),
    {
      title: 'LACKS',
      says: 'positions that are in no sum, are valued by a model, or rest on a stale price',
      cell: (line) => ({ text: lackOf(line), color: line.unvalued > 0 ? 'yellow' : undefined }),
    },
    sum('GAMMA 1%', 'what delta gains when all rises by 1 %', ({ gamma }) => gamma),
    sum('VEGA', 'gain when volatility rises by a point', ({ vega }) => vega),
    sum('THETA', 'gain in a day', ({ theta }) => theta),
    sum('VEGA 1W', 'of what expires within a week', ({ vegaWeek }) => vegaWeek),
    sum('1M', 'within a month', ({ vegaMonth }) => vegaMonth),
    sum('3M', 'within a quarter', ({ vegaQuarter }) => vegaQuarter),
    sum('6M', 'within half a year', ({ vegaHalf }) => vegaHalf),
    sum('1Y', 'within a year', ({ vegaYear }) => vegaYear),
    sum('2Y', 'within two years', ({ vegaTwoYears }) => vegaTwoYears),
    sum('LATER', 'later', ({ vegaBeyond }) => vegaBeyond),
    sum('VALUE', 'what is held is worth', ({ value }) => value),
    {
      title: 'POSITIONS',
      align: 'right',
      says: 'open ones',
      cell: ({ positions }) => count(positions),
      by: ({ positions }) => positions,
    },
    {
      title: 'UNPRICED',
      align: 'right',
      says: 'of them in no sum',
      cell: ({ unvalued }) => countCell(unvalued),
      by: ({ unvalued }) => unvalued,
    },
  ],
});
