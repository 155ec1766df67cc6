/** Heston by its parameters, or fitted to the quotes of a surface. */
import { calibrateHeston } from '../calibration/heston';
import { failure, success } from '../contract';
import type { HestonMarket } from '../measures/heston-vanilla';
import { accepted, fitFields, levelOf } from './calibrated';
import { marketFields, readHeston, readMarket, readSlices, sliceFields } from './market-fields';
import type { RowSchema } from './schema';

export const heston: RowSchema<HestonMarket> = {
  name: 'heston',
  about: 'Heston stochastic volatility, semi-analytic; by its parameters, or fitted to quotes',
  fields: {
    ...marketFields,
    v0: "today's variance, per year",
    kappa: 'mean reversion, per year',
    theta: 'long-run variance, per year',
    sigma: 'volatility of variance',
    rho: 'correlation of spot and variance',
    slices: `in place of the parameters, which are then fitted: ${sliceFields}`,
    ...fitFields,
  },
  read: (reader, context) => {
    const market = readMarket(reader);
    if (!reader.has('slices')) {
      reader.ignore('slices');
      return success({ kind: 'heston', ...market, ...readHeston(reader) });
    }
    reader.ignore(...Object.keys(fitFields));
    const slices = readSlices(reader, context, market);
    if (reader.faults.length > 0) return failure('row-must-be-readable', 'see the faults of the fields');
    const priced = slices.map((slice) => ({ ...slice, discount: Math.exp(-market.rate * slice.expiry) }));
    const parameters = accepted(
      reader,
      'slices',
      calibrateHeston(priced),
      levelOf(slices.flatMap(({ quotes }) => quotes)),
    );
    if (!parameters) return failure('row-must-be-readable', 'see the faults of the fields');
    return success({ kind: 'heston', ...market, ...parameters });
  },
};
