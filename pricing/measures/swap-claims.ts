/**
 * A swap as claims on discount bonds, for one-factor models: each claim has the time at which its worth stops depending on
 * the factor, and its present value as terms. Forward curves keep today's ratio to the discount curve (deterministic basis).
 */
import type { Day } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import type { CurveTerm } from '../curves/term';
import type { Flow } from '../products/flow';
import { boundTerms, type RatesMarket } from './rates-market';

export interface SwapClaim {
  readonly day: Day;
  readonly terms: readonly CurveTerm[];
}

/** Flows that pay after `from`; a floating coupon is a bond to its start less a bond to its payment. */
export function swapClaims(
  flows: readonly Flow[],
  { market, today, from = today }: { readonly market: RatesMarket; readonly today: Day; readonly from?: Day },
): Result<readonly SwapClaim[]> {
  const claims: SwapClaim[] = [];
  for (const flow of flows) {
    if (flow.pay <= from) continue;
    const bound = boundTerms([flow], market, today);
    if (!bound.ok) return bound;
    for (const term of bound.value) {
      if (term.ratio) {
        return failure(
          'reset-not-supported',
          'one factor moves one currency: a notional that follows an FX rate needs another model.',
        );
      }
      if (!term.growth || term.averaging) {
        claims.push({ day: flow.pay, terms: [term] });
        continue;
      }
      const { growth: _growth, ...plain } = term;
      // Growth is a quotient less one: the quotient's worth is a bond to the start, the one a bond to the payment.
      claims.push({ day: Math.max(term.growth.start, today), terms: [term, plain] });
      claims.push({ day: flow.pay, terms: [{ ...plain, amount: -plain.amount }] });
    }
  }
  return success(claims);
}
