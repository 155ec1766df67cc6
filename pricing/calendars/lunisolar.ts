/**
 * The lunisolar calendar of China and Korea, from the moon and the sun: months begin with the day of the new moon, the
 * month of the winter solstice is the eleventh, and of thirteen months between solstices the first without a major solar
 * term is doubled. Positions by Meeus, Astronomical Algorithms, chapters 25 and 49, right to a few minutes.
 */
import { type Day, dayFrom } from './date';

const radians = Math.PI / 180;
/** Julian ephemeris date of midnight before 1970-01-01. */
const epoch = 2_440_587.5;

/** Julian ephemeris date of the k-th new moon after that of January 2000; periodic terms above a minute. */
function newMoon(k: number): number {
  const t = k / 1236.85;
  const angle = (base: number, rate: number, square: number): number =>
    (base + rate * k + square * t * t) * radians;
  const sun = angle(2.5534, 29.1053567, -0.0000014);
  const moon = angle(201.5643, 385.81693528, 0.0107582);
  const latitude = angle(160.7108, 390.67050284, -0.0016118);
  const node = angle(124.7746, -1.56375588, 0.0020672);
  const e = 1 - 0.002516 * t;
  return (
    2_451_550.09766 +
    29.530588861 * k +
    0.00015437 * t * t -
    0.4072 * Math.sin(moon) +
    0.17241 * e * Math.sin(sun) +
    0.01608 * Math.sin(2 * moon) +
    0.01039 * Math.sin(2 * latitude) +
    0.00739 * e * Math.sin(moon - sun) -
    0.00514 * e * Math.sin(moon + sun) +
    0.00208 * e * e * Math.sin(2 * sun) -
    0.00111 * Math.sin(moon - 2 * latitude) -
    0.00057 * Math.sin(moon + 2 * latitude) +
    0.00056 * e * Math.sin(2 * moon + sun) -
    0.00042 * Math.sin(3 * moon) +
    0.00042 * e * Math.sin(sun + 2 * latitude) +
    0.00038 * e * Math.sin(sun - 2 * latitude) -
    0.00024 * e * Math.sin(2 * moon - sun) -
    0.00017 * Math.sin(node)
  );
}

/** Apparent longitude of the sun in degrees, 0 to 360. */
function sunLongitude(julian: number): number {
  const t = (julian - 2_451_545) / 36_525;
  const anomaly = (357.52911 + 35_999.05029 * t) * radians;
  const centre =
    (1.914602 - 0.004817 * t) * Math.sin(anomaly) +
    (0.019993 - 0.000101 * t) * Math.sin(2 * anomaly) +
    0.000289 * Math.sin(3 * anomaly);
  const node = (125.04 - 1934.136 * t) * radians;
  const longitude = 280.46646 + 36_000.76983 * t + centre - 0.00569 - 0.00478 * Math.sin(node);
  return ((longitude % 360) + 360) % 360;
}

/** Seconds by which ephemeris time runs ahead in these decades. */
const ahead = 70;

/** The civil day of an ephemeris date at an offset east of Greenwich, in hours. */
const civilDay = (julian: number, east: number): Day =>
  Math.floor(julian - ahead / 86_400 - epoch + east / 24);

const startOfMonth = (k: number, east: number): Day => civilDay(newMoon(k), east);

/** Which twelfth of the sun's path the day begins in: it changes on days of major solar terms. */
const twelfth = (day: Day, east: number): number =>
  Math.floor(sunLongitude(day + epoch - east / 24 + ahead / 86_400) / 30);

/** Number of the new moon whose month holds the winter solstice of a year. */
function solsticeMonth(year: number, east: number): number {
  let solstice = dayFrom(year, 12, 18);
  while (twelfth(solstice + 1, east) !== 9) solstice += 1;
  let k = Math.round((year - 2000) * 12.3685 + 12);
  while (startOfMonth(k, east) > solstice) k -= 1;
  while (startOfMonth(k + 1, east) <= solstice) k += 1;
  return k;
}

/** The Gregorian day of a lunisolar month and day in the lunar year that begins in `year`; never of a leap month. */
export function lunarDay(
  year: number,
  { month, day, east }: { readonly month: number; readonly day: number; readonly east: number },
): Day {
  const first = solsticeMonth(year - 1, east);
  const next = solsticeMonth(year, east);
  // Months one to ten stand between this solstice's month and the next; eleven and twelve follow the latter.
  const doubled = next - first === 13 ? leapAfter(first, east) : Number.POSITIVE_INFINITY;
  const place = month <= 10 ? month + 1 : month - 11;
  const k = month <= 10 ? first + place + (place >= doubled ? 1 : 0) : next + place;
  return startOfMonth(k, east) + day - 1;
}

/** How many months after the eleventh the leap month comes: the first one in which the sun changes no twelfth. */
function leapAfter(first: number, east: number): number {
  for (let place = 1; place < 13; place += 1) {
    const [start, end] = [startOfMonth(first + place, east), startOfMonth(first + place + 1, east)];
    if (twelfth(start, east) === twelfth(end, east)) return place;
  }
  return 13;
}
