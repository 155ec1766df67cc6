/**
 * Exact decimals as scaled bigints: quantities and prices by 10⁹, money by 10¹⁸. Arithmetic that rounds says so in its
 * name, and rounds half to even, once.
 */

/** Digits after the point of quantities, prices and multipliers. */
export const QUANTITY_SCALE = 9;
/** Digits after the point of money: a quantity times a price is exact. */
export const MONEY_SCALE = 18;
export const QUANTITY_ONE = 10n ** 9n;
export const MONEY_ONE = 10n ** 18n;

/** Text that is not a decimal of the scale it should have. */
export class DecimalTextError extends Error {
  override readonly name = 'DecimalTextError';
}

const DECIMAL = /^([+-]?)(\d{1,38})(?:\.(\d{1,38}))?$/;

/** Exactly what the text says. Throws `DecimalTextError` if it is no plain decimal, or finer than `scale` digits. */
export function parseDecimal(text: string, scale: number): bigint {
  const parts = DECIMAL.exec(text);
  if (!parts)
    throw new DecimalTextError(
      `"${text.slice(0, 80)}" is no decimal number. Write it like -1234.56, without exponent.`,
    );
  const fraction = (parts[3] ?? '').replace(/0+$/, '');
  if (fraction.length > scale)
    throw new DecimalTextError(
      `"${text}" has ${fraction.length} digits after the point. At most ${scale} can be kept exactly: round it where it comes from.`,
    );
  const magnitude = BigInt(parts[2]! + fraction.padEnd(scale, '0'));
  return parts[1] === '-' ? -magnitude : magnitude;
}

/** The shortest text that says exactly the same: no exponent, no zeros at the end. */
export function formatDecimal(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** The quotient rounded to the nearest integer, halves to the even one. The divisor is not zero. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend - quotient * divisor;
  if (rest === 0n) return quotient;
  const twice = rest < 0n ? -rest * 2n : rest * 2n;
  const whole = divisor < 0n ? -divisor : divisor;
  if (twice < whole || (twice === whole && quotient % 2n === 0n)) return quotient;
  return rest < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** Money (scale 18) of a quantity at a price with a contract multiplier (scale 9 each), in full and rounded once. */
export function roundedProduct({
  quantity,
  price,
  multiplier,
}: {
  readonly quantity: bigint;
  readonly price: bigint;
  readonly multiplier: bigint;
}): bigint {
  const product = quantity * price;
  return multiplier === QUANTITY_ONE ? product : divideHalfEven(product * multiplier, QUANTITY_ONE);
}
