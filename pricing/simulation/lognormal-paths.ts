/** Correlated lognormal assets, exact at every observation time. */
import { type BlockShape, normalBlock } from './normal-block';
import { correlationRoot, type LognormalPaths, type SpotColumns } from './path-model';

const { exp, sqrt } = Math;

export function lognormalPaths(
  model: LognormalPaths,
  times: readonly number[],
  shape: BlockShape,
): SpotColumns {
  const count = model.assets.length;
  const root = correlationRoot(model.correlation, count)!;
  const normals = normalBlock(shape, times.length * count);
  const paths = 2 * shape.pairs;
  const mixed = new Float64Array(paths);
  return model.assets.map((asset, a) => {
    let before = new Float64Array(paths).fill(asset.spot);
    let last = 0;
    return times.map((time, t) => {
      const dt = time - last;
      last = time;
      mixed.fill(0);
      for (let k = 0; k <= a; k++) {
        const weight = root[a]![k]!;
        const z = normals[t * count + k]!;
        if (weight !== 0) for (let p = 0; p < paths; p++) mixed[p]! += weight * z[p]!;
      }
      const drift = (model.rate - asset.dividend - 0.5 * asset.volatility * asset.volatility) * dt;
      const width = asset.volatility * sqrt(dt);
      const now = new Float64Array(paths);
      for (let p = 0; p < paths; p++) now[p] = before[p]! * exp(drift + width * mixed[p]!);
      before = now;
      return now;
    });
  });
}
