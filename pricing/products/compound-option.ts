/** Options on options. */
import type { CompoundTerms } from '../models/compound.js';
import type { Product } from './product.js';

export type CompoundOption = Product<'compound-option', CompoundTerms>;
