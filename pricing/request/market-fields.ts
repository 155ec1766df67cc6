/** Parts that several models have in common: the market of one underlying, Heston's parameters, quotes of a surface. */
import type { SliceInput } from '../volatility/svi-surface';
import { readExpiry } from './expiry';
import type { RowReader } from './fields';
import type { ReadContext } from './schema';

export const marketFields = {
  spot: 'price of the underlying',
  rate: 'continuously compounded, decimal',
  dividend: 'continuous yield or foreign rate, decimal (0 when absent)',
};
export const readMarket = (reader: RowReader) => ({
  spot: reader.number('spot', { above: 0 }),
  rate: reader.number('rate', { least: -1, most: 1 }),
  dividend: reader.number('dividend', { least: -1, most: 1, otherwise: 0 }),
});
export const readVolatility = (reader: RowReader): number =>
  reader.number('volatility', { above: 0, most: 10 });

export const readHeston = (reader: RowReader) => ({
  v0: reader.number('v0', { least: 0, most: 25 }),
  kappa: reader.number('kappa', { above: 0, most: 1000 }),
  theta: reader.number('theta', { least: 0, most: 25 }),
  sigma: reader.number('sigma', { least: 0, most: 100 }),
  rho: reader.number('rho', { least: -1, most: 1 }),
});

export const sliceFields = 'list of {label, expiry, forward, quotes: [{strike, volatility}]}';

interface FlatMarket {
  readonly spot: number;
  readonly rate: number;
  readonly dividend: number;
}

/** Quotes of a surface, expiry by expiry; a forward that is left out is the market's, flat or by the years to the expiry. */
export const readSlices = (
  reader: RowReader,
  context: ReadContext,
  market?: FlatMarket | ((time: number) => number | undefined),
): readonly SliceInput[] =>
  reader.list('slices', (slice) => {
    const expiry = readExpiry(slice, context);
    const own =
      typeof market === 'function'
        ? market(expiry)
        : market && market.spot * Math.exp((market.rate - market.dividend) * expiry);
    return quotedOnly(slice, {
      label: slice.text('label', { otherwise: labelOf(slice) }),
      expiry,
      forward: slice.number('forward', { above: 0, ...(own !== undefined && { otherwise: own }) }),
      quotes: slice.list('quotes', (quote) => ({
        strike: quote.number('strike', { above: 0 }),
        volatility: quote.quote({ above: 0, most: 10 }, 'volatility'),
        ...quote.optional<{ readonly weight: number }>({
          weight: (field) => quote.number(field, { above: 0 }),
        }),
      })),
    });
  });

/** A quote that is there and empty is missing: the slice is fitted without it. */
const quotedOnly = (slice: RowReader, input: SliceInput): SliceInput => {
  const quotes = input.quotes.filter(({ strike, volatility }) => {
    if (Number.isFinite(volatility)) return true;
    slice.note({
      name: `quote ${input.label} strike ${strike}`,
      value: 'left out: its volatility is missing',
    });
    return false;
  });
  return { ...input, quotes };
};

/** The expiry as it was written. */
const labelOf = (slice: RowReader): string => String(slice.row['expiry'] ?? slice.row['time'] ?? '');
