/** What an option of a book pays when it expires: the end of its life, with its cash. */
import type { BookOption } from '../batch/book-option';
import { failure, type Result, success } from '../contract';

export interface OptionEnd {
  /** Price that the venue settles against, of what the option is on: spot, futures price, or dollars a coin. */
  readonly settlementPrice: number;
  /** For barriers: whether one was touched before expiry. A book does not remember it. */
  readonly touched?: boolean;
}

/**
 * Per option, in the currency of the book's price (coin where it is on a coin); nothing for a knock-out that was touched,
 * whose rebate was paid at the touch.
 *
 * Failures: `settlement-price-must-be-known`, `touch-must-be-known`.
 */
export function optionPayment(option: BookOption, { settlementPrice, touched }: OptionEnd): Result<number> {
  if (!(settlementPrice > 0 && Number.isFinite(settlementPrice)))
    return failure(
      'settlement-price-must-be-known',
      `cannot settle the ${option.right} at ${option.strike}: its settlement price is ${settlementPrice}. Give the venue's.`,
    );
  const { right, strike, pays = 'vanilla', on = 'spot', cash = 0 } = option;
  const gain = right === 'call' ? settlementPrice - strike : strike - settlementPrice;
  const unit = on === 'coin' ? settlementPrice : 1;
  if (pays === 'cash') return success((gain > 0 ? cash : 0) / unit);
  if (pays === 'asset') return success((gain > 0 ? settlementPrice : 0) / unit);
  const vanilla = Math.max(gain, 0) / unit;
  if (pays === 'vanilla') return success(vanilla);
  if (touched === undefined)
    return failure(
      'touch-must-be-known',
      `cannot settle the ${pays} ${right} at ${strike}: nothing says whether it was touched. Say so.`,
    );
  if (pays === 'knock-out') return success(touched ? 0 : vanilla);
  return success(touched ? vanilla : cash / unit);
}
