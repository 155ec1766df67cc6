/**
 * Deribit's options as the venue marks them: undiscounted Black-76 on its underlying price, paid in coin.
 *
 * Time is ACT/365 to the millisecond; the price in coin is Black over the forward. Greeks are in dollars: delta N(d₁),
 * less one for puts; vega per volatility point; rho per 1 % with the time; theta per day or the part of one that is left,
 * never a loss of more than the option's price. All of it reproduces the venue's published tickers.
 */
import { failure, type Greek, type Result, success } from '../contract';
import type { Right } from '../models/black';
import { blackSensitivities } from '../models/black-greeks';
import { type GreekConvention, quoteGreeks } from './greek-conventions';

export interface DeribitInputs {
  readonly right: Right;
  readonly strike: number;
  /** The venue's forward to the option's expiry, USD. */
  readonly underlyingPrice: number;
  /** As published: percent. */
  readonly markIvPercent: number;
  /** Milliseconds since 1970 UTC. */
  readonly timestamp: number;
  readonly expiry: number;
}

export interface DeribitMark {
  readonly priceUsd: number;
  readonly priceCoin: number;
  readonly greeks: Readonly<Record<'delta' | 'gamma' | 'vega' | 'theta' | 'rho', Greek>>;
}

export const DERIBIT_CONVENTION: GreekConvention = {
  delta: 'forward',
  vega: 'per-point',
  theta: 'per-day-365',
  rho: 'per-percent',
  thetaCap: true,
};

const MILLIS_PER_YEAR = 365 * 86_400_000;

/** Failures: `strike-`, `underlyingPrice-`, `markIvPercent-must-be-positive`, `expired`. */
export const deribitMark = (inputs: DeribitInputs): Result<DeribitMark> => {
  for (const name of ['strike', 'underlyingPrice', 'markIvPercent'] as const)
    if (!(inputs[name] > 0 && Number.isFinite(inputs[name])))
      return failure(`${name}-must-be-positive`, `cannot mark the option: ${name} is ${inputs[name]}.`);
  const time = (inputs.expiry - inputs.timestamp) / MILLIS_PER_YEAR;
  if (!(time > 0)) return failure('expired', 'cannot mark the option: it has expired.');
  const { right, strike, underlyingPrice: spot, markIvPercent } = inputs;
  const raw = blackSensitivities(
    { right, strike, time },
    { spot, rate: 0, dividend: 0, volatility: markIvPercent / 100 },
  );
  return success({
    priceUsd: raw.value,
    priceCoin: raw.value / spot,
    greeks: quoteGreeks({ ...raw, spot, time, carried: 1 }, DERIBIT_CONVENTION),
  });
};
