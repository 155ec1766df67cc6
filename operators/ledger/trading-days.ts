/**
 * How far back so many trading days are. Every weekday is one until calendars are data; a day is a day of UTC. A person
 * who books on Monday what happened on Friday is one trading day late, not three.
 */
const DAY = 86_400_000_000;

/** The start of the day that lies `days` trading days before that of `time`, micros. */
export function tradingDaysBefore(time: number, days: number): number {
  let day = Math.floor(time / DAY);
  for (let left = days; left > 0; ) {
    day -= 1;
    if (isTradingDay(day)) left -= 1;
  }
  return day * DAY;
}

/** The first moment at which `time` lies before the start of the day that is `days` trading days ago, micros. */
export function tradingDaysAfter(time: number, days: number): number {
  let day = Math.floor(time / DAY);
  for (let left = days; left > 0; ) {
    day += 1;
    if (isTradingDay(day)) left -= 1;
  }
  return (day + 1) * DAY;
}

/** Day 0, the first of January 1970, was a Thursday. */
function isTradingDay(day: number): boolean {
  const weekday = (((day + 4) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6;
}
