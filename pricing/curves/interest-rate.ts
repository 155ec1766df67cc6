/** An interest rate with its compounding, and the conversion to an equal one under another (Hull, ch. 4). */
import { failure, type Result, success } from '../contract';

export type Compounding =
  | 'Simple'
  | 'Compounded'
  | 'Continuous'
  /** Simple up to the first coupon period, compounded beyond. */
  | 'SimpleThenCompounded'
  | 'CompoundedThenSimple'
  /** A discount rate on the redemption, as for bills. */
  | 'Discount';

export interface RateTerms {
  readonly compounding: Compounding;
  /** Compoundings a year; ignored by simple, continuous and discount rates. */
  readonly frequency?: number;
}

/** What one unit grows to over a time in years. */
export function compoundFactor(
  rate: number,
  time: number,
  { compounding, frequency = 1 }: RateTerms,
): number {
  switch (compounding) {
    case 'Simple':
      return 1 + rate * time;
    case 'Compounded':
      return (1 + rate / frequency) ** (frequency * time);
    case 'Continuous':
      return Math.exp(rate * time);
    case 'SimpleThenCompounded':
      return compoundFactor(rate, time, {
        compounding: time <= 1 / frequency ? 'Simple' : 'Compounded',
        frequency,
      });
    case 'CompoundedThenSimple':
      return compoundFactor(rate, time, {
        compounding: time > 1 / frequency ? 'Simple' : 'Compounded',
        frequency,
      });
    case 'Discount':
      return 1 / (1 - rate * time);
  }
}

/** The rate under which one unit grows to the factor. Refused for a time of zero, where every rate would do. */
export function impliedRate(
  factor: number,
  time: number,
  { compounding, frequency = 1 }: RateTerms,
): Result<number> {
  if (!(factor > 0) || !(time > 0)) {
    return failure(
      'compounding-needs-positive-factor-and-time',
      `no rate for a growth of ${factor} over ${time} years: both must be positive. Check the dates.`,
    );
  }
  switch (compounding) {
    case 'Simple':
      return success((factor - 1) / time);
    case 'Compounded':
      return success((factor ** (1 / (frequency * time)) - 1) * frequency);
    case 'Continuous':
      return success(Math.log(factor) / time);
    case 'SimpleThenCompounded':
      return impliedRate(factor, time, {
        compounding: time <= 1 / frequency ? 'Simple' : 'Compounded',
        frequency,
      });
    case 'CompoundedThenSimple':
      return impliedRate(factor, time, {
        compounding: time > 1 / frequency ? 'Simple' : 'Compounded',
        frequency,
      });
    case 'Discount':
      return success((1 - 1 / factor) / time);
  }
}

/** The rate that is worth the same over the time under other terms. */
export const convertRate = (
  rate: number,
  { time, from, to }: { readonly time: number; readonly from: RateTerms; readonly to: RateTerms },
): Result<number> => impliedRate(compoundFactor(rate, time, from), time, to);

/** Names of frequencies as schedules and tables write them. */
export const frequencies = {
  Once: 0,
  Annual: 1,
  Semiannual: 2,
  EveryFourthMonth: 3,
  Quarterly: 4,
  Bimonthly: 6,
  Monthly: 12,
  EveryFourthWeek: 13,
  Biweekly: 26,
  Weekly: 52,
  Daily: 365,
} as const;

export type FrequencyName = keyof typeof frequencies;
