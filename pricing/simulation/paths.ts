/** Makes the spots of a block of paths under any path model. */
import { hestonPaths } from './heston-paths.js';
import { localVolatilityPaths } from './local-volatility-paths.js';
import { lognormalPaths } from './lognormal-paths.js';
import type { BlockShape } from './normal-block.js';
import type { PathModel, SpotColumns } from './path-model.js';

/** `times` rise and are above zero; the correlation has been checked. */
export function blockPaths(model: PathModel, times: readonly number[], shape: BlockShape): SpotColumns {
  switch (model.kind) {
    case 'lognormal':
      return lognormalPaths(model, times, shape);
    case 'local-volatility':
      return localVolatilityPaths(model, times, shape);
    case 'heston':
      return hestonPaths(model, times, shape);
  }
}
