/** The dynamics of a simulation: lognormal assets, Heston, or the local volatility of each asset's own surface. */

import { tabulateVolatility } from '../simulation/local-volatility-paths';
import type { PathModel, VolatilityTable } from '../simulation/path-model';
import { repairSlightCalendar } from '../volatility/calendar-repair';
import { localVolatility } from '../volatility/local-volatility';
import { buildSviSurface, surfaceFaults, surfacePoint } from '../volatility/svi-surface';
import type { RowReader } from './fields';
import { readHeston, readSlices, readVolatility } from './market-fields';
import type { ReadContext } from './schema';

const STEPS = { least: 1, most: 1000, integer: true, otherwise: 50 };
const COLUMNS = 201;

const readAsset = (reader: RowReader) => ({
  name: reader.text('name'),
  spot: reader.number('spot', { above: 0 }),
  dividend: reader.number('dividend', { least: -1, most: 1, otherwise: 0 }),
});

/** One row a step until the last quoted expiry; the last row is held after it. */
function readTable(
  reader: RowReader,
  context: ReadContext,
  at: { spot: number; stepsPerYear: number },
): VolatilityTable {
  const empty = { times: [0], reference: 1, first: 0, step: 1, rows: [Float64Array.of(0, 0)] };
  const slices = readSlices(reader, context);
  if (reader.faults.length > 0) return empty;
  const built = buildSviSurface(slices);
  const surface = built.ok ? repairSlightCalendar(built.value) : undefined;
  const fault = built.ok ? surfaceFaults(surface!, 1e-6)[0] : built;
  if (fault || !surface) {
    reader.fault(
      'slices',
      'surface-must-be-free-of-arbitrage',
      fault?.message ?? 'the surface cannot be built',
    );
    return empty;
  }
  const last = surface.slices.at(-1)!.expiry;
  const count = Math.ceil(last * at.stepsPerYear);
  const times = Array.from({ length: count }, (_, i) => i / at.stepsPerYear);
  const reach = Math.max(0.2, 6 * Math.sqrt(surfacePoint(surface, last, 0).w));
  const local = localVolatility(surface, at.spot);
  return tabulateVolatility(local.at, { spot: at.spot, times, reach, columns: COLUMNS });
}

/** Rows of numbers, symmetric or not: the engine refuses what is no correlation matrix. */
function readCorrelation(reader: RowReader, count: number): readonly (readonly number[])[] | undefined {
  const rows = reader.list(
    'correlation',
    (inner) => {
      inner.ignore('value');
      return inner.row['value'];
    },
    { optional: true },
  );
  if (rows.length === 0) return undefined;
  const isRow = (row: unknown): row is readonly number[] =>
    Array.isArray(row) && row.length === count && row.every((x) => typeof x === 'number');
  if (rows.length === count && rows.every(isRow)) return rows;
  reader.fault('correlation', 'correlation-must-be-square', `give ${count} rows of as many numbers`);
  return undefined;
}

/** Undefined when the row has faults. */
export function readDynamics(reader: RowReader, context: ReadContext): PathModel | undefined {
  const rate = reader.number('rate', { least: -1, most: 1 });
  const kind = reader.oneOf('dynamics', ['lognormal', 'heston', 'local-volatility'], {
    otherwise: 'lognormal',
  });
  if (kind === 'heston') {
    const [asset, ...others] = reader.list('assets', readAsset);
    const parameters = readHeston(reader);
    const stepsPerYear = reader.number('stepsPerYear', STEPS);
    if (asset && others.length === 0) return { kind, rate, assets: [asset], parameters, stepsPerYear };
    reader.fault('assets', 'heston-must-have-one-asset', 'give exactly one asset');
    return undefined;
  }
  if (kind === 'local-volatility') {
    const stepsPerYear = reader.number('stepsPerYear', STEPS);
    const assets = reader.list('assets', (inner) => {
      const asset = readAsset(inner);
      return { ...asset, table: readTable(inner, context, { spot: asset.spot, stepsPerYear }) };
    });
    const correlation = readCorrelation(reader, assets.length);
    if (reader.faults.length > 0) return undefined;
    return { kind, rate, assets, stepsPerYear, ...(correlation && { correlation }) };
  }
  const assets = reader.list('assets', (inner) => ({
    ...readAsset(inner),
    volatility: readVolatility(inner),
  }));
  if (assets.length === 0) reader.fault('assets', 'model-must-have-assets', 'give one asset at least');
  const correlation = readCorrelation(reader, assets.length);
  return { kind, rate, assets, ...(correlation && { correlation }) };
}
