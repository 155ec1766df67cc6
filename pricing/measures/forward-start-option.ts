/** Options whose strike is set later, under Black–Scholes and its quanto form. */
import { forwardPerformancePrice, forwardStartPrice } from '../models/forward-start.js';
import { quantoMarket } from '../models/quanto.js';
import type { ForwardStartOption } from '../products/forward-start-option.js';
import { type AnyPricer, anyPricer } from '../registry.js';
import { under, within } from './black-scholes-form.js';
import { closedForm } from './closed-form.js';
import type { QuantoModel } from './option-models.js';

export const forwardStartPricers: readonly AnyPricer[] = [
  under<ForwardStartOption>({
    product: 'forward-start-option',
    value: (product, model) =>
      product.pays === 'price' ? forwardStartPrice(product, model) : forwardPerformancePrice(product, model),
    source: 'Rubinstein 1991',
    positive: ['moneyness'],
    check: ({ start, time }) => within(start, time, 'the start'),
  }),
  anyPricer(
    closedForm<ForwardStartOption, QuantoModel>({
      product: 'forward-start-option',
      model: 'quanto-black-scholes',
      value: (product, model) =>
        product.pays === 'price'
          ? forwardStartPrice(product, quantoMarket(model))
          : forwardPerformancePrice(product, quantoMarket(model)),
      source: 'Rubinstein 1991 in the quanto market of Reiner 1992',
      positive: ['moneyness'],
      check: ({ start, time }) => within(start, time, 'the start'),
    }),
  ),
];
