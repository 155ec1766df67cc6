/** Options on the highest or lowest price. */
import type { FixedLookbackTerms, FloatingLookbackTerms } from '../models/lookback';
import type { PartialFixedTerms, PartialFloatingTerms } from '../models/partial-lookback';
import type { Product } from './product';

export type FixedLookback = Product<'fixed-lookback', FixedLookbackTerms>;
export type FloatingLookback = Product<'floating-lookback', FloatingLookbackTerms>;
export type PartialFixedLookback = Product<'partial-fixed-lookback', PartialFixedTerms>;
export type PartialFloatingLookback = Product<'partial-floating-lookback', PartialFloatingTerms>;
