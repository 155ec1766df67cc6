/**
 * e^{k(y + ix)} over columns of x and y, for inner loops: no call, no branch, relative error a few 1e-16 (of the angle's
 * size, when that is above a hundred).
 *
 * The argument is reduced to a 64th of a turn and of a factor of two; tables hold those, short Taylor polynomials the
 * rest (Tang: Table-driven implementation of the exponential function, ACM TOMS 15, 1989).
 */

const PARTS = 64;
const TURN_COS = Float64Array.from({ length: PARTS }, (_, i) => Math.cos((2 * Math.PI * i) / PARTS));
const TURN_SIN = Float64Array.from({ length: PARTS }, (_, i) => Math.sin((2 * Math.PI * i) / PARTS));
const ROOTS_OF_TWO = Float64Array.from({ length: PARTS }, (_, i) => 2 ** (i / PARTS));
const POWER_LEAST = -1020;
const POWERS_OF_TWO = Float64Array.from({ length: 2041 }, (_, i) => 2 ** (i + POWER_LEAST));
/** Beyond this the result is as good as nothing, or worthless. */
const EXPONENT_MOST = 700;

/** A number split into one whose products with 20-bit integers are exact, and the rest. */
const split = (exact: number, rest: number): readonly [high: number, low: number] => {
  const high = Math.fround(exact);
  return [high, exact - high + rest];
};
// The rests are what π and ln 2 have beyond a double.
const [TURN_HIGH, TURN_LOW] = split((2 * Math.PI) / PARTS, (2 * 1.2246467991473532e-16) / PARTS);
const [LN2_HIGH, LN2_LOW] = split(Math.LN2 / PARTS, 2.3190468138462996e-17 / PARTS);
const TURNS = PARTS / (2 * Math.PI);
const DOUBLINGS = PARTS / Math.LN2;

export interface ExponentialColumns {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Filled with e^{ky} cos kx and e^{ky} sin kx. */
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

export function fillExponentials({ x, y, cos, sin }: ExponentialColumns, k: number, count: number): void {
  for (let j = 0; j < count; j++) {
    const grown = k * y[j]!;
    const g = grown > EXPONENT_MOST ? EXPONENT_MOST : grown < -EXPONENT_MOST ? -EXPONENT_MOST : grown;
    const m = Math.floor(g * DOUBLINGS + 0.5);
    const s = g - m * LN2_HIGH - m * LN2_LOW;
    const taylor = 1 + s * (1 + s * (0.5 + s * (1 / 6 + s * (1 / 24 + s * (1 / 120)))));
    const size = taylor * ROOTS_OF_TWO[m & 63]! * POWERS_OF_TWO[(m >> 6) - POWER_LEAST]!;
    const angle = k * x[j]!;
    const n = Math.floor(angle * TURNS + 0.5);
    const r = angle - n * TURN_HIGH - n * TURN_LOW;
    const r2 = r * r;
    const small = r * (1 - r2 * (1 / 6 - r2 * (1 / 120 - r2 * (1 / 5040))));
    const large = 1 - r2 * (0.5 - r2 * (1 / 24 - r2 * (1 / 720 - r2 * (1 / 40320))));
    const c = TURN_COS[n & 63]!;
    const z = TURN_SIN[n & 63]!;
    cos[j] = size * (c * large - z * small);
    sin[j] = size * (z * large + c * small);
  }
}
