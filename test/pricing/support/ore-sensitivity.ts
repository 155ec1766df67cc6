/**
 * Par rates of Open Source Risk Engine's sensitivity report: what deposits and swaps of sixteen tenors are worth on today's
 * curves. Its dollar lines, and the values and deltas of its trades, belong to other dollar quotes than the common ones:
 * its two-week deposit is 0.66 % where the market file has 0.69 %.
 */
import { impliedQuote, repriced } from './curve-set';
import { dataRows } from './data-folder';
import { oreConventions, oreCurves, oreFolder, oreParDeposit, oreParSwap } from './ore-curves';

const tenors = '2W 1M 3M 6M 9M 1Y 2Y 3Y 4Y 5Y 7Y 10Y 15Y 20Y 25Y 30Y'.split(' ');

interface Sampled {
  /** The curve of the configuration that the report's name stands for, and what it is discounted with. */
  readonly source: string;
  readonly discount: string;
  readonly convention: string;
  /** Swaps from the first tenor on; else deposits up to nine months. */
  readonly overnight?: boolean;
  readonly deposits?: string;
}

const euro = 'DiscountCurve/EUR';
const sterling = 'DiscountCurve/GBP';

/** By the name that the report gives a curve. */
const reported: Readonly<Record<string, Sampled>> = {
  [euro]: { source: 'EUR1D', discount: euro, convention: 'EUR-OIS-CONVENTIONS', overnight: true },
  'IndexCurve/EUR-EONIA': {
    source: 'EUR1D',
    discount: euro,
    convention: 'EUR-OIS-CONVENTIONS',
    overnight: true,
  },
  'IndexCurve/EUR-EURIBOR-3M': {
    source: 'EUR3M',
    discount: euro,
    convention: 'EUR-3M-SWAP-CONVENTIONS',
    deposits: 'EUR-EURIBOR-CONVENTIONS',
  },
  'IndexCurve/EUR-EURIBOR-6M': {
    source: 'EUR6M',
    discount: euro,
    convention: 'EUR-6M-SWAP-CONVENTIONS',
    deposits: 'EUR-EURIBOR-CONVENTIONS',
  },
  'IndexCurve/GBP-LIBOR-6M': {
    source: 'GBP6M',
    discount: sterling,
    convention: 'GBP-6M-SWAP-CONVENTIONS',
    deposits: 'GBP-DEPOSIT',
  },
};

/** Discount curves of the configuration, which the others need beside their own. */
const discounts = { [sterling]: 'GBP-IN-EUR' };

export interface ParRate {
  readonly key: string;
  readonly tenor: string;
  readonly published: number;
  readonly own: number;
}

/** Every deposit and swap of the report that the library has, on curves built from the quotes. */
export function parRates(): readonly ParRate[] {
  const names = 'EUR1D EUR3M EUR6M GBP1D GBP3M GBP6M GBP-IN-EUR'.split(' ');
  const { definition, quotes } = oreCurves(names);
  const { set } = repriced(definition, quotes);
  const sources = Object.entries(reported).map(([name, { source }]) => [name, source] as const);
  const curves = new Map(
    [...sources, ...Object.entries(discounts)].map(([name, source]) => [name, set.curves.get(source)!]),
  );
  const conventions = oreConventions();
  const rates = new Map<string, ParRate>();
  for (const [key, base] of dataRows(...oreFolder, 'sensitivity', 'expected', 'scenario_par_rates.csv')) {
    const name = key!.slice(0, key!.lastIndexOf('/'));
    const sample = reported[name];
    if (!sample) continue;
    const tenor = tenors[Number(key!.slice(name.length + 1))]!;
    const short = sample.overnight !== true && !tenor.endsWith('Y');
    const instrument = short
      ? oreParDeposit(conventions.get(sample.deposits!)!, tenor, name)
      : oreParSwap(conventions.get(sample.convention)!, tenor, { discount: sample.discount, forward: name });
    const own = impliedQuote(instrument, (curve) => curves.get(curve)!);
    rates.set(key!, { key: key!, tenor, published: Number(base), own });
  }
  return [...rates.values()];
}
