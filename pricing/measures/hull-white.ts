/** Swaptions, caps and floors under Hull and White's model: Jamshidian's decomposition, bond options, analytic deltas. */
import { formatDay } from '../calendars/date.js';
import { failure, type Greek, type Pricer, type Result, success } from '../contract.js';
import { type CurveValue, composed, sumOf, valueTerms } from '../models/curve-value.js';
import { flowsOption, type HullWhiteParameters } from '../models/hull-white.js';
import type { CapFloor } from '../products/cap-floor.js';
import type { Flow } from '../products/flow.js';
import type { Swaption } from '../products/swaption.js';
import { marketLookup } from './flow-valuation.js';
import { rateGreeks } from './rates-greeks.js';
import { type RatesMarket, valuationDay } from './rates-market.js';
import { type SwapClaim, swapClaims } from './swap-claims.js';

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
function modelGreeks(
  value: (model: HullWhiteModel) => number,
  model: HullWhiteModel,
): Readonly<Record<string, Greek>> {
  const step = 1e-6;
  const slope = (name: 'volatility' | 'reversion'): number =>
    (value({ ...model, [name]: model[name] + step }) - value({ ...model, [name]: model[name] - step })) /
    (2 * step);
  return {
    vega: {
      value: slope('volatility'),
      convention: 'per 1.00 of the short rate volatility; central difference, step 1e-6',
    },
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

export const hullWhiteSwaptionPricer: Pricer<Swaption, HullWhiteModel> = {
  product: 'swaption',
  model: 'hull-white',
  price: (swaption, model, context) => {
    const sound = checkedHullWhite(model);
    if (!sound.ok) return sound;
    const today = valuationDay(context);
    if (swaption.exercise < today)
      return failure('option-must-be-alive', `the option expired ${formatDay(swaption.exercise)}.`);
    if (swaption.settlement !== 'physical') {
      return failure(
        'settlement-not-supported',
        'Hull–White values physical settlement only. Take Black or SABR for par-yield cash.',
      );
    }
    const flows: readonly Flow[] = [...swaption.fixed.flows, ...swaption.floating.flows];
    const claims = swapClaims(flows, { market: model.market, today });
    if (!claims.ok) return claims;
    const option = { claims: claims.value, expiry: swaption.exercise, today };
    const { side } = swaption;
    const at = (used: HullWhiteModel, shift = 0): CurveValue => {
      const bought = optionOnClaims(option, used, shift);
      return composed(side * bought.value, [[bought, side]]);
    };
    const greeks = rateGreeks((shift) => at(model, shift), model.market);
    if (!greeks.ok) return greeks;
    const value = at(model).value;
    return success({
      value,
      greeks: { ...greeks.value, ...modelGreeks((used) => at(used).value, model) },
      explain: [
        { name: 'snapshot', value: context.snapshot },
        { name: 'claims on discount bonds', value: claims.value.length },
        { name: 'years to exercise', value: (swaption.exercise - today) / 365, source: 'ACT/365F' },
        { name: 'value', value, source: 'Jamshidian 1989; forward curves at a deterministic basis' },
      ],
    });
  },
};

/** A caplet is the option to receive its rate less the strike, settled at the payment: known from the fixing on. */
function capletClaims(
  cap: CapFloor,
  place: number,
  market: RatesMarket,
  today: number,
): Result<ClaimsOption> {
  const flow = cap.caplets[place]!;
  const sign = cap.right === 'cap' ? 1 : -1;
  const strike: Flow = {
    type: 'fixed',
    pay: flow.pay,
    currency: flow.currency,
    amount: -sign * flow.notional * flow.fraction * cap.strike,
  };
  const claims = swapClaims([{ ...flow, notional: sign * flow.notional }, strike], { market, today });
  return claims.ok ? success({ claims: claims.value, expiry: Math.max(flow.fixing, today), today }) : claims;
}

export const hullWhiteCapFloorPricer: Pricer<CapFloor, HullWhiteModel> = {
  product: 'cap-floor',
  model: 'hull-white',
  price: (cap, model, context) => {
    const sound = checkedHullWhite(model);
    if (!sound.ok) return sound;
    const today = valuationDay(context);
    const options: ClaimsOption[] = [];
    for (let place = 0; place < cap.caplets.length; place += 1) {
      if (cap.caplets[place]!.pay <= today) continue;
      const option = capletClaims(cap, place, model.market, today);
      if (!option.ok) return option;
      options.push(option.value);
    }
    if (options.length === 0)
      return failure('cap-must-be-alive', `the last caplet has paid by ${formatDay(today)}.`);
    const at = (used: HullWhiteModel, shift = 0): CurveValue => {
      const bought = sumOf(options.map((option) => optionOnClaims(option, used, shift)));
      return composed(cap.side * bought.value, [[bought, cap.side]]);
    };
    const greeks = rateGreeks((shift) => at(model, shift), model.market);
    if (!greeks.ok) return greeks;
    const value = at(model).value;
    return success({
      value,
      greeks: { ...greeks.value, ...modelGreeks((used) => at(used).value, model) },
      explain: [
        { name: 'snapshot', value: context.snapshot },
        { name: 'caplets', value: options.length },
        { name: 'value', value, source: 'options on zero-coupon bonds, Brigo and Mercurio 3.3' },
      ],
    });
  },
};
