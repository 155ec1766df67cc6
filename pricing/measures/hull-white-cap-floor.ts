/**
 * Caps and floors under Hull and White's model: on term rates options on zero-coupon bonds, on overnight rates options on
 * the growth that they compound to, which is lognormal until the period's end.
 */
import { formatDay } from '../calendars/date';
import { failure, type Pricer, type Result, success } from '../contract';
import { normalCdf } from '../math/normal';
import { growthVariance } from '../models/backward-rate';
import { type CurveValue, composed, sumOf, valueTerms } from '../models/curve-value';
import type { CapFloor } from '../products/cap-floor';
import type { Flow, OvernightFlow, TermRateFlow } from '../products/flow';
import { marketLookup } from './flow-valuation';
import {
  type ClaimsOption,
  checkedHullWhite,
  type HullWhiteModel,
  hullWhiteValuation,
  optionOnClaims,
} from './hull-white';
import { boundTerms, discountCurveFor, type RatesMarket, valuationDay } from './rates-market';
import { swapClaims } from './swap-claims';

/** The worth of one bought caplet under a model, at a parallel shift. */
type CapletValue = (model: HullWhiteModel, shift: number) => CurveValue;

/** On a term rate: the option to receive the rate less the strike, settled at the payment: known from the fixing on. */
function termCaplet(
  { right, strike }: CapFloor,
  flow: TermRateFlow,
  { market, today }: { readonly market: RatesMarket; readonly today: number },
): Result<CapletValue> {
  const sign = right === 'cap' ? 1 : -1;
  const paid: Flow = {
    type: 'fixed',
    pay: flow.pay,
    currency: flow.currency,
    amount: -sign * flow.notional * flow.fraction * strike,
  };
  const claims = swapClaims([{ ...flow, notional: sign * flow.notional }, paid], { market, today });
  if (!claims.ok) return claims;
  const option: ClaimsOption = { claims: claims.value, expiry: Math.max(flow.fixing, today), today };
  return success((model, shift) => optionOnClaims(option, model, shift));
}

/** On an overnight rate: X·Φ(±h) − Y·Φ(±(h − s)) with X the growth's worth, Y that of one plus the strike's interest. */
function overnightCaplet(
  { right, strike }: CapFloor,
  flow: OvernightFlow,
  { market, today }: { readonly market: RatesMarket; readonly today: number },
): Result<CapletValue> {
  if (flow.averaged) {
    return failure(
      'average-not-supported',
      'Hull–White values caps on compounded overnight rates only. Take Black or Bachelier for averages.',
    );
  }
  const discount = discountCurveFor(market, flow.currency);
  if (!discount.ok) return discount;
  const interest = boundTerms([{ ...flow, spread: 0 }], market, today);
  if (!interest.ok) return interest;
  const paid = { curve: discount.value.name, day: flow.pay };
  const growth = [...interest.value, { amount: flow.notional, discount: paid }];
  const struck = [{ amount: flow.notional * (1 + strike * flow.fraction), discount: paid }];
  const curve = marketLookup(market);
  const sign = right === 'cap' ? 1 : -1;
  const period = { start: (flow.start - today) / 365, end: (flow.end - today) / 365 };
  return success((model, shift) => {
    const [x, y] = [valueTerms(growth, { curve, shift }), valueTerms(struck, { curve, shift })];
    const deviation = Math.sqrt(growthVariance(model, period));
    const h = Math.log(x.value / y.value) / deviation + deviation / 2;
    const alive = sign * (x.value - y.value) > 0 ? 1 : 0;
    const up = deviation > 0 ? normalCdf(sign * h) : alive;
    const down = deviation > 0 ? normalCdf(sign * (h - deviation)) : alive;
    return composed(sign * (x.value * up - y.value * down), [
      [x, sign * up],
      [y, -sign * down],
    ]);
  });
}

export const hullWhiteCapFloorPricer: Pricer<CapFloor, HullWhiteModel> = {
  product: 'cap-floor',
  model: 'hull-white',
  price: (cap, model, context) => {
    const sound = checkedHullWhite(model);
    if (!sound.ok) return sound;
    const today = valuationDay(context);
    const options: CapletValue[] = [];
    for (const flow of cap.caplets) {
      if (flow.pay <= today) continue;
      const setting = { market: model.market, today };
      const option =
        flow.type === 'overnight' ? overnightCaplet(cap, flow, setting) : termCaplet(cap, flow, setting);
      if (!option.ok) return option;
      options.push(option.value);
    }
    if (options.length === 0) return failure('settled', `the last caplet has paid by ${formatDay(today)}.`);
    return hullWhiteValuation((used, shift) => sumOf(options.map((option) => option(used, shift))), {
      side: cap.side,
      model,
      steps: [
        { name: 'snapshot', value: context.snapshot },
        { name: 'caplets', value: options.length },
      ],
      source: 'options on bonds and growths, Brigo and Mercurio 3.3',
    });
  },
};
