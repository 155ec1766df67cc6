/** Options on two underlyings. */
import { failure, success } from '../contract';
import { americanExchangePrice } from '../models/bjerksund-stensland';
import { forwardsOf, kirkPrice, margrabePrice, ratioVolatility } from '../models/exchange';
import { spreadPrice } from '../models/spread';
import { twoAssetBarrierPrice, twoAssetPrice } from '../models/two-asset';
import type {
  ExchangeOption,
  RainbowOption,
  SpreadOption,
  TwoAssetBarrierOption,
} from '../products/pair-option';
import { type AnyPricer, anyPricer } from '../registry';
import { closedForm } from './closed-form';
import type { KirkModel, PairModel } from './option-models';

export const pairPricers: readonly AnyPricer[] = [
  anyPricer(
    closedForm<ExchangeOption, PairModel>({
      product: 'exchange-option',
      model: 'black-scholes-pair',
      value: (product, model) =>
        product.exercise === 'american'
          ? americanExchangePrice(product, model)
          : margrabePrice(product, model),
      source: 'Margrabe 1978; American: Bjerksund and Stensland 1993 on the ratio, an approximation',
      positive: ['quantity1', 'quantity2'],
    }),
  ),
  anyPricer(
    closedForm<SpreadOption, PairModel>({
      product: 'spread-option',
      model: 'black-scholes-pair',
      value: spreadPrice,
      source: 'Black in the first asset given the second, integrated',
    }),
  ),
  anyPricer(
    closedForm<SpreadOption, KirkModel>({
      product: 'spread-option',
      model: 'kirk',
      value: kirkPrice,
      steps: ({ strike, time }, model) => {
        const [, second] = forwardsOf(model, time);
        const share = second / (second + strike);
        return [
          { name: 'share of the second asset', value: share, source: 'F₂/(F₂ + K)' },
          {
            name: "Kirk's volatility",
            value: ratioVolatility({ ...model, volatility2: model.volatility2 * share }),
            source: 'of the ratio, with the share of the second',
          },
        ];
      },
      source: 'Kirk 1995, an approximation',
      check: ({ strike, time }, { spot2, rate, dividend2 }) =>
        spot2 * Math.exp((rate - dividend2) * time) + strike > 0
          ? success(true)
          : failure(
              'strike-below-forward',
              `Kirk needs F₂ + K above zero; K is ${strike}. Use black-scholes-pair.`,
            ),
    }),
  ),
  anyPricer(
    closedForm<RainbowOption, PairModel>({
      product: 'rainbow-option',
      model: 'black-scholes-pair',
      value: twoAssetPrice,
      source: 'Stulz 1982',
      positive: ['strike'],
    }),
  ),
  anyPricer(
    closedForm<TwoAssetBarrierOption, PairModel>({
      product: 'two-asset-barrier-option',
      model: 'black-scholes-pair',
      value: twoAssetBarrierPrice,
      source: 'Heynen and Kat 1994, by quadrature',
      positive: ['strike', 'barrier'],
      kinks: ({ barrier, side }) => [{ at: barrier, beyond: side === 'down' ? -1 : 1, of: 'spot2' }],
    }),
  ),
];
