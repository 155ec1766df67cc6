/** Makes the spots of a block of paths under any path model. */
import { hestonPaths } from './heston-paths';
import { localVolatilityPaths } from './local-volatility-paths';
import { lognormalPaths } from './lognormal-paths';
import type { BlockShape } from './normal-block';
import type { PathModel, SpotColumns } from './path-model';

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
