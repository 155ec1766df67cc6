/** Options whose strike is set later. */
import type { ForwardStartTerms } from '../models/forward-start';
import type { Product } from './product';

/** `performance` pays the return, without it the price difference. */
export type ForwardStartOption = Product<
  'forward-start-option',
  ForwardStartTerms & { readonly pays: 'price' | 'performance' }
>;
