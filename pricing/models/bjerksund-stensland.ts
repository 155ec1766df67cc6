/**
 * The Bjerksund–Stensland approximation of American options: exercise at a flat boundary.
 *
 * Source: P. Bjerksund and G. Stensland, "Closed-form approximation of American options", Scandinavian Journal of
 * Management 9 (1993). A lower bound; puts by the symmetry P(S, K, r, b) = C(K, S, r − b, −b).
 */
import { normalCdf } from '../math/normal';
import { blackScholesPrice, type LognormalMarket, type VanillaTerms } from './black';
import { type ExchangeTerms, type PairMarket, ratioVolatility } from './exchange';

interface Call {
  readonly spot: number;
  readonly strike: number;
  /** Rate, carry and variance, each times the time to expiry. */
  readonly rT: number;
  readonly bT: number;
  readonly variance: number;
}

/** Beyond so many deviations the boundary is out of reach and the option European. */
const OUT_OF_REACH = 12.5;

/** Value of S^γ paid at expiry if below `level` then and never at `trigger` before. */
const powerUnder = (
  { spot, rT, bT, variance }: Call,
  { gamma, level, trigger }: { readonly gamma: number; readonly level: number; readonly trigger: number },
): number => {
  const lambda = -rT + gamma * bT + 0.5 * gamma * (gamma - 1) * variance;
  const deviation = Math.sqrt(variance);
  const d = -(Math.log(spot / level) + bT + (gamma - 0.5) * variance) / deviation;
  const kappa = (2 * bT) / variance + 2 * gamma - 1;
  const far = Math.log(trigger / spot);
  const mirrored = normalCdf(d - (2 * far) / deviation);
  // Relative to S^γ, which the caller multiplies in.
  return Math.exp(lambda) * (normalCdf(d) - (mirrored > 0 ? Math.exp(kappa * far) * mirrored : 0));
};

const european = ({ spot, strike, rT, bT, variance }: Call): number =>
  blackScholesPrice(
    { right: 'call', strike, time: 1 },
    { spot, rate: rT, dividend: rT - bT, volatility: Math.sqrt(variance) },
  );

const americanCall = (call: Call): number => {
  const { spot, strike, rT, bT, variance } = call;
  // Without a yield to be had from holding the asset, or a cost of money, a call is not exercised early.
  const yieldT = rT - bT;
  if (yieldT <= 0 && rT >= 0) return european(call);
  const beta = 0.5 - bT / variance + Math.sqrt((bT / variance - 0.5) ** 2 + (2 * rT) / variance);
  const forever = (beta / (beta - 1)) * strike;
  const start = yieldT > 0 ? Math.max(strike, (rT / yieldT) * strike) : strike;
  const decay = (-(bT + 2 * Math.sqrt(variance)) * start) / (forever - start);
  const trigger = start + (forever - start) * -Math.expm1(decay);
  // With next to no volatility and a falling forward the formula puts the trigger anywhere: now or never, then.
  if (spot >= trigger) return Math.max(spot - strike, european(call));
  if (!((Math.log(trigger / spot) - bT) / Math.sqrt(variance) <= OUT_OF_REACH)) return european(call);
  const phi = (gamma: number, level: number) => powerUnder(call, { gamma, level, trigger });
  const flat =
    (trigger - strike) * (spot / trigger) ** beta * (1 - phi(beta, trigger)) +
    spot * (phi(1, trigger) - phi(1, strike)) -
    strike * (phi(0, trigger) - phi(0, strike));
  // A flat boundary is a poor policy at extreme volatility: holding to expiry or exercising now may be worth more.
  return Math.max(flat, european(call), spot - strike);
};

export const bjerksundStenslandPrice = (
  { right, strike, time }: VanillaTerms,
  { spot, rate, dividend, volatility }: LognormalMarket,
): number => {
  const variance = volatility * volatility * time;
  const bT = (rate - dividend) * time;
  return right === 'call'
    ? americanCall({ spot, strike, rT: rate * time, bT, variance })
    : americanCall({ spot: strike, strike: spot, rT: dividend * time, bT: -bT, variance });
};

/** American exchange of the second asset for the first: an American call on their ratio. */
export const americanExchangePrice = (
  { time, quantity1, quantity2 }: ExchangeTerms,
  market: PairMarket,
): number =>
  bjerksundStenslandPrice(
    { right: 'call', strike: quantity2 * market.spot2, time },
    {
      spot: quantity1 * market.spot1,
      rate: market.dividend2,
      dividend: market.dividend1,
      volatility: ratioVolatility(market),
    },
  );
