/** Options that pay all or nothing at expiry. */
import type { VanillaTerms } from '../models/black';
import type { Product } from './product';

export type DigitalOption = Product<
  'digital-option',
  VanillaTerms & { readonly pays: 'cash' | 'asset'; readonly cash: number }
>;
export type GapOption = Product<'gap-option', VanillaTerms & { readonly payoffStrike: number }>;
