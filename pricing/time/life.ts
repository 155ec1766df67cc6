/**
 * Where a product stands in its life, in one set of words for every product, book and reason: before its expiry, on the day
 * of it, after it, and when its money has moved.
 */
import { type Day, dayOfMicros, microsOfDay } from '../calendars/date';

/** In order: a product only ever moves to the right. */
export const LIVES = ['live', 'expiring-today', 'expired', 'settled'] as const;
export type Life = (typeof LIVES)[number];

export interface LifeTerms {
  /** Microseconds since 1970 UTC from which nothing can change what is owed. */
  readonly expires: number;
  /** When the last of it is paid; where nobody knows, it stays `expired`. */
  readonly settles?: number;
}

/** From and to before of the trading day, in microseconds; a venue's day is the caller's to say. */
export interface TradingDay {
  readonly from: number;
  readonly until: number;
}

/** The UTC day that an instant falls on. */
export const utcDay = (now: number): TradingDay => {
  const from = microsOfDay(dayOfMicros(now));
  return { from, until: microsOfDay(dayOfMicros(now) + 1) };
};

/**
 * The state at an instant: `expired` from the very instant of expiry on, and `settled` from that of payment. A product
 * whose time is no number is none of these, and throws: no state may be made up for it.
 */
export function lifeAt(
  { expires, settles = Number.POSITIVE_INFINITY }: LifeTerms,
  now: number,
  day: TradingDay = utcDay(now),
): Life {
  if (Number.isNaN(expires) || Number.isNaN(settles) || Number.isNaN(now))
    throw new RangeError(`no state of life between ${expires}, ${settles} and ${now}; give instants`);
  if (now >= Math.max(settles, expires)) return 'settled';
  if (now >= expires) return 'expired';
  return expires < day.until ? 'expiring-today' : 'live';
}

/** The state of something that counts in days: what pays on a day has settled with it, what ends on a day ends at its close. */
export function lifeOnDay(
  { expires, settles = expires }: { readonly expires: Day; readonly settles?: Day },
  today: Day,
): Life {
  if (settles <= today && expires <= today) return 'settled';
  if (expires <= today) return expires === today ? 'expiring-today' : 'expired';
  return 'live';
}
