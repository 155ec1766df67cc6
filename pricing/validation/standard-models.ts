/** The models that come with the library; a plug-in of one's own is one more in the list. */
import { blackScholesPlugin, finiteDifferencePlugin, monteCarloPlugin } from './engines';
import { hestonPlugin } from './heston';
import { hullWhitePlugin } from './hull-white';
import type { AnyModelPlugin, ModelPlugin } from './model-plugin';
import { sabrPlugin, sviPlugin } from './smiles';
import { ssviPlugin } from './ssvi';

export const standardModelPlugins: readonly AnyModelPlugin[] = [
  blackScholesPlugin,
  hestonPlugin,
  finiteDifferencePlugin,
  monteCarloPlugin,
  sviPlugin,
  ssviPlugin,
  sabrPlugin,
  hullWhitePlugin,
];

/** Those that are calibrated to smiles of implied volatility. */
export const smilePlugins: readonly ModelPlugin[] = [hestonPlugin, sviPlugin, ssviPlugin, sabrPlugin];
