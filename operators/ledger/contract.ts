/** What a quantity is worth at a price, exact: computed in full and rounded once, half to even, to 10⁻¹⁸. */
import { divideHalfEven, QUANTITY_ONE, roundedProduct } from '../../schemas/decimals';

/** How an instrument's price becomes money: fixed for the life of a position. */
export interface Contract {
  /** Units of the underlying for each unit of quantity, scale 9. */
  readonly multiplier: bigint;
  /** Settled in what it is quoted for, as a coin-margined future is. */
  readonly inverse: boolean;
}

/**
 * Money of scale 18. An inverse contract is worth −quantity·multiplier/price when held long: that rises with the price,
 * and the profit of a round trip is quantity·multiplier·(1/entry − 1/exit), as it should be.
 */
export function worthOf(
  { quantity, price }: { readonly quantity: bigint; readonly price: bigint },
  { multiplier, inverse }: Contract,
): bigint {
  if (!inverse) return roundedProduct({ quantity, price, multiplier });
  // Scale 9 + 9 − 9 leaves 9: nine more make it money. The ledger refuses prices of zero here.
  return divideHalfEven(-quantity * multiplier * QUANTITY_ONE, price);
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
