/** Forward-start options on an asset of one currency paid in another. */
import { forwardPerformancePrice, forwardStartPrice } from '../models/forward-start.js';
import { quantoMarket } from '../models/quanto.js';
import type { ForwardStartOption } from '../products/option-on-one.js';
import { closedForm } from './closed-form.js';
import { within } from './exotic-form.js';
import type { QuantoModel } from './option-models.js';

export const quantoForwardStartPricer = closedForm<ForwardStartOption, QuantoModel>({
  product: 'forward-start-option',
  model: 'quanto-black-scholes',
  value: (product, model) =>
    product.pays === 'price'
      ? forwardStartPrice(product, quantoMarket(model))
      : forwardPerformancePrice(product, quantoMarket(model)),
  source: 'Rubinstein 1991 in the quanto market of Reiner 1992',
  positive: ['moneyness'],
  check: ({ start, time }) => within(start, time, 'the start'),
});
