/**
 * Options that pay at expiry on one condition: cash-or-nothing, asset-or-nothing, gap.
 *
 * Source: M. Rubinstein and E. Reiner, "Unscrambling the binary code", Risk 4 (1991).
 */
import { normalCdf } from '../math/normal';
import { forwardOf, type LognormalMarket, signOf, type VanillaTerms } from './black';

/** Discounted probability (cash) and asset value of ending in the money; at zero deviation the forward decides. */
const inTheMoney = (
  { right, strike, time }: VanillaTerms,
  market: LognormalMarket,
): { readonly cash: number; readonly asset: number } => {
  const phi = signOf(right);
  const forward = forwardOf(market, time);
  const discount = Math.exp(-market.rate * time);
  const stdDev = market.volatility * Math.sqrt(time);
  if (stdDev <= 0) {
    const inside = phi * (forward - strike) > 0 ? discount : 0;
    return { cash: inside, asset: inside * forward };
  }
  const d1 = Math.log(forward / strike) / stdDev + 0.5 * stdDev;
  return {
    cash: discount * normalCdf(phi * (d1 - stdDev)),
    asset: discount * forward * normalCdf(phi * d1),
  };
};

/** Pays one unit of cash if the option ends in the money. */
export const cashOrNothingPrice = (terms: VanillaTerms, market: LognormalMarket): number =>
  inTheMoney(terms, market).cash;

/** Pays the asset if the option ends in the money. */
export const assetOrNothingPrice = (terms: VanillaTerms, market: LognormalMarket): number =>
  inTheMoney(terms, market).asset;

/** Pays φ(S − payoffStrike) where φ(S − strike) > 0; worth less than nothing for some strikes. */
export const gapPrice = (
  terms: VanillaTerms & { readonly payoffStrike: number },
  market: LognormalMarket,
): number => {
  const { cash, asset } = inTheMoney(terms, market);
  return signOf(terms.right) * (asset - terms.payoffStrike * cash);
};
