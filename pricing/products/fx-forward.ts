/** FX spot and forward deals: two amounts exchanged on one date. */
import type { Day } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import type { FixedFlow } from './flow';
import { dayNamed, gathered, positiveAmount } from './schedule-book';

export interface FxForwardBook {
  readonly bought: { readonly currency: string; readonly amount: number };
  readonly sold: { readonly currency: string; readonly amount: number };
  /** ISO date; a spot deal is one that settles at the spot date. */
  readonly settles: string;
}

export interface FxForward {
  readonly kind: 'fx-forward';
  /** The value is in the sold currency. */
  readonly currency: string;
  readonly bought: FixedFlow;
  readonly sold: FixedFlow;
  readonly settles: Day;
}

export function resolveFxForward(book: FxForwardBook): Result<FxForward> {
  const parts = gathered({
    settles: dayNamed(book.settles, 'settles'),
    bought: positiveAmount(book.bought.amount, 'bought amount'),
    sold: positiveAmount(book.sold.amount, 'sold amount'),
  });
  if (!parts.ok) return parts;
  if (book.bought.currency === book.sold.currency) {
    return failure('currencies-must-differ', `both sides are ${book.sold.currency}. Name two currencies.`);
  }
  const { settles, bought, sold } = parts.value;
  return success({
    kind: 'fx-forward',
    currency: book.sold.currency,
    bought: { type: 'fixed', pay: settles, currency: book.bought.currency, amount: bought },
    sold: { type: 'fixed', pay: settles, currency: book.sold.currency, amount: -sold },
    settles,
  });
}
