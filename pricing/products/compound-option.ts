/** Options on options. */
import type { CompoundTerms } from '../models/compound';
import type { Product } from './product';

export type CompoundOption = Product<'compound-option', CompoundTerms>;
