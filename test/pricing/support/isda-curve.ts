/** The dollar curve of the ISDA standard model from published money market and swap rates. */
import type { Day } from '../../../pricing/calendars/date.js';
import { tenorOf } from '../../../pricing/calendars/tenor.js';
import { isdaDeposit, isdaSwap } from '../../../pricing/calibration/isda-yield-curve.js';
import { buildCurves, compileCurveGroup } from '../../../pricing/curves/curve-group.js';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve.js';
import { certain } from './dual-curve.js';

/** Rates by tenor. */
type Rates = Readonly<Record<string, number>>;

export function isdaDollarCurve(
  trade: Day,
  { deposits, swaps }: { readonly deposits: Rates; readonly swaps: Rates },
): DiscountCurve {
  const made = (rates: Rates, make: typeof isdaSwap) =>
    Object.keys(rates).map((tenor) =>
      certain(make({ quote: tenor, currency: 'USD', curve: 'D', trade, tenor: tenorOf(tenor) })),
    );
  const instruments = [...made(deposits, isdaDeposit), ...made(swaps, isdaSwap)];
  const group = certain(
    compileCurveGroup({
      reference: trade,
      curves: [{ name: 'D', interpolation: 'log-linear-discount', instruments }],
    }),
  );
  return certain(buildCurves(group, { ...deposits, ...swaps })).curves.get('D')!;
}
