/** Digitals, lookbacks, compound and forward-start options under Black–Scholes. */
import { failure } from '../contract.js';
import { blackScholesPrice, type Right } from '../models/black.js';
import { compoundPrice, criticalSpot } from '../models/compound.js';
import { assetOrNothingPrice, cashOrNothingPrice, gapPrice } from '../models/digital.js';
import { forwardPerformancePrice, forwardStartPrice } from '../models/forward-start.js';
import { fixedLookbackPrice, floatingLookbackPrice } from '../models/lookback.js';
import { partialFixedLookbackPrice, partialFloatingLookbackPrice } from '../models/partial-lookback.js';
import type * as one from '../products/option-on-one.js';
import type { AnyPricer } from '../registry.js';
import { under, within } from './exotic-form.js';
import type { BlackScholesModel } from './option-models.js';

interface Watched {
  readonly right: Right;
  readonly extreme: number;
}
type Watch = 'maximum' | 'minimum';

/** The running maximum or minimum with today's price, which has been seen as well. */
const seen = <P extends Watched>(product: P, watch: Watch, { spot }: BlackScholesModel): P => ({
  ...product,
  extreme: watch === 'maximum' ? Math.max(product.extreme, spot) : Math.min(product.extreme, spot),
});
/** A fixed-strike call pays on the maximum, a floating-strike put sells at it. */
const fixedWatch = ({ right }: Watched): Watch => (right === 'call' ? 'maximum' : 'minimum');
const floatingWatch = ({ right }: Watched): Watch => (right === 'put' ? 'maximum' : 'minimum');
/** From there on the extreme moves with the price, so that gamma jumps. */
const atExtreme = ({ extreme }: Watched): readonly number[] => [extreme];

export const exoticPricers: readonly AnyPricer[] = [
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
    value: (product, model) => fixedLookbackPrice(seen(product, fixedWatch(product), model), model),
    bends: atExtreme,
    source: 'Conze and Viswanathan 1991',
    positive: ['strike', 'extreme'],
  }),
  under<one.FloatingLookback>({
    product: 'floating-lookback',
    value: (product, model) => floatingLookbackPrice(seen(product, floatingWatch(product), model), model),
    bends: atExtreme,
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
    value: (product, model) =>
      partialFloatingLookbackPrice(seen(product, floatingWatch(product), model), model),
    bends: atExtreme,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['extreme', 'lambda', 'watchEnd'],
    check: ({ watchEnd, time }) => within(watchEnd, time, 'the end of watching'),
  }),
  under<one.CompoundOption>({
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
