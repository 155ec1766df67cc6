/** Vanilla options under the Black family, and American ones by each approximation's name. */
import { failure, type Result, success } from '../contract';
import {
  americanEstimate,
  americanPrice,
  asPut,
  exerciseBoundary,
  hasTwoBoundaries,
} from '../models/american';
import { americanSensitivities } from '../models/american-greeks';
import { blackScholesPrice } from '../models/black';
import { JUMPS_MAX, jumpsOf, mertonPrice } from '../models/jump-diffusion';
import { quantoMarket } from '../models/quanto';
import { vannaVolgaVanillaPrice } from '../models/vanna-volga';
import type { VanillaOption } from '../products/vanilla-option';
import { type AnyPricer, anyPricer } from '../registry';
import {
  type ApproximationModel,
  approximationGreeks,
  approximations,
  rateCorners,
} from './american-approximations';
import { type ClosedForm, closedForm } from './closed-form';
import type {
  BlackScholesModel,
  MertonModel,
  OptionModel,
  QuantoModel,
  VannaVolgaModel,
} from './option-models';
import { smileCheck } from './smile-check';
import { twoBoundaryValuation } from './two-boundaries';
import { blackGreeks, commonGreeks, premiumSteps } from './vanilla-greeks';

const europeanOnly = (product: VanillaOption, model: OptionModel): Result<true> =>
  product.exercise === 'european'
    ? success(true)
    : failure(
        'exercise-not-supported',
        `${model.kind} prices European exercise. Use black-scholes for American.`,
      );
const americanOnly = (product: VanillaOption, model: OptionModel): Result<true> =>
  product.exercise === 'american'
    ? success(true)
    : failure('exercise-not-supported', `${model.kind} approximates American exercise. Use black-scholes.`);

const europeanPricer = closedForm<VanillaOption, BlackScholesModel>({
  product: 'vanilla-option',
  model: 'black-scholes',
  value: blackScholesPrice,
  source: 'Black and Scholes 1973, Merton 1973',
  positive: ['strike'],
  greeks: blackGreeks,
});
const americanPricer = closedForm<VanillaOption, BlackScholesModel>({
  product: 'vanilla-option',
  model: 'black-scholes',
  value: americanPrice,
  source: 'Andersen, Lake and Offengenden 2016, boundary by spectral collocation',
  positive: ['strike'],
  estimate: americanEstimate,
  greeks: (product, model) => commonGreeks(americanSensitivities(product, model)),
  steps: (product, model, value) => {
    const boundary = exerciseBoundary(product, model);
    const premium = premiumSteps(product, model, value);
    if (Number.isNaN(boundary)) return premium;
    return [...premium, { name: 'exercise boundary now', value: boundary, source: 'system FP-B' }];
  },
});

/** A row that the closed form refuses is refused alike; what exercise adds comes from the grid. */
const twoBoundaryPricer: typeof americanPricer = {
  ...americanPricer,
  price: (product, model, context) => {
    const checked = europeanPricer.price(product, model, context);
    return checked.ok ? twoBoundaryValuation(product, model, context) : checked;
  },
};

/** One pair of the registry, two formulas by exercise. */
export const vanillaPricer: AnyPricer = {
  product: 'vanilla-option',
  model: 'black-scholes',
  price: (product, model, context) => {
    const [option, market] = [product as VanillaOption, model as BlackScholesModel];
    if (option.exercise !== 'american') return europeanPricer.price(option, market, context);
    const pricer = hasTwoBoundaries(asPut(option, market)) ? twoBoundaryPricer : americanPricer;
    return pricer.price(option, market, context);
  },
};

const vanilla = <M extends OptionModel>(
  form: Omit<ClosedForm<VanillaOption, M>, 'product' | 'positive'>,
): AnyPricer =>
  anyPricer(
    closedForm<VanillaOption, M>({
      check: europeanOnly,
      ...form,
      product: 'vanilla-option',
      positive: ['strike'],
    }),
  );

export const vanillaPricers: readonly AnyPricer[] = [
  vanillaPricer,
  ...approximations.map(({ model, value, source }) =>
    vanilla<ApproximationModel>({
      model,
      value,
      source,
      check: americanOnly,
      steps: premiumSteps,
      greeks: approximationGreeks(value),
      corners: rateCorners,
    }),
  ),
  vanilla<MertonModel>({
    model: 'merton-jump-diffusion',
    value: mertonPrice,
    source: 'Merton 1976',
    check: (product, model) => {
      const european = europeanOnly(product, model);
      if (!european.ok) return european;
      return jumpsOf(product.time, model) <= JUMPS_MAX
        ? success(true)
        : failure(
            'jumps-must-be-within-limits',
            `up to ${jumpsOf(product.time, model)} jumps count until expiry. Keep them below ${JUMPS_MAX}, or use a diffusion.`,
          );
    },
  }),
  vanilla<QuantoModel>({
    model: 'quanto-black-scholes',
    value: (product, model) => blackScholesPrice(product, quantoMarket(model)),
    source: 'Reiner 1992',
  }),
  vanilla<VannaVolgaModel>({
    model: 'vanna-volga',
    value: vannaVolgaVanillaPrice,
    source: 'Castagna and Mercurio 2007',
    check: (product, model) => {
      if (model.volatilityStrike !== undefined || model.smileYears !== undefined)
        return failure(
          'quoted-volatility-is-of-barriers',
          'a vanilla takes its volatility from the smile: leave volatilityStrike and smileYears out, or use black-scholes.',
        );
      const european = europeanOnly(product, model);
      return european.ok ? smileCheck(product, model) : european;
    },
  }),
];
