/** Options on options, under Black–Scholes. */
import { failure } from '../contract';
import { blackScholesPrice } from '../models/black';
import { compoundPrice, criticalSpot } from '../models/compound';
import type { CompoundOption } from '../products/compound-option';
import { under, within } from './black-scholes-form';

export const compoundPricer = under<CompoundOption>({
  product: 'compound-option',
  value: compoundPrice,
  steps: (product, model) => [
    {
      name: 'critical price at the first expiry',
      value: criticalSpot(product, model),
      source: 'where the held option is worth its strike',
    },
    { name: 'held option today', value: blackScholesPrice(product.daughter, model) },
  ],
  source: 'Geske 1979',
  check: ({ mother, daughter }) =>
    mother.strike > 0 && daughter.strike > 0
      ? within(mother.time, daughter.time, 'the expiry of the held option')
      : failure('strike-must-be-positive', 'both options need a strike above zero.'),
});
