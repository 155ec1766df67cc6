/** What a limit reads off an exposure, and how far beyond its levels that is. */
import type { Exposure } from '../../schemas/exposures';
import { type Limit, LimitMeasure, LimitSense, type LimitStatus, Severity } from '../../schemas/limits';

type Levels = Pick<Limit, 'measure' | 'sense' | 'warning' | 'breach' | 'hysteresis'>;

export function readingOf({ long, short, gross, net }: Exposure, measure: LimitMeasure): number {
  switch (measure) {
    case LimitMeasure.Long:
      return long;
    case LimitMeasure.Short:
      return short;
    case LimitMeasure.Gross:
      return gross;
    case LimitMeasure.Net:
      return net;
  }
}

/** What is known of a reading: itself; else what it is at least, where the unknown parts can but add to it; else NaN. */
export const leastOf = (
  status: Pick<LimitStatus, 'value' | 'known' | 'measure' | 'sense'> | undefined,
): number => {
  if (!status) return Number.NaN;
  return Number.isNaN(status.value) && isLowerBound(status) ? (status.known ?? Number.NaN) : status.value;
};

/** What fills, prices and rates changed of a reading. Long is half of gross and net together, short the rest of net. */
export function movesOf(exposure: Exposure, measure: LimitMeasure) {
  const by = (net: number, gross: number): number => {
    if (measure === LimitMeasure.Net) return net;
    if (measure === LimitMeasure.Gross) return gross;
    return measure === LimitMeasure.Long ? (net + gross) / 2 : (net - gross) / 2;
  };
  return {
    byFills: by(exposure.netByFills, exposure.grossByFills),
    byPrices: by(exposure.netByPrices, exposure.grossByPrices),
    byRates: by(exposure.netByRates, exposure.grossByRates),
  };
}

/** The reading as what its levels are held against: larger is worse. Levels are turned the same way. */
const turned = (value: number, sense: LimitSense): number =>
  sense === LimitSense.Absolute ? Math.abs(value) : sense === LimitSense.Below ? -value : value;

export const isWorse = (value: number, than: number, sense: LimitSense): boolean =>
  Number.isNaN(than) || turned(value, sense) > turned(than, sense);

/** How far a reading must come back to be clear of a level, and still a little further. */
export function clearOf(level: number, { sense, hysteresis }: Levels): number {
  const held = sense === LimitSense.Below ? -level : level;
  return held - Math.abs(level) * hysteresis;
}

/** By how much a reading is not clear of a level; zero or more where it is not. */
export const excessOf = (value: number, level: number, levels: Levels): number =>
  turned(value, levels.sense) - clearOf(level, levels);

/** A level once reached holds until the reading is clear of it. */
export function severityOf(value: number, levels: Levels, before: Severity): Severity {
  const isBeyond = (level: number, isHeld: boolean): boolean =>
    turned(value, levels.sense) >= (levels.sense === LimitSense.Below ? -level : level) ||
    (isHeld && excessOf(value, level, levels) >= 0);
  if (isBeyond(levels.breach, before === Severity.Breach)) return Severity.Breach;
  return isBeyond(levels.warning, before !== Severity.None) ? Severity.Warning : Severity.None;
}

/** The reading as a part of the breach level; NaN where a level of that sign measures nothing. */
export function utilisationOf(value: number, { sense, breach }: Levels): number {
  const used = turned(value, sense) / turned(breach, sense);
  return turned(breach, sense) > 0 ? Math.max(used, 0) : Number.NaN;
}

/**
 * What is unknown of long, gross and short values can only add to their sizes: beyond a level they are beyond it, whatever
 * the rest is worth.
 */
export const isLowerBound = ({ measure, sense }: Pick<Limit, 'measure' | 'sense'>): boolean =>
  measure === LimitMeasure.Short
    ? sense !== LimitSense.Above
    : measure !== LimitMeasure.Net && sense !== LimitSense.Below;
