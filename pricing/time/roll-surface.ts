/**
 * A volatility surface moved to a later instant. Expiries keep their dates and come nearer; at each of them every strike
 * keeps its volatility and the forward stands, until quotes say otherwise. So the rolled surface is that of the same quotes
 * at the new time, and has no past either.
 */
import { type Result, success } from '../contract';
import { type LiveSurface, liveSurface } from '../volatility/live-surface';
import type { SliceInput } from '../volatility/svi-surface';

export interface RolledSurface {
  readonly surface: LiveSurface;
  /** Labels of the expiries that are over. */
  readonly expired: readonly string[];
}

/** Failure `surface-must-have-slices` where every expiry is over. `years` is the time that passes, ACT/365. */
export function rollSurface(surface: LiveSurface, years: number): Result<RolledSurface> {
  if (!(years >= 0)) throw new RangeError(`${years} years pass: time goes on. Give zero or more.`);
  if (years === 0) return success({ surface, expired: [] });
  const ahead: SliceInput[] = [];
  const expired: string[] = [];
  for (const { input } of surface.expiries) {
    const expiry = input.expiry - years;
    if (expiry > 0) ahead.push({ ...input, expiry });
    else expired.push(input.label);
  }
  const rolled = liveSurface(ahead, surface.version + 1);
  return rolled.ok ? success({ surface: rolled.value, expired }) : rolled;
}
