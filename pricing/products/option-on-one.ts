/**
 * Options and forwards on one underlying, resolved: dates are years from the valuation.
 *
 * A touched barrier is seen from the spot; what happened before today is in the product (`extreme`, `pastFixings`).
 */

import type { AverageTerms, ContinuousAverage, DiscreteAverage } from '../models/asian-geometric.js';
import type { BarrierTerms, BinaryBarrierTerms, Knock, TouchTerms } from '../models/barrier.js';
import type { Right, VanillaTerms } from '../models/black.js';
import type { CompoundTerms } from '../models/compound.js';
import type { ForwardStartTerms } from '../models/forward-start.js';
import type { FixedLookbackTerms, FloatingLookbackTerms } from '../models/lookback.js';
import type { PartialBarrierTerms, SoftBarrierTerms } from '../models/partial-barrier.js';
import type { PartialFixedTerms, PartialFloatingTerms } from '../models/partial-lookback.js';

type Product<Kind extends string, Terms> = Terms & { readonly kind: Kind };

/** The asset itself. */
export type Spot = Product<'spot', { readonly quantity: number }>;
/** Delivery of the asset at `strike`. */
export type Forward = Product<'forward', { readonly strike: number; readonly time: number }>;
/** A future, marked against the price it was last settled at; margined daily, so not discounted. */
export type Future = Product<'future', { readonly settled: number; readonly time: number }>;
/** European option on a forward or future. */
export type ForwardOption = Product<'forward-option', VanillaTerms>;
export type DigitalOption = Product<
  'digital-option',
  VanillaTerms & { readonly pays: 'cash' | 'asset'; readonly cash: number }
>;
export type GapOption = Product<'gap-option', VanillaTerms & { readonly payoffStrike: number }>;
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
export type FixedLookback = Product<'fixed-lookback', FixedLookbackTerms>;
export type FloatingLookback = Product<'floating-lookback', FloatingLookbackTerms>;
export type PartialFixedLookback = Product<'partial-fixed-lookback', PartialFixedTerms>;
export type PartialFloatingLookback = Product<'partial-floating-lookback', PartialFloatingTerms>;
export type GeometricAsian = Product<'geometric-asian', AverageTerms & DiscreteAverage>;
export type ArithmeticAsian = Product<'arithmetic-asian', AverageTerms & DiscreteAverage>;
/** Averaged without pause from `elapsed` years ago until expiry. */
export type ContinuousGeometricAsian = Product<
  'continuous-geometric-asian',
  AverageTerms & ContinuousAverage
>;
export type ContinuousArithmeticAsian = Product<
  'continuous-arithmetic-asian',
  AverageTerms & ContinuousAverage
>;
export type CompoundOption = Product<'compound-option', CompoundTerms>;
/** `performance` pays the return, without it the price difference. */
export type ForwardStartOption = Product<
  'forward-start-option',
  ForwardStartTerms & { readonly pays: 'price' | 'performance' }
>;

export type { Right };
