/** Models of rates products: a market of curves, and the parameters of each model or the quotes that it is fitted to. */
import { failure, success } from '../contract';
import { fitFields } from './calibrated';
import { type RowReader, SHIFT } from './fields';
import { type RateSetting, readHullWhite, readSabr } from './fitted-rates';
import { marketFields, readRatesMarket } from './rates-market';
import type { RowSchema } from './schema';

const rateModel = (
  name: string,
  kind: string,
  about: string,
  fields: Readonly<Record<string, string>>,
  read: (reader: RowReader, setting: RateSetting) => object | undefined,
): RowSchema => ({
  name,
  about,
  fields: { ...marketFields, ...fields },
  read: (reader, context) => {
    const market = readRatesMarket(reader, context);
    const own = read(reader, { market, context });
    if (reader.faults.length > 0) return failure('row-must-be-readable', 'the row has faults');
    return success({ kind, market, ...own });
  },
});

const shift = 'added to forward and strike (optional)';

export const rateModels: readonly RowSchema[] = [
  rateModel('discounting', 'discounting', 'flows at their discounted expectations', {}, () => ({})),
  rateModel(
    'black-rates',
    'black',
    'caps, floors and swaptions at a lognormal volatility',
    { volatility: 'decimal, or one per caplet', shift },
    (reader) => ({
      volatility: reader.numberOrList('volatility', { least: 0, most: 10 }),
      ...reader.optional<{ readonly shift: number }>({ shift: (field) => reader.number(field, SHIFT) }),
    }),
  ),
  rateModel(
    'bachelier-rates',
    'bachelier',
    'caps, floors and swaptions at a normal volatility',
    { volatility: 'absolute, such as 0.0085, or one per caplet' },
    // Half of the whole rate a year; above it a lognormal volatility was given, or one in basis points.
    (reader) => ({ volatility: reader.numberOrList('volatility', { least: 0, most: 0.5 }) }),
  ),
  rateModel(
    'sabr-rates',
    'sabr',
    "caps, floors and swaptions on Hagan's smile",
    {
      alpha: 'level',
      beta: '0 to 1; given also where the others are fitted',
      rho: '−1 to 1',
      nu: 'volatility of volatility',
      shift,
      quoted: 'lognormal (default) or normal',
      smile:
        'in place of alpha, rho and nu, which are then fitted: {forward, expiry, quotes: [{strike, volatility}]}',
      ...fitFields,
    },
    readSabr,
  ),
  rateModel(
    'hull-white',
    'hull-white',
    'one factor: caps, floors, swaptions, Bermudans',
    {
      reversion: 'per year; held where quotes are given, or fitted with the volatility when absent',
      volatility: 'absolute, of the short rate, per year',
      quotes:
        'in place of the volatility, which is then fitted: list of swaptions {expiry, tenor, volatility, strike}, ' +
        'at the money when there is no strike',
      convention: 'of their swaps, by its name or written out',
      quoted: 'normal (default) or lognormal',
      ...fitFields,
    },
    readHullWhite,
  ),
];
