/**
 * The standard normal distribution to the last digits of a double, tails included.
 *
 * Sources: W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23
 * (1969), for `erfc`; M. J. Wichura, algorithm AS 241, Applied Statistics 37 (1988), for the inverse.
 */
const SQRT_HALF = Math.SQRT1_2;
const ONE_OVER_SQRT_PI = 0.5641895835477563;
const UNDERFLOW = 27.3;
export const ONE_OVER_SQRT_2PI = 0.3989422804014327;

/** Cody's approximation of erf for |x| ≤ 0.46875, as a function of x. */
const erfNearZero = (x: number): number => {
  const y = x * x;
  const over =
    (((0.18577770618460315 * y + 3.1611237438705655) * y + 113.86415415105016) * y + 377.485237685302) * y +
    3209.3775891384694;
  const under =
    (((y + 23.601290952344122) * y + 244.02463793444417) * y + 1282.6165260773723) * y + 2844.236833439171;
  return (x * over) / under;
};

/** exp(−y²) without losing the digits of y²: the square is split at sixteenths. */
const expMinusSquare = (y: number): number => {
  const head = Math.trunc(y * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(y - head) * (y + head));
};

/** erfc(y)·exp(y²) for 0.46875 ≤ y ≤ 4. */
const scaledMiddle = (y: number): number => {
  const over =
    (((((((2.1531153547440383e-8 * y + 0.5641884969886701) * y + 8.883149794388377) * y + 66.11919063714163) *
      y +
      298.6351381974001) *
      y +
      881.952221241769) *
      y +
      1712.0476126340707) *
      y +
      2051.0783778260716) *
      y +
    1230.3393547979972;
  const under =
    (((((((y + 15.744926110709835) * y + 117.6939508913125) * y + 537.1811018620099) * y +
      1621.3895745666903) *
      y +
      3290.7992357334597) *
      y +
      4362.619090143247) *
      y +
      3439.3676741437216) *
      y +
    1230.3393548037495;
  return over / under;
};

/** erfc(y)·exp(y²) for y > 4. */
const scaledTail = (y: number): number => {
  const z = 1 / (y * y);
  const over =
    ((((0.016315387137302097 * z + 0.30532663496123236) * z + 0.36034489994980445) * z +
      0.12578172611122926) *
      z +
      0.016083785148742275) *
      z +
    0.0006587491615298378;
  const under =
    ((((z + 2.568520192289822) * z + 1.8729528499234604) * z + 0.5279051029514285) * z +
      0.06051834131244132) *
      z +
    0.0023352049762686918;
  return (ONE_OVER_SQRT_PI - (z * over) / under) / y;
};

/** Complementary error function, relative error about 1e-15 for every x. */
export const erfc = (x: number): number => {
  const y = Math.abs(x);
  if (y <= 0.46875) return 1 - erfNearZero(x);
  // Below the smallest double, and at infinity, where the split square is not a number.
  if (y > UNDERFLOW) return x < 0 ? 2 : 0;
  const positive = expMinusSquare(y) * (y <= 4 ? scaledMiddle(y) : scaledTail(y));
  return x < 0 ? 2 - positive : positive;
};

/** erfc(x)·exp(x²): finite where erfc underflows. */
export const erfcx = (x: number): number => {
  const y = Math.abs(x);
  if (y <= 0.46875) return (1 - erfNearZero(x)) * Math.exp(x * x);
  const positive = y <= 4 ? scaledMiddle(y) : scaledTail(y);
  return x < 0 ? 2 * Math.exp(x * x) - positive : positive;
};

export const erf = (x: number): number => (Math.abs(x) <= 0.46875 ? erfNearZero(x) : 1 - erfc(x));

/** Density. */
export const normalPdf = (x: number): number => ONE_OVER_SQRT_2PI * Math.exp(-0.5 * x * x);

/** Cumulative distribution. */
export const normalCdf = (x: number): number => 0.5 * erfc(-x * SQRT_HALF);

const centre = (q: number): number => {
  const r = 0.180625 - q * q;
  const over =
    ((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) * r +
      13731.69376550946) *
      r +
      1971.5909503065513) *
      r +
      133.14166789178438) *
      r +
    3.3871328727963665;
  const under =
    ((((((5226.495278852854 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) * r +
      5394.196021424751) *
      r +
      687.1870074920579) *
      r +
      42.31333070160091) *
      r +
    1;
  return (q * over) / under;
};

const shoulder = (root: number): number => {
  const r = root - 1.6;
  const over =
    ((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
      1.2704582524523684) *
      r +
      3.6478483247632045) *
      r +
      5.769497221460691) *
      r +
      4.630337846156546) *
      r +
    1.4234371107496835;
  const under =
    ((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
      0.14810397642748008) *
      r +
      0.6897673349851) *
      r +
      1.6763848301838038) *
      r +
      2.053191626637759) *
      r +
    1;
  return over / under;
};

const tail = (root: number): number => {
  const r = root - 5;
  const over =
    ((((((2.0103343992922881e-7 * r + 2.7115555687434876e-5) * r + 0.0012426609473880784) * r +
      0.026532189526576124) *
      r +
      0.29656057182850487) *
      r +
      1.7848265399172913) *
      r +
      5.463784911164114) *
      r +
    6.657904643501103;
  const under =
    ((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 1.8463183175100548e-5) * r +
      0.0007868691311456133) *
      r +
      0.014875361290850615) *
      r +
      0.1369298809227358) *
      r +
      0.599832206555888) *
      r +
    1;
  return over / under;
};

/** The x with normalCdf(x) = p; ±∞ at 0 and 1, NaN outside. */
export const normalInverse = (p: number): number => {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return centre(q);
  const root = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  if (root === Infinity) return q < 0 ? -Infinity : Infinity;
  const x = root <= 5 ? shoulder(root) : tail(root);
  return q < 0 ? -x : x;
};
