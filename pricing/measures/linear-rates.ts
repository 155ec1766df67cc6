/** Deposits, forward rate agreements and FX forwards under discounting. */
import { type Day, formatDay } from '../calendars/date';
import { type Greek, type Pricer, type Result, success, type Valuation } from '../contract';
import { type CurveValue, composed, valueTerms } from '../models/curve-value';
import type { Fra } from '../products/fra';
import type { FxForward } from '../products/fx-forward';
import type { TermDeposit } from '../products/term-deposit';
import { explainFlows, valuationOfFlows, valueFlows } from './flow-valuation';
import { rateGreeks } from './rates-greeks';
import {
  curveNamed,
  type DiscountingModel,
  discountCurveFor,
  fixingOn,
  forwardCurveFor,
  fxToday,
  outsideGaps,
  type RatesMarket,
  valuationDay,
} from './rates-market';

export const termDepositPricer: Pricer<TermDeposit, DiscountingModel> = {
  product: 'term-deposit',
  model: 'discounting',
  price: ({ flows, currency }, { market }, context) => valuationOfFlows(flows, { market, context, currency }),
};

/** Worth nothing, as every product that has been paid. */
function overBefore(paid: Day, market: RatesMarket): Result<Valuation> {
  const greeks = rateGreeks(() => composed(0, []), market);
  if (!greeks.ok) return greeks;
  const explain = [{ name: 'value', value: 0, source: `paid ${formatDay(paid)}` }];
  return success({ value: 0, greeks: greeks.value, explain });
}

export const fraPricer: Pricer<Fra, DiscountingModel> = {
  product: 'fra',
  model: 'discounting',
  price: (fra, { market }, context) => {
    const today = valuationDay(context);
    const { index, start, end, fraction, notional, rate, fixing } = fra;
    const discount = discountCurveFor(market, fra.currency);
    if (!discount.ok) return discount;
    const forward = forwardCurveFor(market, index.name);
    if (!forward.ok) return forward;
    // What was paid before today needs no fixing any more.
    if (start < today) return overBefore(start, market);
    if (fixing < today) {
      const published = fixingOn(market, index.name, fixing);
      if (!published.ok) return published;
    }
    // A fixing of a later day is none yet, even where a file holds it.
    const known = fixing <= today ? market.fixings?.get(index.name)?.get(fixing) : undefined;
    const growth = { curve: forward.value.name, start, end };
    const quoted = outsideGaps(
      [{ amount: 1, growth, discount: { curve: discount.value.name, day: start } }],
      market,
    );
    if (start > today && known === undefined && !quoted.ok) return quoted;
    const lookup = (name: string) => {
      const curve = curveNamed(market, name);
      if (!curve.ok) throw new Error(curve.message);
      return curve.value;
    };
    // Paid at the start: the difference of rates, discounted by the fixing itself over the period.
    const shifted = (shift: number): CurveValue => {
      if (start <= today) return composed(0, []);
      const paid = valueTerms([{ amount: 1, discount: { curve: discount.value.name, day: start } }], {
        curve: lookup,
        shift,
      });
      const grown =
        known === undefined
          ? valueTerms([{ amount: 1, growth }], { curve: lookup, shift })
          : composed(known * fraction, []);
      const settled = (notional * (grown.value - rate * fraction)) / (1 + grown.value);
      const slope = (notional * (1 + rate * fraction)) / (1 + grown.value) ** 2;
      return composed(settled * paid.value, [
        [paid, settled],
        [grown, slope * paid.value],
      ]);
    };
    const greeks = rateGreeks(shifted, market);
    if (!greeks.ok) return greeks;
    const value = shifted(0).value;
    const implied = known ?? valueTerms([{ amount: 1 / fraction, growth }], { curve: lookup }).value;
    return success({
      value,
      greeks: greeks.value,
      explain: [
        {
          name: 'forward rate',
          value: implied,
          source: 'growth of the forward curve over the period, simple',
        },
        { name: 'period fraction', value: fraction },
        { name: 'discount factor to the start', value: discount.value.discountOn(start) },
        {
          name: 'value',
          value,
          source: 'ISDA 2006, article 4: notional · (rate − fixed) · fraction / (1 + rate · fraction) · P',
        },
      ],
    });
  },
};

export const fxForwardPricer: Pricer<FxForward, DiscountingModel> = {
  product: 'fx-forward',
  model: 'discounting',
  price: (forward, { market }, context) => {
    const { bought, sold, currency } = forward;
    const flows = [bought, sold];
    const valued = valueFlows(flows, { market, context, currency });
    if (!valued.ok) return valued;
    const rate = fxToday(market, bought.currency, currency);
    if (!rate.ok) return rate;
    const own = valueFlows([bought], { market, context, currency: bought.currency });
    if (!own.ok) return own;
    const greeks = rateGreeks(valued.value.shifted, market);
    if (!greeks.ok) return greeks;
    const explained = explainFlows(flows, market, context);
    if (!explained.ok) return explained;
    const foreign = own.value.value.value;
    const [near, far] = [discountCurveFor(market, bought.currency), discountCurveFor(market, currency)];
    if (!near.ok) return near;
    if (!far.ok) return far;
    const fair =
      (rate.value * near.value.discountOn(forward.settles)) / far.value.discountOn(forward.settles);
    const fxDelta: Greek = {
      value: foreign,
      convention: `present value in ${bought.currency}: change of value per +1 in today's ${bought.currency}${currency}`,
    };
    return success({
      value: valued.value.value.value,
      greeks: { ...greeks.value, 'fx-delta': fxDelta },
      explain: [
        ...explained.value,
        { name: `${bought.currency}${currency} today`, value: rate.value },
        {
          name: 'fair forward rate',
          value: fair,
          source: 'covered interest parity: S · P_bought(T) / P_sold(T)',
        },
        { name: 'value', value: valued.value.value.value },
      ],
    });
  },
};
