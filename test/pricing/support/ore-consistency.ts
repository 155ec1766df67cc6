/** Open Source Risk Engine's calibration instruments, booked as trades: on our curves every one must be worth nothing. */
import { microsOfDay } from '../../../pricing/calendars/date';
import type { CurveSet } from '../../../pricing/curves/curve-group';
import type { RatesMarket } from '../../../pricing/measures/rates-market';
import { type CurveSetCase, repriced } from './curve-set';
import { dataRows, dataText } from './data-folder';
import { oreCurves, oreFolder, oreTrade } from './ore-curves';
import { type OreValue, oreValue } from './ore-trades';
import { nodesOf, parseXml, type XmlNode } from './xml-tree';

/** Projection curves are named after currency and tenor in all configurations. */
const forward: Readonly<Record<string, string>> = {
  'EUR-EONIA': 'EUR1D',
  'EUR-EURIBOR-1M': 'EUR1M',
  'EUR-EURIBOR-3M': 'EUR3M',
  'EUR-EURIBOR-6M': 'EUR6M',
  'USD-FED-FUND': 'USD1D',
  'USD-LIBOR-3M': 'USD3M',
  'USD-LIBOR-6M': 'USD6M',
  'GBP-SONIA': 'GBP1D',
  'GBP-LIBOR-3M': 'GBP3M',
  'GBP-LIBOR-6M': 'GBP6M',
  'CHF-SARON': 'CHF1D',
  'CHF-LIBOR-3M': 'CHF3M',
  'CHF-LIBOR-6M': 'CHF6M',
  'JPY-TONAR': 'JPY1D',
  'JPY-LIBOR-6M': 'JPY6M',
  'SEK-STIBOR-6M': 'SEK6M',
};

const inCurrency = { EUR: 'EUR1D', USD: 'USD1D', GBP: 'GBP1D', CHF: 'CHF1D', JPY: 'JPY1D', SEK: 'SEK6M' };
const inEuro = { EUR: 'EUR1D', USD: 'USD-IN-EUR', GBP: 'GBP-IN-EUR', CHF: 'CHF-IN-EUR' };

const sets = {
  ois: { portfolio: 'portfolio_consistency_ois.xml.gz', report: 'npv.csv.gz', discount: inCurrency },
  xoiseur: { portfolio: 'portfolio_consistency_xoiseur.xml.gz', report: 'npv.csv', discount: inEuro },
} as const;

let built: { readonly set: CurveSet; readonly quotes: Readonly<Record<string, number>> } | undefined;

/** All curves that the trades read; six-month Libor by compounded three months is not among the instruments. */
function market(discount: Readonly<Record<string, string>>): RatesMarket {
  if (!built) {
    const names = [...new Set([...Object.values(forward), ...Object.values(inEuro)])];
    const { definition, quotes } = oreCurves(
      names,
      (kind, curve) => kind !== 'Tenor Basis Swap' || curve === 'GBP3M',
    );
    built = { set: repriced(definition, quotes).set, quotes };
  }
  const { quotes, set } = built;
  const fx = Object.fromEntries(
    ['USD', 'GBP', 'CHF'].map((other) => [`EUR${other}`, { rate: quotes[`FX/RATE/EUR/${other}`]! }]),
  );
  return { curves: set.curves, discount, forward, fx };
}

/** The trades of a set, with the identifiers that the published report lists. */
export function consistencyTrades(name: keyof typeof sets): {
  readonly trades: readonly XmlNode[];
  readonly reported: ReadonlyMap<string, string>;
} {
  const folder = [...oreFolder, 'bootstrap-consistency', name] as const;
  const { portfolio, report } = sets[name];
  return {
    trades: nodesOf(parseXml(dataText(...folder, portfolio)), 'Trade'),
    reported: new Map(dataRows(...folder, report).map((row) => [row[0]!, row[2]!])),
  };
}

const onMosprime = (trade: XmlNode): boolean =>
  nodesOf(trade, 'Index').some(({ text }) => text.startsWith('RUB'));

export function consistencyValues(name: keyof typeof sets): readonly OreValue[] {
  const { trades, reported } = consistencyTrades(name);
  const setting = {
    market: market(sets[name].discount),
    context: { valuationTime: microsOfDay(oreTrade), snapshot: '2016-02-05' },
    maturity: (id: string) => reported.get(id)!,
  };
  return trades.filter((trade) => !onMosprime(trade)).map((trade) => oreValue(trade, setting));
}

const outcome = (name: keyof typeof sets, curves: number, left: readonly string[]): CurveSetCase => ({
  name: `bootstrap-consistency: calibration instruments of ${name}, valued as booked trades`,
  path: [...oreFolder, 'bootstrap-consistency', name],
  measure: () => {
    const values = consistencyValues(name);
    const worst = values.reduce((high, { value, notional }) => Math.max(high, Math.abs(value) / notional), 0);
    return { curves, instruments: values.length, worst, left };
  },
});

export const consistencyCases: readonly CurveSetCase[] = [
  outcome('ois', 16, [
    '11 Swiss swaps booked on Mosprime under names used twice: no rouble index here, and the published report drops them too',
  ]),
  outcome('xoiseur', 19, [
    'the sensitivity report beside it: its dollar par rates, values and deltas belong to other dollar quotes; euro and sterling par rates are tested',
  ]),
];
