/**
 * Static arbitrage of a surface, with the offending nodes named.
 *
 * Butterfly: Durrleman's g below zero (a negative density). Calendar: total variance that falls with expiry at one
 * forward log-moneyness (Gatheral, Jacquier 2014, lemma 2.1). Raw quotes are judged too, before any fit, by the
 * slopes of call prices over strike: monotone, within (−1, 0), convex.
 */
import { durrleman, type SmilePoint } from './svi';

export interface SmileSection {
  /** How people call the expiry. */
  readonly label: string;
  /** Years. */
  readonly expiry: number;
  readonly forward: number;
  readonly point: (k: number) => SmilePoint;
}

export interface ArbitrageFault {
  readonly kind: 'butterfly' | 'calendar' | 'monotonicity' | 'bounds';
  /** The expiry, or the later of the two expiries of a calendar fault. */
  readonly expiry: string;
  readonly strike: number;
  /** ln(K/F) at the expiry. */
  readonly k: number;
  /** How far the condition is broken: g, total variance, or undiscounted price per unit of strike. */
  readonly amount: number;
  readonly message: string;
}

export interface CheckSettings {
  /** Log-moneyness nodes at which the surface is judged. */
  readonly nodes: readonly number[];
  /** Breaks smaller than this are rounding. */
  readonly tolerance?: number;
}

/** Nodes from −reach to +reach, both ends included. */
export const evenNodes = (reach: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => -reach + (2 * reach * i) / (count - 1));

const named = (section: SmileSection, k: number): string =>
  `${section.label} at strike ${(section.forward * Math.exp(k)).toPrecision(6)} (k = ${k.toFixed(4)})`;

/** Every node of one expiry where the implied density is negative. */
export function butterflyFaults(section: SmileSection, settings: CheckSettings): readonly ArbitrageFault[] {
  const tolerance = settings.tolerance ?? 1e-10;
  return settings.nodes.flatMap((k): readonly ArbitrageFault[] => {
    const point = section.point(k);
    const g = point.w > 0 ? durrleman(point, k) : Number.NEGATIVE_INFINITY;
    if (g >= -tolerance) return [];
    const message = `butterfly arbitrage in ${named(section, k)}: g = ${g}. Refit the slice with more weight on its density.`;
    return [
      {
        kind: 'butterfly',
        expiry: section.label,
        strike: section.forward * Math.exp(k),
        k,
        amount: -g,
        message,
      },
    ];
  });
}

/** Every node where the later of two neighbouring expiries has less total variance; sections in order of expiry. */
export function calendarFaults(
  sections: readonly SmileSection[],
  settings: CheckSettings,
): readonly ArbitrageFault[] {
  const tolerance = settings.tolerance ?? 1e-10;
  return sections.slice(1).flatMap((later, i) => {
    const earlier = sections[i]!;
    return settings.nodes.flatMap((k): readonly ArbitrageFault[] => {
      const fall = earlier.point(k).w - later.point(k).w;
      if (fall <= tolerance) return [];
      const message = `calendar arbitrage between ${earlier.label} and ${named(later, k)}: total variance falls by ${fall}. Check the quotes of both expiries.`;
      const strike = later.forward * Math.exp(k);
      return [{ kind: 'calendar', expiry: later.label, strike, k, amount: fall, message }];
    });
  });
}

export interface CallQuote {
  readonly strike: number;
  /** Undiscounted call price. */
  readonly price: number;
}

/** Monotonicity, bounds and convexity of undiscounted call prices over strike, before anything is fitted to them. */
export function quoteFaults(
  section: { readonly label: string; readonly forward: number },
  quotes: readonly CallQuote[],
  tolerance = 0,
): readonly ArbitrageFault[] {
  const sorted = [...quotes].sort((a, b) => a.strike - b.strike);
  const fault = (kind: ArbitrageFault['kind'], q: CallQuote, amount: number): ArbitrageFault => ({
    kind,
    expiry: section.label,
    strike: q.strike,
    k: Math.log(q.strike / section.forward),
    amount,
    message: `${kind} arbitrage in the quotes of ${section.label} at strike ${q.strike}: broken by ${amount}. Check or drop the quote.`,
  });
  const slope = (a: CallQuote, b: CallQuote): number => (b.price - a.price) / (b.strike - a.strike);
  return sorted.flatMap((q, i) => {
    const [before, after] = [sorted[i - 1], sorted[i + 1]];
    const below = Math.max(q.price - section.forward, Math.max(section.forward - q.strike, 0) - q.price);
    const rise = before ? Math.max(slope(before, q), -1 - slope(before, q)) : 0;
    const bend = before && after ? slope(before, q) - slope(q, after) : 0;
    return [
      ...(below > tolerance ? [fault('bounds', q, below)] : []),
      ...(rise > tolerance ? [fault('monotonicity', q, rise)] : []),
      ...(bend > tolerance ? [fault('butterfly', q, bend)] : []),
    ];
  });
}
