/** Rounding as markets define it (OMG "Interface Definition Language" money roundings): by mode and number of decimals. */

export type RoundingMode = 'closest' | 'up' | 'down' | 'floor' | 'ceiling';

export interface Rounding {
  readonly mode: RoundingMode;
  /** Decimal places, 0 to 12. */
  readonly decimals: number;
  /** The digit from which `closest`, `floor` and `ceiling` round away; 5 where absent. */
  readonly digit?: number;
}

/**
 * Rounds a decimal. `up` and `down` go away from and towards zero; `closest` rounds from the digit on away from zero;
 * `floor` does so for positive numbers only and cuts negative ones, `ceiling` the other way round.
 */
export function roundTo(value: number, { mode, decimals, digit = 5 }: Rounding): number {
  const scale = 10 ** decimals;
  const magnitude = Math.abs(value) * scale;
  // A product such as 1.005 · 100 falls a few units short of its decimal: a relative hair puts it back.
  const scaled = magnitude * (1 + 4 * Number.EPSILON);
  const whole = Math.floor(scaled);
  const fraction = scaled - whole;
  const away = (): number => (fraction >= digit / 10 ? whole + 1 : whole);
  const negative = value < 0;
  const rounded = {
    closest: away,
    up: () => (fraction > 16 * magnitude * Number.EPSILON ? whole + 1 : whole),
    down: () => whole,
    floor: () => (negative ? whole : away()),
    ceiling: () => (negative ? away() : whole),
  }[mode]();
  return ((negative ? -1 : 1) * rounded) / scale;
}
