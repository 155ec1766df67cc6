/** Options whose strike is set later, under Black–Scholes and its quanto form. */
import type { Result } from '../contract';
import type { LognormalMarket } from '../models/black';
import { forwardPerformancePrice, forwardStartPrice } from '../models/forward-start';
import { quantoMarket } from '../models/quanto';
import type { ForwardStartOption } from '../products/forward-start-option';
import { type AnyPricer, anyPricer } from '../registry';
import { under, within } from './black-scholes-form';
import { closedForm } from './closed-form';
import type { QuantoModel } from './option-models';

const forwardStart = (product: ForwardStartOption, market: LognormalMarket): number =>
  product.pays === 'price' ? forwardStartPrice(product, market) : forwardPerformancePrice(product, market);
const inOrder = ({ start, time }: ForwardStartOption): Result<true> => within(start, time, 'the start');

export const forwardStartPricers: readonly AnyPricer[] = [
  under<ForwardStartOption>({
    product: 'forward-start-option',
    value: forwardStart,
    source: 'Rubinstein 1991',
    positive: ['moneyness'],
    check: inOrder,
  }),
  anyPricer(
    closedForm<ForwardStartOption, QuantoModel>({
      product: 'forward-start-option',
      model: 'quanto-black-scholes',
      value: (product, model) => forwardStart(product, quantoMarket(model)),
      source: 'Rubinstein 1991 in the quanto market of Reiner 1992',
      positive: ['moneyness'],
      check: inOrder,
    }),
  ),
];
