/** Tables of curve quotes: a curve built from a table reprices each of its rows. */
import { calendarOf } from '../../../pricing/calendars/calendar-registry';
import { type Day, parseDay } from '../../../pricing/calendars/date';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { bondInstrument } from '../../../pricing/calibration/bond-instrument';
import {
  deposit,
  forwardRateAgreement,
  parSwap,
  type SwapConvention,
} from '../../../pricing/calibration/rate-instruments';
import type { Result } from '../../../pricing/contract';
import { buildCurves, type CurveSet, compileCurveGroup } from '../../../pricing/curves/curve-group';
import type { CalibrationInstrument } from '../../../pricing/curves/term';
import { valueTerms } from '../../../pricing/models/curve-value';
import { resolveBond } from '../../../pricing/products/bond';
import { type RateIndex, rateIndexOf } from '../../../pricing/products/rate-index';
import { type AnyReferenceTable, numberIn, type ReferenceTable, type Row } from './reference-table';

const certain = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.message);
  return result.value;
};

const trade: Day = parseDay('2024-03-14')!;
const euribor6m = rateIndexOf('EUR-EURIBOR-6M');
const target = calendarOf('TARGET');
const tenorIn = (row: Row): string => `${row['n']}${(row['units'] ?? row['unit'])![0]}`;

/** The rate at which an instrument's terms vanish on finished curves, from its amounts with and without a quote. */
function impliedQuote(set: CurveSet, { terms, quote }: CalibrationInstrument): number {
  const lookup = { curve: (name: string) => set.curves.get(name)! };
  const rest = valueTerms(
    terms.map(({ quote: _quote, quoteFactor: _factor, ...term }) => term),
    lookup,
  ).value;
  const slope = valueTerms(
    terms
      .filter((term) => term.quote === quote)
      .map(({ quoteFactor, ...term }) => ({ ...term, amount: quoteFactor! })),
    lookup,
  ).value;
  return -rest / slope;
}

/** Rows of one table make a curve with other instruments; the judge sees the row's own implied quote. */
function repriced(
  file: string,
  {
    instrument,
    value = (row) => numberIn(row, 'rate') / 100,
    tolerance = 1e-9,
  }: {
    readonly instrument: (row: Row, name: string) => CalibrationInstrument;
    readonly value?: (row: Row) => number;
    readonly tolerance?: number;
  },
): ReferenceTable {
  const seen = new Map<string, Row>();
  return {
    file,
    price: (row) => {
      // Each row joins those before it, so that the last curve holds the whole table.
      seen.set(JSON.stringify(row), row);
      const rows = [...seen.values()];
      const instruments = rows.map((each, index) => instrument(each, `Q${index}`));
      const group = certain(
        compileCurveGroup({
          reference: trade,
          curves: [{ name: 'C', interpolation: 'log-linear-discount', instruments }],
        }),
      );
      const quotes = Object.fromEntries(rows.map((each, index) => [`Q${index}`, value(each)]));
      const set = certain(buildCurves(group, quotes));
      return instruments.map((each, index) => ({
        figure: `quote ${index + 1} of the table`,
        expected: value(rows[index]!),
        actual: impliedQuote(set, each),
        tolerance,
        basis: 'round-trip' as const,
      }));
    },
  };
}

const swap = (index: RateIndex): SwapConvention => ({
  spotLag: 2,
  calendar: target,
  fixedTenor: tenorOf('1Y'),
  fixedDayCount: '30/360',
  convention: index.overnight ? 'Following' : 'ModifiedFollowing',
  index,
});

const bonds = repriced('piecewiseyieldcurve.global.bondData.csv', {
  value: (row) => numberIn(row, 'price'),
  tolerance: 1e-9,
  instrument: (row, name) => {
    const end = tenorOf(tenorIn(row));
    const maturity = new Date(Date.UTC(2024, 2 + (end.unit === 'Y' ? 12 * end.count : end.count), 14));
    const start = new Date(
      Date.UTC(maturity.getUTCFullYear() - numberIn(row, 'length'), maturity.getUTCMonth(), 14),
    );
    const bond = certain(
      resolveBond({
        currency: 'EUR',
        face: 100,
        schedule: {
          start: start.toISOString().slice(0, 10),
          end: maturity.toISOString().slice(0, 10),
          tenor: '6M',
          calendar: 'TARGET',
          convention: 'Unadjusted',
        },
        dayCount: 'ACT/ACT ISDA',
        coupon: numberIn(row, 'coupon') / 100,
        settlementLag: 3,
      }),
    );
    return bondInstrument({ quote: name, bond, trade, curve: 'C' });
  },
});

export const curveTables: readonly AnyReferenceTable[] = [
  repriced('piecewiseyieldcurve.global.depositData.csv', {
    instrument: (row, name) =>
      deposit({
        quote: name,
        curve: 'C',
        trade,
        spotLag: 2,
        tenor: tenorOf(tenorIn(row)),
        dayCount: 'ACT/360',
        calendar: target,
      }),
  }),
  repriced('piecewiseyieldcurve.global.fraData.csv', {
    instrument: (row, name) =>
      forwardRateAgreement({
        quote: name,
        curve: 'C',
        trade,
        index: rateIndexOf('EUR-EURIBOR-3M'),
        startsAfter: tenorOf(tenorIn(row)),
      }),
  }),
  repriced('piecewiseyieldcurve.global.swapData.csv', {
    instrument: (row, name) =>
      certain(
        parSwap({
          quote: name,
          trade,
          tenor: tenorOf(tenorIn(row)),
          convention: swap(euribor6m),
          discount: 'C',
          forward: 'C',
        }),
      ),
  }),
  repriced('overnightindexedswap.global.estrSwapData.csv', {
    tolerance: 1e-8,
    instrument: (row, name) =>
      certain(
        parSwap({
          quote: name,
          trade,
          tenor: tenorOf(tenorIn(row)),
          convention: {
            ...swap(rateIndexOf('EUR-ESTR')),
            fixedDayCount: 'ACT/360',
            spotLag: numberIn(row, 'settlementDays'),
          },
          discount: 'C',
          forward: 'C',
        }),
      ),
  }),
  bonds,
] as readonly AnyReferenceTable[];
