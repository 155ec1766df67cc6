/** The pricers that the library ships; `registryOf([...standardPricers, yours])` adds to them. */
import { bondPricer } from './measures/bond.js';
import { cdsPricer } from './measures/cds.js';
import { exoticPricers } from './measures/exotic-option.js';
import {
  finiteDifferenceVanillaPricer,
  localVolatilityVanillaPricer,
} from './measures/finite-difference-vanilla.js';
import { hestonVanillaPricer } from './measures/heston-vanilla.js';
import { fraPricer, fxForwardPricer, termDepositPricer } from './measures/linear-rates.js';
import { pairPricers } from './measures/pair-option.js';
import { scriptedPricer } from './measures/scripted.js';
import { swapPricer } from './measures/swap.js';
import { vanillaPricers } from './measures/vanilla-option.js';
import { type AnyPricer, anyPricer, registryOf } from './registry.js';

/** Options on one and two underlyings in closed form, quadrature or spectral collocation. */
export const optionPricers: readonly AnyPricer[] = [...vanillaPricers, ...exoticPricers, ...pairPricers];

export const standardPricers: readonly AnyPricer[] = [
  ...optionPricers,
  anyPricer(hestonVanillaPricer),
  anyPricer(finiteDifferenceVanillaPricer),
  anyPricer(localVolatilityVanillaPricer),
  anyPricer(scriptedPricer),
  anyPricer(termDepositPricer),
  anyPricer(fraPricer),
  anyPricer(fxForwardPricer),
  anyPricer(swapPricer),
  anyPricer(bondPricer),
  anyPricer(cdsPricer),
];

export const standardRegistry = registryOf(standardPricers);
