/** Options on the highest or lowest price, under Black–Scholes. */

import { failure } from '../contract';
import type { Right } from '../models/black';
import { fixedLookbackPrice, floatingLookbackPrice } from '../models/lookback';
import { partialFixedLookbackPrice, partialFloatingLookbackPrice } from '../models/partial-lookback';
import type {
  FixedLookback,
  FloatingLookback,
  PartialFixedLookback,
  PartialFloatingLookback,
} from '../products/lookback-option';
import type { AnyPricer } from '../registry';
import { under, within } from './black-scholes-form';
import type { BlackScholesModel } from './option-models';

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

export const lookbackPricers: readonly AnyPricer[] = [
  under<FixedLookback>({
    product: 'fixed-lookback',
    value: (product, model) => fixedLookbackPrice(seen(product, fixedWatch(product), model), model),
    bends: atExtreme,
    source: 'Conze and Viswanathan 1991',
    positive: ['strike', 'extreme'],
  }),
  under<FloatingLookback>({
    product: 'floating-lookback',
    value: (product, model) => floatingLookbackPrice(seen(product, floatingWatch(product), model), model),
    bends: atExtreme,
    source: 'Goldman, Sosin and Gatto 1979',
    positive: ['extreme'],
  }),
  under<PartialFixedLookback>({
    product: 'partial-fixed-lookback',
    value: partialFixedLookbackPrice,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['strike'],
    check: ({ watchStart, time }) => within(watchStart, time, 'the start of watching'),
  }),
  under<PartialFloatingLookback>({
    product: 'partial-floating-lookback',
    value: (product, model) =>
      partialFloatingLookbackPrice(seen(product, floatingWatch(product), model), model),
    bends: atExtreme,
    source: 'Heynen and Kat 1994, by quadrature',
    positive: ['extreme', 'lambda', 'watchEnd'],
    check: ({ right, lambda, watchEnd, time }) =>
      (right === 'call' ? lambda >= 1 : lambda <= 1)
        ? within(watchEnd, time, 'the end of watching')
        : failure(
            'lambda-must-suit-the-right',
            `lambda is ${lambda}: a call takes 1 at least, a put 1 at most. The formula holds there alone.`,
          ),
  }),
];
