/**
 * Lookback options with continuous monitoring, fixed and floating strike.
 *
 * Sources: A. Conze and R. Viswanathan, "Path dependent options: the case of lookback options", Journal of Finance 46
 * (1991); B. Goldman, H. Sosin and M. A. Gatto, "Path dependent options: buy at the low, sell at the high", ibid. 34 (1979).
 */
import { normalCdf } from '../math/normal';
import { weightedTail } from '../math/weighted-tail';
import { type LognormalMarket, signOf, type VanillaTerms } from './black';

export interface FixedLookbackTerms extends VanillaTerms {
  /** Highest price so far for a call, lowest for a put; the spot on the first day. */
  readonly extreme: number;
}

export type FloatingLookbackTerms = Omit<FixedLookbackTerms, 'strike'>;

/** The formula divides by the carry; below this it is the mean of the two sides, wrong by the square of it. */
const CARRY_MIN = 1e-6;

/** Value of (extreme − level)⁺ (call), where `level` is beyond the extreme so far. */
const beyond = (
  { right, strike: level, time }: VanillaTerms,
  { spot, rate, dividend, volatility }: LognormalMarket,
): number => {
  const phi = signOf(right);
  const b = rate - dividend;
  const variance = volatility * volatility;
  const deviation = volatility * Math.sqrt(time);
  const d1 = (Math.log(spot / level) + b * time) / deviation + 0.5 * deviation;
  const discount = Math.exp(-rate * time);
  const growth = Math.exp(b * time);
  const mirrored = weightedTail(
    ((-2 * b) / variance) * Math.log(spot / level),
    -phi * (d1 - (2 * b * Math.sqrt(time)) / volatility),
  );
  return (
    phi *
    discount *
    (spot * growth * normalCdf(phi * d1) -
      level * normalCdf(phi * (d1 - deviation)) +
      spot * (variance / (2 * b)) * (growth * normalCdf(phi * d1) - mirrored))
  );
};

const beyondAtAnyCarry = (terms: VanillaTerms, market: LognormalMarket): number => {
  const carry = market.rate - market.dividend;
  if (Math.abs(carry) >= CARRY_MIN) return beyond(terms, market);
  const at = (b: number) => beyond(terms, { ...market, dividend: market.rate - b });
  const weight = (carry + CARRY_MIN) / (2 * CARRY_MIN);
  return weight * at(CARRY_MIN) + (1 - weight) * at(-CARRY_MIN);
};

/** Pays (max − strike)⁺ for a call, (strike − min)⁺ for a put. */
export const fixedLookbackPrice = (terms: FixedLookbackTerms, market: LognormalMarket): number => {
  const phi = signOf(terms.right);
  const locked = Math.max(phi * (terms.extreme - terms.strike), 0);
  const level = locked > 0 ? terms.extreme : terms.strike;
  return Math.exp(-market.rate * terms.time) * locked + beyondAtAnyCarry({ ...terms, strike: level }, market);
};

/** Pays S − min for a call, max − S for a put. */
export const floatingLookbackPrice = (terms: FloatingLookbackTerms, market: LognormalMarket): number => {
  const { right, extreme, time } = terms;
  const carried = market.spot * Math.exp(-market.dividend * time);
  const locked = extreme * Math.exp(-market.rate * time);
  const further = beyondAtAnyCarry(
    { right: right === 'call' ? 'put' : 'call', strike: extreme, time },
    market,
  );
  return signOf(right) * (carried - locked) + further;
};
