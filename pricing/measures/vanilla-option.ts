/** Vanilla options under the Black family, and American ones by each approximation's name. */
import { type ExplainStep, failure, type Greek, type Result, success } from '../contract.js';
import { americanPrice, asPut, exerciseBoundary, hasTwoBoundaries } from '../models/american.js';
import { type AmericanSensitivities, americanSensitivities } from '../models/american-greeks.js';
import { baroneAdesiWhaleyPrice, juZhongPrice } from '../models/american-quadratic.js';
import { bjerksundStenslandPrice } from '../models/bjerksund-stensland.js';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from '../models/black.js';
import { blackSensitivities } from '../models/black-greeks.js';
import { JUMPS_MAX, jumpsOf, mertonPrice } from '../models/jump-diffusion.js';
import { quantoMarket } from '../models/quanto.js';
import { vannaVolgaVanillaPrice } from '../models/vanna-volga.js';
import type { VanillaOption } from '../products/vanilla-option.js';
import { type AnyPricer, anyPricer } from '../registry.js';
import { type ClosedForm, closedForm } from './closed-form.js';
import { finiteDifferenceVanillaPricer } from './finite-difference-vanilla.js';
import type {
  BaroneAdesiWhaleyModel,
  BjerksundStenslandModel,
  BlackScholesModel,
  JuZhongModel,
  MertonModel,
  OptionModel,
  QuantoModel,
  VannaVolgaModel,
} from './option-models.js';

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

const greek = (value: number, convention: string): Greek => ({ value, convention });

/** What European and American options have both, with units. */
const commonGreeks = (raw: AmericanSensitivities): Readonly<Record<string, Greek>> => ({
  delta: greek(raw.delta, 'spot delta, per unit of spot'),
  gamma: greek(raw.gamma, 'change of delta per unit of the price'),
  vega: greek(raw.vega, 'per 1.00 of volatility'),
  theta: greek(raw.theta, 'per year, market held'),
  thetaDay: greek(raw.theta / 365, 'per calendar day (ACT/365)'),
  rho: greek(raw.rho, 'per 1.00 of the continuously compounded rate'),
  dividendRho: greek(raw.dividendRho, 'per 1.00 of the continuous yield'),
});

/** Closed-form Greeks with their units said. */
export const blackGreeks = (
  terms: VanillaTerms,
  model: BlackScholesModel,
): Readonly<Record<string, Greek>> => {
  const raw = blackSensitivities(terms, model);
  return {
    ...commonGreeks(raw),
    vanna: greek(raw.vanna, 'change of delta per 1.00 of volatility'),
    volga: greek(raw.volga, 'change of vega per 1.00 of volatility'),
  };
};

const europeanPricer = closedForm<VanillaOption, BlackScholesModel>({
  product: 'vanilla-option',
  model: 'black-scholes',
  value: blackScholesPrice,
  source: 'Black and Scholes 1973, Merton 1973',
  positive: ['strike'],
  greeks: blackGreeks,
});
/** What the right to exercise early adds. */
const premiumSteps = (
  product: VanillaTerms,
  model: LognormalMarket,
  value: number,
): readonly ExplainStep[] => {
  const european = blackScholesPrice(product, model);
  return [
    { name: 'European value', value: european, source: 'Black and Scholes 1973, Merton 1973' },
    { name: 'early-exercise premium', value: value - european },
  ];
};

const americanPricer = closedForm<VanillaOption, BlackScholesModel>({
  product: 'vanilla-option',
  model: 'black-scholes',
  value: americanPrice,
  source: 'Andersen, Lake and Offengenden 2016, boundary by spectral collocation',
  positive: ['strike'],
  error: (_product, { spot }) => 3e-6 * spot,
  greeks: (product, model) => commonGreeks(americanSensitivities(product, model)),
  steps: (product, model, value) => {
    const boundary = exerciseBoundary(product, model);
    const premium = premiumSteps(product, model, value);
    if (Number.isNaN(boundary)) return premium;
    return [...premium, { name: 'exercise boundary now', value: boundary, source: 'system FP-B' }];
  },
});

/**
 * Money that costs and an asset that costs more: exercise pays between two prices only, which no single boundary says.
 * The grid needs none, and states its own error.
 */
const twoBoundaryPricer: typeof americanPricer = {
  ...americanPricer,
  price: (product, model, context) => {
    const checked = europeanPricer.price(product, model, context);
    if (!checked.ok) return checked;
    const result = finiteDifferenceVanillaPricer.price(
      product,
      { ...model, kind: 'finite-difference' },
      context,
    );
    if (!result.ok) return result;
    const why = {
      name: 'exercise boundaries',
      value: 2,
      source: `rate ${model.rate} and yield ${model.dividend}: on a grid instead of by collocation`,
    };
    return success({ ...result.value, explain: [why, ...result.value.explain] });
  },
};

/** One pair of the registry, two formulas by exercise. */
const vanillaPricer: AnyPricer = {
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
  vanilla<BaroneAdesiWhaleyModel>({
    model: 'barone-adesi-whaley',
    value: baroneAdesiWhaleyPrice,
    steps: premiumSteps,
    source: 'Barone-Adesi and Whaley 1987, an approximation',
    check: americanOnly,
  }),
  vanilla<BjerksundStenslandModel>({
    model: 'bjerksund-stensland',
    value: bjerksundStenslandPrice,
    steps: premiumSteps,
    source: 'Bjerksund and Stensland 1993, an approximation from below',
    check: americanOnly,
  }),
  vanilla<JuZhongModel>({
    model: 'ju-zhong',
    value: juZhongPrice,
    steps: premiumSteps,
    source: 'Ju and Zhong 1999, an approximation',
    check: americanOnly,
  }),
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
  }),
];
