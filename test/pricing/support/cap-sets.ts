/** Cap volatilities of 2025-02-10: for each strike the quoted maturities stripped into volatilities of caplets. */
import { addBusinessDays, advance } from '../../../pricing/calendars/business-day';
import { formatDay, microsOfDay } from '../../../pricing/calendars/date';
import { tenorMonths, tenorOf } from '../../../pricing/calendars/tenor';
import { stripCaps } from '../../../pricing/calibration/cap-strip';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { type CapFloor, resolveCapFloor } from '../../../pricing/products/cap-floor';
import { rateIndexOf } from '../../../pricing/products/rate-index';
import type { CurveSetCase } from './curve-set';
import { certain } from './dual-curve';
import { curves2025, path2025 } from './market-2025';
import { quotes2025, trade2025 } from './quote-desk';

interface CapMarket {
  readonly currency: string;
  readonly index: string;
  /** Of the caplets; the first is left out where its rate is known from the start. */
  readonly tenor: string;
  readonly skipsFirst: boolean;
  readonly dayCount: string;
  readonly calendar: string;
}

const markets: readonly CapMarket[] = [
  {
    currency: 'EUR',
    index: 'EUR-EURIBOR-6M',
    tenor: '6M',
    skipsFirst: true,
    dayCount: 'ACT/360',
    calendar: 'TARGET',
  },
  {
    currency: 'USD',
    index: 'USD-SOFR',
    tenor: '3M',
    skipsFirst: false,
    dayCount: 'ACT/360',
    calendar: 'SOFR',
  },
  {
    currency: 'GBP',
    index: 'GBP-SONIA',
    tenor: '3M',
    skipsFirst: false,
    dayCount: 'ACT/365F',
    calendar: 'GBP',
  },
];

const rates = (): RatesMarket => ({
  curves: curves2025(),
  discount: { EUR: 'EUR-OIS', USD: 'USD-OIS', GBP: 'GBP-OIS' },
  forward: { 'EUR-EURIBOR-6M': 'EUR-6M', 'USD-SOFR': 'USD-OIS', 'GBP-SONIA': 'GBP-OIS' },
});

/** A cap to the longest maturity; a floor at low strikes, whose volatility is the same and whose price is all time value. */
function longest({ index, tenor, skipsFirst, ...rest }: CapMarket, strike: number, years: string): CapFloor {
  const { calendar } = rateIndexOf(index);
  const spot = addBusinessDays(trade2025, 2, calendar);
  const start = skipsFirst
    ? advance(spot, tenorOf(tenor), { calendar, convention: 'ModifiedFollowing' })
    : spot;
  const end = advance(spot, tenorOf(years), { calendar, convention: 'Unadjusted' });
  return certain(
    resolveCapFloor({
      right: strike >= 0.025 ? 'cap' : 'floor',
      buys: true,
      strike,
      leg: {
        ...rest,
        index,
        notional: 1,
        schedule: {
          start: formatDay(start),
          end: formatDay(end),
          tenor,
          calendar: rest.calendar,
          convention: 'ModifiedFollowing',
        },
      },
    }),
  );
}

const stripped = (market: CapMarket): CurveSetCase => ({
  name: `market of 2025-02-10: ${market.currency} caps on ${market.index}, stripped strike by strike`,
  path: path2025,
  measure: () => {
    const { currency, tenor, skipsFirst } = market;
    const prefix = `CAPFLOOR/RATE_NVOL/${currency}/`;
    const strikes = new Map<number, { readonly maturity: string; readonly volatility: number }[]>();
    let atTheMoney = 0;
    for (const [key, volatility] of Object.entries(quotes2025())) {
      if (!key.startsWith(prefix)) continue;
      const [, , , maturity, , atm, , strike] = key.split('/');
      if (atm !== '0') {
        atTheMoney += 1;
        continue;
      }
      const list = strikes.get(Number(strike)) ?? [];
      strikes.set(Number(strike), list);
      list.push({ maturity: maturity!, volatility });
    }
    const months = (text: string): number => tenorMonths(tenorOf(text));
    const left: string[] = [];
    let [curves, instruments, worst] = [0, 0, 0];
    for (const [strike, list] of strikes) {
      const sorted = [...list].sort((a, b) => months(a.maturity) - months(b.maturity));
      const result = stripCaps({
        cap: longest(market, strike, sorted.at(-1)!.maturity),
        quotes: sorted.map(({ maturity, volatility }) => ({
          label: maturity,
          caplets: months(maturity) / months(tenor) - (skipsFirst ? 1 : 0),
          volatility,
        })),
        kind: 'bachelier',
        market: rates(),
        context: { valuationTime: microsOfDay(trade2025), snapshot: '2025-02-10' },
      });
      if (!result.ok) {
        left.push(`strike ${strike}: ${result.message}`);
        continue;
      }
      curves += 1;
      instruments += sorted.length;
      worst = Math.max(worst, result.value.worst);
    }
    if (atTheMoney > 0) left.push(`${atTheMoney} at-the-money volatilities: each has a strike of its own`);
    return { curves, instruments, worst, left };
  },
});

export const capCases: readonly CurveSetCase[] = markets.map(stripped);
