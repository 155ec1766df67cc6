/** The instruments that quote a curve, as the documentation and `--schema` list them. */
import type { instrumentTypes } from './quoted-curves';

interface InstrumentMeaning {
  readonly about: string;
  readonly fields: Readonly<Record<string, string>>;
}

const name = 'of the quote; the curve and the label when absent';
const rate = 'decimal, such as 0.024';
const convention = 'swap convention by its name, or {index, fixedTenor, fixedDayCount, calendar, spotLag, …}';
const isda = { currency: 'USD, EUR, GBP or JPY', tenor: 'such as 5Y', quote: rate, name };

export const instrumentMeanings: Readonly<Record<(typeof instrumentTypes)[number], InstrumentMeaning>> = {
  deposit: {
    about: 'a simple rate from spot',
    fields: {
      tenor: 'such as 3M; 1D for overnight',
      quote: rate,
      index: 'whose conventions hold, or else:',
      spotLag: 'business days (2 when absent)',
      calendar: 'by its name',
      dayCount: 'by its name',
      convention: 'ModifiedFollowing when absent',
      endOfMonth: 'true or false (when absent)',
      name,
    },
  },
  fixing: { about: "today's fixing of an index", fields: { index: 'by its name', quote: rate, name } },
  fra: {
    about: 'forward rate agreement',
    fields: {
      index: 'by its name',
      startsAfter: 'tenor from spot; or start and end',
      start: 'date',
      end: 'date',
      endCountsFrom: 'spot (when absent) or start: what the end is a tenor after',
      quote: rate,
      name,
    },
  },
  future: {
    about:
      'future on a rate, at its price; of an overnight rate also the quarter that has begun, on its fixings',
    fields: {
      index: 'by its name',
      month: 'contract month such as 2026-06: from its third Wednesday; or start and end',
      start: 'date',
      end: 'date',
      quote: 'price, such as 95.83',
      par: 'what 100 % is in that unit (100 when absent)',
      convexity:
        'futures rate less forward rate, or {volatility} (Ho–Lee), {volatility, reversion} (Hull–White)',
      averaged: 'true where the rate is an average of the overnight index (false when absent)',
      name,
    },
  },
  swap: {
    about: 'fixed against floating or overnight, at its par rate',
    fields: { convention, tenor: 'such as 5Y', startsAfter: 'tenor from spot (optional)', quote: rate, name },
  },
  'basis-swap': {
    about: 'floating against floating, at the spread on the first',
    fields: {
      convention: `of the side with the spread: ${convention}`,
      flatConvention: 'of the other side',
      tenor: 'such as 5Y',
      quotedOnFixed: 'true: the spread of two fixed legs (false when absent)',
      quote: 'spread, decimal',
      name,
    },
  },
  'fx-forward': {
    about: 'outright forward, or points over the spot rate in `fx`',
    fields: {
      pair: 'such as EURUSD',
      tenor: 'from spot',
      calendar: 'of both currencies, such as TARGET+USNY',
      spotLag: 'business days (2 when absent)',
      pointSize: 'such as 0.0001 where the quote is in points (outright when absent)',
      quote: 'rate or points',
      name,
    },
  },
  'cross-currency-basis': {
    about: 'floating against floating in two currencies, notionals exchanged, at the spread on the first',
    fields: {
      index: 'of the side with the spread',
      flatIndex: 'of the other side',
      tenor: 'such as 5Y',
      periodTenor: 'of the coupons (3M when absent)',
      calendar: 'of both currencies',
      spotLag: 'business days (2 when absent)',
      paymentLag: 'business days (0 when absent)',
      forwardOver: 'index-period (when absent) or accrual-period',
      resets: 'none (when absent), spread-side or flat-side: whose notional follows the FX rate',
      quote: 'spread, decimal',
      name,
    },
  },
  bond: {
    about: 'a bond of fixed coupons at its clean price',
    fields: { bond: 'the fields of the product bond', quote: 'clean price per 100 of face', name },
  },
  'isda-deposit': { about: "money market rate of the ISDA standard model's curve", fields: isda },
  'isda-swap': { about: "par swap rate of the ISDA standard model's curve", fields: isda },
};
