/** Models of rates products: a market of curves, and the parameters of each model. */
import { failure, success } from '../contract.js';
import type { RowReader } from './fields.js';
import { marketFields, readRatesMarket } from './rates-market.js';
import type { RowSchema } from './schema.js';

const rateModel = (
  name: string,
  kind: string,
  about: string,
  fields: Readonly<Record<string, string>>,
  read: (reader: RowReader) => object,
): RowSchema => ({
  name,
  about,
  fields: { ...marketFields, ...fields },
  read: (reader, context) => {
    const own = read(reader);
    const market = readRatesMarket(reader, context);
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
      volatility: reader.numberOrList('volatility'),
      ...reader.optional<{ readonly shift: number }>({ shift: (field) => reader.number(field) }),
    }),
  ),
  rateModel(
    'bachelier-rates',
    'bachelier',
    'caps, floors and swaptions at a normal volatility',
    { volatility: 'absolute, such as 0.0085, or one per caplet' },
    (reader) => ({ volatility: reader.numberOrList('volatility') }),
  ),
  rateModel(
    'sabr-rates',
    'sabr',
    "caps, floors and swaptions on Hagan's smile",
    {
      alpha: 'level',
      beta: '0 to 1',
      rho: '−1 to 1',
      nu: 'volatility of volatility',
      shift,
      quoted: 'lognormal (default) or normal',
    },
    (reader) => ({
      alpha: reader.number('alpha', { above: 0 }),
      beta: reader.number('beta', { least: 0, most: 1 }),
      rho: reader.number('rho', { least: -1, most: 1 }),
      nu: reader.number('nu', { least: 0 }),
      quoted: reader.oneOf('quoted', ['lognormal', 'normal'], { otherwise: 'lognormal' }),
      ...reader.optional<{ readonly shift: number }>({ shift: (field) => reader.number(field) }),
    }),
  ),
  rateModel(
    'hull-white',
    'hull-white',
    'one factor: caps, floors, swaptions, Bermudans',
    { reversion: 'per year', volatility: 'absolute, of the short rate, per year' },
    (reader) => ({
      reversion: reader.number('reversion', { least: -1, most: 10 }),
      volatility: reader.number('volatility', { above: 0, most: 1 }),
    }),
  ),
];
