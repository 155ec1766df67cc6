/** Options with barriers, under Black–Scholes, its quanto form and vanna-volga. */
import { type ExplainStep, failure, type Result, success } from '../contract';
import { asPut, hasTwoBoundaries } from '../models/american';
import { americanBarrierPrice } from '../models/american-barrier';
import { barrierPrice, binaryBarrierPrice, noTouchValue, oneTouchPrice } from '../models/barrier';
import { blackScholesPrice, type LognormalMarket } from '../models/black';
import { partialBarrierPrice, softBarrierPrice } from '../models/partial-barrier';
import { quantoMarket } from '../models/quanto';
import { vannaVolgaBarrierPrice } from '../models/vanna-volga';
import type * as barrier from '../products/barrier-option';
import { type AnyPricer, anyPricer } from '../registry';
import { under, within } from './black-scholes-form';
import { closedForm } from './closed-form';
import type { Kink } from './difference-greeks';
import type { QuantoModel, VannaVolgaModel } from './option-models';
import { smileCheck } from './smile-check';

/** The barriers that are there. */
const levels = ({ lower, upper }: { readonly lower: number; readonly upper: number }): readonly number[] =>
  [lower, upper].filter((level) => level > 0 && level < Infinity);

/** A touch of the lower one from above, of the upper one from below. */
const touched = ({ lower, upper }: { readonly lower: number; readonly upper: number }): readonly Kink[] =>
  levels({ lower, upper }).map((at) => ({ at, beyond: at === lower ? -1 : 1 }));

const corridor = (product: { readonly lower: number; readonly upper: number }): Result<true> =>
  product.lower >= 0 && product.upper > product.lower && levels(product).length > 0
    ? success(true)
    : failure(
        'barriers-must-be-in-order',
        `barriers ${product.lower} and ${product.upper}. Give lower (0 for none) below upper (Infinity for none).`,
      );

/** A knock-in pays an American option at one of two barriers with a density that is not there yet. */
const oneToKnockIn = (product: barrier.AmericanBarrierOption, model: LognormalMarket): Result<true> => {
  if (product.knock === 'out') return corridor(product);
  if (levels(product).length > 1)
    return failure('one-barrier-only', 'an American knock-in takes one barrier. Give one, or knock out.');
  if (hasTwoBoundaries(asPut(product, model)))
    return failure(
      'exercise-has-two-boundaries',
      `rate ${model.rate} and yield ${model.dividend} give the option that is knocked in two exercise boundaries.`,
    );
  return corridor(product);
};

/** What the barrier takes away, and how likely it is to be touched. */
const barrierSteps = (product: barrier.BarrierOption, market: LognormalMarket): readonly ExplainStep[] => [
  { name: 'without the barrier', value: blackScholesPrice(product, market), source: 'Merton 1973' },
  {
    name: 'probability of a touch',
    value: 1 - noTouchValue(product, market) * Math.exp(market.rate * product.time),
    source: 'first passage of a drifted Brownian motion',
  },
];

export const barrierPricers: readonly AnyPricer[] = [
  under<barrier.BarrierOption>({
    product: 'barrier-option',
    value: barrierPrice,
    source: 'Reiner and Rubinstein 1991; Kunitomo and Ikeda 1992, by images',
    positive: ['strike'],
    steps: barrierSteps,
    kinks: touched,
    check: corridor,
  }),
  anyPricer(
    closedForm<barrier.BarrierOption, VannaVolgaModel>({
      product: 'barrier-option',
      model: 'vanna-volga',
      value: (product, model) => vannaVolgaBarrierPrice(product, model),
      source: 'Castagna and Mercurio 2007, Wystup 2006',
      positive: ['strike'],
      kinks: touched,
      check: (product, model) => {
        const levelled = corridor(product);
        return levelled.ok ? smileCheck(product, model) : levelled;
      },
    }),
  ),
  anyPricer(
    closedForm<barrier.BarrierOption, QuantoModel>({
      product: 'barrier-option',
      model: 'quanto-black-scholes',
      value: (product, model) => barrierPrice(product, quantoMarket(model)),
      steps: (product, model) => barrierSteps(product, quantoMarket(model)),
      source: 'Reiner 1992, Reiner and Rubinstein 1991',
      positive: ['strike'],
      kinks: touched,
      check: corridor,
    }),
  ),
  under<barrier.AmericanBarrierOption>({
    product: 'american-barrier-option',
    value: (product, model) => americanBarrierPrice(product, model).value,
    estimate: americanBarrierPrice,
    source: 'knock-out: finite differences; knock-in: first passage to the American option',
    positive: ['strike'],
    kinks: touched,
    check: oneToKnockIn,
    coarseness: 10,
  }),
  under<barrier.BinaryBarrierOption>({
    product: 'binary-barrier-option',
    value: (product, model) =>
      (product.pays === 'cash' ? product.cash : 1) * binaryBarrierPrice(product, model),
    source: 'Rubinstein and Reiner 1991, by images',
    positive: ['strike'],
    kinks: touched,
    check: corridor,
  }),
  under<barrier.TouchOption>({
    product: 'touch-option',
    value: (product, model) => (product.pays === 'cash' ? product.cash : 1) * oneTouchPrice(product, model),
    source: 'Rubinstein and Reiner 1991',
    kinks: touched,
    check: corridor,
  }),
  under<barrier.DoubleTouchOption>({
    product: 'double-touch-option',
    value: (product, model) => {
      const none = noTouchValue(product, model);
      return product.cash * (product.knock === 'out' ? none : Math.exp(-model.rate * product.time) - none);
    },
    source: 'Hui 1996, by images; paid at expiry',
    kinks: touched,
    check: corridor,
  }),
  under<barrier.PartialBarrierOption>({
    product: 'partial-barrier-option',
    value: partialBarrierPrice,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['strike', 'barrier'],
    kinks: ({ barrier, watch, side, cover }) =>
      watch === 'start' && cover > 0 ? [{ at: barrier, beyond: side === 'down' ? -1 : 1 }] : [],
    check: ({ cover, time }) => within(cover, time, 'the cover event'),
  }),
  under<barrier.SoftBarrierOption>({
    product: 'soft-barrier-option',
    value: softBarrierPrice,
    source: 'Hart and Ross 1994, by quadrature',
    positive: ['strike', 'low'],
    bends: ({ low, high }) => [low, high],
    check: ({ low, high }) =>
      low <= high
        ? success(true)
        : failure(
            'range-must-rise',
            `the soft range goes from ${low} to ${high}. Give its lower end as low.`,
          ),
  }),
];
