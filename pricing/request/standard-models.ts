/** The models, each with the market that it prices in, that a request can name. */
import { failure, success } from '../contract.js';
import type { FiniteDifferenceModel, LocalVolatilityModel } from '../measures/finite-difference-vanilla.js';
import type { HestonMarket } from '../measures/heston-vanilla.js';
import type { MonteCarloModel } from '../measures/scripted.js';
import type { PathModel } from '../simulation/path-model.js';
import { buildSviSurface } from '../volatility/svi-surface.js';
import { readExpiry } from './expiry.js';
import type { RowReader } from './fields.js';
import { optionModels } from './option-models.js';
import { rateModels } from './rate-models.js';
import type { RowSchema } from './schema.js';

const marketFields = {
  spot: 'price of the underlying',
  rate: 'continuously compounded, decimal',
  dividend: 'continuous yield or foreign rate, decimal (0 when absent)',
};
const readMarket = (reader: RowReader) => ({
  spot: reader.number('spot', { above: 0 }),
  rate: reader.number('rate', { least: -1, most: 1 }),
  dividend: reader.number('dividend', { least: -1, most: 1, otherwise: 0 }),
});
const readVolatility = (reader: RowReader): number => reader.number('volatility', { above: 0, most: 10 });

const readGrid = (reader: RowReader) =>
  reader.within(
    'grid',
    (inner) => ({
      nodes: inner.number('nodes', { least: 21, most: 5000, integer: true }),
      steps: inner.number('steps', { least: 8, most: 5000, integer: true }),
    }),
    { optional: true },
  );

const finiteDifference: RowSchema<FiniteDifferenceModel> = {
  name: 'finite-difference',
  about: 'Black–Scholes–Merton on a grid in ln S, with its error stated',
  fields: { ...marketFields, volatility: 'lognormal, per year, decimal', grid: '{nodes, steps} (optional)' },
  read: (reader) => {
    const volatility = readVolatility(reader);
    const market = readMarket(reader);
    const grid = readGrid(reader);
    return success({ kind: 'finite-difference', ...market, volatility, ...(grid && { grid }) });
  },
};

const heston: RowSchema<HestonMarket> = {
  name: 'heston',
  about: 'Heston stochastic volatility, semi-analytic',
  fields: {
    ...marketFields,
    v0: "today's variance, per year",
    kappa: 'mean reversion, per year',
    theta: 'long-run variance, per year',
    sigma: 'volatility of variance',
    rho: 'correlation of spot and variance',
  },
  read: (reader) => success({ kind: 'heston', ...readMarket(reader), ...readHeston(reader) }),
};

const readHeston = (reader: RowReader) => ({
  v0: reader.number('v0', { least: 0, most: 25 }),
  kappa: reader.number('kappa', { above: 0, most: 1000 }),
  theta: reader.number('theta', { least: 0, most: 25 }),
  sigma: reader.number('sigma', { least: 0, most: 100 }),
  rho: reader.number('rho', { least: -1, most: 1 }),
});

const localVolatility: RowSchema<LocalVolatilityModel> = {
  name: 'local-volatility',
  about: "Dupire's local volatility of an SVI surface fitted to the quotes given, on a grid",
  fields: {
    ...marketFields,
    slices: 'list of {label, expiry, forward, quotes: [{strike, volatility}]}',
    grid: '{nodes, steps} (optional)',
  },
  read: (reader, context) => {
    const market = readMarket(reader);
    const grid = readGrid(reader);
    const slices = reader.list('slices', (slice) => ({
      label: slice.text('label'),
      expiry: readExpiry(slice, context),
      forward: slice.number('forward', { above: 0 }),
      quotes: slice.list('quotes', (quote) => ({
        strike: quote.number('strike', { above: 0 }),
        volatility: readVolatility(quote),
      })),
    }));
    if (reader.faults.length > 0) return failure('row-must-be-readable', 'see the faults of the fields');
    const surface = buildSviSurface(slices);
    if (!surface.ok) return surface;
    return success({ kind: 'local-volatility', ...market, surface: surface.value, ...(grid && { grid }) });
  },
};

const STEPS = { least: 1, most: 1000, integer: true, otherwise: 50 };

function readDynamics(reader: RowReader): PathModel {
  const rate = reader.number('rate', { least: -1, most: 1 });
  const kind = reader.oneOf('dynamics', ['lognormal', 'heston'], { otherwise: 'lognormal' });
  const asset = (inner: RowReader) => ({
    name: inner.text('name'),
    spot: inner.number('spot', { above: 0 }),
    dividend: inner.number('dividend', { least: -1, most: 1, otherwise: 0 }),
  });
  if (kind === 'heston') {
    const assets = reader.list('assets', asset);
    const parameters = readHeston(reader);
    const stepsPerYear = reader.number('stepsPerYear', STEPS);
    if (assets.length !== 1) reader.fault('assets', 'heston-must-have-one-asset', 'give exactly one asset');
    return { kind, rate, assets: [assets[0]!], parameters, stepsPerYear };
  }
  const assets = reader.list('assets', (inner) => ({ ...asset(inner), volatility: readVolatility(inner) }));
  if (assets.length === 0) reader.fault('assets', 'model-must-have-assets', 'give one asset at least');
  const rows = reader.list(
    'correlation',
    (inner) => {
      inner.ignore('value');
      return inner.row['value'] as readonly number[];
    },
    { optional: true },
  );
  const square = rows.every((row) => Array.isArray(row) && row.length === assets.length);
  if (rows.length > 0 && !(square && rows.length === assets.length)) {
    reader.fault(
      'correlation',
      'correlation-must-be-square',
      `give ${assets.length} rows of as many numbers`,
    );
  }
  return { kind, rate, assets, ...(rows.length > 0 && { correlation: rows }) };
}

const monteCarlo: RowSchema<MonteCarloModel> = {
  name: 'monte-carlo',
  about: 'simulation of scripted payoffs with control variates and error bars',
  fields: {
    rate: 'continuously compounded, decimal',
    assets: 'list of {name, spot, dividend, volatility}',
    correlation: 'rows of the correlation matrix (identity when absent)',
    dynamics: 'lognormal (default) or heston (then one asset and v0, kappa, theta, sigma, rho, stepsPerYear)',
    paths: 'number of paths, up to 2²⁶ (65,536 when absent)',
    seed: 'whole number (1 when absent); the same seed gives the same bits',
  },
  read: (reader) => {
    const paths = reader.number('paths', { least: 1, most: 1 << 26, integer: true, otherwise: 65_536 });
    const seed = reader.number('seed', {
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
      integer: true,
      otherwise: 1,
    });
    return success({ kind: 'monte-carlo', dynamics: readDynamics(reader), seed, paths });
  },
};

export const standardModels: readonly RowSchema[] = [
  ...optionModels,
  ...rateModels,
  finiteDifference,
  heston,
  localVolatility,
  monteCarlo,
];
