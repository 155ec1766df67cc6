/** European options on forwards and futures, under Black, shifted Black and Bachelier. */
import { bachelierPrice } from '../models/bachelier';
import { blackPrice } from '../models/black';
import type { ForwardOption } from '../products/forward-option';
import { type AnyPricer, anyPricer } from '../registry';
import { type ClosedForm, closedForm } from './closed-form';
import type { BachelierModel, Black76Model, OptionModel, ShiftedBlackModel } from './option-models';

const forwardOption = <M extends OptionModel>(
  form: Omit<ClosedForm<ForwardOption, M>, 'product'>,
): AnyPricer => anyPricer(closedForm<ForwardOption, M>({ ...form, product: 'forward-option' }));

const forwardTerms = (
  { right, strike, time }: ForwardOption,
  { forward, rate }: { readonly forward: number; readonly rate: number },
  volatility: number,
) => ({ right, strike, forward, stdDev: volatility * Math.sqrt(time), discount: Math.exp(-rate * time) });

export const forwardOptionPricers: readonly AnyPricer[] = [
  forwardOption<Black76Model>({
    model: 'black-76',
    positive: ['strike'],
    value: (product, model) => blackPrice(forwardTerms(product, model, model.volatility)),
    source: 'Black 1976',
  }),
  forwardOption<ShiftedBlackModel>({
    model: 'shifted-black',
    value: (product, model) => {
      const terms = forwardTerms(product, model, model.volatility);
      return blackPrice({
        ...terms,
        forward: terms.forward + model.shift,
        strike: terms.strike + model.shift,
      });
    },
    source: 'Black 1976 on forward and strike plus the shift',
  }),
  forwardOption<BachelierModel>({
    model: 'bachelier',
    value: (product, model) => bachelierPrice(forwardTerms(product, model, model.normalVolatility)),
    source: 'Bachelier 1900',
  }),
];
