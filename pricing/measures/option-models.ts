/**
 * The markets that option formulas read, each a model of the registry by its `kind`, with what it must satisfy.
 *
 * Rates and yields are continuously compounded, volatilities per year, correlations between −1 and 1.
 */
import { failure, type Result, success } from '../contract';
import type { LognormalMarket } from '../models/black';
import type { PairMarket } from '../models/exchange';
import type { JumpMarket } from '../models/jump-diffusion';
import type { QuantoMarket } from '../models/quanto';
import type { SmileMarket } from '../models/vanna-volga';

export type BlackScholesModel = LognormalMarket & { readonly kind: 'black-scholes' };
export type BaroneAdesiWhaleyModel = LognormalMarket & { readonly kind: 'barone-adesi-whaley' };
export type BjerksundStenslandModel = LognormalMarket & { readonly kind: 'bjerksund-stensland' };
export type JuZhongModel = LognormalMarket & { readonly kind: 'ju-zhong' };
/** Moment-matched lognormal average, where `black-scholes` is exact. */
export type MomentMatchingModel = LognormalMarket & { readonly kind: 'moment-matching' };
export type MertonModel = JumpMarket & { readonly kind: 'merton-jump-diffusion' };
export type QuantoModel = QuantoMarket & { readonly kind: 'quanto-black-scholes' };
export type VannaVolgaModel = SmileMarket & { readonly kind: 'vanna-volga' };
export type PairModel = PairMarket & { readonly kind: 'black-scholes-pair' };
export type KirkModel = PairMarket & { readonly kind: 'kirk' };

/** A forward or future, and the rate that discounts; 0 for options that are margined like futures. */
interface ForwardMarket {
  readonly forward: number;
  readonly rate: number;
}
export type Black76Model = ForwardMarket & { readonly kind: 'black-76'; readonly volatility: number };
export type ShiftedBlackModel = ForwardMarket & {
  readonly kind: 'shifted-black';
  readonly volatility: number;
  readonly shift: number;
};
/** Normal volatility, in the units of the forward per square root of a year. */
export type BachelierModel = ForwardMarket & {
  readonly kind: 'bachelier';
  readonly normalVolatility: number;
};
/** For what needs no volatility. */
export type CarryModel = {
  readonly kind: 'cost-of-carry';
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
};

export type OptionModel =
  | BlackScholesModel
  | BaroneAdesiWhaleyModel
  | BjerksundStenslandModel
  | JuZhongModel
  | MomentMatchingModel
  | MertonModel
  | QuantoModel
  | VannaVolgaModel
  | PairModel
  | KirkModel
  | Black76Model
  | ShiftedBlackModel
  | BachelierModel
  | CarryModel;

const ABOVE_ZERO =
  /^(spot\d?|volatility(\d|25Put|Atm|25Call)?|normalVolatility|fxVolatility|jumpVolatility|intensity)$/;
const WITHIN_ONE = /^correlation$/;

/** What the formulas of a model read; a name besides is a misspelt one. */
const FIELDS: Readonly<Record<OptionModel['kind'], readonly string[]>> = (() => {
  const lognormal = ['spot', 'rate', 'dividend', 'volatility'];
  const pair = ['spot', 'dividend', 'volatility'].flatMap((name) => [`${name}1`, `${name}2`]);
  const forward = ['forward', 'rate'];
  return {
    'black-scholes': lognormal,
    'barone-adesi-whaley': lognormal,
    'bjerksund-stensland': lognormal,
    'ju-zhong': lognormal,
    'moment-matching': lognormal,
    'merton-jump-diffusion': [...lognormal, 'intensity', 'jumpMean', 'jumpVolatility'],
    'quanto-black-scholes': [...lognormal, 'assetRate', 'fxVolatility', 'correlation'],
    'vanna-volga': [
      'spot',
      'rate',
      'foreignRate',
      'volatility25Put',
      'volatilityAtm',
      'volatility25Call',
      'delta',
    ],
    'black-scholes-pair': [...pair, 'correlation', 'rate'],
    kirk: [...pair, 'correlation', 'rate'],
    'black-76': [...forward, 'volatility'],
    'shifted-black': [...forward, 'volatility', 'shift'],
    bachelier: [...forward, 'normalVolatility'],
    'cost-of-carry': ['spot', 'rate', 'dividend'],
  };
})();
const OPTIONAL = ['volatilityStrike', 'smileYears'];
const DELTAS = ['spot', 'forward', 'spot-premium-adjusted', 'forward-premium-adjusted'];

const checkFields = (model: OptionModel): Result<true> => {
  const needed = FIELDS[model.kind];
  const given = model as unknown as Readonly<Record<string, unknown>>;
  const missing = needed.find((name) => typeof given[name] !== (name === 'delta' ? 'string' : 'number'));
  if (missing !== undefined)
    return failure(`${missing}-must-be-a-number`, `${model.kind}: ${missing} is ${String(given[missing])}.`);
  if (model.kind === 'vanna-volga' && !DELTAS.includes(model.delta))
    return failure(
      'delta-must-be-known',
      `vanna-volga: delta is "${model.delta}". Give one of ${DELTAS.join(', ')}.`,
    );
  const known = new Set(['kind', ...needed, ...(model.kind === 'vanna-volga' ? OPTIONAL : [])]);
  const extra = Object.keys(given).find((name) => !known.has(name) && given[name] !== undefined);
  return extra === undefined
    ? success(true)
    : failure('field-must-be-known', `${model.kind}: there is no ${extra}. It has ${needed.join(', ')}.`);
};

/** Every number of the model is finite, prices and volatilities are above zero, correlations within ±1. */
export const checkModel = (model: OptionModel): Result<true> => {
  const fields = checkFields(model);
  if (!fields.ok) return fields;
  for (const [name, value] of Object.entries(model)) {
    if (typeof value !== 'number') continue;
    if (!Number.isFinite(value))
      return failure(`${name}-must-be-finite`, `${model.kind}: ${name} is ${value}. Give a number.`);
    if (ABOVE_ZERO.test(name) && value <= 0)
      return failure(`${name}-must-be-positive`, `${model.kind}: ${name} is ${value}. Give one above zero.`);
    if (WITHIN_ONE.test(name) && Math.abs(value) > 1)
      return failure(`${name}-must-be-within-one`, `${model.kind}: ${name} is ${value}. Give −1 to 1.`);
  }
  if (model.kind === 'black-76' && model.forward <= 0)
    return failure('forward-must-be-positive', `black-76: the forward is ${model.forward}. Use bachelier.`);
  if (model.kind === 'shifted-black' && model.forward + model.shift <= 0)
    return failure(
      'shifted-forward-must-be-positive',
      `forward plus shift is ${model.forward + model.shift}.`,
    );
  return success(true);
};
