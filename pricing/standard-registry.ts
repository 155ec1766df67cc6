/** The pricers that come with the library; a plug-in is one more list: `registryOf([...standardPricers, mine])`. */
import { blackScholesVanillaPricer } from './measures/black-scholes-vanilla.js';
import {
  finiteDifferenceVanillaPricer,
  localVolatilityVanillaPricer,
} from './measures/finite-difference-vanilla.js';
import { hestonVanillaPricer } from './measures/heston-vanilla.js';
import { scriptedPricer } from './measures/scripted.js';
import { type AnyPricer, anyPricer, type PricerRegistry, registryOf } from './registry.js';

export const standardPricers: readonly AnyPricer[] = [
  anyPricer(blackScholesVanillaPricer),
  anyPricer(hestonVanillaPricer),
  anyPricer(finiteDifferenceVanillaPricer),
  anyPricer(localVolatilityVanillaPricer),
  anyPricer(scriptedPricer),
];

export const standardRegistry = (): PricerRegistry => registryOf(standardPricers);
