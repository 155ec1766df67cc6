/** Options on averages: exact where there is a closed form, by moments and on a grid where there is none. */
import { failure, success } from '../contract';
import { levyPrice, turnbullWakemanPrice } from '../models/asian-arithmetic';
import { geometricContinuousPrice, geometricDiscretePrice } from '../models/asian-geometric';
import { vecerPrice, vecerValue } from '../models/asian-vecer';
import type * as asian from '../products/asian-option';
import { type AnyPricer, anyPricer } from '../registry';
import { averageCheck, averageSoFarCheck } from './average-check';
import { under } from './black-scholes-form';
import { closedForm } from './closed-form';
import type { MomentMatchingModel } from './option-models';

export const asianPricers: readonly AnyPricer[] = [
  under<asian.GeometricAsian>({
    product: 'geometric-asian',
    value: geometricDiscretePrice,
    source: 'exact; Levy 1997',
    positive: ['strike'],
    check: averageCheck,
  }),
  under<asian.ContinuousGeometricAsian>({
    product: 'continuous-geometric-asian',
    value: geometricContinuousPrice,
    source: 'Kemna and Vorst 1990',
    averaging: true,
    check: averageSoFarCheck,
    positive: ['strike'],
  }),
  anyPricer(
    closedForm<asian.ArithmeticAsian, MomentMatchingModel>({
      product: 'arithmetic-asian',
      model: 'moment-matching',
      value: turnbullWakemanPrice,
      source: 'Turnbull and Wakeman 1991, two moments',
      positive: ['strike'],
      check: averageCheck,
    }),
  ),
  anyPricer(
    closedForm<asian.ContinuousArithmeticAsian, MomentMatchingModel>({
      product: 'continuous-arithmetic-asian',
      model: 'moment-matching',
      value: levyPrice,
      source: 'Levy 1992',
      averaging: true,
      check: averageSoFarCheck,
      positive: ['strike'],
    }),
  ),
  under<asian.ContinuousArithmeticAsian>({
    product: 'continuous-arithmetic-asian',
    value: vecerPrice,
    estimate: (product, model) => vecerValue(product, model),
    source: 'Vecer 2002, on a grid',
    averaging: true,
    positive: ['strike'],
    coarseness: 2,
    check: ({ elapsed }) =>
      elapsed === 0
        ? success(true)
        : failure(
            'averaging-must-start-now',
            'the grid prices averages that start now. Use moment-matching.',
          ),
  }),
];
