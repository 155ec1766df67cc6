/** Options on two underlyings, resolved: dates are years from the valuation. */
import type { ExchangeTerms, SpreadTerms } from '../models/exchange';
import type { TwoAssetBarrierTerms, TwoAssetTerms } from '../models/two-asset';
import type { Product } from './product';

/** The right to give the second asset for the first. */
export type ExchangeOption = Product<
  'exchange-option',
  ExchangeTerms & { readonly exercise: 'european' | 'american' }
>;
export type SpreadOption = Product<'spread-option', SpreadTerms>;
/** On the better or worse of two. */
export type RainbowOption = Product<'rainbow-option', TwoAssetTerms>;
/** Payoff on the first asset, barrier on the second. */
export type TwoAssetBarrierOption = Product<'two-asset-barrier-option', TwoAssetBarrierTerms>;
