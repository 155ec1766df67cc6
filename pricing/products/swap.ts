/** Swaps: any number of fixed, floating and overnight legs, in one currency or several. */
import { failure, type Result, success } from '../contract';
import { type LegBook, type ResolvedLeg, resolveLeg } from './leg-book';

export type { FixedLegBook, FloatingLegBook, LegBook, ResolvedLeg } from './leg-book';
export { resolveLeg } from './leg-book';

export interface SwapBook {
  readonly legs: readonly LegBook[];
  /** Currency of the value; the first leg's where absent. */
  readonly currency?: string;
}

export interface Swap {
  readonly kind: 'swap';
  readonly currency: string;
  readonly legs: readonly ResolvedLeg[];
}

/** Builds the schedules; every refusal names the field. */
export function resolveSwap(book: SwapBook): Result<Swap> {
  if (book.legs.length === 0 || book.legs.length > 20) {
    return failure('swap-must-have-legs', `a swap has 1 to 20 legs, not ${book.legs.length}.`);
  }
  const legs: ResolvedLeg[] = [];
  for (const leg of book.legs) {
    const resolved = resolveLeg(leg);
    if (!resolved.ok) return resolved;
    legs.push(resolved.value);
  }
  return success({ kind: 'swap', currency: book.currency ?? legs[0]!.currency, legs });
}
