/**
 * An asset in one currency paid in another at a fixed rate: the drift changes, nothing else.
 *
 * Source: E. Reiner, "Quanto mechanics", Risk 5 (1992). The quanto market is an ordinary one with the yield raised by
 * ρσ_Sσ_X and the rates' difference, so that every Black–Scholes formula of the library prices the quanto version.
 */
import type { LognormalMarket } from './black';

export interface QuantoMarket extends LognormalMarket {
  /** Rate of the asset's own currency; `rate` discounts in the currency of payment. */
  readonly assetRate: number;
  readonly fxVolatility: number;
  /** Between the asset and the price of its currency in the currency of payment. */
  readonly correlation: number;
}

export const quantoMarket = (market: QuantoMarket): LognormalMarket => ({
  spot: market.spot,
  rate: market.rate,
  volatility: market.volatility,
  dividend:
    market.dividend +
    market.rate -
    market.assetRate +
    market.correlation * market.volatility * market.fxVolatility,
});
