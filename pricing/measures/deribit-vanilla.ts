/** Options under Deribit's conventions: the venue's mark, price in coin, Greeks in its units. */
import { failure, type Pricer, type PricingContext, type Result, success, type Valuation } from '../contract';
import type { VanillaTerms } from '../models/black';
import type { ForwardOption } from '../products/forward-option';
import type { VanillaOption } from '../products/vanilla-option';
import { deribitMark } from './deribit-option';

export interface DeribitModel {
  readonly kind: 'deribit';
  /** The venue's forward to the option's expiry, USD. */
  readonly underlyingPrice: number;
  /** Mark volatility, decimal. */
  readonly volatility: number;
  /** What the value is in: coin for inverse options, dollars for linear ones. Greeks are in dollars either way. */
  readonly quoted: 'coin' | 'usd';
}

const MILLIS_PER_YEAR = 365 * 86_400_000;

const price = (
  { right, strike, time }: VanillaTerms,
  { underlyingPrice, volatility, quoted }: DeribitModel,
  context: PricingContext,
): Result<Valuation> => {
  const mark = deribitMark({
    right,
    strike,
    underlyingPrice,
    markIvPercent: 100 * volatility,
    timestamp: 0,
    expiry: time * MILLIS_PER_YEAR,
  });
  if (!mark.ok) return mark;
  const { priceUsd, priceCoin, greeks } = mark.value;
  return success({
    value: quoted === 'coin' ? priceCoin : priceUsd,
    greeks,
    explain: [
      { name: 'market data', value: context.snapshot },
      { name: 'years to expiry', value: time, source: 'ACT/365 to the instant' },
      { name: 'underlying price', value: underlyingPrice },
      { name: 'mark volatility', value: volatility },
      { name: 'price in dollars', value: priceUsd, source: 'Black 1976, undiscounted' },
      { name: 'price in coin', value: priceCoin, source: 'price in dollars / underlying price' },
    ],
  });
};

/** An option of the venue is on its forward; one that a book calls vanilla is the same option, held to expiry. */
export const deribitPricers = {
  forwardOption: { product: 'forward-option', model: 'deribit', price } as Pricer<
    ForwardOption,
    DeribitModel
  >,
  vanilla: {
    product: 'vanilla-option',
    model: 'deribit',
    price: (option, model, context) =>
      option.exercise === 'european'
        ? price(option, model, context)
        : failure('exercise-not-supported', 'options of the venue are European.'),
  } as Pricer<VanillaOption, DeribitModel>,
};
