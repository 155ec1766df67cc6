/** Options on what is delivered later. */
import type { VanillaTerms } from '../models/black.js';
import type { Product } from './product.js';

/** European option on a forward or future. */
export type ForwardOption = Product<'forward-option', VanillaTerms>;
