/**
 * An option in its book form: dates are instants, and what has been observed of it is written down with them. Years are
 * worked out for a valuation and for no longer, so that a trade that is kept over night is not a day too long in the morning.
 */
import { failure, type Result, success } from '../contract';
import { productDoor } from '../products/product-door';
import { timesOf, withTimes } from '../products/product-times';
import { lifeAt } from './life';

const MICROS_PER_YEAR = 365 * 86_400e6;

/** A price that was observed for the option, such as a fixing of its average. */
export interface Observation {
  /** Microseconds since 1970 UTC. */
  readonly at: number;
  readonly price: number;
}

/** The fields of the resolved product, with instants (microseconds since 1970 UTC) in place of years. */
export interface DatedOption<P extends { readonly kind: string }> {
  readonly terms: P;
  /** Of averages without pause: when the averaging began. */
  readonly averagesFrom?: number;
}

/** The book form of a product that was resolved at an instant; its instants are whole microseconds. */
export const datedOption = <P extends { readonly kind: string }>(product: P, now: number): DatedOption<P> => {
  const { elapsed } = product as { readonly elapsed?: number };
  const at = (years: number): number => Math.round(now + years * MICROS_PER_YEAR);
  return { terms: withTimes(product, at), ...(elapsed !== undefined && { averagesFrom: at(-elapsed) }) };
};

interface Averaged {
  readonly fixingTimes: readonly number[];
  readonly pastFixings: readonly number[];
}

/** Fixings that have passed move to the past with their observed price; the first that nobody knows is named. */
function fixed(terms: Averaged, now: number, observed: readonly Observation[]): Result<Averaged> {
  const past = [...terms.pastFixings];
  for (const at of [...terms.fixingTimes].sort((a, b) => a - b)) {
    if (at > now) break;
    const price = observed.find((each) => each.at === at)?.price;
    if (price === undefined || !(price > 0))
      return failure(
        'fixing-must-be-known',
        `the fixing of ${new Date(at / 1000).toISOString()} has passed and its price is ${price ?? 'missing'}. Give it.`,
      );
    past.push(price);
  }
  return success({ pastFixings: past, fixingTimes: terms.fixingTimes.filter((at) => at > now) });
}

/**
 * The product as it is at an instant: its years to go, fixings that have passed among the past ones. Running averages and
 * extremes are the caller's observations and stand in `terms`.
 *
 * Failures: `expired`, once the option's own expiry has come; `fixing-must-be-known`; `date-has-passed` where another date of
 * the option, such as the start of a forward start, has come and its terms must be booked anew; those of the product's fields.
 */
export function optionAt<P extends { readonly kind: string }>(
  { terms, averagesFrom }: DatedOption<P>,
  now: number,
  observed: readonly Observation[] = [],
): Result<P> {
  const { time } = terms as { readonly time?: number };
  if (time !== undefined && lifeAt({ expires: time }, now) === 'expired')
    return failure('expired', `${terms.kind}: it expired ${new Date(time / 1000).toISOString()}. Settle it.`);
  let known = terms;
  if ('fixingTimes' in terms) {
    const moved = fixed(terms as unknown as Averaged, now, observed);
    if (!moved.ok) return moved;
    known = { ...terms, ...moved.value };
  }
  const passed = timesOf(known).find((at) => at < now);
  if (passed !== undefined)
    return failure(
      'date-has-passed',
      `${terms.kind}: its date of ${new Date(passed / 1000).toISOString()} has passed. Book what it has become.`,
    );
  const years = withTimes(known, (at) => (at - now) / MICROS_PER_YEAR);
  const resolved =
    averagesFrom === undefined ? years : { ...years, elapsed: (now - averagesFrom) / MICROS_PER_YEAR };
  const door = productDoor(resolved);
  return door.ok ? success(resolved) : door;
}
