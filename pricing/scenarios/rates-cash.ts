/** What a product of a rates book pays in a span of days, in its own currency: from its flows, or as the caller was told. */
import type { RatesProduct } from '../batch/rates/rates-book';
import type { Day } from '../calendars/date';
import { failure, type Result, success } from '../contract';
import { fxToday, valuationDay } from '../measures/rates-market';
import type { Flow } from '../products/flow';
import { cashDue } from '../time/cash-due';
import type { RatesMove } from './rates-move';

/** Flows that say what they pay; undefined of products that pay by a rule of their own. */
function flowsOf(product: RatesProduct): readonly Flow[] | undefined {
  switch (product.kind) {
    case 'swap':
      return product.legs.flatMap(({ flows }) => flows);
    case 'bond':
    case 'term-deposit':
      return product.flows;
    case 'fx-forward':
      return [product.bought, product.sold];
    default:
      return undefined;
  }
}

/** The days on which a product without such flows pays. */
function payDays(product: RatesProduct): readonly Day[] {
  switch (product.kind) {
    case 'fra':
      return [product.start];
    case 'cds':
      return product.periods.map(({ pay }) => pay);
    case 'cap-floor':
      return product.caplets.map(({ pay }) => pay);
    default:
      return [];
  }
}

/**
 * Failures: `cash-must-be-given` where a cap, a forward rate agreement or a credit swap pays in the span; those of `cashDue`,
 * such as `fixing-must-be-known`, and a missing FX rate.
 */
export function rowCash(product: RatesProduct, { from, to, cash }: RatesMove, row: number): Result<number> {
  const given = cash?.get(row);
  if (given !== undefined) return success(given);
  const span = { after: valuationDay(from.context), until: valuationDay(to.context) };
  const flows = flowsOf(product);
  if (!flows) {
    const pays = payDays(product).find((day) => day > span.after && day <= span.until);
    if (pays === undefined) return success(0);
    return failure(
      'cash-must-be-given',
      `${product.kind} pays in the span, by a rule of its own. Give what it paid.`,
    );
  }
  const due = cashDue(flows, span, to.market);
  if (!due.ok) return due;
  let sum = 0;
  for (const { currency, amount } of due.value) {
    const rate = fxToday(to.market, currency, product.currency);
    if (!rate.ok) return rate;
    sum += amount * rate.value;
  }
  return success(sum);
}
