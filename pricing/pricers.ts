/** The pricers that the library ships; `registryOf([...standardPricers, yours])` adds to them. */
import { asianPricers } from './measures/asian-option';
import { barrierPricers } from './measures/barrier-option';
import { basketOptionPricer } from './measures/basket-option';
import { bermudanSwaptionPricer } from './measures/bermudan-swaption';
import { bondPricer } from './measures/bond';
import { capFloorPricers } from './measures/cap-floor';
import { cdsPricer } from './measures/cds';
import { compoundPricer } from './measures/compound-option';
import { deltaOnePricers } from './measures/delta-one';
import { deribitPricers } from './measures/deribit-vanilla';
import { digitalPricers } from './measures/digital-option';
import {
  finiteDifferenceVanillaPricer,
  localVolatilityVanillaPricer,
} from './measures/finite-difference-vanilla';
import { forwardOptionPricers } from './measures/forward-option';
import { forwardStartPricers } from './measures/forward-start-option';
import { futureOptionPricer } from './measures/future-option';
import { hestonVanillaPricer } from './measures/heston-vanilla';
import { hullWhiteSwaptionPricer } from './measures/hull-white';
import { hullWhiteCapFloorPricer } from './measures/hull-white-cap-floor';
import { fraPricer, fxForwardPricer, termDepositPricer } from './measures/linear-rates';
import { lookbackPricers } from './measures/lookback-option';
import { marketDay } from './measures/market-day';
import { pairPricers } from './measures/pair-option';
import { scriptedPricer } from './measures/scripted';
import { simulatedAsianPricer } from './measures/simulated-asian';
import { smileVanillaPricers } from './measures/smile-vanilla';
import { swapPricer } from './measures/swap';
import { swaptionPricers } from './measures/swaption';
import { termStructureAsianPricer } from './measures/term-structure-asian';
import { termStructureVanillaPricer } from './measures/term-structure-vanilla';
import { vanillaPricers } from './measures/vanilla-option';
import { varianceSwapPricers } from './measures/variance-swap';
import { productDoor } from './products/product-door';
import { type AnyPricer, anyPricer, registryOf } from './registry';

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
