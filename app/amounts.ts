/** Numbers as people read them, the same on every machine: no locale has a say. */
import { formatDecimal, MONEY_SCALE, QUANTITY_SCALE } from '../schemas/decimals';

/** Digits that a small number keeps at least, and how far behind the point they may lie: below is the noise of doubles. */
const SMALL_DIGITS = 2;
const SMALL_DECIMALS_MAX = 8;

/**
 * "1,234,567.89"; what is not known is a dash. A number that is not zero is never shown as zero: where the decimals
 * wanted would show none of its digits, it has as many as show two of them.
 */
export function amount(value: number, decimals = 2): string {
  if (!Number.isFinite(value)) return '–';
  const wanted = value.toFixed(decimals);
  if (value === 0 || /[1-9]/.test(wanted)) return grouped(wanted);
  const finer = decimalsThatShow(value, SMALL_DIGITS);
  if (finer - SMALL_DIGITS >= SMALL_DECIMALS_MAX) return grouped(wanted);
  return grouped(trimmed(value.toFixed(Math.min(finer, SMALL_DECIMALS_MAX)), decimals));
}

export const count = (value: number): string => grouped(Number.isFinite(value) ? value.toFixed(0) : '–');

/** A price with as many decimals as it has: five at most, or as many as show six digits of a small one. */
export function price(value: number, decimalsMin = 2): string {
  if (!Number.isFinite(value)) return '–';
  const decimals = Math.min(Math.max(5, value === 0 ? 0 : decimalsThatShow(value, 6)), 20);
  return grouped(trimmed(value.toFixed(decimals), decimalsMin));
}

/** An amount of a currency, with the decimals that are customary in it. */
export const money = (value: number, currency: string): string => amount(value, decimalsOf(currency));

/** A quantity of the ledger (scale 9), exactly as it is. */
export const quantity = (scaled: bigint): string => grouped(formatDecimal(scaled, QUANTITY_SCALE));

/** An amount of the ledger (scale 18), exactly as it is. */
export const exactMoney = (scaled: bigint): string => grouped(formatDecimal(scaled, MONEY_SCALE));

/** Currencies of ISO 4217 whose minor unit is not a hundredth. Source: ISO 4217, list one. */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};
/** Coins that are worth a great deal each. */
const COIN_UNITS: Readonly<Record<string, number>> = { BTC: 8, XBT: 8, WBTC: 8, ETH: 8, WETH: 8, BNB: 8 };

/** Decimals in which amounts of a currency are written. */
export const decimalsOf = (currency: string): number => MINOR_UNITS[currency] ?? COIN_UNITS[currency] ?? 2;

/** How long ago something was, in one or two digits: "12s", "3m", "5h", "9d"; what is not known is a dash. */
export function age(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  const whole = Math.max(Math.floor(seconds), 0);
  if (whole < 100) return `${whole}s`;
  if (whole < 6000) return `${Math.floor(whole / 60)}m`;
  return whole < 360_000 ? `${Math.floor(whole / 3600)}h` : `${Math.floor(whole / 86_400)}d`;
}

export function bytes(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let at = 0;
  let scaled = value;
  while (scaled >= 1000 && at < units.length - 1) {
    scaled /= 1000;
    at += 1;
  }
  return `${at === 0 ? scaled : scaled.toFixed(1)} ${units[at]}`;
}

/** Decimals with which so many digits of a number are seen. */
const decimalsThatShow = (value: number, digits: number): number =>
  Math.max(digits - 1 - Math.floor(Math.log10(Math.abs(value))), 0);

/** Without zeros at the end, but with so many decimals at least. */
function trimmed(text: string, decimalsMin: number): string {
  const [whole = '', fraction = ''] = text.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(decimalsMin, '0');
  return kept === '' ? whole : `${whole}.${kept}`;
}

/** Decimal text with a comma between thousands, and no sign before nothing. */
export function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const shown = `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction === undefined ? '' : `.${fraction}`}`;
  return /[1-9]/.test(shown) ? shown : shown.replace(/^-/, '');
}
