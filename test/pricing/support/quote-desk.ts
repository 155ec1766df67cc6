/** Quotes of the market of 2025-02-10 as instruments; a desk remembers which keys it took. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, parseDay } from '../../../pricing/calendars/date';
import { nextImm, thirdWednesday } from '../../../pricing/calendars/imm';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { hoLeeConvexity } from '../../../pricing/calibration/futures-convexity';
import {
  crossCurrencyBasis,
  fxForwardInstrument,
  fxSwapInstrument,
} from '../../../pricing/calibration/fx-instruments';
import {
  basisSwap,
  deposit,
  forwardRateAgreement,
  forwardRateBetween,
  parSwap,
  rateFuture,
} from '../../../pricing/calibration/rate-instruments';
import type { CalibrationInstrument } from '../../../pricing/curves/term';
import { dataRows } from './data-folder';
import { certain } from './dual-curve';
import { conventionOf, weekdayCurrencies } from './market-2025-conventions';

export const trade2025: Day = parseDay('2025-02-10')!;
const trade = trade2025;

export type Instruments = readonly CalibrationInstrument[];

/** The first of two lines with one key counts: the file repeats the euro's forwards with another disturbance. */
export function quotes2025(): Readonly<Record<string, number>> {
  const quotes: Record<string, number> = {};
  for (const [, key, value] of dataRows('curves', 'market_quotes_20250210.csv.gz'))
    quotes[key!] ??= Number(value);
  return quotes;
}

/** The last part of every key below a prefix, where it is a tenor. */
export const tenorsBelow = (quotes: Readonly<Record<string, number>>, prefix: string): readonly string[] =>
  Object.keys(quotes)
    .filter((key) => key.startsWith(`${prefix}/`) && /^\d+[DWMY]$/.test(key.slice(prefix.length + 1)))
    .map((key) => key.slice(prefix.length + 1));

export class QuoteDesk {
  readonly used = new Set<string>();
  constructor(readonly quotes: Readonly<Record<string, number>>) {}

  private take(key: string): string {
    this.used.add(key);
    return key;
  }

  money(key: string, name: string, curve: string, lag: number): CalibrationInstrument {
    const { index } = conventionOf(name);
    const term = key.slice(key.lastIndexOf('/') + 1);
    // Seven days are a week of the calendar, not seven business days.
    const tenor = index.overnight ? tenorOf(term === '7D' ? '1W' : term) : index.tenor;
    const { dayCount, calendar } = index;
    const convention = index.overnight ? 'Following' : 'ModifiedFollowing';
    return deposit({
      quote: this.take(key),
      curve,
      trade,
      spotLag: lag,
      tenor,
      dayCount,
      calendar,
      convention,
    });
  }

  swaps(prefix: string, name: string, discount: string, forward: string, ofTenor = tenorOf): Instruments {
    return tenorsBelow(this.quotes, prefix).map((tenor) =>
      certain(
        parSwap({
          quote: this.take(`${prefix}/${tenor}`),
          trade,
          tenor: ofTenor(tenor),
          convention: conventionOf(name),
          discount,
          forward,
        }),
      ),
    );
  }

  agreements(currency: string, rate: string, name: string, curve: string): Instruments {
    return Object.keys(this.quotes)
      .filter((key) => key.startsWith(`FRA/RATE/${currency}/`) && key.endsWith(`/${rate}`))
      .map((key) =>
        forwardRateAgreement({
          quote: this.take(key),
          curve,
          trade,
          index: conventionOf(name).index,
          startsAfter: tenorOf(key.split('/')[3]!),
        }),
      );
  }

  /** From one IMM Wednesday to another, counted from today. */
  immAgreements(currency: string, quarters: number, name: string, curve: string): Instruments {
    const imm = (count: number): Day => (count === 0 ? trade : nextImm(imm(count - 1)));
    return Object.keys(this.quotes)
      .map((key) => key.split('/'))
      .filter(
        ([kind, , own, from, to]) =>
          kind === 'IMM_FRA' && own === currency && Number(to) - Number(from) === quarters,
      )
      .map((parts) =>
        forwardRateBetween({
          quote: this.take(parts.join('/')),
          curve,
          start: imm(Number(parts[3])),
          end: imm(Number(parts[4])),
          dayCount: conventionOf(name).index.dayCount,
        }),
      );
  }

  futures(prefix: string, curve: string): Instruments {
    return Object.keys(this.quotes)
      .filter((key) => key.startsWith(prefix))
      .map((key) => {
        const [year, month] = key.split('/')[3]!.split('-').map(Number);
        const start = thirdWednesday(year!, month!);
        const end = thirdWednesday(month! > 9 ? year! + 1 : year!, month! > 9 ? month! - 9 : month! + 3);
        const convexity = hoLeeConvexity({
          volatility: 0.009,
          start: (start - trade) / 365,
          end: (end - trade) / 365,
        });
        return rateFuture({ quote: this.take(key), curve, start, end, dayCount: 'ACT/360', convexity });
      });
  }

  basis(
    prefix: string,
    discount: string,
    sides: { readonly spread: readonly [string, string]; readonly flat: readonly [string, string] },
    only: (tenor: string) => boolean = () => true,
  ): Instruments {
    const side = ([name, forward]: readonly [string, string]) => ({
      convention: conventionOf(name),
      forward,
    });
    return tenorsBelow(this.quotes, prefix)
      .filter(only)
      .map((tenor) =>
        certain(
          basisSwap({
            quote: this.take(`${prefix}/${tenor}`),
            trade,
            tenor: tenorOf(tenor),
            discount,
            spreadSide: side(sides.spread),
            flatSide: side(sides.flat),
          }),
        ),
      );
  }

  /** Points from tomorrow on; a curve against the currency that it is quoted with. */
  forwards(
    pair: string,
    curves: { readonly base: string; readonly quote: string },
    size = 1e-4,
  ): Instruments {
    const prefix = `FXFWD/RATE/${pair}`;
    const weekdays = weekdayCurrencies.some((currency) => pair.includes(currency));
    const common = {
      trade,
      spotLag: pair === 'USD/CAD' ? 1 : 2,
      calendar: calendarOf(weekdays ? 'WeekendsOnly' : pair.replace('/', '+')),
      spotQuote: this.take(`FX/RATE/${pair}`),
      pointSize: size,
      baseCurve: curves.base,
      quoteCurve: curves.quote,
    };
    const swaps = [['ON', 0] as const, ['TN', 1] as const]
      .filter(([tenor]) => `${prefix}/${tenor}` in this.quotes)
      .map(([tenor, near]) =>
        fxSwapInstrument({ ...common, quote: this.take(`${prefix}/${tenor}`), near, far: near + 1 }),
      );
    const known = ['SN', ...tenorsBelow(this.quotes, prefix)].filter(
      (tenor) => `${prefix}/${tenor}` in this.quotes,
    );
    const outright = known.map((tenor) =>
      fxForwardInstrument({
        ...common,
        quote: this.take(`${prefix}/${tenor}`),
        tenor: tenorOf(tenor === 'SN' ? '1D' : tenor),
      }),
    );
    return [...swaps, ...outright];
  }

  crossCurrency(
    key: string,
    flat: { readonly name: string; readonly discount: string; readonly forward: string },
    spread: { readonly name: string; readonly discount: string; readonly forward: string },
    period = '3M',
  ): Instruments {
    const prefix = `CC_BASIS_SWAP/BASIS_SPREAD/${key}`;
    const side = ({ name, ...curves }: typeof flat) => ({ index: conventionOf(name).index, ...curves });
    return tenorsBelow(this.quotes, prefix).map((tenor) =>
      certain(
        crossCurrencyBasis({
          quote: this.take(`${prefix}/${tenor}`),
          trade,
          spotLag: 2,
          tenor: tenorOf(tenor),
          periodTenor: tenorOf(period),
          // Dealers reset the dollar notional.
          resets: flat.name === 'SOFR' ? 'flat-side' : 'none',
          calendar: conventionOf(spread.name).calendar,
          spreadSide: side(spread),
          flatSide: side(flat),
        }),
      ),
    );
  }
}
