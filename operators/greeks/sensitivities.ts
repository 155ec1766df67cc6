/** How the worth of one position moves, in the base currency. Pure; units are those of `position-greeks.avsc`. */

import { GreekStatus } from '../../schemas/greeks';
import { Reason } from '../../schemas/market';
import { PnlStatus } from '../../schemas/risk';
import { ValueQuality, ValueReason } from '../../schemas/valuation';

/** What a unit of an option is worth by its model, as `valuation.unit_values` says. */
export interface UnitGreeks {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  readonly spot: number;
  readonly years: number;
  readonly quality: ValueQuality;
  readonly reason: ValueReason;
}

export interface Held {
  readonly quantity: number;
  readonly multiplier: number;
  /** An option on a coin: its price is in the coin, its sensitivities in the currency of the strike. */
  readonly isInverse: boolean;
  /** What it is exposed to at its price, NaN where there is none. */
  readonly priced: number;
  readonly pricing: PnlStatus;
  readonly pricingReason: Reason;
  /** Of its currency, and of that which its sensitivities are in; NaN where there is none. */
  readonly rate: number;
  readonly greekRate: number;
  readonly isOption: boolean;
  readonly unit: UnitGreeks | undefined;
}

export interface Sensitivities {
  readonly value: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  readonly years: number;
  readonly status: GreekStatus;
  readonly isStale: boolean;
  readonly reason: Reason;
  readonly valueReason: ValueReason;
}

const PERCENT = 0.01;
const POINT = 0.01;
const DAYS_PER_YEAR = 365;

const NOTHING = { value: 0, delta: 0, gamma: 0, vega: 0, theta: 0, years: Number.NaN, isStale: false };
const UNKNOWN = {
  value: Number.NaN,
  delta: Number.NaN,
  gamma: Number.NaN,
  vega: Number.NaN,
  theta: Number.NaN,
  years: Number.NaN,
  status: GreekStatus.Unknown,
  isStale: false,
};

export function sensitivitiesOf(held: Held): Sensitivities {
  const { quantity, isOption, priced, pricing, pricingReason } = held;
  const valueReason = ValueReason.None;
  if (quantity === 0) return { ...NOTHING, status: GreekStatus.Flat, reason: Reason.None, valueReason };
  if (isOption) return ofOption(held);
  if (Number.isNaN(priced)) return { ...UNKNOWN, reason: pricingReason, valueReason };
  const isStale = pricing === PnlStatus.Stale;
  const status = GreekStatus.Linear;
  return { ...NOTHING, value: priced, delta: priced, status, isStale, reason: pricingReason, valueReason };
}

function ofOption(held: Held): Sensitivities {
  const { unit, pricing, rate, greekRate, priced, isInverse } = held;
  if (!unit) return { ...UNKNOWN, reason: Reason.NoMark, valueReason: ValueReason.None };
  const { quality, reason: valueReason, spot, years } = unit;
  if (quality === ValueQuality.Missing) return { ...UNKNOWN, reason: Reason.None, valueReason };
  if (Number.isNaN(rate + greekRate)) return { ...UNKNOWN, reason: Reason.NoRate, valueReason };
  // What is not told of a value, such as the spot of one that an earlier version said, is no sensitivity of zero.
  if (Number.isNaN(unit.value + unit.delta * spot + unit.gamma + unit.vega + unit.theta + years))
    return { ...UNKNOWN, reason: Reason.NoMark, valueReason };
  const units = held.quantity * held.multiplier;
  const byModel = units * unit.value * rate;
  const money = units * greekRate;
  const isPriced = !isInverse && !Number.isNaN(priced);
  return {
    value: isPriced ? priced : byModel,
    delta: money * unit.delta * spot,
    gamma: money * unit.gamma * spot * spot * PERCENT,
    vega: money * unit.vega * POINT,
    theta: (money * unit.theta) / DAYS_PER_YEAR,
    years,
    status: quality === ValueQuality.Quoted ? GreekStatus.Quoted : GreekStatus.Modelled,
    isStale: valueReason === ValueReason.StaleSpot || (isPriced && pricing === PnlStatus.Stale),
    reason: isPriced ? held.pricingReason : Reason.None,
    valueReason,
  };
}
