/** The pricers that the library ships; `registryOf([...standardPricers, yours])` adds to them. */
import { asianPricers } from './measures/asian-option.js';
import { barrierPricers } from './measures/barrier-option.js';
import { basketOptionPricer } from './measures/basket-option.js';
import { bermudanSwaptionPricer } from './measures/bermudan-swaption.js';
import { bondPricer } from './measures/bond.js';
import { capFloorPricers } from './measures/cap-floor.js';
import { cdsPricer } from './measures/cds.js';
import { compoundPricer } from './measures/compound-option.js';
import { deltaOnePricers } from './measures/delta-one.js';
import { deribitPricers } from './measures/deribit-vanilla.js';
import { digitalPricers } from './measures/digital-option.js';
import {
  finiteDifferenceVanillaPricer,
  localVolatilityVanillaPricer,
} from './measures/finite-difference-vanilla.js';
import { forwardOptionPricers } from './measures/forward-option.js';
import { forwardStartPricers } from './measures/forward-start-option.js';
import { futureOptionPricer } from './measures/future-option.js';
import { hestonVanillaPricer } from './measures/heston-vanilla.js';
import { hullWhiteSwaptionPricer } from './measures/hull-white.js';
import { hullWhiteCapFloorPricer } from './measures/hull-white-cap-floor.js';
import { fraPricer, fxForwardPricer, termDepositPricer } from './measures/linear-rates.js';
import { lookbackPricers } from './measures/lookback-option.js';
import { marketDay } from './measures/market-day.js';
import { pairPricers } from './measures/pair-option.js';
import { scriptedPricer } from './measures/scripted.js';
import { simulatedAsianPricer } from './measures/simulated-asian.js';
import { smileVanillaPricers } from './measures/smile-vanilla.js';
import { swapPricer } from './measures/swap.js';
import { swaptionPricers } from './measures/swaption.js';
import { termStructureAsianPricer } from './measures/term-structure-asian.js';
import { termStructureVanillaPricer } from './measures/term-structure-vanilla.js';
import { vanillaPricers } from './measures/vanilla-option.js';
import { varianceSwapPricers } from './measures/variance-swap.js';
import { productDoor } from './products/product-door.js';
import { type AnyPricer, anyPricer, registryOf } from './registry.js';

/** Options on one and two underlyings in closed form, quadrature or spectral collocation. */
export const optionPricers: readonly AnyPricer[] = [
  ...deltaOnePricers,
  ...vanillaPricers,
  ...forwardOptionPricers,
  ...digitalPricers,
  ...barrierPricers,
  ...asianPricers,
  ...lookbackPricers,
  compoundPricer,
  ...forwardStartPricers,
  ...pairPricers,
];

/** Caps, floors, swaptions and Bermudans under the models that price them. */
export const rateOptionPricers: readonly AnyPricer[] = [
  anyPricer(capFloorPricers.black),
  anyPricer(capFloorPricers.bachelier),
  anyPricer(capFloorPricers.sabr),
  anyPricer(swaptionPricers.black),
  anyPricer(swaptionPricers.bachelier),
  anyPricer(swaptionPricers.sabr),
  anyPricer(hullWhiteCapFloorPricer),
  anyPricer(hullWhiteSwaptionPricer),
  anyPricer(bermudanSwaptionPricer),
];

/** What exchanges and desks list beside the closed forms: options on futures, coin options, variance, baskets. */
export const listedPricers: readonly AnyPricer[] = [
  futureOptionPricer,
  anyPricer(deribitPricers.forwardOption),
  anyPricer(deribitPricers.vanilla),
  anyPricer(varianceSwapPricers.blackScholes),
  anyPricer(varianceSwapPricers.svi),
  anyPricer(varianceSwapPricers.ssvi),
  anyPricer(varianceSwapPricers.heston),
  anyPricer(varianceSwapPricers.strip),
  anyPricer(basketOptionPricer),
];

/** A pricer of the library's own kinds asks for all that a product must say, before its formula reads it. */
const atDoor = (pricer: AnyPricer): AnyPricer => ({
  ...pricer,
  price: (product, model, context) => {
    const door = productDoor(product);
    if (!door.ok) return door;
    const day = marketDay(model, context);
    return day.ok ? pricer.price(product, model, context) : day;
  },
});

export const standardPricers: readonly AnyPricer[] = [
  ...optionPricers,
  ...listedPricers,
  anyPricer(hestonVanillaPricer),
  anyPricer(finiteDifferenceVanillaPricer),
  anyPricer(localVolatilityVanillaPricer),
  anyPricer(termStructureVanillaPricer),
  anyPricer(termStructureAsianPricer),
  anyPricer(smileVanillaPricers.svi),
  anyPricer(smileVanillaPricers.ssvi),
  anyPricer(scriptedPricer),
  anyPricer(simulatedAsianPricer),
  anyPricer(termDepositPricer),
  anyPricer(fraPricer),
  anyPricer(fxForwardPricer),
  anyPricer(swapPricer),
  anyPricer(bondPricer),
  anyPricer(cdsPricer),
  ...rateOptionPricers,
].map(atDoor);

export const standardRegistry = registryOf(standardPricers);
