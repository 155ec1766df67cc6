/** Options on averages, over fixings or without pause. */
import type { AverageTerms, ContinuousAverage, DiscreteAverage } from '../models/asian-geometric';
import type { Product } from './product';

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
