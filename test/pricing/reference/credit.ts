/** Credit tables: the ISDA C library's legs on a flat zero curve, and Markit's published upfronts. */
import { type Day, dayFrom, parseDay } from '../../../pricing/calendars/date';
import { bootstrapCredit, cleanUpfront } from '../../../pricing/calibration/cds-bootstrap';
import {
  curveTime,
  type DiscountCurve,
  discountCurve,
  flatCurve,
} from '../../../pricing/curves/discount-curve';
import { cdsLegs } from '../../../pricing/models/cds-legs';
import { type Cds, resolveCds } from '../../../pricing/products/cds';
import { certain } from '../support/dual-curve';
import { isdaDollarCurve } from '../support/isda-curve';
import { type AnyReferenceTable, numberIn, type ReferenceTable, type Row } from './reference-table';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `02-Feb-13`. */
const sheetDay = (text: string): Day => {
  const [day, month, year] = text.split('-');
  return dayFrom(2000 + Number(year), months.indexOf(month!) + 1, Number(day));
};
const iso = (text: string): string => new Date(sheetDay(text) * 86_400_000).toISOString().slice(0, 10);

function sheetCurve(row: Row, today: Day): DiscountCurve {
  const columns = Object.keys(row).filter((name) => /^\d{2}-\w{3}-\d{2}$/.test(name));
  const times = Float64Array.from(columns, (name) => curveTime(today, sheetDay(name)));
  const zeros = Float64Array.from(columns, (name, node) => numberIn(row, name) / times[node]!);
  return discountCurve({ name: 'C', reference: today, times, zeros, interpolation: 'log-linear-discount' });
}

/** Sheets print to nine decimals of a notional of ten million. */
const sheet: ReferenceTable = {
  file: 'isda_cds_flat_0pct.csv',
  price: (row) => {
    const today = sheetDay(row['Today']!);
    const cds = certain(
      resolveCds({
        buysProtection: true,
        currency: 'USD',
        notional: 1e7,
        coupon: numberIn(row, 'Spread') * 1e-4,
        start: iso(row['Start Date']!),
        maturity: iso(row['end Date']!),
        entity: 'C',
        recovery: 0.4,
        rule: 'Backward',
      }),
    );
    const curves = { discount: flatCurve('D', today, 0), survival: sheetCurve(row, today) };
    const legs = cdsLegs(cds, curves, { trade: today, formula: 'isda' });
    const { coupon, notional } = cds;
    const premium = notional * coupon * (legs.annuity - legs.accrued);
    const judged = (figure: string, actual: number) => ({
      figure,
      expected: numberIn(row, figure),
      actual,
      tolerance: 1e-5,
    });
    return [
      judged('Protection Leg', notional * legs.protection),
      judged('accrued premium', notional * coupon * legs.accrued),
      judged('Premium Leg', premium),
      judged('Default acc', notional * coupon * legs.accruedOnDefault),
      judged('Clean Price', notional * legs.protection - premium),
    ];
  },
};

interface MarkitFile {
  readonly trade_date: string;
  readonly notional: number;
  readonly running_coupon: number;
  readonly curve: {
    readonly deposits: Readonly<Record<string, number>>;
    readonly swaps: Readonly<Record<string, number>>;
  };
  readonly rows: readonly Readonly<Record<string, number | string>>[];
}

interface MarkitRow {
  readonly file: MarkitFile;
  readonly row: Readonly<Record<string, number | string>>;
}

const markit: ReferenceTable<MarkitRow> = {
  file: 'creditdefaultswap.markit_upfronts.json',
  rows: (text) => {
    const file = JSON.parse(text) as MarkitFile;
    return file.rows.map((row) => ({ file, row }));
  },
  price: ({ file, row }) => {
    const trade = parseDay(file.trade_date)!;
    const discount = isdaDollarCurve(trade, file.curve);
    const cds = (coupon: number): Cds =>
      certain(
        resolveCds({
          buysProtection: true,
          currency: 'USD',
          notional: file.notional,
          coupon,
          start: '2009-05-22',
          maturity: row['maturity'] as string,
          entity: 'C',
          recovery: row['recovery'] as number,
          rule: 'CDS',
        }),
      );
    const quoted = [{ label: 'quoted', cds: cds(row['quoted_spread'] as number) }];
    const survival = certain(bootstrapCredit(quoted, { entity: 'C', trade, discount, formula: 'isda' }));
    const traded = cds(file.running_coupon);
    const legs = cdsLegs(traded, { discount, survival }, { trade, formula: 'isda' });
    const expected = row['expected_upfront'] as number;
    return {
      expected,
      actual: file.notional * cleanUpfront(traded, { legs, discount, trade }),
      tolerance: 1e-8 * Math.abs(expected),
    };
  },
};

export const creditTables: readonly AnyReferenceTable[] = [sheet, markit] as readonly AnyReferenceTable[];
