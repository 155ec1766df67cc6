/**
 * The market of rates products: curves, which of them discounts a currency and which forecasts an index, FX rates and
 * fixings. What is missing is named in a failure; nothing is ever read as zero.
 */
import { type Day, dayOfMicros, formatDay } from '../calendars/date';
import { failure, type PricingContext, type Result, success } from '../contract';
import type { CurveSet } from '../curves/curve-group';
import { type DiscountCurve, gapAt } from '../curves/discount-curve';
import type { CurveTerm } from '../curves/term';
import type { Flow, NotionalReset, OvernightFlow, TermRateFlow } from '../products/flow';
import { averagingOf } from '../products/rate-index';
import { fixingOf, overnightAccrual } from './overnight-accrual';

export interface FxRate {
  /** Units of the second currency for one of the first. */
  readonly rate: number;
  /** Settlement of the spot rate; today's where absent. */
  readonly spot?: Day;
}

export interface RatesMarket {
  readonly curves: ReadonlyMap<string, DiscountCurve>;
  /** Curve names by currency. */
  readonly discount: Readonly<Record<string, string>>;
  /** Curve names by index name. */
  readonly forward: Readonly<Record<string, string>>;
  /** By pair, such as `EURUSD`. */
  readonly fx?: Readonly<Record<string, FxRate>>;
  /** Published rates by index name, then by day. */
  readonly fixings?: ReadonlyMap<string, ReadonlyMap<Day, number>>;
  /** The set that the curves come from, for sensitivities to its quotes. */
  readonly set?: CurveSet;
}

/** The model "what a flow is worth is its discounted expectation". */
export interface DiscountingModel {
  readonly kind: 'discounting';
  readonly market: RatesMarket;
}

export const valuationDay = (context: PricingContext): Day => dayOfMicros(context.valuationTime);

export const curveNamed = (market: RatesMarket, name: string): Result<DiscountCurve> => {
  const curve = market.curves.get(name);
  return curve
    ? success(curve)
    : failure('curve-must-be-present', `no curve "${name}" in the market. Build it or name another.`);
};

export function discountCurveFor(market: RatesMarket, currency: string): Result<DiscountCurve> {
  const name = market.discount[currency];
  if (name !== undefined) return curveNamed(market, name);
  return failure(
    'discount-curve-must-be-assigned',
    `no discount curve for ${currency}. Assign one in the market.`,
  );
}

export function forwardCurveFor(market: RatesMarket, index: string): Result<DiscountCurve> {
  const name = market.forward[index];
  if (name !== undefined) return curveNamed(market, name);
  return failure(
    'forward-curve-must-be-assigned',
    `no forward curve for ${index}. Assign one in the market.`,
  );
}

export const fixingOn = (market: RatesMarket, index: string, day: Day): Result<number> =>
  fixingOf(market.fixings, index, day);

/** The flows still to be paid after a day, as terms on the market's curves; what has fixed is an amount. */
export function boundTerms(
  flows: readonly Flow[],
  market: RatesMarket,
  today: Day,
): Result<readonly CurveTerm[]> {
  const bound = bindTerms(flows, market, today);
  return bound.ok ? outsideGaps(bound.value, market) : bound;
}

/** The same for who looks after the gaps of curves himself. */
export function bindTerms(
  flows: readonly Flow[],
  market: RatesMarket,
  today: Day,
): Result<readonly CurveTerm[]> {
  const terms: CurveTerm[] = [];
  for (const flow of flows) {
    if (flow.pay <= today) continue;
    const bound = termsOf(flow, market, today);
    if (!bound.ok) return bound;
    terms.push(...bound.value);
  }
  return success(terms);
}

/**
 * The terms, unless one reads a curve where a node is missing for want of its quote: failure `curve-node-must-be-quoted`,
 * with curve and node. What lies between other nodes is not concerned.
 */
export function outsideGaps(terms: readonly CurveTerm[], market: RatesMarket): Result<readonly CurveTerm[]> {
  for (const { growth, ratio, discount } of terms) {
    const reads = [
      ...(discount ? [discount] : []),
      ...(ratio ? [ratio.over, ratio.under] : []),
      ...(growth ? [growth.start, growth.end].map((day) => ({ curve: growth.curve, day })) : []),
    ];
    for (const { curve: name, day } of reads) {
      const curve = market.curves.get(name);
      const gap = curve?.gaps && gapAt(curve, curve.timeOf(day));
      if (gap)
        return failure(
          'curve-node-must-be-quoted',
          `curve "${name}" has no quote for its node "${gap.label}", and ${formatDay(day)} hangs on it. Quote it.`,
        );
    }
  }
  return success(terms);
}

function termsOf(flow: Flow, market: RatesMarket, today: Day): Result<readonly CurveTerm[]> {
  const discount = discountCurveFor(market, flow.currency);
  if (!discount.ok) return discount;
  const paid = { curve: discount.value.name, day: flow.pay };
  if (flow.reset) return resetTerms(flow, flow.reset, { market, today, own: paid.curve });
  if (flow.type === 'fixed') return success([{ amount: flow.amount, discount: paid }]);
  const margin = { amount: flow.notional * flow.fraction * flow.spread, discount: paid };
  const rate = flow.type === 'term-rate' ? termRate(flow, market, today) : overnightRate(flow, market, today);
  if (!rate.ok) return rate;
  const terms = rate.value.map((term) => ({ ...term, discount: paid }));
  return success(flow.spread === 0 ? terms : [...terms, margin]);
}

/** Terms of a notional in another currency: at the rate that was fixed, or at today's forward for the day it is valued at. */
function resetTerms(
  { reset: _reset, ...flow }: Flow,
  { currency, fixing, day }: NotionalReset,
  { market, today, own }: { readonly market: RatesMarket; readonly today: Day; readonly own: string },
): Result<readonly CurveTerm[]> {
  const terms = termsOf(flow as Flow, market, today);
  if (!terms.ok) return terms;
  const scaled = (rate: number, ratio: Pick<CurveTerm, 'ratio'>): readonly CurveTerm[] =>
    terms.value.map((term) => ({ ...term, amount: term.amount * rate, ...ratio }));
  const pair = `${currency}${flow.currency}`;
  const inverse = market.fixings?.get(`${flow.currency}${currency}`)?.get(fixing);
  const known = market.fixings?.get(pair)?.get(fixing) ?? (inverse === undefined ? undefined : 1 / inverse);
  if (fixing < today || (fixing === today && known !== undefined)) {
    const fixed = known === undefined ? fixingOn(market, pair, fixing) : success(known);
    return fixed.ok ? success(scaled(fixed.value, {})) : fixed;
  }
  const rate = fxToday(market, currency, flow.currency);
  if (!rate.ok) return rate;
  const other = discountCurveFor(market, currency);
  if (!other.ok) return other;
  const ratio = { over: { curve: other.value.name, day }, under: { curve: own, day } };
  return success(scaled(rate.value, { ratio }));
}

/** A rate that has fixed is an amount; one of today is forecast unless its fixing is there. */
function termRate(flow: TermRateFlow, market: RatesMarket, today: Day): Result<readonly CurveTerm[]> {
  const scale = flow.notional * flow.gearing * flow.fraction;
  const known = market.fixings?.get(flow.index.name)?.get(flow.fixing);
  if (flow.fixing < today || (flow.fixing === today && known !== undefined)) {
    const fixed = fixingOn(market, flow.index.name, flow.fixing);
    return fixed.ok ? success([{ amount: scale * fixed.value }]) : fixed;
  }
  const forward = forwardCurveFor(market, flow.index.name);
  if (!forward.ok) return forward;
  const growth = { curve: forward.value.name, start: flow.rateStart, end: flow.rateEnd };
  return success([{ amount: scale / flow.rateFraction, growth }]);
}

/** Overnight rates until today come from fixings, the rest from the curve. */
function overnightRate(flow: OvernightFlow, market: RatesMarket, today: Day): Result<readonly CurveTerm[]> {
  const { index, notional, averaged, start, end } = flow;
  const accrued = overnightAccrual(index, market.fixings, { start, end, today });
  if (!accrued.ok) return accrued;
  const { until: day, compounded, summed } = accrued.value;
  const earned: CurveTerm = { amount: notional * (averaged ? summed : compounded - 1) };
  if (day >= end) return success([earned]);
  const forward = forwardCurveFor(market, index.name);
  if (!forward.ok) return forward;
  const growth = { curve: forward.value.name, start: day, end };
  const rest: CurveTerm = averaged
    ? { amount: notional, growth, averaging: averagingOf(index, { start: day, end }) }
    : { amount: notional * compounded, growth };
  return success(day === start ? [rest] : [earned, rest]);
}

/** Units of `to` for one unit of `from` paid today, through the pair or its inverse. */
export function fxToday(market: RatesMarket, from: string, to: string): Result<number> {
  if (from === to) return success(1);
  const direct = market.fx?.[`${from}${to}`];
  const inverse = market.fx?.[`${to}${from}`];
  const found = direct ?? inverse;
  if (!found) {
    return failure(
      'fx-rate-must-be-present',
      `no FX rate between ${from} and ${to}. Add ${from}${to} or ${to}${from}.`,
    );
  }
  const rate = direct ? found.rate : 1 / found.rate;
  if (found.spot === undefined) return success(rate);
  // The spot rate exchanges amounts paid at the spot date: brought to today along both curves.
  const [own, other] = [discountCurveFor(market, from), discountCurveFor(market, to)];
  if (!own.ok) return own;
  if (!other.ok) return other;
  return success((rate * other.value.discountOn(found.spot)) / own.value.discountOn(found.spot));
}
