/** Caps and floors: a strip of options on the rates of a floating leg, fixed in advance or compounded in arrears. */
import { type Result, success } from '../contract';
import { type FloatingFlow, isFloating } from './flow';
import { finiteNumber } from './schedule-book';
import { type FloatingLegBook, resolveLeg } from './swap';

export interface CapFloorBook {
  readonly right: 'cap' | 'floor';
  readonly buys: boolean;
  readonly strike: number;
  /** The leg that the cap protects; its sides and spreads play no part. */
  readonly leg: Omit<FloatingLegBook, 'type' | 'pays' | 'spread' | 'gearing' | 'stubs' | 'resets'>;
}

export interface CapFloor {
  readonly kind: 'cap-floor';
  readonly currency: string;
  readonly right: 'cap' | 'floor';
  /** 1 where bought, −1 where sold. */
  readonly side: 1 | -1;
  readonly strike: number;
  readonly caplets: readonly FloatingFlow[];
}

export function resolveCapFloor(book: CapFloorBook): Result<CapFloor> {
  const strike = finiteNumber(book.strike, 'strike');
  if (!strike.ok) return strike;
  const leg = resolveLeg({ ...book.leg, type: 'floating', pays: false });
  if (!leg.ok) return leg;
  const caplets = leg.value.flows.filter(isFloating);
  return success({
    kind: 'cap-floor',
    currency: leg.value.currency,
    right: book.right,
    side: book.buys ? 1 : -1,
    strike: strike.value,
    caplets,
  });
}
