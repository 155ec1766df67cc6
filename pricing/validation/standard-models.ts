/** The models that come with the library; a plug-in of one's own is one more in the list. */
import { blackScholesPlugin, finiteDifferencePlugin, monteCarloPlugin } from './engines.js';
import { hestonPlugin } from './heston.js';
import { hullWhitePlugin } from './hull-white.js';
import type { AnyModelPlugin, ModelPlugin } from './model-plugin.js';
import { sabrPlugin, sviPlugin } from './smiles.js';
import { ssviPlugin } from './ssvi.js';

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
