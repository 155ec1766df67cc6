/** Ticks to P&L as the application divides it over several tasks: marks by instrument, P&L by account. */
import { marks } from '../pipelines/marks';
import { pnlWith } from '../pipelines/pnl';
import { positions } from '../pipelines/positions';
import { fuse, type Job } from '../runtime/graph/job';

export const SETTINGS = {
  build: 'bench',
  stepBytes: 1 << 19,
  holdMicros: 1e6,
  openBytesMax: 8 << 20,
  snapshotMicros: 3600e6,
  retryMicros: 1e6,
} as const;

const pnl = pnlWith({ everyMicros: 100_000, convention: 'mid', baseCurrency: 'USD' });

export const dividedJobs = (partitions: number): readonly Job[] => [
  fuse({ name: 'market', pipelines: [marks], partitions }),
  fuse({ name: 'risk', pipelines: [positions, pnl], partitions }),
];
