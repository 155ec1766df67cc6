/** Options on futures under Black 1976: European in closed form, American as an option on an asset that yields the rate. */

import { failure, success } from '../contract';
import { americanEstimate, americanPrice, asPut, hasTwoBoundaries } from '../models/american';
import { blackPrice, type LognormalMarket } from '../models/black';
import type { FutureOption } from '../products/future-option';
import type { AnyPricer } from '../registry';
import { closedForm } from './closed-form';
import type { Black76Model } from './option-models';

/** A future drifts nowhere: it is an asset whose yield is the rate. */
const marketOf = ({ forward, rate, volatility }: Black76Model): LognormalMarket => ({
  spot: forward,
  rate,
  dividend: rate,
  volatility,
});

const european = closedForm<FutureOption, Black76Model>({
  product: 'future-option',
  model: 'black-76',
  positive: ['strike'],
  value: ({ right, strike, time, premium }, { forward, rate, volatility }) =>
    blackPrice({
      right,
      strike,
      forward,
      stdDev: volatility * Math.sqrt(time),
      discount: premium === 'margined' ? 1 : Math.exp(-rate * time),
    }),
  source: 'Black 1976; undiscounted where the premium is margined',
});

const american = closedForm<FutureOption, Black76Model>({
  product: 'future-option',
  model: 'black-76',
  positive: ['strike'],
  value: (option, model) => americanPrice(option, marketOf(model)),
  estimate: (option, model) => americanEstimate(option, marketOf(model)),
  source: 'Andersen, Lake and Offengenden 2016 on an asset that yields the rate',
  coarseness: 2,
  check: (option, model) =>
    hasTwoBoundaries(asPut(option, marketOf(model)))
      ? failure('exercise-has-two-boundaries', `rate ${model.rate} gives two exercise boundaries.`)
      : success(true),
});

export const futureOptionPricer: AnyPricer = {
  product: 'future-option',
  model: 'black-76',
  price: (product, model, context) => {
    const option = product as FutureOption;
    const early = option.exercise === 'american' && option.premium === 'upfront';
    return (early ? american : european).price(option, model as Black76Model, context);
  },
};
