/**
 * A sum of doubles that does not depend on their order: each is rounded to a multiple of 2⁻³², and whole units and
 * fractions are summed apart. Both stay integers that doubles hold exactly, for up to 2²¹ terms that sum below 2⁵³.
 */
const FRACTION = 2 ** 32;

export class FixedSum {
  private whole = 0;
  private fraction = 0;

  add(value: number): void {
    const whole = Math.trunc(value);
    this.whole += whole;
    this.fraction += Math.round((value - whole) * FRACTION);
  }

  /** Takes back a term that was added. */
  subtract(value: number): void {
    const whole = Math.trunc(value);
    this.whole -= whole;
    this.fraction -= Math.round((value - whole) * FRACTION);
  }

  get value(): number {
    return this.whole + this.fraction / FRACTION;
  }
}
