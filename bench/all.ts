/** Every bench there is, by name. */
import type { Bench } from './bench';
import { books } from './books';
import { clickhouseRows } from './clickhouse';
import { ticksDivided } from './divided';
import { durableEpochs } from './epochs';
import { fillsToPositions } from './fills';
import { holds } from './holds';
import { latency } from './latency';
import { publishQuotes } from './publish';
import { restorePositions } from './restore';
import { tickCost, ticksConflated, ticksWritten } from './ticks';

export const benches: readonly Bench[] = [
  ticksConflated,
  ticksDivided,
  ticksWritten,
  tickCost,
  fillsToPositions,
  latency,
  holds,
  restorePositions,
  durableEpochs,
  clickhouseRows,
  books,
  publishQuotes,
];
