/** The asset itself, forwards and futures, by their cost of carry. */
import type { Forward, Future, Spot } from '../products/delta-one';
import { type AnyPricer, anyPricer } from '../registry';
import { closedForm } from './closed-form';
import type { CarryModel } from './option-models';

export const deltaOnePricers: readonly AnyPricer[] = [
  anyPricer(
    closedForm<Spot, CarryModel>({
      product: 'spot',
      model: 'cost-of-carry',
      value: (product, model) => product.quantity * model.spot,
      source: 'the mark',
    }),
  ),
  anyPricer(
    closedForm<Forward, CarryModel>({
      product: 'forward',
      model: 'cost-of-carry',
      value: ({ strike, time }, { spot, rate, dividend }) =>
        spot * Math.exp(-dividend * time) - strike * Math.exp(-rate * time),
      source: 'S·exp(−qT) − K·exp(−rT)',
    }),
  ),
  anyPricer(
    closedForm<Future, CarryModel>({
      product: 'future',
      model: 'cost-of-carry',
      value: ({ settled, time }, { spot, rate, dividend }) =>
        spot * Math.exp((rate - dividend) * time) - settled,
      source: 'S·exp((r − q)T) less the last settlement; daily margin, not discounted',
    }),
  ),
];
