/**
 * Resolved flows: what is left of a leg when schedules are built and calendars applied. Amounts are signed, received is
 * positive, and every date is final.
 */
import type { Day } from '../calendars/date';
import type { RateIndex } from './rate-index';

interface Paid {
  readonly pay: Day;
  readonly currency: string;
  /** Where it is there, amount or notional count in its currency, and are exchanged at its rate. */
  readonly reset?: NotionalReset;
}

/** An amount of another currency at the FX rate fixed on one day for another. */
export interface NotionalReset {
  readonly currency: string;
  readonly fixing: Day;
  readonly day: Day;
}

/** An amount known today. */
export interface FixedFlow extends Paid {
  readonly type: 'fixed';
  readonly amount: number;
  /** Accrual period where it is a coupon. */
  readonly start?: Day;
  readonly end?: Day;
}

/** `notional · fraction · (gearing · rate + spread)` with a rate known at its fixing date. */
export interface TermRateFlow extends Paid {
  readonly type: 'term-rate';
  readonly index: RateIndex;
  readonly fixing: Day;
  /** The period whose forward is the rate. */
  readonly rateStart: Day;
  readonly rateEnd: Day;
  readonly rateFraction: number;
  readonly start: Day;
  readonly end: Day;
  readonly fraction: number;
  readonly notional: number;
  readonly gearing: number;
  readonly spread: number;
}

/** Overnight rates from start to end, compounded or averaged, plus a simple spread. */
export interface OvernightFlow extends Paid {
  readonly type: 'overnight';
  readonly index: RateIndex;
  readonly averaged: boolean;
  readonly start: Day;
  readonly end: Day;
  readonly fraction: number;
  readonly notional: number;
  readonly spread: number;
}

export type Flow = FixedFlow | TermRateFlow | OvernightFlow;
export type FloatingFlow = TermRateFlow | OvernightFlow;

export const isFloating = (flow: Flow): flow is FloatingFlow => flow.type !== 'fixed';
