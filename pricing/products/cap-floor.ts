/** Caps and floors on term rates: a strip of options on the fixings of a floating leg. */
import { failure, type Result, success } from '../contract.js';
import type { TermRateFlow } from './flow.js';
import { finiteNumber } from './schedule-book.js';
import { type FloatingLegBook, resolveLeg } from './swap.js';

export interface CapFloorBook {
  readonly right: 'cap' | 'floor';
  readonly buys: boolean;
  readonly strike: number;
  /** The leg that the cap protects; its sides and spreads play no part. */
  readonly leg: Omit<FloatingLegBook, 'type' | 'pays' | 'spread' | 'gearing'>;
}

export interface CapFloor {
  readonly kind: 'cap-floor';
  readonly currency: string;
  readonly right: 'cap' | 'floor';
  /** 1 where bought, −1 where sold. */
  readonly side: 1 | -1;
  readonly strike: number;
  readonly caplets: readonly TermRateFlow[];
}

export function resolveCapFloor(book: CapFloorBook): Result<CapFloor> {
  const strike = finiteNumber(book.strike, 'strike');
  if (!strike.ok) return strike;
  const leg = resolveLeg({ ...book.leg, type: 'floating', pays: false });
  if (!leg.ok) return leg;
  const caplets = leg.value.flows.filter((flow): flow is TermRateFlow => flow.type === 'term-rate');
  if (caplets.length === 0) {
    return failure(
      'cap-index-must-be-a-term-rate',
      `no caplets on ${book.leg.index}: overnight indices are not supported. Name a term index.`,
    );
  }
  return success({
    kind: 'cap-floor',
    currency: leg.value.currency,
    right: book.right,
    side: book.buys ? 1 : -1,
    strike: strike.value,
    caplets,
  });
}
