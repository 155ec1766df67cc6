/** Options on futures as exchanges list them: European or American, the premium paid at once or margined like the future. */
import type { VanillaTerms } from '../models/black';

export interface FutureOption extends VanillaTerms {
  readonly kind: 'future-option';
  readonly exercise: 'european' | 'american';
  /** Margined premiums are not discounted, and early exercise of such an option gains nothing. */
  readonly premium: 'upfront' | 'margined';
}
