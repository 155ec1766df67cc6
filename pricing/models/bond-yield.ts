/** Bond arithmetic on a yield: price, yield by a safeguarded Newton iteration, durations and convexity (Fabozzi, ch. 4). */
import type { Day } from '../calendars/date';
import { yearFraction } from '../calendars/day-count';
import { failure, type Result, success } from '../contract';
import { compoundFactor, type RateTerms } from '../curves/interest-rate';
import { accruedAt, type Bond, buysCoupon } from '../products/bond';
import type { AccrualPeriod } from '../products/leg';

export interface YieldTerms extends RateTerms {
  readonly settlement: Day;
  /** Discount to the payment dates ("true yield", default), or as if payments fell on the period ends ("street"). */
  readonly discountTo?: 'payments' | 'period-ends';
}

interface TimedFlow {
  readonly time: number;
  readonly amount: number;
}

/** Amounts per 100 of face with their time from settlement, summed over the periods in the bond's own count. */
function timedFlows(bond: Bond, { settlement, discountTo = 'payments' }: YieldTerms): readonly TimedFlow[] {
  const timed: TimedFlow[] = [];
  const count = (period: AccrualPeriod, from: Day, to: Day): number =>
    yearFraction(bond.dayCount, from, to, {
      ...period,
      termination: bond.maturity,
      frequency: bond.frequency,
    });
  let time = 0;
  let last = settlement;
  for (let index = 0; index < bond.periods.length; index += 1) {
    const period = bond.periods[index]!;
    const due = discountTo === 'payments' ? period.pay : period.end;
    if (due <= settlement) continue;
    const { start } = period;
    time +=
      last === start || !bond.rates
        ? count(period, last, due)
        : count(period, start, due) - count(period, start, last);
    last = due;
    if (bond.rates && buysCoupon(bond, index, settlement))
      timed.push({ time, amount: 100 * bond.rates[index]! * period.fraction });
  }
  const redemption = bond.flows.at(-1)!;
  timed.push({ time, amount: redemption.type === 'fixed' ? (100 * redemption.amount) / bond.face : 0 });
  return timed;
}

/** Clean price per 100 of face at a yield. */
export function cleanPriceFromYield(bond: Bond, yieldRate: number, terms: YieldTerms): number {
  const dirty = timedFlows(bond, terms).reduce(
    (sum, { time, amount }) => sum + amount / compoundFactor(yieldRate, time, terms),
    0,
  );
  return dirty - accruedAt(bond, terms.settlement);
}

/** The yield at which the bond is worth a clean price; refused where no yield between −99 % and 1000 % does. */
export function yieldFromCleanPrice(bond: Bond, clean: number, terms: YieldTerms): Result<number> {
  let [low, high] = [-0.99, 10];
  const miss = (rate: number): number => cleanPriceFromYield(bond, rate, terms) - clean;
  if (!(miss(low) > 0 && miss(high) < 0)) {
    return failure(
      'yield-must-exist',
      `no yield makes the clean price ${clean}. Check the price, which is per 100 of face.`,
    );
  }
  let rate = 0.05;
  for (let iteration = 0; iteration < 200 && high - low > 1e-15; iteration += 1) {
    const here = miss(rate);
    if (here === 0) break;
    if (here > 0) low = rate;
    else high = rate;
    const slope = (miss(rate + 1e-6) - here) / 1e-6;
    const next = rate - here / slope;
    const better = next > low && next < high ? next : (low + high) / 2;
    if (Math.abs(better - rate) < 1e-15) break;
    rate = better;
  }
  return success(rate);
}

export interface YieldRisk {
  /** Years, per unit of yield in the given compounding. */
  readonly modifiedDuration: number;
  readonly macaulayDuration: number;
  readonly convexity: number;
}

/** Durations and convexity of the dirty price in a yield compounded as given; derivatives are of the closed form. */
export function yieldRisk(bond: Bond, yieldRate: number, terms: YieldTerms): YieldRisk {
  const { compounding, frequency = 1 } = terms;
  let [price, weighted, first, second] = [0, 0, 0, 0];
  for (const { time, amount } of timedFlows(bond, terms)) {
    const worth = amount / compoundFactor(yieldRate, time, terms);
    const base = 1 + yieldRate / frequency;
    price += worth;
    weighted += time * worth;
    if (compounding === 'Continuous') {
      first += time * worth;
      second += time * time * worth;
    } else if (compounding === 'Compounded') {
      first += (time * worth) / base;
      second += (time * (time + 1 / frequency) * worth) / (base * base);
    } else {
      const grown = 1 + yieldRate * time;
      first += (time * worth) / grown;
      second += (2 * time * time * worth) / (grown * grown);
    }
  }
  return { macaulayDuration: weighted / price, modifiedDuration: first / price, convexity: second / price };
}
