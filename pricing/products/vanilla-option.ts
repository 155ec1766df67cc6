/** A vanilla option on one underlying, in the resolved form that numerical models take: time in years. */
import { failure, type Result, success } from '../contract.js';
import type { Right } from '../models/black.js';

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
  if (!(book.time > 0 && book.time <= 100)) {
    return failure(
      'expiry-must-be-ahead',
      `the option expires in ${book.time} years. Give an expiry after the valuation and within a century.`,
    );
  }
  return success({ kind: 'vanilla-option', ...book });
}
