/**
 * The approximations of American options by name, kept within the bounds that every American option has.
 *
 * At negative rates, and where the asset costs more to hold than money, they fall below what exercise pays or below the
 * European option: the larger of these counts then. Their formulas change where a rate is zero and where both are equal.
 */
import type { Greek } from '../contract';
import { exerciseNeverPays } from '../models/american';
import { exercisedSensitivities } from '../models/american-greeks';
import { baroneAdesiWhaleyPrice, juZhongPrice } from '../models/american-quadratic';
import { bjerksundStenslandPrice } from '../models/bjerksund-stensland';
import { blackScholesPrice, type LognormalMarket, signOf, type VanillaTerms } from '../models/black';
import { blackSensitivities } from '../models/black-greeks';
import type { RateCorners } from './difference-greeks';
import type { BaroneAdesiWhaleyModel, BjerksundStenslandModel, JuZhongModel } from './option-models';
import { commonGreeks } from './vanilla-greeks';

export type ApproximationModel = BaroneAdesiWhaleyModel | BjerksundStenslandModel | JuZhongModel;
type Price = (terms: VanillaTerms, market: LognormalMarket) => number;

const intrinsicOf = ({ right, strike }: VanillaTerms, { spot }: LognormalMarket): number =>
  signOf(right) * (spot - strike);

/** NaN stays NaN: a formula that has no value is refused, not replaced by a bound. */
const bounded =
  (price: Price): Price =>
  (terms, market) => {
    const european = blackScholesPrice(terms, market);
    if (exerciseNeverPays(terms, market)) return european;
    return Math.max(price(terms, market), european, intrinsicOf(terms, market));
  };

export const approximations: readonly {
  readonly model: ApproximationModel['kind'];
  readonly value: Price;
  readonly source: string;
}[] = [
  {
    model: 'barone-adesi-whaley',
    value: bounded(baroneAdesiWhaleyPrice),
    source: 'Barone-Adesi and Whaley 1987, an approximation',
  },
  {
    model: 'bjerksund-stensland',
    value: bounded(bjerksundStenslandPrice),
    source: 'Bjerksund and Stensland 1993, an approximation from below',
  },
  { model: 'ju-zhong', value: bounded(juZhongPrice), source: 'Ju and Zhong 1999, an approximation' },
];

/** Exact where the option is European or exercised; by differences elsewhere. */
export const approximationGreeks =
  (value: Price) =>
  (terms: VanillaTerms, market: LognormalMarket): Readonly<Record<string, Greek>> | undefined => {
    if (exerciseNeverPays(terms, market)) return commonGreeks(blackSensitivities(terms, market));
    if (value(terms, market) === intrinsicOf(terms, market))
      return commonGreeks(exercisedSensitivities(terms, market));
    return undefined;
  };

/** A rate of zero, and both rates alike: there the formula is smooth on the side where holding is dearer than money. */
export const rateCorners = ({ right }: VanillaTerms, { rate, dividend }: LognormalMarket): RateCorners => {
  const side = right === 'call' ? 1 : -1;
  return {
    rate: [
      { at: 0, side: 1 },
      { at: dividend, side: side === 1 ? -1 : 1 },
    ],
    dividend: [
      { at: 0, side: 1 },
      { at: rate, side },
    ],
  };
};
