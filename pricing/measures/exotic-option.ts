/** Exotic options on one underlying under Black–Scholes, and what else prices them. */
import { failure, type Result, success } from '../contract.js';
import { americanBarrierPrice } from '../models/american-barrier.js';
import { levyPrice, turnbullWakemanPrice } from '../models/asian-arithmetic.js';
import { geometricContinuousPrice, geometricDiscretePrice } from '../models/asian-geometric.js';
import { vecerPrice } from '../models/asian-vecer.js';
import { barrierPrice, binaryBarrierPrice, noTouchValue, oneTouchPrice } from '../models/barrier.js';
import { compoundPrice } from '../models/compound.js';
import { assetOrNothingPrice, cashOrNothingPrice, gapPrice } from '../models/digital.js';
import { forwardPerformancePrice, forwardStartPrice } from '../models/forward-start.js';
import { fixedLookbackPrice, floatingLookbackPrice } from '../models/lookback.js';
import { partialBarrierPrice, softBarrierPrice } from '../models/partial-barrier.js';
import { partialFixedLookbackPrice, partialFloatingLookbackPrice } from '../models/partial-lookback.js';
import { quantoMarket } from '../models/quanto.js';
import { vannaVolgaBarrierPrice } from '../models/vanna-volga.js';
import type * as one from '../products/option-on-one.js';
import { type AnyPricer, anyPricer } from '../registry.js';
import { type ClosedForm, closedForm } from './closed-form.js';
import type {
  BlackScholesModel,
  MomentMatchingModel,
  QuantoModel,
  VannaVolgaModel,
} from './option-models.js';

const under = <P extends { readonly kind: string }>(
  form: Omit<ClosedForm<P, BlackScholesModel>, 'model'>,
): AnyPricer => anyPricer(closedForm<P, BlackScholesModel>({ ...form, model: 'black-scholes' }));

/** The barriers that are there. */
const levels = ({ lower, upper }: { readonly lower: number; readonly upper: number }): readonly number[] =>
  [lower, upper].filter((level) => level > 0 && level < Infinity);

const corridor = (product: { readonly lower: number; readonly upper: number }): Result<true> =>
  product.lower >= 0 && product.upper > product.lower && levels(product).length > 0
    ? success(true)
    : failure(
        'barriers-must-be-in-order',
        `barriers ${product.lower} and ${product.upper}. Give lower (0 for none) below upper (Infinity for none).`,
      );

const oneBarrier = (product: { readonly lower: number; readonly upper: number }): Result<true> =>
  levels(product).length === 1
    ? corridor(product)
    : failure('one-barrier-only', 'give one barrier, not two.');

const within = (inner: number, outer: number, what: string): Result<true> =>
  inner <= outer
    ? success(true)
    : failure('dates-must-be-in-order', `${what}: ${inner} is after ${outer} years.`);

const fixings = (product: {
  readonly fixingTimes: readonly number[];
  readonly pastFixings: readonly number[];
}) =>
  product.fixingTimes.length + product.pastFixings.length === 0
    ? failure('fixings-must-be-given', 'the average has no fixing, past or to come.')
    : product.pastFixings.every((fixing) => fixing > 0)
      ? success<true>(true)
      : failure('past-fixings-must-be-positive', 'a past fixing is not above zero.');

const barriers: readonly AnyPricer[] = [
  under<one.BarrierOption>({
    product: 'barrier-option',
    value: barrierPrice,
    source: 'Reiner and Rubinstein 1991; Kunitomo and Ikeda 1992, by images',
    positive: ['strike'],
    kinks: levels,
    check: corridor,
  }),
  anyPricer(
    closedForm<one.BarrierOption, VannaVolgaModel>({
      product: 'barrier-option',
      model: 'vanna-volga',
      value: (product, model) => vannaVolgaBarrierPrice(product, model),
      source: 'Castagna and Mercurio 2007, Wystup 2006',
      positive: ['strike'],
      kinks: levels,
      check: corridor,
      coarseness: 5,
    }),
  ),
  anyPricer(
    closedForm<one.BarrierOption, QuantoModel>({
      product: 'barrier-option',
      model: 'quanto-black-scholes',
      value: (product, model) => barrierPrice(product, quantoMarket(model)),
      source: 'Reiner 1992, Reiner and Rubinstein 1991',
      positive: ['strike'],
      kinks: levels,
      check: corridor,
    }),
  ),
  under<one.AmericanBarrierOption>({
    product: 'american-barrier-option',
    value: (product, model) => americanBarrierPrice(product, model).value,
    error: (product, model) => americanBarrierPrice(product, model).error,
    source: 'knock-out: finite differences; knock-in: first passage to the American option',
    positive: ['strike'],
    kinks: levels,
    check: oneBarrier,
    coarseness: 10,
  }),
  under<one.BinaryBarrierOption>({
    product: 'binary-barrier-option',
    value: (product, model) =>
      (product.pays === 'cash' ? product.cash : 1) * binaryBarrierPrice(product, model),
    source: 'Rubinstein and Reiner 1991, by images',
    positive: ['strike'],
    kinks: levels,
    check: corridor,
  }),
  under<one.TouchOption>({
    product: 'touch-option',
    value: (product, model) => (product.pays === 'cash' ? product.cash : 1) * oneTouchPrice(product, model),
    source: 'Rubinstein and Reiner 1991',
    kinks: levels,
    check: corridor,
  }),
  under<one.DoubleTouchOption>({
    product: 'double-touch-option',
    value: (product, model) => {
      const none = noTouchValue(product, model);
      return product.cash * (product.knock === 'out' ? none : Math.exp(-model.rate * product.time) - none);
    },
    source: 'Hui 1996, by images; paid at expiry',
    kinks: levels,
    check: corridor,
  }),
  under<one.PartialBarrierOption>({
    product: 'partial-barrier-option',
    value: partialBarrierPrice,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['strike', 'barrier'],
    kinks: ({ barrier, watch }) => (watch === 'start' ? [barrier] : []),
    check: ({ cover, time }) => within(cover, time, 'the cover event'),
    coarseness: 5,
  }),
  under<one.SoftBarrierOption>({
    product: 'soft-barrier-option',
    value: softBarrierPrice,
    source: 'Hart and Ross 1994, by quadrature',
    positive: ['strike', 'low'],
    kinks: ({ low, high }) => [low, high],
    check: ({ low, high }) => within(low, high, 'the soft range'),
  }),
];

const averages: readonly AnyPricer[] = [
  under<one.GeometricAsian>({
    product: 'geometric-asian',
    value: geometricDiscretePrice,
    source: 'exact; Levy 1997',
    positive: ['strike'],
    check: fixings,
  }),
  under<one.ContinuousGeometricAsian>({
    product: 'continuous-geometric-asian',
    value: geometricContinuousPrice,
    source: 'Kemna and Vorst 1990',
    positive: ['strike'],
  }),
  anyPricer(
    closedForm<one.ArithmeticAsian, MomentMatchingModel>({
      product: 'arithmetic-asian',
      model: 'moment-matching',
      value: turnbullWakemanPrice,
      source: 'Turnbull and Wakeman 1991, two moments',
      positive: ['strike'],
      check: fixings,
    }),
  ),
  anyPricer(
    closedForm<one.ContinuousArithmeticAsian, MomentMatchingModel>({
      product: 'continuous-arithmetic-asian',
      model: 'moment-matching',
      value: levyPrice,
      source: 'Levy 1992',
      positive: ['strike'],
    }),
  ),
  under<one.ContinuousArithmeticAsian>({
    product: 'continuous-arithmetic-asian',
    value: vecerPrice,
    error: (_product, { spot }) => 5e-6 * spot,
    source: 'Vecer 2002, on a grid',
    positive: ['strike'],
    coarseness: 5,
    check: ({ elapsed }) =>
      elapsed === 0
        ? success(true)
        : failure(
            'averaging-must-start-now',
            'the grid prices averages that start now. Use moment-matching.',
          ),
  }),
];

const others: readonly AnyPricer[] = [
  under<one.DigitalOption>({
    product: 'digital-option',
    value: (product, model) =>
      product.pays === 'cash'
        ? product.cash * cashOrNothingPrice(product, model)
        : assetOrNothingPrice(product, model),
    source: 'Rubinstein and Reiner 1991',
    positive: ['strike'],
  }),
  under<one.GapOption>({
    product: 'gap-option',
    value: gapPrice,
    source: 'Rubinstein and Reiner 1991',
    positive: ['strike'],
  }),
  under<one.FixedLookback>({
    product: 'fixed-lookback',
    value: fixedLookbackPrice,
    source: 'Conze and Viswanathan 1991',
    positive: ['strike', 'extreme'],
  }),
  under<one.FloatingLookback>({
    product: 'floating-lookback',
    value: floatingLookbackPrice,
    source: 'Goldman, Sosin and Gatto 1979',
    positive: ['extreme'],
  }),
  under<one.PartialFixedLookback>({
    product: 'partial-fixed-lookback',
    value: partialFixedLookbackPrice,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['strike'],
    check: ({ watchStart, time }) => within(watchStart, time, 'the start of watching'),
  }),
  under<one.PartialFloatingLookback>({
    product: 'partial-floating-lookback',
    value: partialFloatingLookbackPrice,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['extreme', 'lambda', 'watchEnd'],
    check: ({ watchEnd, time }) => within(watchEnd, time, 'the end of watching'),
  }),
  under<one.CompoundOption>({
    product: 'compound-option',
    value: compoundPrice,
    source: 'Geske 1979',
    check: ({ mother, daughter }) =>
      mother.strike > 0 && daughter.strike > 0
        ? within(mother.time, daughter.time, 'the expiry of the held option')
        : failure('strike-must-be-positive', 'both options need a strike above zero.'),
  }),
  under<one.ForwardStartOption>({
    product: 'forward-start-option',
    value: (product, model) =>
      product.pays === 'price' ? forwardStartPrice(product, model) : forwardPerformancePrice(product, model),
    source: 'Rubinstein 1991',
    positive: ['moneyness'],
    check: ({ start, time }) => within(start, time, 'the start'),
  }),
];

export const exoticPricers: readonly AnyPricer[] = [...barriers, ...averages, ...others];
