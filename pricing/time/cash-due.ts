/** The money that flows move in a span of days: what a book owes and is owed when it rolls over them. */
import { type Day, formatDay } from '../calendars/date';
import { type Result, success } from '../contract';
import { marketLookup } from '../measures/flow-valuation';
import { boundTerms, type RatesMarket } from '../measures/rates-market';
import { valueTerms } from '../models/curve-value';
import type { Flow } from '../products/flow';

export interface CashDue {
  readonly day: Day;
  readonly currency: string;
  /** Signed: received is above zero. */
  readonly amount: number;
  /** What pays it, such as `term-rate 2026-03-20`. */
  readonly of: string;
}

/**
 * The payments after `after` and up to `until`, which must be the market's own day or before. Failures: the market's, such
 * as `fixing-must-be-known` where a rate that fixed before the payment is not in its fixings: no amount is forecast here.
 */
export function cashDue(
  flows: readonly Flow[],
  { after, until }: { readonly after: Day; readonly until: Day },
  market: RatesMarket,
): Result<readonly CashDue[]> {
  const due: CashDue[] = [];
  for (const flow of flows) {
    if (!(flow.pay > after && flow.pay <= until)) continue;
    // Seen from its payment day, with the payment itself still to come: every fixing of the days before is wanted.
    const bound = boundTerms([{ ...flow, pay: flow.pay + 1 }], market, flow.pay);
    if (!bound.ok) return bound;
    const undiscounted = bound.value.map(({ discount: _discount, ...rest }) => rest);
    const { value } = valueTerms(undiscounted, { curve: marketLookup(market) });
    due.push({
      day: flow.pay,
      currency: flow.currency,
      amount: value,
      of: `${flow.type} ${formatDay(flow.pay)}`,
    });
  }
  return success(due);
}
