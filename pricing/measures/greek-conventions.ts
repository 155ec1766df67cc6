/**
 * Greeks in the units that a desk or a venue quotes, each saying which.
 *
 * Raw Greeks are per unit of spot, per 1.00 of volatility and rate, and per year; this is the one place where they are
 * scaled. Delta conventions: Reiswich and Wystup 2010.
 */
import type { Greek } from '../contract';
import type { BlackSensitivities } from '../models/black-greeks';

export interface GreekConvention {
  readonly delta: 'spot' | 'forward' | 'spot-premium-adjusted' | 'forward-premium-adjusted';
  readonly vega: 'per-unit' | 'per-point';
  readonly theta: 'per-year' | 'per-day-365' | 'per-day-365.25' | 'per-business-day-252';
  readonly rho: 'per-unit' | 'per-percent';
  /** Whether a day's theta is held to the price: an option cannot lose more than it is worth. */
  readonly thetaCap: boolean;
}

export interface RawGreeks
  extends Pick<BlackSensitivities, 'value' | 'delta' | 'gamma' | 'vega' | 'theta' | 'rho'> {
  readonly spot: number;
  /** Years to expiry. */
  readonly time: number;
  /** Discount factor of the yield, e^{−qT}: a forward delta is the spot delta over it. */
  readonly carried: number;
}

export type QuotedGreeks = Readonly<Record<'delta' | 'gamma' | 'vega' | 'theta' | 'rho', Greek>>;

const DAYS = {
  'per-year': 1,
  'per-day-365': 365,
  'per-day-365.25': 365.25,
  'per-business-day-252': 252,
} as const;
const PERIOD = {
  'per-year': 'per year',
  'per-day-365': 'per calendar day (ACT/365)',
  'per-day-365.25': 'per calendar day (ACT/365.25)',
  'per-business-day-252': 'per business day (252 a year)',
} as const;

/**
 * A theta that no holding loses more of than there is: in less than a whole period only what is left of it, and never
 * more than the price. A writer's is the mirror of the holder's.
 */
export const cappedTheta = (
  plain: number,
  { price, periods }: { readonly price: number; readonly periods: number },
): number => {
  const left = plain * Math.min(1, periods);
  return Math.min(Math.max(left, -Math.abs(price)), Math.abs(price));
};

const deltaOf = (raw: RawGreeks, convention: GreekConvention['delta']): Greek => {
  // The premium, paid in the underlying, is a part of the hedge already.
  const adjusted = convention.endsWith('premium-adjusted') ? raw.delta - raw.value / raw.spot : raw.delta;
  const forward = convention.startsWith('forward');
  return {
    value: forward ? adjusted / raw.carried : adjusted,
    convention: `${convention.replaceAll('-', ' ')} delta, per unit`,
    ...(convention === 'spot' && { unit: { of: 'spot-delta', per: 1 } as const }),
  };
};

const thetaOf = (raw: RawGreeks, { theta, thetaCap }: GreekConvention): Greek => {
  const plain = raw.theta / DAYS[theta];
  const value = thetaCap ? cappedTheta(plain, { price: raw.value, periods: raw.time * DAYS[theta] }) : plain;
  return {
    value,
    convention: `${PERIOD[theta]}${thetaCap ? ', or what is left of one; a loss of at most the price' : ''}`,
    unit: { of: 'time', per: 1 / DAYS[theta], ...(thetaCap && { capped: true as const }) },
  };
};

export const quoteGreeks = (raw: RawGreeks, convention: GreekConvention): QuotedGreeks => ({
  delta: deltaOf(raw, convention.delta),
  gamma: { value: raw.gamma, convention: 'change of delta per unit of the price' },
  vega:
    convention.vega === 'per-point'
      ? {
          value: raw.vega / 100,
          convention: 'per volatility point (0.01)',
          unit: { of: 'volatility', per: 0.01 },
        }
      : { value: raw.vega, convention: 'per 1.00 of volatility', unit: { of: 'volatility', per: 1 } },
  theta: thetaOf(raw, convention),
  rho:
    convention.rho === 'per-percent'
      ? { value: raw.rho / 100, convention: 'per 1 % of the rate', unit: { of: 'rate', per: 0.01 } }
      : { value: raw.rho, convention: 'per 1.00 of the rate', unit: { of: 'rate', per: 1 } },
});
