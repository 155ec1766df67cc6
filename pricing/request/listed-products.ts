/** Options on futures, variance swaps and baskets by the fields of their books. */
import { failure } from '../contract';
import { basketOption } from '../products/basket';
import { varianceSwap } from '../products/variance-swap';
import { readExpiry } from './expiry';
import type { RowReader } from './fields';
import { choice, expiry, flatSchema, positive } from './flat-schema';
import type { RowSchema } from './schema';

const unread = failure('row-must-be-readable', 'the row has faults');

const futureOption = flatSchema({
  name: 'future-option',
  kind: 'future-option',
  about: 'option on a future, as exchanges list it; the forward of the model is the price of the future',
  fields: {
    right: choice('the right to buy or to sell', ['call', 'put']),
    strike: positive('in the price unit of the future'),
    expiry: expiry(),
    exercise: choice('when', ['european', 'american'], 'european'),
    premium: choice('paid at once, or margined daily like the future', ['upfront', 'margined'], 'upfront'),
  },
});

/** Variance notional, or the vega notional that dealers name: per 1.00 of volatility at the strike. */
function readNotional(reader: RowReader, strike: number): number {
  if (!reader.has('vegaNotional')) {
    reader.ignore('vegaNotional');
    return reader.number('notional');
  }
  const vega = reader.number('vegaNotional');
  if (reader.has('notional'))
    reader.fault(
      'notional',
      'field-must-be-given-once',
      'notional and vegaNotional are both given: leave one out',
    );
  reader.ignore('notional');
  return vega / (2 * strike);
}

const variance: RowSchema = {
  name: 'variance-swap',
  about: 'realised against agreed variance, annualised, paid at the end',
  fields: {
    notional: 'paid per 1.00 of variance; negative for the seller',
    vegaNotional: 'in its place: per 1.00 of volatility at the strike; notional = vegaNotional / (2 strike)',
    strike: 'agreed volatility, decimal, such as 0.21',
    expiry: 'end of observation: date or instant UTC; or `time` in years',
    elapsed: 'years observed so far (0 when absent)',
    realised: 'volatility realised in them, decimal (0 when absent)',
  },
  read: (reader, context) => {
    const strike = reader.number('strike', { above: 0, most: 10 });
    const elapsed = reader.number('elapsed', { least: 0, most: 100, otherwise: 0 });
    if (elapsed === 0 && reader.has('realised') && Number(reader.row['realised']) !== 0)
      reader.fault('elapsed', 'field-must-be-present', 'realised is given: give the years elapsed as well');
    const book = {
      strike,
      notional: readNotional(reader, strike),
      time: readExpiry(reader, context),
      elapsed,
      // What was observed has a volatility: it is not taken for zero.
      realised: reader.number('realised', { least: 0, most: 10, ...(elapsed === 0 && { otherwise: 0 }) }),
    };
    return reader.faults.length > 0 ? unread : varianceSwap(book);
  },
};

const basket: RowSchema = {
  name: 'basket',
  about: 'European option on several assets: their average, a spread, the best or the worst of them',
  fields: {
    on: 'average, spread (weights below zero count against), best, worst',
    assets: 'list of {name, weight}; the names are those of the model',
    right: 'call or put',
    strike: 'compared with the weighted sum, or with the best or worst weighted price',
    expiry: 'date or instant UTC; or `time` in years',
  },
  read: (reader, context) => {
    const on = reader.oneOf('on', ['average', 'spread', 'best', 'worst']);
    const named = reader.list('assets', (inner) => ({
      name: inner.text('name'),
      weight: inner.number('weight', { otherwise: Number.NaN }),
    }));
    // Where no weight is given an average counts all alike, and the best or worst of prices is of the prices themselves.
    const usual = on === 'average' ? 1 / Math.max(named.length, 1) : 1;
    const assets = named.map(({ name, weight }) => ({ name, weight: Number.isNaN(weight) ? usual : weight }));
    if (on === 'spread' && !assets.some(({ weight }) => weight < 0))
      reader.fault('assets', 'spread-must-have-two-sides', 'a spread needs one weight below zero at least');
    if (on === 'average' && assets.some(({ weight }) => weight < 0))
      reader.fault(
        'assets',
        'average-must-have-one-side',
        'an average has no weight below zero: call it a spread',
      );
    const book = {
      on: on === 'best' || on === 'worst' ? on : ('sum' as const),
      assets,
      right: reader.oneOf('right', ['call', 'put']),
      strike: reader.number('strike'),
      time: readExpiry(reader, context),
    };
    return reader.faults.length > 0 ? unread : basketOption(book);
  },
};

export const listedProducts: readonly RowSchema[] = [futureOption, variance, basket];
