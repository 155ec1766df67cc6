/** What each account and the whole firm make: by currency, and over all currencies. */
import { moneyToNumber } from '../../schemas/borders';
import { plusKnown } from '../../schemas/plus-known';
import { type AccountPnl, type AccountTotal, accountPnl, accountTotals } from '../../schemas/risk';
import { count } from '../amounts';
import { countCell, gain, moneyCell, type Trust, trusted } from './cells';
import { type PageColumn, page, type World } from './page';

/** Of an account or the firm, in one currency or over all. */
export interface Total {
  readonly scope: string;
  readonly currency: string;
  /** Whether it is over all currencies, in the base currency. */
  readonly isInBase: boolean;
  /** NaN where a part has no price or rate. */
  readonly total: number;
  readonly known: number;
  readonly realised: number;
  readonly unrealised: number;
  readonly fees: number;
  readonly marketValue: number;
  readonly unpriced: number;
  readonly stale: number;
  readonly withoutRate: number;
  /** Since the trading day began; NaN where it is not known. Undefined over all currencies. */
  readonly day: number | undefined;
  readonly dayKnown: number | undefined;
}

export const FIRM = 'FIRM';

const ofAccount = (row: AccountPnl, { followed }: Pick<World, 'followed'>): Total => ({
  scope: followed.nameOf('account', row.account),
  currency: row.currency,
  isInBase: false,
  total: row.totalPnl,
  known: row.knownPnl,
  realised: moneyToNumber(row.realisedPnl),
  unrealised: row.unrealisedPnl,
  fees: row.fees,
  marketValue: row.marketValue,
  unpriced: row.unpriced,
  stale: row.stale,
  withoutRate: 0,
  day: row.dayPnl,
  dayKnown: row.dayKnownPnl,
});

const inBase = (row: AccountTotal, { followed }: Pick<World, 'followed'>): Total => ({
  scope: followed.nameOf('account', row.account),
  currency: row.currency,
  isInBase: true,
  total: row.totalPnl,
  known: row.knownPnl,
  realised: row.realisedPnl,
  unrealised: row.unrealisedPnl,
  fees: row.fees,
  marketValue: row.marketValue,
  unpriced: row.unpriced,
  stale: row.stale,
  withoutRate: row.withoutRate,
  day: undefined,
  dayKnown: undefined,
});

const currencyTotals = (world: Pick<World, 'followed'>): Total[] =>
  [...world.followed.latest(accountPnl).values()].map((row) =>
    ofAccount(row as unknown as AccountPnl, world),
  );

const baseTotals = (world: Pick<World, 'followed'>): Total[] =>
  [...world.followed.latest(accountTotals).values()].map((row) =>
    inBase(row as unknown as AccountTotal, world),
  );

/** A total with an unknown part is unknown; of the others, what is known is summed. */
const added = (one: Total, other: Total): Total => ({
  ...one,
  scope: FIRM,
  total: one.total + other.total,
  known: plusKnown(one.known, other.known),
  realised: plusKnown(one.realised, other.realised),
  unrealised: plusKnown(one.unrealised, other.unrealised),
  fees: plusKnown(one.fees, other.fees),
  marketValue: plusKnown(one.marketValue, other.marketValue),
  unpriced: one.unpriced + other.unpriced,
  stale: one.stale + other.stale,
  withoutRate: one.withoutRate + other.withoutRate,
  day: one.day === undefined || other.day === undefined ? undefined : one.day + other.day,
  dayKnown:
    one.dayKnown === undefined || other.dayKnown === undefined
      ? undefined
      : plusKnown(one.dayKnown, other.dayKnown),
});

function byCurrency(totals: readonly Total[]): Total[] {
  const sums = new Map<string, Total>();
  for (const one of totals) {
    const sum = sums.get(one.currency);
    sums.set(one.currency, sum ? added(sum, one) : { ...one, scope: FIRM });
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** Over all currencies first; undefined where no base currency is known of any account. */
export const firmTotal = (world: Pick<World, 'followed'>): Total | undefined =>
  byCurrency(baseTotals(world))[0];

function order(a: Total, b: Total): number {
  if (a.scope !== b.scope) return a.scope < b.scope ? -1 : 1;
  if (a.isInBase !== b.isInBase) return a.isInBase ? -1 : 1;
  return a.currency < b.currency ? -1 : 1;
}

/** The firm, then each account: over all currencies, then by currency. */
export function totalsOf(world: Pick<World, 'followed'>): Total[] {
  const [currencies, base] = [currencyTotals(world), baseTotals(world)];
  return [...byCurrency(base), ...byCurrency(currencies), ...[...base, ...currencies].sort(order)];
}

const trustOf = ({ stale }: Total): Trust => (stale > 0 ? 'stale' : 'good');

/** What is missing from a total, or not what it should be, in a few words. */
export function lackOf({ unpriced, withoutRate, stale }: Total): string {
  const parts = [
    unpriced > 0 && `${count(unpriced)} unpriced`,
    withoutRate > 0 && `${count(withoutRate)} without a rate`,
    stale > 0 && `${count(stale)} stale`,
  ];
  return parts.filter(Boolean).join(', ');
}

const isUnknown = ({ unpriced, withoutRate }: Total): boolean => unpriced > 0 || withoutRate > 0;

/** A sum with a part missing is no sum: what is known of it has a column of its own. */
const sum = (title: string, says: string, of: (total: Total) => number): PageColumn<Total> => ({
  title,
  align: 'number',
  says,
  cell: (one) => (isUnknown(one) ? trusted('', 'unknown') : moneyCell(of(one), one.currency, trustOf(one))),
  by: (one) => (isUnknown(one) ? Number.NaN : of(one)),
});

export const accountsPage = page<Total>({
  name: 'accounts',
  says: 'what the firm and each account make, by currency and over all (ALL IN: at the rates of the marks)',
  staying: 2,
  isOrdered: true,
  items: totalsOf,
  columns: [
    { title: 'ACCOUNT', says: 'whose; FIRM is all of them', cell: ({ scope }) => scope },
    {
      title: 'CCY',
      says: 'currency of the amounts; "all in" one: over all currencies',
      cell: ({ currency, isInBase }) => (isInBase ? `all in ${currency}` : currency),
    },
    {
      title: 'P&L',
      align: 'number',
      says: 'realised and unrealised, after fees; unknown while a price or rate is missing',
      cell: (one) => gain(one.total, one.currency, trustOf(one)),
      by: ({ total }) => total,
    },
    {
      title: 'KNOWN',
      align: 'number',
      says: 'what is known of it: realised, and unrealised of what has a price',
      cell: (one) => moneyCell(one.known, one.currency),
      by: ({ known }) => known,
    },
    {
      title: 'WHY',
      says: 'what is missing or stale',
      cell: (one) => ({ text: lackOf(one), color: 'yellow' }),
    },
    {
      title: 'DAY',
      align: 'number',
      says: 'what P&L has changed by since the trading day began; unknown where a price is, or was then',
      cell: (one) => (one.day === undefined ? { text: '' } : gain(one.day, one.currency, trustOf(one))),
      by: ({ day }) => day ?? Number.NaN,
    },
    {
      title: 'DAY KNOWN',
      align: 'number',
      says: 'what is known of it',
      cell: (one) => (one.dayKnown === undefined ? { text: '' } : moneyCell(one.dayKnown, one.currency)),
      by: ({ dayKnown }) => dayKnown ?? Number.NaN,
    },
    sum('UNREALISED', 'value less cost of what is held', ({ unrealised }) => unrealised),
    {
      title: 'REALISED',
      align: 'number',
      says: 'of what has been closed, after fees',
      cell: (one) => (one.withoutRate > 0 ? trusted('', 'unknown') : gain(one.realised, one.currency)),
      by: ({ realised }) => realised,
    },
    {
      title: 'FEES',
      align: 'number',
      says: 'paid, part of realised',
      cell: (one) => (one.withoutRate > 0 ? trusted('', 'unknown') : moneyCell(one.fees, one.currency)),
      by: ({ fees }) => fees,
    },
    sum('VALUE', 'of what is held, at the marks', ({ marketValue }) => marketValue),
    {
      title: 'UNPRICED',
      align: 'right',
      says: 'open positions without a price',
      cell: ({ unpriced }) => countCell(unpriced),
      by: ({ unpriced }) => unpriced,
    },
    {
      title: 'STALE',
      align: 'right',
      says: 'open positions with a stale price',
      cell: ({ stale }) => countCell(stale),
      by: ({ stale }) => stale,
    },
  ],
});
