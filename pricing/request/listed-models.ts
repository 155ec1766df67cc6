/** Models of what exchanges list: the venue's own conventions, and strips of quoted options. */
import { success } from '../contract';
import type { VarianceStripModel } from '../measures/variance-swap';
import { choice, flatSchema, positive } from './flat-schema';
import { marketFields, readMarket, readVolatility } from './market-fields';
import type { RowSchema } from './schema';

const deribit = flatSchema({
  name: 'deribit',
  kind: 'deribit',
  about:
    "Deribit's marks: undiscounted Black 1976; vega per point, theta per day capped at the price, rho per 1 %; write the expiry as an instant (08:00 UTC)",
  fields: {
    underlyingPrice: positive("the venue's forward to the expiry, USD"),
    volatility: positive('mark volatility, decimal'),
    quoted: choice(
      'what the value is in: coin for inverse options, usd for linear ones',
      ['coin', 'usd'],
      'coin',
    ),
  },
});

const varianceStrip: RowSchema<VarianceStripModel> = {
  name: 'variance-strip',
  about: 'variance replicated by a strip of quoted options of one expiry',
  fields: {
    ...marketFields,
    quotes: 'list of {right, strike, volatility}: puts and calls that share the strike between them',
    endStep: 'how far beyond the last strikes the replication reaches, in the price unit',
  },
  read: (reader) => {
    const market = readMarket(reader);
    const quotes = reader.list('quotes', (inner) => ({
      right: inner.oneOf('right', ['call', 'put']),
      strike: inner.number('strike', { above: 0 }),
      volatility: readVolatility(inner),
    }));
    const endStep = reader.number('endStep', { above: 0 });
    return success({ kind: 'variance-strip', ...market, quotes, endStep });
  },
};

export const listedModels: readonly RowSchema[] = [deribit, varianceStrip];
