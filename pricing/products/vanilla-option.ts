/** A vanilla option on one underlying, in the resolved form that numerical models take: time in years. */
import { failure, type Result, success } from '../contract';
import type { Right } from '../models/black';
import { datesAhead } from './product-times';

export interface VanillaOption {
  readonly kind: 'vanilla-option';
  readonly right: Right;
  readonly strike: number;
  /** Years from the valuation to expiry. */
  readonly time: number;
  readonly exercise: 'european' | 'american';
}

export function vanillaOption(book: Omit<VanillaOption, 'kind'>): Result<VanillaOption> {
  if (!(book.strike > 0)) {
    return failure('strike-must-be-positive', `the strike is ${book.strike}. Give one above zero.`);
  }
  const dated = datesAhead('vanilla-option', book.time, [book.time]);
  if (!dated.ok) return dated;
  return success({ kind: 'vanilla-option', ...book });
}
