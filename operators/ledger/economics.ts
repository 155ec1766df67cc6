/**
 * Whether an execution id that comes again says the same: quantity, price and fee. The same is a duplicate and no harm;
 * anything else means that one of the two is wrong, and somebody has to be told.
 */
import { formatDecimal, MONEY_SCALE, QUANTITY_SCALE } from '../../schemas/decimals';
import type { Fill } from '../../schemas/ledger';

export type Economics = Pick<Fill, 'quantity' | 'price' | 'fee' | 'feeCurrency'>;

/** Exact, to be kept and compared. */
export const economicsText = ({ quantity, price, fee, feeCurrency }: Economics): string =>
  `${quantity} ${price} ${fee} ${feeCurrency}`;

/** For people. */
export const economicsForPeople = ({ quantity, price, fee, feeCurrency }: Economics): string =>
  `${formatDecimal(quantity, QUANTITY_SCALE)} @ ${formatDecimal(price, QUANTITY_SCALE)}, fee ${formatDecimal(fee, MONEY_SCALE)} ${feeCurrency}`;

export const hasSameEconomics = (a: Economics, b: Economics): boolean =>
  a.quantity === b.quantity && a.price === b.price && a.fee === b.fee && a.feeCurrency === b.feeCurrency;
