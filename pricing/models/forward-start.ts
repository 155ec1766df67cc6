/**
 * Options whose strike is set later as a multiple of the price then.
 *
 * Source: M. Rubinstein, "Pay now, choose later", Risk 4 (1991).
 */
import { blackScholesPrice, type LognormalMarket, type Right } from './black';

export interface ForwardStartTerms {
  readonly right: Right;
  /** Strike as a multiple of the price at the start. */
  readonly moneyness: number;
  /** Years from now of the start and of expiry. */
  readonly start: number;
  readonly time: number;
}

/** Pays φ(S_T − m·S_start)⁺. */
export const forwardStartPrice = (
  { right, moneyness, start, time }: ForwardStartTerms,
  market: LognormalMarket,
): number =>
  market.spot *
  Math.exp(-market.dividend * start) *
  blackScholesPrice({ right, strike: moneyness, time: time - start }, { ...market, spot: 1 });

/** Pays φ(S_T/S_start − m)⁺: a return, so the spot drops out. */
export const forwardPerformancePrice = (
  { right, moneyness, start, time }: ForwardStartTerms,
  market: LognormalMarket,
): number =>
  Math.exp(-market.rate * start) *
  blackScholesPrice({ right, strike: moneyness, time: time - start }, { ...market, spot: 1 });
