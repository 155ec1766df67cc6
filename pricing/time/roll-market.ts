/** A market of curves moved to a later day: curves, FX rates and the fixings of the days that passed, by stated rules. */
import type { Day } from '../calendars/date';
import { type Result, success } from '../contract';
import type { DiscountCurve } from '../curves/discount-curve';
import { discountCurveFor, type FxRate, fxToday, type RatesMarket } from '../measures/rates-market';
import { indexPeriod, rateIndexNamed } from '../products/rate-index';
import { type CurveRoll, rollCurve } from './roll-curve';

export interface MarketRoll {
  readonly to: Day;
  readonly curves: CurveRoll;
  /**
   * `must-be-known` leaves the days that pass without fixings, and what needs them is refused by name; `as-forecast` takes
   * the forward rate of each day from its curve, as a what-if does.
   */
  readonly fixings: 'must-be-known' | 'as-forecast';
}

/** Fixings of every index that a curve forecasts, on its business days from `from` to before `to`, where there is none. */
function forecastFixings(market: RatesMarket, from: Day, to: Day): Result<RatesMarket['fixings']> {
  const all = new Map(market.fixings);
  for (const name of Object.keys(market.forward)) {
    const index = rateIndexNamed(name);
    if (!index.ok) return index;
    const curve = market.curves.get(market.forward[name]!);
    if (!curve) continue;
    const days = new Map(all.get(name));
    for (let day = from; day < to; day += 1) {
      if (days.has(day) || !index.value.calendar.isBusinessDay(day)) continue;
      const { start, end, fraction } = indexPeriod(index.value, day);
      days.set(day, (curve.discountOn(start) / curve.discountOn(end) - 1) / fraction);
    }
    all.set(name, days);
  }
  return success(all);
}

/** FX rates of amounts paid on the new day: at their forwards where forwards come true, else as they stood. */
function rolledFx(market: RatesMarket, { to, curves }: MarketRoll): Readonly<Record<string, FxRate>> {
  const fx: Record<string, FxRate> = {};
  for (const pair of Object.keys(market.fx ?? {})) {
    const [own, other] = [pair.slice(0, 3), pair.slice(3)];
    const today = fxToday(market, own, other);
    const [near, far] = [discountCurveFor(market, own), discountCurveFor(market, other)];
    // A pair that cannot be carried is left out, and what needs it says that it is missing; other pairs stand.
    if (!today.ok || (curves === 'forwards-realise' && !(near.ok && far.ok))) continue;
    const carried =
      near.ok && far.ok && curves === 'forwards-realise'
        ? near.value.discountOn(to) / far.value.discountOn(to)
        : 1;
    fx[pair] = { rate: today.value * carried };
  }
  return fx;
}

/**
 * The market of a later day. It has no curve set: its quotes were of another day, so that sensitivities by quote need a group
 * compiled for the new day from the same quotes (`buildCurves`).
 */
export function rollMarket(market: RatesMarket, roll: MarketRoll): Result<RatesMarket> {
  const curves = new Map<string, DiscountCurve>();
  let from = roll.to;
  for (const [name, curve] of market.curves) {
    const rolled = rollCurve(curve, roll.to, roll.curves);
    if (!rolled.ok) return rolled;
    from = Math.min(from, curve.reference);
    curves.set(name, rolled.value);
  }
  const fixings =
    roll.fixings === 'as-forecast' ? forecastFixings(market, from, roll.to) : success(market.fixings);
  if (!fixings.ok) return fixings;
  const fx = rolledFx(market, roll);
  const { discount, forward } = market;
  return success({
    curves,
    discount,
    forward,
    ...(market.fx && { fx }),
    ...(fixings.value && { fixings: fixings.value }),
  });
}
