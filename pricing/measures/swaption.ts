/** European swaptions on their swap rate: Black, shifted Black, Bachelier, SABR; physical or par-yield cash settlement. */
import { formatDay } from '../calendars/date';
import { failure, type Pricer, type PricingContext, type Result, success, type Valuation } from '../contract';
import { type CurveValue, composed, quotient, valueTerms } from '../models/curve-value';
import { type RateOptionValue, rateOption } from '../models/rate-option';
import type { Swaption } from '../products/swaption';
import { sourceOf } from './cap-floor';
import { marketLookup, valueFlows } from './flow-valuation';
import { optionGreeks } from './rate-option-greeks';
import { type RateOptionModel, volatilityOf } from './rate-option-model';
import { discountCurveFor, type RatesMarket, valuationDay } from './rates-market';

export interface SwaptionRate {
  /** Rate that makes the swap fair, as a function of a parallel shift. */
  readonly forward: (shift: number) => CurveValue;
  /** Present value of one unit of rate on the fixed leg, positive. */
  readonly annuity: (shift: number) => CurveValue;
  /** Average coupon, weighed by the annuity: the strike. */
  readonly strike: number;
}

/** Forward swap rate and annuity of the underlying; both legs may read different curves. */
export function swaptionRate(
  swaption: Swaption,
  input: { readonly market: RatesMarket; readonly context: PricingContext },
): Result<SwaptionRate> {
  const { fixed, floating, swap } = swaption;
  const terms = { ...input, currency: swap.currency };
  const annuity = valueFlows(fixed.unit, terms);
  if (!annuity.ok) return annuity;
  const float = valueFlows(floating.flows, terms);
  if (!float.ok) return float;
  const coupons = valueFlows(fixed.flows, terms);
  if (!coupons.ok) return coupons;
  const sign = floating.pays ? -1 : 1;
  const received = (shift: number): CurveValue =>
    composed(sign * float.value.shifted(shift).value, [[float.value.shifted(shift), sign]]);
  return success({
    annuity: annuity.value.shifted,
    forward: (shift) => quotient(received(shift), annuity.value.shifted(shift)),
    strike:
      Math.abs(coupons.value.value.value) === 0
        ? 0
        : (fixed.pays ? -1 : 1) * (coupons.value.value.value / annuity.value.value.value),
  });
}

/**
 * Par-yield annuity C(F) = Σ τ·(1 + F/m)^(−m·t) and its derivative (ISDA 2006, section 18.3(c)): accrual fractions τ as
 * they are, times t their running sum, m payments a year.
 */
export function parYieldAnnuity(
  swaption: Swaption,
  rate: number,
): { readonly value: number; readonly slope: number } {
  const { periods, notional } = swaption.fixed;
  const yearly = Math.max(1, Math.round(1 / periods.at(-1)!.fraction));
  const grown = 1 + rate / yearly;
  let [value, slope, time] = [0, 0, 0];
  for (const { fraction } of periods) {
    time += fraction;
    const discount = grown ** (-yearly * time);
    value += fraction * discount;
    slope -= (fraction * time * discount) / grown;
  }
  return { value: notional * value, slope: notional * slope };
}

/** What the option is paid in: the annuity itself, or a function of the rate at the exercise date. */
function settlementAnnuity(
  swaption: Swaption,
  rate: SwaptionRate,
  market: RatesMarket,
): Result<(shift: number) => CurveValue> {
  if (swaption.settlement !== 'cash-par-yield') return success(rate.annuity);
  if (!swaption.fixed.level) {
    return failure(
      'settlement-not-supported',
      'the par-yield annuity is one of a level notional. Settle an amortising swap physically.',
    );
  }
  const discount = discountCurveFor(market, swaption.swap.currency);
  if (!discount.ok) return discount;
  const day = swaption.fixed.periods[0]!.start;
  const paid = [{ amount: 1, discount: { curve: discount.value.name, day } }];
  return success((shift) => {
    const forward = rate.forward(shift);
    const factor = valueTerms(paid, { curve: marketLookup(market), shift });
    const { value, slope } = parYieldAnnuity(swaption, forward.value);
    return composed(value * factor.value, [
      [factor, value],
      [forward, slope * factor.value],
    ]);
  });
}

export function priceSwaption(
  swaption: Swaption,
  model: RateOptionModel,
  context: PricingContext,
): Result<Valuation> {
  const { market } = model;
  const today = valuationDay(context);
  if (swaption.exercise < today) {
    return failure(
      'expired',
      `the option expired ${formatDay(swaption.exercise)}. Book the swap or its lapse.`,
    );
  }
  const rate = swaptionRate(swaption, { market, context });
  if (!rate.ok) return rate;
  const annuity = settlementAnnuity(swaption, rate.value, market);
  if (!annuity.ok) return annuity;
  const { forward, strike } = rate.value;
  const time = (swaption.exercise - today) / 365;
  const right = swaption.fixed.pays ? 'call' : 'put';
  const volatility = volatilityOf(model);
  const option = (shift: number): Result<RateOptionValue> =>
    rateOption({ right, forward: forward(shift).value, strike, time }, volatility);
  const here = option(0);
  if (!here.ok) return here;
  const { side } = swaption;
  const shifted = (shift: number): CurveValue => {
    const moved = option(shift);
    if (!moved.ok) return composed(Number.NaN, []);
    const unit = annuity.value(shift);
    return composed(side * unit.value * moved.value.value, [
      [unit, side * moved.value.value],
      [forward(shift), side * unit.value * moved.value.delta],
    ]);
  };
  const exposure = { shifted, annuity: side * annuity.value(0).value, option: here.value };
  const greeks = optionGreeks([exposure], { shifted, market });
  if (!greeks.ok) return greeks;
  const value = shifted(0).value;
  return success({
    value,
    greeks: greeks.value,
    explain: [
      { name: 'snapshot', value: context.snapshot },
      { name: 'forward swap rate', value: forward(0).value, source: 'floating leg over annuity' },
      { name: 'strike', value: strike },
      { name: 'annuity', value: annuity.value(0).value, source: swaption.settlement },
      { name: 'years to exercise', value: time, source: 'ACT/365F' },
      { name: 'volatility', value: here.value.volatility },
      { name: 'value', value, source: sourceOf(volatility) },
    ],
  });
}

const pricer = <M extends RateOptionModel>(kind: M['kind']): Pricer<Swaption, M> => ({
  product: 'swaption',
  model: kind,
  price: priceSwaption,
});

export const swaptionPricers = {
  black: pricer<Extract<RateOptionModel, { kind: 'black' }>>('black'),
  bachelier: pricer<Extract<RateOptionModel, { kind: 'bachelier' }>>('bachelier'),
  sabr: pricer<Extract<RateOptionModel, { kind: 'sabr' }>>('sabr'),
};
