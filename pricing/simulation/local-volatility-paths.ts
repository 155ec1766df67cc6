/** Assets under local volatility: Euler steps in ln S with the volatility of the step's start. */
import { type BlockShape, normalBlock } from './normal-block';
import {
  correlationRoot,
  type LocalVolatilityPaths,
  type SpotColumns,
  timeSteps,
  type VolatilityTable,
} from './path-model';

/** Tabulates any local volatility for the simulation: rows at `times`, columns even in ln(S/reference), the reference being today's spot. */
export function tabulateVolatility(
  at: (t: number, s: number) => number,
  grid: {
    readonly spot: number;
    readonly times: readonly number[];
    readonly reach: number;
    readonly columns: number;
  },
): VolatilityTable {
  const step = (2 * grid.reach) / (grid.columns - 1);
  const rows = grid.times.map((t) =>
    Float64Array.from({ length: grid.columns }, (_, i) =>
      at(t, grid.spot * Math.exp(-grid.reach + i * step)),
    ),
  );
  return { times: grid.times, reference: grid.spot, first: -grid.reach, step, rows };
}

const rowAt = (table: VolatilityTable, t: number): Float64Array => {
  let row = 0;
  while (row + 1 < table.times.length && table.times[row + 1]! <= t + 1e-12) row++;
  return table.rows[row]!;
};

const { floor, max, min, sqrt } = Math;

/** One Euler step of every path; `x` is ln(S/reference) and is moved in place. */
function step(
  x: Float64Array,
  mixed: Float64Array,
  now: {
    readonly row: Float64Array;
    readonly table: VolatilityTable;
    readonly drift: number;
    readonly dt: number;
  },
): void {
  const { row, table, drift, dt } = now;
  const root = sqrt(dt);
  const last = row.length - 1;
  for (let p = 0; p < x.length; p++) {
    const at = min(max((x[p]! - table.first) / table.step, 0), last);
    const i = min(floor(at), last - 1);
    const volatility = row[i]! + (at - i) * (row[i + 1]! - row[i]!);
    x[p]! += (drift - 0.5 * volatility * volatility) * dt + volatility * root * mixed[p]!;
  }
}

export function localVolatilityPaths(
  model: LocalVolatilityPaths,
  times: readonly number[],
  shape: BlockShape,
): SpotColumns {
  const count = model.assets.length;
  const root = correlationRoot(model.correlation, count)!;
  const steps = timeSteps(times, model.stepsPerYear);
  const total = steps.reduce((sum, list) => sum + list.length, 0);
  const normals = normalBlock(shape, total * count);
  const paths = 2 * shape.pairs;
  const mixed = new Float64Array(paths);
  return model.assets.map((asset, a) => {
    const x = new Float64Array(paths).fill(Math.log(asset.spot / asset.table.reference));
    let now = 0;
    let index = 0;
    return steps.map((lengths) => {
      for (const dt of lengths) {
        mixed.fill(0);
        for (let k = 0; k <= a; k++) {
          const weight = root[a]![k]!;
          const z = normals[index * count + k]!;
          if (weight !== 0) for (let p = 0; p < paths; p++) mixed[p]! += weight * z[p]!;
        }
        step(x, mixed, {
          row: rowAt(asset.table, now),
          table: asset.table,
          drift: model.rate - asset.dividend,
          dt,
        });
        now += dt;
        index++;
      }
      return x.map((value) => asset.table.reference * Math.exp(value));
    });
  });
}
