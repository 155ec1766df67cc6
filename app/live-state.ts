/** How a running job is and what it has worked out, as of now. */
import type { Clock } from '../runtime/ports/clock';
import { refusedFills } from '../schemas/ledger';
import { amount, count } from './amounts';
import type { Folder } from './folder';
import { type LimitLine, limitLines } from './limit-lines';
import type { Operation } from './live-facts';
import type { LiveJob } from './live-job';
import type { AccountLine, Portfolio } from './portfolio';
import type { Sinks } from './sinks';
import type { World } from './view/page';

/** What a face shows. */
export interface Shown extends World {
  accounts(): readonly AccountLine[];
  positionCount(): number;
  limits(): readonly LimitLine[];
}

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
}: LiveStateParts): (until?: () => boolean) => Shown {
  const gauge = rateGauge(clock);
  const started = clock.now();
  const { backend } = folder;
  return (until) => {
    portfolio.refresh(until);
    const { recordsIn } = countsOf(job);
    const state = {
      dir: folder.dir,
      seconds: (clock.now() - started) / 1e6,
      epoch: Math.max(0, ...job.statuses().map(({ epoch }) => epoch)),
      recordsIn,
      recordsInPerSecond: gauge(recordsIn),
      refused: endOf(backend.log, refusedFills.name),
      lag: job.lag(),
      logBytes: backend.health().usedBytes,
      quotaBytes: backend.health().quotaBytes,
      url,
      sinkLagSeconds: lagOf(sinks()),
      troubles: troubles(),
      operations: [...taskLines(job), ...sinkLines(sinks())],
    };
    return {
      state,
      followed: portfolio.followed,
      now: clock.now(),
      accounts: () => portfolio.accountLines(),
      positionCount: () => portfolio.positionCount,
      limits: () => limitLines(portfolio.followed),
    };
  };
}

const taskLines = (job: LiveJob): Operation[] =>
  job.statuses().map(({ task, state, epoch, counts, pressure, clock }) => ({
    what: 'task',
    name: `${task.job}/${task.partition}`,
    state,
    detail: [
      `epoch ${count(epoch)}`,
      `${count(counts.recordsIn)} in`,
      `${count(counts.recordsOut)} out`,
      `${count(counts.deadLetters)} dead letters`,
      ...(pressure === undefined ? [] : [pressure]),
      ...(clock === undefined ? [] : [clock]),
    ].join(', '),
    isTrouble: state !== 'running',
  }));

const sinkLines = (sinks: Sinks | undefined): Operation[] =>
  (sinks?.statuses() ?? []).map(({ name, lagSeconds, trouble }) => ({
    what: 'sink',
    name,
    state: `${amount(lagSeconds, 1)} s behind`,
    detail: trouble ?? '',
    isTrouble: trouble !== undefined,
  }));

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
