/**
 * FX volatilities as they are quoted: by delta, at each expiry the at-the-money volatility, the risk reversal and the butterfly
 * of 25 and perhaps of 10 deltas. Butterflies are of the smile (volatilities of put and call, meaned, above the money's), so
 * that σ = ATM + BF ± RR/2 at each delta. Between the quoted strikes of an expiry volatility is a natural cubic in the logarithm
 * of strike over forward, beyond them flat; between expiries total variance is linear at equal moneyness.
 *
 * Source of the conventions: D. Reiswich and U. Wystup, "FX volatility smile construction", CPQF working paper 20 (2010).
 */
import { failure, type Result, success } from '../contract';
import { naturalSpline, type Spline } from '../math/natural-spline';
import {
  type AtTheMoney,
  atTheMoneyStrike,
  type DeltaConvention,
  type FxTerms,
  strikeOfDelta,
} from '../models/fx-delta';

const MICROS_PER_YEAR = 365 * 86_400e6;

export interface FxExpiryQuotes {
  readonly label: string;
  /** The cut: the instant at which the option expires, in microseconds since 1970 UTC. */
  readonly cut: number;
  readonly forward: number;
  /** Discount factors to delivery, of the currency that the price is in and of the one that is priced. */
  readonly domesticDiscount: number;
  readonly foreignDiscount: number;
  readonly atm: number;
  readonly riskReversal25: number;
  readonly butterfly25: number;
  readonly riskReversal10?: number;
  readonly butterfly10?: number;
  /** How delta and the money are meant at this expiry: long ones are often quoted by the forward. */
  readonly delta: DeltaConvention;
  readonly atTheMoney: AtTheMoney;
}

interface FxSlice {
  readonly label: string;
  readonly time: number;
  /** Strikes over forward, as logarithms, rising, with their volatilities. */
  readonly pillars: readonly { readonly k: number; readonly strike: number; readonly volatility: number }[];
  readonly smile: Spline;
}

export interface FxSurface {
  readonly kind: 'fx';
  readonly name: string;
  readonly now: number;
  /** By expiry. */
  readonly slices: readonly FxSlice[];
  /** Expiries that are not in the surface, and why. */
  readonly refused: readonly { readonly label: string; readonly message: string }[];
}

const quotedWings = (q: FxExpiryQuotes): readonly (readonly [delta: number, rr: number, bf: number])[] =>
  q.riskReversal10 === undefined && q.butterfly10 === undefined
    ? [[0.25, q.riskReversal25, q.butterfly25]]
    : [
        [0.1, q.riskReversal10 ?? Number.NaN, q.butterfly10 ?? Number.NaN],
        [0.25, q.riskReversal25, q.butterfly25],
      ];

/** The slice of one expiry, or in words why there is none. */
function sliceOf(q: FxExpiryQuotes, now: number): FxSlice | string {
  const time = (q.cut - now) / MICROS_PER_YEAR;
  if (!(time > 0)) return 'its cut has passed';
  if (!(q.forward > 0 && q.domesticDiscount > 0 && q.foreignDiscount > 0))
    return `its forward is ${q.forward}, its discount factors ${q.domesticDiscount} and ${q.foreignDiscount}`;
  const termsOf = (right: 'call' | 'put', volatility: number): FxTerms => ({
    right,
    convention: q.delta,
    spot: (q.forward * q.domesticDiscount) / q.foreignDiscount,
    domesticDiscount: q.domesticDiscount,
    foreignDiscount: q.foreignDiscount,
    stdDev: volatility * Math.sqrt(time),
  });
  const pillars: { k: number; strike: number; volatility: number }[] = [];
  const add = (strike: number, volatility: number): void => {
    pillars.push({ k: Math.log(strike / q.forward), strike, volatility });
  };
  add(atTheMoneyStrike(termsOf('call', q.atm), q.atTheMoney), q.atm);
  for (const [delta, reversal, butterfly] of quotedWings(q)) {
    const [put, call] = [q.atm + butterfly - reversal / 2, q.atm + butterfly + reversal / 2];
    if (!(q.atm > 0 && put > 0 && call > 0))
      return `volatilities of ${q.atm}, ${put} and ${call} at the money and ${delta} delta`;
    add(strikeOfDelta(termsOf('put', put), -delta), put);
    add(strikeOfDelta(termsOf('call', call), delta), call);
  }
  pillars.sort((a, b) => a.k - b.k);
  const fault = pillars.findIndex(({ k }, i) => !Number.isFinite(k) || (i > 0 && !(k > pillars[i - 1]!.k)));
  if (fault >= 0) return `no strike has the delta of pillar ${fault + 1}, or two have one`;
  return {
    label: q.label,
    time,
    pillars,
    smile: naturalSpline(
      pillars.map(({ k }) => k),
      pillars.map(({ volatility }) => volatility),
    ),
  };
}

/**
 * An expiry whose quotes are missing (NaN) or impossible is refused by name, and the others stand. Failures:
 * `surface-must-have-slices`, `surface-expiry-must-be-once`.
 */
export function fxSurface(name: string, quotes: readonly FxExpiryQuotes[], now: number): Result<FxSurface> {
  const slices: FxSlice[] = [];
  const refused: { label: string; message: string }[] = [];
  for (const quote of quotes) {
    const made = sliceOf(quote, now);
    if (typeof made !== 'string') slices.push(made);
    else
      refused.push({
        label: quote.label,
        message: `"${quote.label}" is not in surface "${name}": ${made}. Wait for its quotes, or leave it out.`,
      });
  }
  slices.sort((a, b) => a.time - b.time);
  const twice = slices.find(({ time }, i) => slices[i + 1]?.time === time);
  if (twice)
    return failure(
      'surface-expiry-must-be-once',
      `surface "${name}": expiry "${twice.label}" is given twice. Leave one of them out.`,
    );
  if (slices.length === 0)
    return failure('surface-must-have-slices', refused[0]?.message ?? `surface "${name}" has no quotes.`);
  return success({ kind: 'fx', name, now, slices, refused });
}

/** Black volatility at a time and log-moneyness; before the first and after the last expiry that of its own smile. */
export function fxVolatility({ slices }: FxSurface, time: number, k: number): number {
  const after = slices.findIndex((slice) => slice.time >= time);
  if (after === 0) return slices[0]!.smile(k);
  if (after < 0) return slices.at(-1)!.smile(k);
  const [left, right] = [slices[after - 1]!, slices[after]!];
  const share = (time - left.time) / (right.time - left.time);
  const variance = (slice: FxSlice): number => slice.smile(k) ** 2 * slice.time;
  return Math.sqrt((variance(left) + share * (variance(right) - variance(left))) / time);
}
