/** Sepp's DAX surface, whose least-squares Heston error is published. */
import { calibrateHeston } from '../../../pricing/calibration/heston';
import type { AnyReferenceTable, ReferenceTable } from './reference-table';

interface DaxSurface {
  readonly spot: number;
  readonly days: readonly number[];
  readonly zero_rates: readonly number[];
  readonly strikes: readonly number[];
  readonly implied_vols: readonly (readonly number[])[];
}

const dax: ReferenceTable<DaxSurface> = {
  file: 'hestonmodel.dax_vol_surface.json',
  rows: (text) => [JSON.parse(text) as DaxSurface],
  price: (surface) => {
    const slices = surface.days.map((days, d) => {
      // The published calibration rounds maturities to whole weeks.
      const expiry = (Math.floor((days + 3) / 7) * 7) / 365;
      const rate = surface.zero_rates[d]!;
      return {
        label: `${days} days`,
        expiry,
        forward: surface.spot * Math.exp(rate * expiry),
        discount: Math.exp(-rate * expiry),
        quotes: surface.strikes.map((strike, s) => ({ strike, volatility: surface.implied_vols[s]![d]! })),
      };
    });
    const start = { v0: 0.1, kappa: 1, theta: 0.1, sigma: 0.5, rho: -0.5 };
    const fit = calibrateHeston(slices, { start });
    if (!fit.ok) throw new Error(fit.message);
    const { rmse, quotes } = fit.value.error;
    return {
      figure: 'sum of squared errors, points²',
      expected: 177.2,
      actual: quotes * (100 * rmse) ** 2,
      tolerance: 1,
    };
  },
};

export const hestonTables: readonly AnyReferenceTable[] = [dax] as readonly AnyReferenceTable[];
