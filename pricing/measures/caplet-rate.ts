/** The rate that a caplet is written on: its forward, the time that its uncertainty lasts, and what its fixing has settled. */
import { type Day, formatDay } from '../calendars/date';
import { failure, type PricingContext, type Result, success } from '../contract';
import { effectiveTime } from '../models/backward-rate';
import { type CurveValue, composed, valueTerms } from '../models/curve-value';
import type { CapFloor } from '../products/cap-floor';
import type { FloatingFlow } from '../products/flow';
import { marketLookup } from './flow-valuation';
import { boundTerms, discountCurveFor, type RatesMarket, valuationDay } from './rates-market';

export interface CapletRate {
  /** As a function of a parallel shift; constant once the rate is known. */
  readonly forward: (shift: number) => CurveValue;
  /** Years for which the volatility acts; zero once the rate is known. */
  readonly time: number;
  /** How much of a day that passes is taken off that time. */
  readonly timeSlope: number;
  /** The day by which the rate is known. */
  readonly known: Day;
}

const whole = ({ time, slope }: { readonly time: number; readonly slope: number }) => ({
  time: Math.max(time, 0),
  timeSlope: slope,
});

/** The rate per unit of notional and fraction, without spread; overnight fixings of the past are in it. */
export function capletRate(flow: FloatingFlow, market: RatesMarket, today: Day): Result<CapletRate> {
  const unit: FloatingFlow =
    flow.type === 'overnight'
      ? { ...flow, notional: 1, spread: 0 }
      : { ...flow, notional: 1, spread: 0, gearing: 1 };
  const bound = boundTerms([unit], market, today);
  if (!bound.ok) return bound;
  const terms = bound.value.map(({ discount: _discount, ...rest }) => rest);
  const curve = marketLookup(market);
  const forward = (shift: number): CurveValue => {
    const interest = valueTerms(terms, { curve, shift });
    return composed(interest.value / flow.fraction, [[interest, 1 / flow.fraction]]);
  };
  const years = (day: Day): number => (day - today) / 365;
  const lasting =
    flow.type === 'overnight'
      ? effectiveTime({ start: years(flow.start), end: years(flow.end) })
      : { value: years(flow.fixing), slope: 1 };
  return success({
    forward,
    ...whole({ time: lasting.value, slope: lasting.slope }),
    known: flow.type === 'overnight' ? flow.end : flow.fixing,
  });
}

/** What a caplet is called in an explanation. */
export const capletName = (right: 'cap' | 'floor', { known }: CapletRate): string =>
  `${right === 'cap' ? 'caplet' : 'floorlet'} ${formatDay(known)}`;

/** A caplet in plain numbers: present value of a unit of rate, forward, and years of volatility. */
export interface CapletTerms {
  readonly annuity: number;
  readonly forward: number;
  readonly time: number;
}

/** Every caplet of a cap, bought; one that has paid is an error of the caller's. */
export function capletTerms(
  cap: CapFloor,
  market: RatesMarket,
  context: PricingContext,
): Result<readonly CapletTerms[]> {
  const today = valuationDay(context);
  const terms: CapletTerms[] = [];
  for (const flow of cap.caplets) {
    if (flow.pay <= today)
      return failure('settled', `a caplet has paid by ${formatDay(flow.pay)}. Leave it out.`);
    const discount = discountCurveFor(market, flow.currency);
    if (!discount.ok) return discount;
    const rate = capletRate(flow, market, today);
    if (!rate.ok) return rate;
    const annuity = flow.notional * flow.fraction * discount.value.discountOn(flow.pay);
    terms.push({ annuity, forward: rate.value.forward(0).value, time: rate.value.time });
  }
  return success(terms);
}
