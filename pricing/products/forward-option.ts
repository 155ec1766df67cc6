/** Options on what is delivered later. */
import type { VanillaTerms } from '../models/black';
import type { Product } from './product';

/** European option on a forward or future. */
export type ForwardOption = Product<'forward-option', VanillaTerms>;
