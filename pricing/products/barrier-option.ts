/** Options with barriers, and what is paid for touching one. */
import type { BarrierTerms, BinaryBarrierTerms, Knock, TouchTerms } from '../models/barrier';
import type { PartialBarrierTerms, SoftBarrierTerms } from '../models/partial-barrier';
import type { Product } from './product';

/** American digital: pays on touching a level (`in`), or at expiry on never touching it (`out`). */
export type TouchOption = Product<'touch-option', TouchTerms & { readonly cash: number }>;
/** Single barriers leave `lower` at 0 or `upper` at Infinity. */
export type BarrierOption = Product<'barrier-option', BarrierTerms>;
export type AmericanBarrierOption = Product<'american-barrier-option', BarrierTerms>;
export type BinaryBarrierOption = Product<
  'binary-barrier-option',
  BinaryBarrierTerms & { readonly cash: number }
>;
/** Cash at expiry if neither barrier was touched (`out`), or if one was (`in`). */
export type DoubleTouchOption = Product<
  'double-touch-option',
  {
    readonly lower: number;
    readonly upper: number;
    readonly time: number;
    readonly knock: Knock;
    readonly cash: number;
  }
>;
export type PartialBarrierOption = Product<'partial-barrier-option', PartialBarrierTerms>;
export type SoftBarrierOption = Product<'soft-barrier-option', SoftBarrierTerms>;
