/** Published credit spreads as survival curves: each name's swaps repriced on the curve that they made. */
import { type Day, formatDay, parseDay } from '../../../pricing/calendars/date';
import { cdsMaturity } from '../../../pricing/calendars/imm';
import { tenorMonths, tenorOf } from '../../../pricing/calendars/tenor';
import { bootstrapCredit, type CreditQuote, cleanUpfront } from '../../../pricing/calibration/cds-bootstrap';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve';
import { cdsLegs } from '../../../pricing/models/cds-legs';
import { resolveCds } from '../../../pricing/products/cds';
import type { CurveSetCase, CurveSetOutcome } from './curve-set';
import { dataRows, dataText } from './data-folder';
import { certain } from './dual-curve';
import { isdaDollarCurve } from './isda-curve';
import { curves2025, path2025 } from './market-2025';
import { quotes2025, tenorsBelow, trade2025 } from './quote-desk';

export interface CreditName {
  readonly entity: string;
  readonly currency: string;
  readonly recovery: number;
  /** Par spreads by tenor or maturity date. */
  readonly spreads: readonly { readonly label: string; readonly spread: number }[];
}

export interface CreditSetting {
  readonly trade: Day;
  readonly discount: DiscountCurve;
}

/** One swap a spread: quarterly, ACT/360, from the twentieth before; a label is a tenor or a maturity date. */
export const quotesOf = (
  { entity, currency, recovery, spreads }: CreditName,
  { trade }: CreditSetting,
): readonly CreditQuote[] =>
  spreads.map(({ label, spread }) => ({
    label,
    cds: certain(
      resolveCds({
        buysProtection: true,
        currency,
        notional: 1,
        coupon: spread,
        start: formatDay(trade + 1),
        maturity:
          parseDay(label) === undefined ? formatDay(cdsMaturity(trade, tenorMonths(tenorOf(label)))) : label,
        entity,
        recovery,
      }),
    ),
  }));

/** Every name bootstrapped and repriced; a name that no hazard rate fits is left out by its failure. */
export function creditOutcome(
  names: readonly CreditName[],
  setting: CreditSetting,
  left: readonly string[] = [],
): CurveSetOutcome {
  const { trade, discount } = setting;
  const refused: string[] = [];
  let [curves, instruments, worst] = [0, 0, 0];
  for (const name of names) {
    const quotes = quotesOf(name, setting);
    const survival = bootstrapCredit(quotes, { entity: name.entity, trade, discount });
    if (!survival.ok) {
      refused.push(`${name.entity}: ${survival.message}`);
      continue;
    }
    curves += 1;
    for (const { cds } of quotes) {
      const legs = cdsLegs(cds, { discount, survival: survival.value }, { trade, formula: 'isda' });
      worst = Math.max(worst, Math.abs(cleanUpfront(cds, { legs, discount, trade })));
      instruments += 1;
    }
  }
  return { curves, instruments, worst, left: [...refused, ...left] };
}

/** The par spreads of 2025-02-10, by entity, seniority, currency and clause. */
export function names2025(): readonly CreditName[] {
  const quotes = quotes2025();
  const prefix = 'CDS/CREDIT_SPREAD/';
  const keys = Object.keys(quotes).filter((key) => key.startsWith(prefix));
  const entities = new Set(keys.map((key) => key.slice(prefix.length, key.lastIndexOf('/'))));
  return [...entities].map((entity) => ({
    entity,
    currency: 'USD',
    recovery: quotes[`RECOVERY_RATE/RATE/${entity}`]!,
    spreads: tenorsBelow(quotes, prefix + entity).map((label) => ({
      label,
      spread: quotes[`${prefix}${entity}/${label}`]!,
    })),
  }));
}

export const setting2025 = (discount: DiscountCurve): CreditSetting => ({ trade: trade2025, discount });

const folder2014 = ['curves', 'credit-2014-01-22'] as const;
const trade2014: Day = parseDay('2014-01-22')!;

/** The rates of the day: money market ones are marked M. */
export function isdaCurve2014(): DiscountCurve {
  const rows = dataRows(...folder2014, 'cds.yieldCurves.csv').filter((row) => row[0] === '2014-01-22');
  const rates = (money: boolean) =>
    Object.fromEntries(
      rows
        .filter(([, , kind]) => (kind === 'M') === money)
        .map(([, tenor, , rate]) => [tenor!, Number(rate)]),
    );
  return isdaDollarCurve(trade2014, { deposits: rates(true), swaps: rates(false) });
}

/** Rows of a file whose fields stand in quotes. */
const quotedRows = (file: string): readonly Readonly<Record<string, string>>[] => {
  const [names, ...rows] = dataText(...folder2014, file)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split(',').map((field) => field.replaceAll('"', '').trim()));
  return rows.map((row) => Object.fromEntries(names!.map((name, place) => [name, row[place]!])));
};

const percent = (text: string): number => Number.parseFloat(text) / 100;

export function names2014(): readonly CreditName[] {
  return quotedRows('singleName.creditCurves.csv').map((row) => ({
    entity: `${row['RedCode']} ${row['Tier']}`,
    currency: row['Ccy']!,
    recovery: percent(row['Recovery']!),
    spreads: Object.keys(row)
      .filter((column) => /^Spread\d+[my]$/.test(column) && row[column] !== '')
      .map((column) => ({ label: column.slice(6).toUpperCase(), spread: percent(row[column]!) })),
  }));
}

export interface IndexRow {
  readonly maturity: string;
  readonly spread: number;
  readonly modelSpread: number;
  readonly price: number;
  readonly modelPrice: number;
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
/** `20-JUN-16`. */
const isoDay = (text: string): string => {
  const [day, month, year] = text.split('-');
  return `20${year}-${String(monthNames.indexOf(month!) + 1).padStart(2, '0')}-${day}`;
};

/** The index: maturities with spreads and prices, recovery and the share of its names that is left. */
export function index2014(): {
  readonly rows: readonly IndexRow[];
  readonly recovery: number;
  readonly factor: number;
} {
  const [terms] = quotedRows('index.staticData.csv');
  return {
    recovery: percent(terms!['Recovery Rate']!),
    factor: Number(terms!['Index Factor']),
    rows: quotedRows('index.creditCurves.csv').map((row) => ({
      maturity: isoDay(row['Maturity']!),
      spread: percent(row['Composite Spread']!),
      modelSpread: percent(row['Model Spread']!),
      price: percent(row['Composite Price']!),
      modelPrice: percent(row['Model Price']!),
    })),
  };
}

export const setting2014 = (): CreditSetting => ({ trade: trade2014, discount: isdaCurve2014() });

export const creditCases: readonly CurveSetCase[] = [
  {
    name: 'market of 2025-02-10: par spreads of every name',
    path: path2025,
    measure: () =>
      creditOutcome(names2025(), setting2025(curves2025().get('USD-OIS')!), [
        'hazard rates and index tranches: no spreads to bootstrap from; tranches are not among the products',
      ]),
  },
  {
    name: 'credit-2014-01-22: single names',
    path: folder2014,
    measure: () =>
      creditOutcome(names2014(), setting2014(), [
        'euro names stand on the dollar curve: the set has no euro rates, and the fit does not depend on them',
      ]),
  },
  {
    name: 'credit-2014-01-22: index, composite spreads',
    path: folder2014,
    measure: () => {
      const { rows, recovery } = index2014();
      const spreads = rows.map(({ maturity, spread }) => ({ label: maturity, spread }));
      return creditOutcome([{ entity: 'INDEX0001', currency: 'USD', recovery, spreads }], setting2014(), [
        'composite and model prices: they belong to maturities eighteen months before the ones printed beside them',
      ]);
    },
  },
];
