/** The swaption volatilities of 2025-02-10, a SABR smile for each expiry and length. */
import { tenorMonths, tenorOf } from '../../../pricing/calendars/tenor';
import { parSwap } from '../../../pricing/calibration/rate-instruments';
import { calibrateSabr } from '../../../pricing/calibration/sabr';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve';
import { type CurveSetCase, impliedQuote } from './curve-set';
import { certain } from './dual-curve';
import { curves2025, path2025 } from './market-2025';
import { conventionOf } from './market-2025-conventions';
import { quotes2025, trade2025 } from './quote-desk';

export interface SmileFit {
  readonly name: string;
  readonly quotes: number;
  /** In normal volatility: 1e-4 is a basis point a year. */
  readonly rmse: number;
  readonly max: number;
  readonly converged: boolean;
}

/** Forward rate of the swap that starts after the option's term, on the market's curves. */
export function forwardSwapRate(
  terms: {
    readonly name: string;
    readonly expiry: string;
    readonly length: string;
    readonly discount: string;
    readonly forward: string;
  },
  curve: (name: string) => DiscountCurve,
): number {
  const swap = certain(
    parSwap({
      quote: 'par',
      trade: trade2025,
      startsAfter: tenorOf(terms.expiry),
      tenor: tenorOf(terms.length),
      convention: conventionOf(terms.name),
      discount: terms.discount,
      forward: terms.forward,
    }),
  );
  return impliedQuote(swap, curve);
}

const years = (tenor: string): number => tenorMonths(tenorOf(tenor)) / 12;

/** Normal SABR (β = 0), which needs no shift for strikes far below zero; one fit for each smile of the file. */
export function smileFits(
  currency: 'EUR' | 'USD',
  curve: (name: string) => DiscountCurve,
): readonly SmileFit[] {
  const quotes = quotes2025();
  const curves =
    currency === 'EUR'
      ? { name: 'EUR-6M', discount: 'EUR-OIS', forward: 'EUR-6M' }
      : { name: 'SOFR', discount: 'USD-OIS', forward: 'USD-OIS' };
  const smiles = new Map<string, { readonly spread: number; readonly volatility: number }[]>();
  for (const [key, volatility] of Object.entries(quotes)) {
    // Dollar keys name their index between currency and expiry.
    const [kind, , own, expiry, length, how, spread = '0'] = key.replace('USD/SOFR', 'USD').split('/');
    if (kind !== 'SWAPTION' || own !== currency) continue;
    const name = `${expiry} ${length}`;
    const smile = smiles.get(name) ?? [];
    smiles.set(name, smile);
    if (how === 'ATM' || how === 'Smile') smile.push({ spread: Number(spread), volatility });
  }
  return [...smiles]
    .filter(([, smile]) => smile.length >= 5)
    .map(([name, smile]) => {
      const [expiry, length] = name.split(' ') as [string, string];
      const forward = forwardSwapRate({ ...curves, expiry, length }, curve);
      const { error, converged } = certain(
        calibrateSabr({
          forward,
          expiry: years(expiry),
          volatilities: 'normal',
          beta: 0,
          quotes: smile.map(({ spread, volatility }) => ({ strike: forward + spread, volatility })),
        }),
      );
      return { name, quotes: smile.length, rmse: error.rmse, max: error.max, converged };
    });
}

export const smileCases: readonly CurveSetCase[] = (['EUR', 'USD'] as const).map((currency) => ({
  name: `market of 2025-02-10: ${currency} swaption smiles, SABR with β = 0`,
  path: path2025,
  measure: () => {
    const curves = curves2025();
    const fits = smileFits(currency, (name) => curves.get(name)!);
    const rmse = fits.map((fit) => fit.rmse).sort((a, b) => a - b);
    const alone = Object.keys(quotes2025()).filter((key) =>
      key.startsWith(`SWAPTION/RATE_NVOL/${currency}/`),
    ).length;
    const fitted = fits.reduce((sum, fit) => sum + fit.quotes, 0);
    return {
      curves: fits.length,
      instruments: fitted,
      worst: rmse.at(-1)!,
      unit: `of normal volatility: the worst smile's root mean square, the median smile's is ${rmse[rmse.length >> 1]!.toExponential(1)}; strikes reach 10 % from the forward`,
      left: [`${alone - fitted} at-the-money volatilities without a smile: one quote fixes no SABR`],
    };
  },
}));
