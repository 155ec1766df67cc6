/**
 * Fees paid in what is traded: who buys 50 coins for a fee of half a coin has 49.5. What is finer than a quantity can
 * say (10⁻⁹) stays a fee in a foreign currency, so that nothing is lost; so does all of it where a unit of quantity is not
 * one coin.
 */
import { QUANTITY_ONE } from '../../schemas/decimals';
import { FillKind } from '../../schemas/ledger';
import type { ContractTerms } from '../../schemas/tables';

interface Fee {
  readonly kind: FillKind;
  /** Money. */
  readonly fee: bigint;
  readonly feeCurrency: string;
}

type Paid = Pick<ContractTerms, 'currency' | 'base' | 'multiplier'>;

/** Scale 9: by how much the fee changes the quantity. */
export const coinsOf = ({ kind, fee, feeCurrency }: Fee, { base, currency, multiplier }: Paid): bigint =>
  base !== undefined &&
  feeCurrency === base &&
  base !== currency &&
  multiplier === QUANTITY_ONE &&
  isOfUnits(kind)
    ? fee / QUANTITY_ONE
    : 0n;

/** Money: what neither the position's P&L nor its quantity has in it. */
export function foreignPart(fee: Fee, terms: Paid): bigint {
  if (fee.feeCurrency === terms.currency) return 0n;
  return fee.fee - coinsOf(fee, terms) * QUANTITY_ONE;
}

const isOfUnits = (kind: FillKind): boolean => kind === FillKind.New || kind === FillKind.Transfer;
