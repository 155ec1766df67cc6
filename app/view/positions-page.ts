/** What is held, at what price, and what it makes. */
import { moneyToNumber, quantityToNumber } from '../../schemas/borders';
import { type Position, positions } from '../../schemas/ledger';
import { marks } from '../../schemas/market';
import { positionPnl } from '../../schemas/risk';
import { count, price, quantity } from '../amounts';
import { statusOf } from '../portfolio';
import { ageCell, gain, moneyCell, type Trust, trusted } from './cells';
import type { Row } from './followed-topics';
import { ageOf, numberIn, page, type World } from './page';

const pnlOf = ({ account, instrument, contract }: Position, { followed }: World): Row | undefined =>
  followed.latest(positionPnl).get(`${account}/${instrument}/${contract}`);

const markAge = ({ instrument }: Position, world: World): number =>
  ageOf(world.followed.latest(marks).get(String(instrument))?.['time'], world);

function trustOf(one: Position, world: World): Trust {
  const status = statusOf(pnlOf(one, world));
  return status === 'priced' ? 'good' : status === 'stale' ? 'stale' : 'unknown';
}

/** Nothing where all is well. */
function why(one: Position, world: World): string {
  const value = pnlOf(one, world);
  const status = statusOf(value);
  const reason = String(value?.['reason'] ?? 'NoMark');
  if (reason !== 'None') return status === 'priced' ? reason : `${status} ${reason}`;
  return status === 'priced' ? '' : status;
}

/** What the open quantity was bought or sold short for, a unit. */
export function averagePrice({
  quantity: held,
  cost,
  multiplier,
  inverse,
}: Pick<Position, 'quantity' | 'cost' | 'multiplier' | 'inverse'>): number {
  const units = quantityToNumber(held) * quantityToNumber(multiplier);
  if (units === 0) return Number.NaN;
  return inverse ? -units / moneyToNumber(cost) : moneyToNumber(cost) / units;
}

export const positionsPage = page<Position>({
  name: 'positions',
  says: 'what each account holds, at what price, and what that makes',
  staying: 2,
  items: ({ followed }) => followed.latest(positions).values() as Iterable<unknown> as Iterable<Position>,
  columns: [
    {
      title: 'ACCOUNT',
      says: 'who holds it',
      cell: ({ account }, { followed }) => followed.nameOf('account', account),
    },
    {
      title: 'INSTRUMENT',
      says: 'what is held; #1 and more: an earlier contract of that name',
      cell: ({ instrument, contract }, { followed }) =>
        `${followed.nameOf('instrument', instrument)}${contract > 0 ? ` #${contract}` : ''}`,
    },
    {
      title: 'QUANTITY',
      align: 'number',
      says: 'units held, exactly; negative when short',
      cell: (one) => quantity(one.quantity),
      by: (one) => quantityToNumber(one.quantity),
    },
    {
      title: 'MARK',
      align: 'number',
      says: 'price that it is valued at; ~ when that is stale',
      cell: (one, world) =>
        one.quantity === 0n ? '–' : trusted(price(numberIn(pnlOf(one, world), 'price')), trustOf(one, world)),
      by: (one, world) => numberIn(pnlOf(one, world), 'price'),
    },
    {
      title: 'AGE',
      align: 'right',
      says: 'how long ago that price last changed',
      cell: (one, world) => (one.quantity === 0n ? '–' : ageCell(markAge(one, world))),
      by: markAge,
    },
    {
      title: 'CCY',
      says: 'currency of the amounts',
      cell: ({ currency }) => currency,
    },
    {
      title: 'P&L',
      align: 'number',
      says: 'realised and unrealised, after fees; unknown without a price',
      cell: (one, world) => gain(numberIn(pnlOf(one, world), 'totalPnl'), one.currency, trustOf(one, world)),
      by: (one, world) => numberIn(pnlOf(one, world), 'totalPnl'),
    },
    {
      title: 'WHY',
      says: 'why there is no price, or no better one',
      cell: (one, world) => ({ text: why(one, world), color: 'yellow' }),
    },
    {
      title: 'UNREALISED',
      align: 'number',
      says: 'value less cost of what is held',
      cell: (one, world) =>
        gain(numberIn(pnlOf(one, world), 'unrealisedPnl'), one.currency, trustOf(one, world)),
      by: (one, world) => numberIn(pnlOf(one, world), 'unrealisedPnl'),
    },
    {
      title: 'REALISED',
      align: 'number',
      says: 'of what has been closed, after fees',
      cell: (one) => gain(moneyToNumber(one.realisedPnl), one.currency),
      by: (one) => moneyToNumber(one.realisedPnl),
    },
    {
      title: 'FEES',
      align: 'number',
      says: 'paid in this currency, part of realised',
      cell: (one) => moneyCell(moneyToNumber(one.fees), one.currency),
      by: (one) => moneyToNumber(one.fees),
    },
    {
      title: 'AVG PRICE',
      align: 'number',
      says: 'average price of what is held',
      cell: (one) => price(averagePrice(one)),
      by: averagePrice,
    },
    {
      title: 'VALUE',
      align: 'number',
      says: 'of what is held, at the mark',
      cell: (one, world) =>
        moneyCell(numberIn(pnlOf(one, world), 'marketValue'), one.currency, trustOf(one, world)),
      by: (one, world) => numberIn(pnlOf(one, world), 'marketValue'),
    },
    {
      title: 'FILLS',
      align: 'right',
      says: 'executions that count',
      cell: ({ fills }) => count(Number(fills)),
      by: ({ fills }) => Number(fills),
    },
  ],
});
