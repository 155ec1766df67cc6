/** When terms of a limit begin or end, and whether they make sense. */
import { type Limit, LimitFault, LimitMeasure, LimitSense } from '../../schemas/limits';

/** When the first of the terms begins or ends after `now`; Infinity where none does. */
export const nextChange = ({ validFrom, validUntil }: Limit, now: number): number =>
  Math.min(validFrom > now ? validFrom : Infinity, validUntil > now ? validUntil : Infinity);

/** A size, and a long or gross value, is zero or more. */
const isSize = ({ sense, measure }: Limit): boolean =>
  sense === LimitSense.Absolute || measure === LimitMeasure.Long || measure === LimitMeasure.Gross;

/** Levels that no reading can ever reach: long and gross values are zero or more, short ones zero or less. */
const isOutOfReach = ({ sense, measure, breach }: Limit): boolean =>
  sense === LimitSense.Below
    ? breach < 0 && (measure === LimitMeasure.Long || measure === LimitMeasure.Gross)
    : sense === LimitSense.Above && breach > 0 && measure === LimitMeasure.Short;

/** The first reason why terms cannot be judged by. */
export function faultOf(terms: Limit, baseCurrency: string): LimitFault {
  const { currency, warning, breach, hysteresis, sense, validFrom, validUntil } = terms;
  if (currency !== baseCurrency) return LimitFault.OtherCurrency;
  if (Number.isNaN(breach)) return LimitFault.BreachMissing;
  if (isSize(terms) && sense !== LimitSense.Below && !(breach > 0)) return LimitFault.LevelNotPositive;
  if (isOutOfReach(terms)) return LimitFault.LevelOutOfReach;
  const isBefore = sense === LimitSense.Below ? warning > breach : warning < breach;
  if (!Number.isNaN(warning) && !isBefore) return LimitFault.LevelOutOfOrder;
  if (isSize(terms) && sense !== LimitSense.Below && warning <= 0) return LimitFault.LevelNotPositive;
  if (!(hysteresis >= 0 && hysteresis < 1)) return LimitFault.HysteresisOutOfRange;
  return validUntil !== 0 && validUntil <= validFrom ? LimitFault.EndsBeforeItBegins : LimitFault.None;
}
