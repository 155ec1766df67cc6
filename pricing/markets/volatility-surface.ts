/**
 * Volatility surfaces as market objects that pricers read: one question, whatever the market quotes. Each kind says what it
 * interpolates and how, and refuses by name what it does not know.
 */
import { failure, type Result, success } from '../contract';
import type { LiveSurface } from '../volatility/live-surface';
import { surfaceVolatility } from '../volatility/svi-surface';
import { type FxSurface, fxVolatility } from './fx-surface';

/** Slices by expiry, between which total variance is linear at equal moneyness. */
export interface EquitySurface {
  readonly kind: 'equity';
  readonly name: string;
  readonly surface: LiveSurface;
}

/** Slices by contract of a commodity: a contract's volatility is its own, and none is between two. */
export interface ContractSurface {
  readonly kind: 'commodity';
  readonly name: string;
  readonly surface: LiveSurface;
}

export type VolatilitySurface = EquitySurface | ContractSurface | FxSurface;

export interface VolatilityQuestion {
  /** Years from the surface's instant, ACT/365. */
  readonly time: number;
  readonly strike: number;
  readonly forward: number;
  /** Of a commodity: the label of its slice. */
  readonly contract?: string;
}

const refusedSlice = ({ name, surface }: EquitySurface | ContractSurface, label: string) =>
  failure(
    'contract-must-be-quoted',
    surface.refused.find((each) => each.label === label)?.message ??
      `surface "${name}" has no contract "${label}". Quote it, or name another.`,
  );

/**
 * Black volatility a year. Failures: `question-must-be-sound`; `surface-must-have-slices`; `contract-must-be-quoted`,
 * `contract-must-be-named`.
 */
export function volatilityAt(from: VolatilitySurface, question: VolatilityQuestion): Result<number> {
  const { time, strike, forward, contract } = question;
  if (!(time > 0 && strike > 0 && forward > 0))
    return failure(
      'question-must-be-sound',
      `surface "${from.name}" is asked for ${time} years, strike ${strike} and forward ${forward}: all are above zero.`,
    );
  const k = Math.log(strike / forward);
  if (from.kind === 'fx') return success(fxVolatility(from, time, k));
  if (from.surface.slices.length === 0)
    return failure(
      'surface-must-have-slices',
      `surface "${from.name}" has no expiry left. Wait for its quotes.`,
    );
  if (from.kind === 'equity') return success(surfaceVolatility(from.surface, time, k));
  if (contract === undefined)
    return failure('contract-must-be-named', `surface "${from.name}" is by contract. Name the option's.`);
  const slice = from.surface.slices.find(({ label }) => label === contract);
  if (!slice) return refusedSlice(from, contract);
  // A slice is asked at its own time: an option that expires before its contract has the contract's volatility.
  return success(surfaceVolatility({ version: 1, slices: [slice] }, Math.min(time, slice.expiry), k));
}
