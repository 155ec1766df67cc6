/** Flows as terms on named curves, for instruments whose curves are still to be found. No fixing has happened yet. */
import type { CurveTerm } from '../curves/term';
import type { Flow } from '../products/flow';
import type { AccrualPeriod } from '../products/leg';
import { averagingOf } from '../products/rate-index';

export interface LegCurves {
  readonly discount: string;
  readonly forward: string;
  /** Discount curve of the currency that a notional follows. */
  readonly resetsWith?: string;
}

/** A leg that pays a quoted rate on its periods. */
export const quotedAnnuity = (
  periods: readonly AccrualPeriod[],
  { discount, quote, factor }: { readonly discount: string; readonly quote: string; readonly factor: number },
): readonly CurveTerm[] =>
  periods.map(({ pay, fraction }) => ({
    amount: 0,
    quote,
    quoteFactor: factor * fraction,
    discount: { curve: discount, day: pay },
  }));

/**
 * Expected flows: a forward rate's growth over its own fraction, paid for the coupon's. A notional that follows an FX rate
 * counts in units that are worth one today, so that only the forward over today's rate plays a part.
 */
export function flowTerms(flows: readonly Flow[], curves: LegCurves): readonly CurveTerm[] {
  const { discount, resetsWith } = curves;
  return flows.flatMap((flow): readonly CurveTerm[] => {
    const terms = plainTerms(flow, curves);
    if (!flow.reset || resetsWith === undefined) return terms;
    const { day } = flow.reset;
    const ratio = { over: { curve: resetsWith, day }, under: { curve: discount, day } };
    return terms.map((term) => ({ ...term, ratio }));
  });
}

function plainTerms(flow: Flow, { discount, forward }: LegCurves): readonly CurveTerm[] {
  const paid = { curve: discount, day: flow.pay };
  if (flow.type === 'fixed') return [{ amount: flow.amount, discount: paid }];
  const margin = flow.notional * flow.fraction * flow.spread;
  const rest: readonly CurveTerm[] = margin === 0 ? [] : [{ amount: margin, discount: paid }];
  if (flow.type === 'term-rate') {
    const amount = (flow.notional * flow.gearing * flow.fraction) / flow.rateFraction;
    const growth = { curve: forward, start: flow.rateStart, end: flow.rateEnd };
    return [{ amount, growth, discount: paid }, ...rest];
  }
  const growth = { curve: forward, start: flow.start, end: flow.end };
  const average = flow.averaged ? { averaging: averagingOf(flow.index, flow) } : {};
  return [{ amount: flow.notional, growth, ...average, discount: paid }, ...rest];
}
