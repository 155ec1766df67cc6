/** Vanna-volga is a convention, not a model: far from its three quotes it can leave the bounds that every price has. */
import { failure, type Result, success } from '../contract';
import { signOf, type VanillaTerms } from '../models/black';
import { type SmileMarket, vannaVolgaVanillaPrice } from '../models/vanna-volga';

/** Failure `smile-must-price-within-bounds` where the smile's own vanilla is below intrinsic value or above its asset. */
export function smileCheck(terms: VanillaTerms, smile: SmileMarket): Result<true> {
  const time = terms.time * (smile.smileYears ?? 1);
  const value = vannaVolgaVanillaPrice({ ...terms, time }, smile);
  const asset = smile.spot * Math.exp(-smile.foreignRate * time);
  const cash = terms.strike * Math.exp(-smile.rate * time);
  const low = Math.max(signOf(terms.right) * (asset - cash), 0);
  const high = terms.right === 'call' ? asset : cash;
  const slack = 1e-9 * Math.max(asset, cash);
  if (value >= low - slack && value <= high + slack) return success(true);
  return failure(
    'smile-must-price-within-bounds',
    `vanna-volga prices the vanilla of strike ${terms.strike} at ${value}, outside ${low} to ${high}. The three quotes do not reach so far; use black-scholes with a volatility of the strike.`,
  );
}
