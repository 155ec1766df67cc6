/** Swaptions under Hull and White's model: Jamshidian's decomposition into bond options, analytic deltas. */
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
import { type CurveValue, composed, valueTerms } from '../models/curve-value';
import { flowsOption, type HullWhiteParameters } from '../models/hull-white';
import type { Flow } from '../products/flow';
import type { Swaption } from '../products/swaption';
import { marketLookup } from './flow-valuation';
import { perVolatility } from './greek-unit';
import { cashOption } from './hull-white-cash';
import { rateGreeks } from './rates-greeks';
import { type RatesMarket, valuationDay } from './rates-market';
import { type SwapClaim, swapClaims } from './swap-claims';
import { swaptionRate } from './swaption';

export interface HullWhiteModel extends HullWhiteParameters {
  readonly kind: 'hull-white';
  readonly market: RatesMarket;
}

/** The option to receive claims on a day, with exact first derivatives in the curves. */
export interface ClaimsOption {
  readonly claims: readonly SwapClaim[];
  readonly expiry: number;
  readonly today: number;
}

export function optionOnClaims(
  { claims, expiry, today }: ClaimsOption,
  model: HullWhiteModel,
  shift = 0,
): CurveValue {
  const curve = marketLookup(model.market);
  const values = claims.map(({ terms }) => valueTerms(terms, { curve, shift }));
  const timed = claims.map(({ day }, index) => ({ value: values[index]!.value, time: (day - today) / 365 }));
  const { weights, value } = flowsOption(timed, (expiry - today) / 365, model);
  // At the boundary the claims are worth nothing, so its own movement adds nothing: only the weights count.
  return composed(
    value,
    values.map((part, index) => [part, weights[index]!] as const),
  );
}

/** Central differences in the model's two parameters. */
export function hullWhiteGreeks(
  value: (model: HullWhiteModel) => number,
  model: HullWhiteModel,
): Readonly<Record<string, Greek>> {
  const step = 1e-6;
  const slope = (name: 'volatility' | 'reversion'): number =>
    (value({ ...model, [name]: model[name] + step }) - value({ ...model, [name]: model[name] - step })) /
    (2 * step);
  return {
    vega: perVolatility(slope('volatility'), 'the short rate volatility; central difference, step 1e-6'),
    'reversion-sensitivity': {
      value: slope('reversion'),
      convention: 'per 1.00 of mean reversion; central difference, step 1e-6',
    },
  };
}

/** Parameters in their domain: the closed forms need a volatility of zero or more, and a bounded reversion. */
export function checkedHullWhite({ volatility, reversion }: HullWhiteParameters): Result<true> {
  if (volatility >= 0 && Math.abs(reversion) < 10) return success(true);
  return failure(
    'hull-white-parameters-must-be-in-domain',
    `reversion ${reversion}, volatility ${volatility}: give a volatility of zero or more and a reversion within ±10.`,
  );
}

/** A position in an option, which is given as bought: its side, the model, and the steps that lead to the value. */
interface HullWhitePosition {
  readonly side: 1 | -1;
  readonly model: HullWhiteModel;
  readonly steps: readonly ExplainStep[];
  /** Of the value. */
  readonly source: string;
}

/** Value, deltas in the curves and sensitivities to the model's parameters. */
export function hullWhiteValuation(
  bought: (model: HullWhiteModel, shift: number) => CurveValue,
  { side, model, steps, source }: HullWhitePosition,
): Result<Valuation> {
  const at = (used: HullWhiteModel, shift = 0): CurveValue => {
    const option = bought(used, shift);
    return composed(side * option.value, [[option, side]]);
  };
  const greeks = rateGreeks((shift) => at(model, shift), model.market);
  if (!greeks.ok) return greeks;
  const value = at(model).value;
  return success({
    value,
    greeks: { ...greeks.value, ...hullWhiteGreeks((used) => at(used).value, model) },
    explain: [...steps, { name: 'value', value, source }],
  });
}

export const hullWhiteSwaptionPricer: Pricer<Swaption, HullWhiteModel> = {
  product: 'swaption',
  model: 'hull-white',
  price: (swaption, model, context) => {
    const sound = checkedHullWhite(model);
    if (!sound.ok) return sound;
    const today = valuationDay(context);
    if (swaption.exercise < today)
      return failure('expired', `the option expired ${formatDay(swaption.exercise)}.`);
    if (swaption.settlement === 'cash-par-yield') return cashValuation(swaption, model, context);
    const flows: readonly Flow[] = [...swaption.fixed.flows, ...swaption.floating.flows];
    const claims = swapClaims(flows, { market: model.market, today });
    if (!claims.ok) return claims;
    const option = { claims: claims.value, expiry: swaption.exercise, today };
    return hullWhiteValuation((used, shift) => optionOnClaims(option, used, shift), {
      side: swaption.side,
      model,
      steps: [
        { name: 'snapshot', value: context.snapshot },
        { name: 'claims on discount bonds', value: claims.value.length },
        { name: 'years to exercise', value: (swaption.exercise - today) / 365, source: 'ACT/365F' },
      ],
      source: 'Jamshidian 1989; forward curves at a deterministic basis',
    });
  },
};

function cashValuation(
  swaption: Swaption,
  model: HullWhiteModel,
  context: PricingContext,
): Result<Valuation> {
  const { market } = model;
  const today = valuationDay(context);
  if (!swaption.fixed.level) {
    return failure(
      'settlement-not-supported',
      'the par-yield annuity is one of a level notional. Settle an amortising swap physically.',
    );
  }
  const rate = swaptionRate(swaption, { market, context });
  if (!rate.ok) return rate;
  const { strike } = rate.value;
  const option = cashOption(swaption, { market, today, strike });
  if (!option.ok) return option;
  return hullWhiteValuation(option.value, {
    side: swaption.side,
    model,
    steps: [
      { name: 'snapshot', value: context.snapshot },
      { name: 'forward swap rate', value: rate.value.forward(0).value },
      { name: 'strike', value: strike },
      { name: 'years to exercise', value: (swaption.exercise - today) / 365, source: 'ACT/365F' },
    ],
    source: 'par-yield cash integrated over the factor at exercise',
  });
}
