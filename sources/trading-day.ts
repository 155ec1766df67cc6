/**
 * From "so long after midnight, exchange time" to UTC. The offset comes from whoever knows the day: time zone data
 * differ between versions of Node, and the same file must give the same records for ever.
 */

export interface TradingDay {
  /** `2013-10-07`, the date at the exchange. */
  readonly date: string;
  /** What the exchange's clock shows minus UTC on that day, for example `-04:00` for New York in summer. */
  readonly utcOffset: string;
}

/** A date or an offset that is none. */
export class TradingDayError extends Error {
  override readonly name = 'TradingDayError';
}

const MICROS_PER_MINUTE = 60_000_000;

/** Midnight of the day at the exchange, microseconds since 1970 UTC. */
export function midnightMicros({ date, utcOffset }: TradingDay): number {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) {
    throw new TradingDayError(`"${date}" is no date. Write it like 2013-10-07.`);
  }
  const offset = /^([+-])(\d{2}):([0-5]\d)$/.exec(utcOffset);
  if (!offset || Number(offset[2]) > 15) {
    throw new TradingDayError(`"${utcOffset}" is no offset from UTC. Write it like -04:00.`);
  }
  const minutes = (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
  return midnight * 1000 - minutes * MICROS_PER_MINUTE;
}
