/** When an account's trading day rolls: where no calendar says, every day at one time of day. */

export interface TradingDay {
  /** Like 2026-03-02. */
  readonly date: string;
  /** When it begins, micros; it lasts until the next begins. */
  readonly from: number;
  readonly until: number;
  /** When the first trading day of its month and of its year begin, micros. */
  readonly monthFrom: number;
  readonly yearFrom: number;
}

export interface DayRoll {
  dayOf(account: number, time: number): TradingDay;
}

const DAY = 86_400_000_000;

/** Every day rolls at `rollMicros` after midnight UTC. One that rolls after noon is called by the date on which it ends. */
export function rollsAt(rollMicros: number): DayRoll {
  const fromOf = (year: number, month: number, day: number): number =>
    Date.UTC(year, month, day) * 1000 + rollMicros - (rollMicros >= DAY / 2 ? DAY : 0);
  return {
    dayOf(_, time) {
      const from = Math.floor((time - rollMicros) / DAY) * DAY + rollMicros;
      const called = new Date((rollMicros >= DAY / 2 ? from + DAY : from) / 1000);
      const [year, month] = [called.getUTCFullYear(), called.getUTCMonth()];
      return {
        date: called.toISOString().slice(0, 10),
        from,
        until: from + DAY,
        monthFrom: fromOf(year, month, 1),
        yearFrom: fromOf(year, 0, 1),
      };
    },
  };
}
