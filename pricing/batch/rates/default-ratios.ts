/**
 * The integrals of a default within a piece of flat rates: (e^x − 1)/x with its first and second derivative, as series where
 * x is small, which it nearly always is, and in closed form beyond.
 */

/** The last answer: (e^x − 1)/x, its slope, and the slope of that. */
export const RATIOS = new Float64Array(3);

/** Below it nine terms keep all digits. */
const SMALL = 0.1;

export function defaultRatios(x: number): void {
  if (Math.abs(x) < SMALL) {
    RATIOS[0] =
      1 +
      x *
        (1 / 2 +
          x *
            (1 / 6 +
              x *
                (1 / 24 + x * (1 / 120 + x * (1 / 720 + x * (1 / 5040 + x * (1 / 40_320 + x / 362_880)))))));
    RATIOS[1] =
      1 / 2 +
      x *
        (1 / 3 +
          x *
            (1 / 8 +
              x *
                (1 / 30 + x * (1 / 144 + x * (1 / 840 + x * (1 / 5760 + x * (1 / 45_360 + x / 403_200)))))));
    RATIOS[2] =
      1 / 3 +
      x *
        (1 / 4 +
          x *
            (1 / 10 +
              x *
                (1 / 36 + x * (1 / 168 + x * (1 / 960 + x * (1 / 6480 + x * (1 / 50_400 + x / 443_520)))))));
    return;
  }
  const growth = Math.exp(x);
  RATIOS[0] = Math.expm1(x) / x;
  RATIOS[1] = (growth * (x - 1) + 1) / (x * x);
  RATIOS[2] = (growth * (x * x - 2 * x + 2) - 2) / (x * x * x);
}
