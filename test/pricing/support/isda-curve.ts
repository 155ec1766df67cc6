/** The dollar curve of the ISDA standard model from published money market and swap rates. */
import type { Day } from '../../../pricing/calendars/date';
import { tenorOf } from '../../../pricing/calendars/tenor';
import { isdaDeposit, isdaSwap } from '../../../pricing/calibration/isda-yield-curve';
import { buildCurves, compileCurveGroup } from '../../../pricing/curves/curve-group';
import type { DiscountCurve } from '../../../pricing/curves/discount-curve';
import { certain } from './dual-curve';

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
