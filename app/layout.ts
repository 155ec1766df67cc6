/**
 * How a folder's topics are divided, and so which jobs run on it. Counts are decided when the topics are created.
 *
 *   one partition of everything     one job in one task: marks pass to P&L in memory
 *   more                            a market job by instrument, a risk job by account, and one task for the firm; marks
 *                                   and what accounts add cross through the log
 */

import { countIn, type PartitionCounts, sizeJob } from '../runtime/drive/size-job';
import type { Job } from '../runtime/graph/job';
import type { Log } from '../runtime/ports/backend';
import { fills } from '../schemas/ledger';
import { quotes } from '../schemas/market';
import { CommandError, ExitCode } from './exit-codes';
import { accountJob, firmJob, type JobOptions, marketJobWith, riskJobWith, USUAL_OPTIONS } from './job';

export interface Layout {
  /** Partitions of topics by instrument. */
  readonly instruments: number;
  /** Partitions of topics by account, and of all others that are divided. */
  readonly accounts: number;
}

export const ONE_TASK: Layout = { instruments: 1, accounts: 1 };

export const countsOf =
  ({ instruments, accounts }: Layout): PartitionCounts =>
  ({ partitionedBy }) =>
    partitionedBy === 'instrument' ? instruments : accounts;

/** That of the folder's topics; where there are none yet, the one that is wanted. Throws a CommandError if they differ. */
export function layoutIn(
  log: Pick<Log, 'topics'>,
  { wanted, otherwise = ONE_TASK }: WantedLayout = {},
): Layout {
  const counts = new Map(log.topics().map(({ name, partitions }) => [name, partitions]));
  const [instruments, accounts] = [counts.get(quotes.name), counts.get(fills.name)];
  const there = instruments !== undefined && accounts !== undefined ? { instruments, accounts } : undefined;
  if (there && wanted && (there.instruments !== wanted.instruments || there.accounts !== wanted.accounts))
    throw new CommandError(
      `the folder's topics were created with ${told(there)}, and the configuration wants ${told(wanted)}. Counts are fixed from then on: leave "partitions" out, or begin in a new folder. Repartitioning is no command yet.`,
      ExitCode.Usage,
    );
  return there ?? wanted ?? otherwise;
}

export interface WantedLayout {
  /** Said by a person: a folder of another is refused. */
  readonly wanted?: Layout | undefined;
  /** For a new folder where nobody said. */
  readonly otherwise?: Layout | undefined;
}

const told = ({ instruments, accounts }: Layout): string =>
  `${instruments} partition${instruments === 1 ? '' : 's'} by instrument and ${accounts} by account`;

/** The jobs of a layout, each as large as its topics want it. */
export function jobsOf(layout: Layout, options: JobOptions = USUAL_OPTIONS): readonly Job[] {
  const { instruments, accounts } = layout;
  const jobs =
    instruments === 1 && accounts === 1
      ? [riskJobWith(options)]
      : [marketJobWith(options), accountJob, firmJob];
  return jobs.map((job) => sizeJob(job, countIn([], countsOf(layout))));
}
