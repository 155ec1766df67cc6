/** Caps and floors: each caplet an option on its forward, under Black, shifted Black, Bachelier or SABR; in arrears too. */
import { formatDay } from '../calendars/date';
import {
  type ExplainStep,
  failure,
  type Greek,
  type Pricer,
  type PricingContext,
  type Result,
  success,
  type Valuation,
} from '../contract';
import { type CurveValue, composed, sumOf, valueTerms } from '../models/curve-value';
import { type RateOptionValue, type RateVolatility, rateOption } from '../models/rate-option';
import type { CapFloor } from '../products/cap-floor';
import { capletName, capletRate } from './caplet-rate';
import { marketLookup } from './flow-valuation';
import { type OptionExposure, optionGreeks } from './rate-option-greeks';
import { type RateOptionModel, volatilityOf } from './rate-option-model';
import { discountCurveFor, type RatesMarket, valuationDay } from './rates-market';

interface Caplet {
  readonly exposure: OptionExposure;
  readonly explain: readonly ExplainStep[];
}

function capletOf(
  cap: CapFloor,
  place: number,
  {
    market,
    model,
    context,
  }: { readonly market: RatesMarket; readonly model: RateOptionModel; readonly context: PricingContext },
): Result<Caplet> {
  const flow = cap.caplets[place]!;
  const today = valuationDay(context);
  const discount = discountCurveFor(market, flow.currency);
  if (!discount.ok) return discount;
  const curve = marketLookup(market);
  const paid = [
    {
      amount: cap.side * flow.notional * flow.fraction,
      discount: { curve: discount.value.name, day: flow.pay },
    },
  ];
  const rate = capletRate(flow, market, today);
  if (!rate.ok) return rate;
  const { forward, time, timeSlope } = rate.value;
  if (model.kind === 'sabr' && flow.type === 'overnight' && time > 0) {
    return failure(
      'smile-not-supported',
      'SABR of a rate fixed in arrears needs parameters of its own (Willems 2020). Give Black or Bachelier volatilities.',
    );
  }
  const volatility = volatilityOf(model, place);
  const right = cap.right === 'cap' ? 'call' : 'put';
  const option = (shift: number): Result<RateOptionValue> =>
    rateOption({ right, forward: forward(shift).value, strike: cap.strike, time }, volatility);
  const here = option(0);
  if (!here.ok) return here;
  const shifted = (shift: number): CurveValue => {
    const annuity = valueTerms(paid, { curve, shift });
    const moved = option(shift);
    if (!moved.ok) return composed(Number.NaN, []);
    return composed(annuity.value * moved.value.value, [
      [annuity, moved.value.value],
      [forward(shift), annuity.value * moved.value.delta],
    ]);
  };
  const annuity = valueTerms(paid, { curve }).value;
  const name = capletName(cap.right, rate.value);
  return success({
    exposure: {
      shifted,
      annuity,
      option: { ...here.value, perTime: here.value.perTime * timeSlope },
    },
    explain: [
      { name: `${name} forward`, value: forward(0).value },
      {
        name: `${name} years`,
        value: time,
        source:
          flow.type === 'overnight'
            ? 'effective time, Lyashenko and Mercurio 2019'
            : 'to the fixing, ACT/365F',
      },
      { name: `${name} volatility`, value: here.value.volatility },
      { name: `${name} value`, value: annuity * here.value.value, source: sourceOf(volatility) },
    ],
  });
}

export const sourceOf = ({ kind }: RateVolatility): string =>
  ({
    black: 'Black 1976, on forward and strike plus shift',
    bachelier: 'Bachelier 1900',
    sabr: 'Hagan et al. 2002',
  })[kind];

export function priceCapFloor(
  cap: CapFloor,
  model: RateOptionModel,
  context: PricingContext,
): Result<Valuation> {
  const { market } = model;
  const exposures: OptionExposure[] = [];
  const steps: ExplainStep[] = [];
  const today = valuationDay(context);
  for (let place = 0; place < cap.caplets.length; place += 1) {
    if (cap.caplets[place]!.pay <= today) continue;
    const caplet = capletOf(cap, place, { market, model, context });
    if (!caplet.ok) return caplet;
    exposures.push(caplet.value.exposure);
    steps.push(...caplet.value.explain);
  }
  if (exposures.length === 0) {
    return failure('settled', `the last caplet has paid by ${formatDay(today)}. Nothing is left to value.`);
  }
  const shifted = (shift: number): CurveValue => sumOf(exposures.map((exposure) => exposure.shifted(shift)));
  const greeks: Result<Readonly<Record<string, Greek>>> = optionGreeks(exposures, { shifted, market });
  if (!greeks.ok) return greeks;
  const value = shifted(0).value;
  return success({
    value,
    greeks: greeks.value,
    explain: [
      { name: 'snapshot', value: context.snapshot },
      ...steps,
      { name: 'value', value, source: 'sum over caplets' },
    ],
  });
}

const pricer = <M extends RateOptionModel>(kind: M['kind']): Pricer<CapFloor, M> => ({
  product: 'cap-floor',
  model: kind,
  price: priceCapFloor,
});

export const capFloorPricers = {
  black: pricer<Extract<RateOptionModel, { kind: 'black' }>>('black'),
  bachelier: pricer<Extract<RateOptionModel, { kind: 'bachelier' }>>('bachelier'),
  sabr: pricer<Extract<RateOptionModel, { kind: 'sabr' }>>('sabr'),
};
