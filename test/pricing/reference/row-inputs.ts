/** Reads the columns that the option tables share into the library's own terms. */
import type { Corridor } from '../../../pricing/models/absorbed-diffusion';
import type { Knock } from '../../../pricing/models/barrier';
import type { LognormalMarket, Right, VanillaTerms } from '../../../pricing/models/black';
import type { PairMarket } from '../../../pricing/models/exchange';
import { type Judged, numberIn, type Row } from './reference-table';

/** The tables count a year as 360 days and round to whole days. */
export const yearsIn = (row: Row, column = 't'): number => Math.round(numberIn(row, column) * 360) / 360;

export const rightOf = (text: string | undefined): Right => {
  if (text !== 'Call' && text !== 'Put') throw new Error(`"${text}" is neither Call nor Put`);
  return text === 'Call' ? 'call' : 'put';
};

export const vanillaIn = (row: Row): VanillaTerms => ({
  right: rightOf(row['type']),
  strike: numberIn(row, 'strike'),
  time: yearsIn(row),
});

export const marketIn = (row: Row): LognormalMarket => ({
  spot: numberIn(row, 's'),
  rate: numberIn(row, 'r'),
  dividend: numberIn(row, 'q'),
  volatility: numberIn(row, 'v'),
});

export const pairIn = (row: Row): PairMarket => ({
  spot1: numberIn(row, 's1'),
  spot2: numberIn(row, 's2'),
  dividend1: numberIn(row, 'q1'),
  dividend2: numberIn(row, 'q2'),
  volatility1: numberIn(row, 'v1'),
  volatility2: numberIn(row, 'v2'),
  correlation: numberIn(row, 'rho'),
  rate: numberIn(row, 'r'),
});

/** `DownIn` and its kin. */
export const singleBarrierIn = (row: Row): Corridor & { readonly knock: Knock } => {
  const kind = row['barrierType'] ?? '';
  const barrier = numberIn(row, 'barrier');
  return {
    lower: kind.startsWith('Down') ? barrier : 0,
    upper: kind.startsWith('Up') ? barrier : Infinity,
    time: yearsIn(row),
    knock: kind.endsWith('In') ? 'in' : 'out',
  };
};

export const judgedBy = (row: Row, actual: number, tolerance = numberIn(row, 'tol')): Judged => ({
  expected: numberIn(row, 'result'),
  actual,
  tolerance,
});
