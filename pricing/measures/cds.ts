/** Credit default swaps under the ISDA standard model: value, upfront, and sensitivities to spreads, rates and recovery. */
import { addBusinessDays } from '../calendars/business-day';
import { type Day, formatDay } from '../calendars/date';
import { type CreditQuote, cleanUpfront } from '../calibration/cds-bootstrap';
import { indexPrice } from '../calibration/cds-conversion';
import { type Failure, failure, type Greek, type Pricer, type Result, success } from '../contract';
import type { DiscountCurve } from '../curves/discount-curve';
import { type CdsLegs, cdsLegs } from '../models/cds-legs';
import type { AccrualFormula } from '../models/isda-cds';
import type { Cds } from '../products/cds';
import { curveGreeks, dirtyValue, spreadGreeks } from './cds-greeks';
import { discountCurveFor, type RatesMarket, valuationDay } from './rates-market';

export interface CdsModel {
  readonly kind: 'isda-cds';
  readonly market: RatesMarket;
  /** Survival curves by entity. */
  readonly survival: ReadonlyMap<string, DiscountCurve>;
  /** The quotes that the survival curves come from, by entity, for spread sensitivities. */
  readonly quotes?: ReadonlyMap<string, readonly CreditQuote[]>;
  readonly formula?: AccrualFormula;
}

/** Both curves are integrated from now to maturity, so that any node of theirs before it that has no quote is missed. */
function gapBefore(maturity: Day, curves: readonly DiscountCurve[]): Failure | undefined {
  for (const curve of curves) {
    const gap = curve.gaps?.find(({ from }) => from < curve.timeOf(maturity));
    if (gap)
      return failure(
        'curve-node-must-be-quoted',
        `curve "${curve.name}" has no quote for its node "${gap.label}", and protection until ${formatDay(maturity)} hangs on it. Quote it.`,
      );
  }
  return undefined;
}

export const cdsPricer: Pricer<Cds, CdsModel> = {
  product: 'cds',
  model: 'isda-cds',
  price: (cds, model, context) => {
    const trade = valuationDay(context);
    const formula = model.formula ?? 'isda';
    if (cds.maturity <= trade) {
      return failure('expired', `protection ended ${formatDay(cds.maturity)}, before ${formatDay(trade)}.`);
    }
    const discount = discountCurveFor(model.market, cds.currency);
    if (!discount.ok) return discount;
    const survival = model.survival.get(cds.entity);
    if (!survival)
      return failure('survival-curve-must-be-present', `no survival curve for ${cds.entity}. Bootstrap one.`);
    const unquoted = gapBefore(cds.maturity, [survival, discount.value]);
    if (unquoted) return unquoted;
    const curves = { discount: discount.value, survival };
    const setting = { cds, trade, formula };
    const legs = cdsLegs(cds, curves, { trade, formula });
    const value = dirtyValue(setting, curves);
    const quotes = model.quotes?.get(cds.entity);
    const spreads: Result<Record<string, Greek>> = quotes
      ? spreadGreeks(setting, curves, quotes)
      : success({});
    if (!spreads.ok) return spreads;
    const rates = curveGreeks(setting, curves, model.market);
    if (!rates.ok) return rates;
    return success({
      value,
      greeks: { ...rates.value, ...spreads.value },
      explain: explain(cds, { legs, discount: discount.value, trade, value }),
    });
  },
};

function explain(
  cds: Cds,
  {
    legs,
    discount,
    trade,
    value,
  }: {
    readonly legs: CdsLegs;
    readonly discount: DiscountCurve;
    readonly trade: number;
    readonly value: number;
  },
) {
  const settles = addBusinessDays(trade, cds.settlementLag, cds.calendar);
  const source = 'ISDA CDS Standard Model';
  const share = cleanUpfront(cds, { legs, discount, trade });
  const upfront = cds.notional * share;
  const index = cds.index
    ? [
        { name: 'index factor', value: cds.index.factor },
        { name: 'index price', value: indexPrice(share), source: 'percent of what is left of the notional' },
      ]
    : [];
  return [
    ...index,
    { name: 'step-in date', value: formatDay(trade + 1) },
    { name: 'upfront settlement', value: formatDay(settles) },
    { name: 'protection leg', value: cds.notional * legs.protection, source },
    { name: 'premium leg, accrued included', value: cds.notional * cds.coupon * legs.annuity, source },
    { name: 'accrued on default', value: cds.notional * cds.coupon * legs.accruedOnDefault, source },
    { name: 'accrued premium', value: cds.notional * cds.coupon * legs.accrued },
    {
      name: 'par spread',
      value: legs.protection / (legs.annuity - legs.accrued * discount.discountOn(settles)),
      source: 'coupon of clean upfront zero',
    },
    { name: 'clean upfront', value: upfront },
    {
      name: 'cash upfront',
      value: upfront - cds.notional * cds.coupon * legs.accrued,
      source: 'clean upfront less accrued premium',
    },
    { name: 'value', value, source: 'protection less premium leg, today' },
  ];
}
