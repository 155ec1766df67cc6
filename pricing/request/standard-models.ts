/** The models, each with the market that it prices in, that a request can name. */
import { failure, success } from '../contract';
import type { FiniteDifferenceModel, LocalVolatilityModel } from '../measures/finite-difference-vanilla';
import type { MonteCarloModel } from '../measures/scripted';
import { repairSlightCalendar } from '../volatility/calendar-repair';
import { fitFields } from './calibrated';
import { isdaCds } from './credit-models';
import type { RowReader } from './fields';
import { heston } from './heston-model';
import { listedModels } from './listed-models';
import { marketFields, readMarket, readVolatility, sliceFields } from './market-fields';
import { optionModels } from './option-models';
import { readDynamics } from './path-dynamics';
import { rateModels } from './rate-models';
import type { RowSchema } from './schema';
import { readQuotedSurface, readSvi, ssvi, svi } from './smile-models';
import { termStructure } from './term-structure';

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

const localVolatility: RowSchema<LocalVolatilityModel> = {
  name: 'local-volatility',
  about: "Dupire's local volatility of an SVI surface fitted to the quotes given, on a grid",
  fields: {
    ...marketFields,
    slices: sliceFields,
    ...fitFields,
    grid: '{nodes, steps} (optional)',
  },
  read: (reader, context) => {
    const grid = readGrid(reader);
    const quoted = readQuotedSurface(reader, context);
    if (!quoted.ok) return quoted;
    const { market, slices } = quoted.value;
    const surface = readSvi(reader, slices, repairSlightCalendar);
    if (!surface.ok) return surface;
    return success({ kind: 'local-volatility', ...market, surface: surface.value, ...(grid && { grid }) });
  },
};

const monteCarlo: RowSchema<MonteCarloModel> = {
  name: 'monte-carlo',
  about: 'simulation of scripted payoffs with control variates and error bars',
  fields: {
    rate: 'continuously compounded, decimal',
    assets: 'list of {name, spot, dividend, volatility}',
    correlation: 'rows of the correlation matrix (identity when absent)',
    dynamics:
      'lognormal (default); heston (one asset, and v0, kappa, theta, sigma, rho); local-volatility (assets have slices instead of a volatility)',
    stepsPerYear: 'of heston and local-volatility (50 when absent)',
    paths: 'number of paths, up to 2²⁶ (65,536 when absent)',
    seed: 'whole number (1 when absent); the same seed gives the same bits',
  },
  read: (reader, context) => {
    const paths = reader.number('paths', { least: 1, most: 1 << 26, integer: true, otherwise: 65_536 });
    const seed = reader.number('seed', {
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
      integer: true,
      otherwise: 1,
    });
    const dynamics = readDynamics(reader, context);
    if (!dynamics) return failure('row-must-be-readable', 'see the faults of the fields');
    return success({ kind: 'monte-carlo', dynamics, seed, paths });
  },
};

export const standardModels: readonly RowSchema[] = [
  ...optionModels,
  ...listedModels,
  ...rateModels,
  isdaCds,
  finiteDifference,
  heston,
  svi,
  ssvi,
  localVolatility,
  termStructure,
  monteCarlo,
];
