/** Easter Sundays: Western by the anonymous Gregorian computus (Meeus, Astronomical Algorithms, ch. 8), Orthodox by the Julian one. */
import { type Day, dayFrom } from './date';

export function westernEaster(year: number): Day {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const leapCenturies = Math.floor(century / 4);
  const g = Math.floor((8 * century + 13) / 25);
  const h = (19 * a + century - leapCenturies - g + 15) % 30;
  const weekdayTerm =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - h - (yearOfCentury % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * weekdayTerm) / 433);
  const month = Math.floor((h + weekdayTerm - 7 * m + 90) / 25);
  return dayFrom(year, month, (h + weekdayTerm - 7 * m + 33 * month + 19) % 32);
}

/** The Julian date of Easter moved to the Gregorian calendar (13 days in 1900 to 2099). */
export function orthodoxEaster(year: number): Day {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const month = Math.floor((d + e + 114) / 31);
  const day = ((d + e + 114) % 31) + 1;
  const shift = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  return dayFrom(year, month, day) + shift;
}
