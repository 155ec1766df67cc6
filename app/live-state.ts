/** How a running job is and what it has worked out, as of now. */
import type { Clock } from '../runtime/ports/clock';
import { refusedFills } from '../schemas/ledger';
import type { Folder } from './folder';
import type { LiveJob } from './live-job';
import type { LiveState } from './live-view';
import type { Portfolio } from './portfolio';
import type { Sinks } from './sinks';

export interface LiveStateParts {
  readonly folder: Folder;
  readonly job: LiveJob;
  readonly portfolio: Portfolio;
  readonly clock: Clock;
  /** Of metrics and health. */
  readonly url: string | undefined;
  readonly sinks: () => Sinks | undefined;
  /** What is wrong now. */
  readonly troubles: () => readonly string[];
}

export function liveStateReader({
  folder,
  job,
  portfolio,
  clock,
  url,
  sinks,
  troubles,
}: LiveStateParts): () => LiveState {
  const gauge = rateGauge(clock);
  const started = clock.now();
  const { backend } = folder;
  return () => {
    portfolio.refresh();
    const { recordsIn } = countsOf(job);
    return {
      dir: folder.dir,
      seconds: (clock.now() - started) / 1e6,
      epoch: Math.max(0, ...job.statuses().map(({ epoch }) => epoch)),
      recordsIn,
      recordsInPerSecond: gauge(recordsIn),
      refused: endOf(backend.log, refusedFills.name),
      lag: job.lag(),
      logBytes: backend.health().usedBytes,
      url,
      sinkLagSeconds: lagOf(sinks()),
      troubles: troubles(),
      accounts: portfolio.accountLines(),
      positions: portfolio.positionLines(),
    };
  };
}

/** Where a topic ends, all partitions together. */
function endOf(log: Folder['backend']['log'], topic: string): number {
  const partitions = log.topics().find(({ name }) => name === topic)?.partitions ?? 0;
  return Array.from({ length: partitions }, (_, partition) => log.ends({ topic, partition }).next).reduce(
    (sum, next) => sum + next,
    0,
  );
}

const lagOf = (sinks: Sinks | undefined): number | undefined =>
  sinks && Math.max(0, ...sinks.statuses().map(({ lagSeconds }) => lagSeconds));

/** Of all tasks, since they were opened. */
export function countsOf(job: LiveJob): { recordsIn: number; recordsOut: number; deadLetters: number } {
  const sum = { recordsIn: 0, recordsOut: 0, deadLetters: 0 };
  for (const { counts } of job.statuses()) {
    sum.recordsIn += counts.recordsIn;
    sum.recordsOut += counts.recordsOut;
    sum.deadLetters += counts.deadLetters;
  }
  return sum;
}

/** Growth a second, as of the last time it was asked a second or more ago. */
function rateGauge(clock: Clock): (value: number) => number {
  let last = { at: clock.now(), value: 0, rate: 0 };
  return (value) => {
    const seconds = (clock.now() - last.at) / 1e6;
    if (seconds >= 1) last = { at: clock.now(), value, rate: (value - last.value) / seconds };
    return last.rate;
  };
}
