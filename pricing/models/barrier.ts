/**
 * Barrier options with continuous monitoring: single and double, in and out, with rebate; binaries on barriers.
 *
 * A knock-out pays its rebate at the touch, a knock-in pays it at expiry if it never knocked in, as Reiner and Rubinstein
 * (1991) have it. A spot on or beyond a barrier has touched it.
 */
import { aliveMoment, type Corridor, isTouched, touchValue } from './absorbed-diffusion';
import { blackScholesPrice, type LognormalMarket, signOf, type VanillaTerms } from './black';
import { assetOrNothingPrice, cashOrNothingPrice } from './digital';

export type Knock = 'in' | 'out';

export interface BarrierTerms extends VanillaTerms, Corridor {
  readonly knock: Knock;
  readonly rebate: number;
}

/** The prices at expiry where the option is in the money. */
const moneyWindow = ({ right, strike }: VanillaTerms): { readonly from: number; readonly to: number } =>
  right === 'call' ? { from: strike, to: Infinity } : { from: 0, to: strike };

/** Either barrier touched: one unit at the touch. */
export const touchEitherValue = (corridor: Corridor, market: LognormalMarket): number =>
  touchValue(corridor, 'lower', market) + touchValue(corridor, 'upper', market);

/** No barrier touched until expiry: one unit then. */
export const noTouchValue = (corridor: Corridor, market: LognormalMarket): number =>
  Math.exp(-market.rate * corridor.time) * aliveMoment(corridor, { power: 0, from: 0, to: Infinity }, market);

/** The knock-out without rebate. */
const aliveOption = (terms: BarrierTerms, market: LognormalMarket): number => {
  const window = moneyWindow(terms);
  const asset = aliveMoment(terms, { power: 1, ...window }, market);
  const cash = aliveMoment(terms, { power: 0, ...window }, market);
  return signOf(terms.right) * Math.exp(-market.rate * terms.time) * (asset - terms.strike * cash);
};

/** Single barriers leave `lower` at 0 or `upper` at Infinity. */
export const barrierPrice = (terms: BarrierTerms, market: LognormalMarket): number => {
  const touched = isTouched(terms, market.spot);
  if (terms.knock === 'out') {
    if (touched) return terms.rebate;
    const rebate = terms.rebate === 0 ? 0 : terms.rebate * touchEitherValue(terms, market);
    return Math.max(aliveOption(terms, market), 0) + rebate;
  }
  const vanilla = blackScholesPrice(terms, market);
  if (touched) return vanilla;
  const rebate = terms.rebate === 0 ? 0 : terms.rebate * noTouchValue(terms, market);
  return Math.max(vanilla - aliveOption(terms, market), 0) + rebate;
};

export interface BinaryBarrierTerms extends VanillaTerms, Corridor {
  readonly knock: Knock;
  /** What is paid at expiry: one unit of cash, or the asset. */
  readonly pays: 'cash' | 'asset';
}

/** Pays at expiry if the option ends in the money and has (not) touched. */
export const binaryBarrierPrice = (terms: BinaryBarrierTerms, market: LognormalMarket): number => {
  const power = terms.pays === 'cash' ? 0 : 1;
  const alive =
    Math.exp(-market.rate * terms.time) * aliveMoment(terms, { power, ...moneyWindow(terms) }, market);
  if (terms.knock === 'out') return alive;
  const all = terms.pays === 'cash' ? cashOrNothingPrice(terms, market) : assetOrNothingPrice(terms, market);
  return all - alive;
};

export interface TouchTerms extends Corridor {
  /** Cash, or the asset. */
  readonly pays: 'cash' | 'asset';
  /** At the touch (then the asset is worth the barrier), or at expiry. */
  readonly when: 'at-hit' | 'at-expiry';
  readonly knock: Knock;
}

/** American digitals: one unit (or the asset) on touching a level, or on never touching it. Single barrier. */
export const oneTouchPrice = (terms: TouchTerms, market: LognormalMarket): number => {
  const { time } = terms;
  const power = terms.pays === 'cash' ? 0 : 1;
  const discount = Math.exp(-market.rate * time);
  const alive = discount * aliveMoment(terms, { power, from: 0, to: Infinity }, market);
  if (terms.knock === 'out') return alive;
  if (terms.when === 'at-expiry')
    return (terms.pays === 'cash' ? discount : market.spot * Math.exp(-market.dividend * time)) - alive;
  if (terms.pays === 'cash') return touchEitherValue(terms, market);
  if (isTouched(terms, market.spot)) return market.spot;
  const lower = terms.lower > 0 ? terms.lower * touchValue(terms, 'lower', market) : 0;
  return lower + (terms.upper < Infinity ? terms.upper * touchValue(terms, 'upper', market) : 0);
};
