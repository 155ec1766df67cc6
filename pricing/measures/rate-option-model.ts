/** Models of options on rates: a market of curves with one volatility, one a caplet, or a SABR smile. */
import type { RateVolatility } from '../models/rate-option';
import type { SabrParameters } from '../volatility/sabr';
import type { RatesMarket } from './rates-market';

export interface BlackRateModel {
  readonly kind: 'black';
  readonly market: RatesMarket;
  /** One for all, or one a caplet (its last one stays). */
  readonly volatility: number | readonly number[];
  /** Added to forward and strike. */
  readonly shift?: number;
}

export interface BachelierRateModel {
  readonly kind: 'bachelier';
  readonly market: RatesMarket;
  /** Absolute volatility a year, such as 0.0085. */
  readonly volatility: number | readonly number[];
}

export interface SabrRateModel extends SabrParameters {
  readonly kind: 'sabr';
  readonly market: RatesMarket;
  /** Which of Hagan's two expansions serves; lognormal where absent. */
  readonly quoted?: 'lognormal' | 'normal';
}

export type RateOptionModel = BlackRateModel | BachelierRateModel | SabrRateModel;

/** The smile that an option, the place-th of its strip, is valued on. */
export function volatilityOf(model: RateOptionModel, place = 0): RateVolatility {
  if (model.kind === 'sabr') return model;
  const { volatility } = model;
  const own =
    typeof volatility === 'number'
      ? volatility
      : (volatility[Math.min(place, volatility.length - 1)] ?? Number.NaN);
  if (model.kind === 'black') return { kind: 'black', volatility: own, shift: model.shift ?? 0 };
  return { kind: 'bachelier', volatility: own };
}
