/** The state of any resolved product on a valuation: a function of the product and the time, whatever the model. */
import type { Day } from '../calendars/date';
import type { PricingContext } from '../contract';
import { valuationDay } from '../measures/rates-market';
import type { Bond } from '../products/bond';
import type { CapFloor } from '../products/cap-floor';
import type { Cds } from '../products/cds';
import type { Flow } from '../products/flow';
import type { Fra } from '../products/fra';
import type { Swap } from '../products/swap';
import type { BermudanSwaption, Swaption } from '../products/swaption';
import { type Life, lifeAt, lifeOnDay, type TradingDay } from './life';

const MICROS_PER_YEAR = 365 * 86_400e6;

/** Products that are nothing but their flows: deposits and FX forwards too. */
type Flows =
  | Swap
  | Bond
  | { readonly kind: 'term-deposit'; readonly flows: readonly Flow[] }
  | { readonly kind: 'fx-forward'; readonly settles: Day };

type Dated = Flows | Fra | CapFloor | Swaption | BermudanSwaption | Cds;

const last = (days: readonly Day[]): Day => days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);

/** The days of a product that counts in days: after which nothing is open, and on which the last of it is paid. */
function endOf(product: Dated): { readonly expires: Day; readonly settles: Day } | undefined {
  const both = (day: Day) => ({ expires: day, settles: day });
  switch (product.kind) {
    case 'swap':
      return both(last(product.legs.flatMap(({ flows }) => flows.map(({ pay }) => pay))));
    case 'bond':
    case 'term-deposit':
      return both(last(product.flows.map(({ pay }) => pay)));
    case 'fx-forward':
      return both(product.settles);
    case 'fra':
      return { expires: product.fixing, settles: product.start };
    case 'cap-floor': {
      const known = product.caplets.map((flow) => (flow.type === 'overnight' ? flow.end : flow.fixing));
      return { expires: last(known), settles: last(product.caplets.map(({ pay }) => pay)) };
    }
    case 'swaption':
      // Pricers value an exercise of today as intrinsic: it is over when its day is.
      return { expires: product.exercise, settles: Number.POSITIVE_INFINITY };
    case 'bermudan-swaption':
      return { expires: product.exercises.at(-1)!, settles: Number.POSITIVE_INFINITY };
    case 'cds':
      return { expires: product.maturity, settles: last(product.periods.map(({ pay }) => pay)) };
    default:
      return undefined;
  }
}

/**
 * `live` for a product without an end, such as spot. Options in years expire at an instant, everything else on a day; what
 * expires later today is `expiring-today`, on the UTC day unless a trading day is given.
 */
export function productLife(
  product: { readonly kind: string },
  context: PricingContext,
  day?: TradingDay,
): Life {
  const { time } = product as { readonly time?: unknown };
  if (typeof time === 'number')
    return lifeAt({ expires: context.valuationTime + time * MICROS_PER_YEAR }, context.valuationTime, day);
  const end = endOf(product as Dated);
  return end ? lifeOnDay(end, valuationDay(context)) : 'live';
}
