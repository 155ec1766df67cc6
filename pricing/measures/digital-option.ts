/** Options that pay all or nothing at expiry, under Black–Scholes. */
import { assetOrNothingPrice, cashOrNothingPrice, gapPrice } from '../models/digital';
import type { DigitalOption, GapOption } from '../products/digital-option';
import type { AnyPricer } from '../registry';
import { under } from './black-scholes-form';

export const digitalPricers: readonly AnyPricer[] = [
  under<DigitalOption>({
    product: 'digital-option',
    value: (product, model) =>
      product.pays === 'cash'
        ? product.cash * cashOrNothingPrice(product, model)
        : assetOrNothingPrice(product, model),
    source: 'Rubinstein and Reiner 1991',
    positive: ['strike'],
  }),
  under<GapOption>({
    product: 'gap-option',
    value: gapPrice,
    source: 'Rubinstein and Reiner 1991',
    positive: ['strike'],
  }),
];
