/** Repeats what failed, with growing pauses, within a declared budget. */
import { ExponentialBackoff, handleAll, retry } from 'cockatiel';

export interface RetryBudget {
  readonly attemptsMax: number;
  readonly firstPauseMillis: number;
  readonly pauseMillisMax: number;
}

/** About seven minutes: longer than any merge or mutation holds a table up. */
export const patientBudget: RetryBudget = { attemptsMax: 20, firstPauseMillis: 50, pauseMillisMax: 30_000 };

export function retryWithin(
  budget: RetryBudget,
): <T>(work: () => Promise<T>, stop: AbortSignal) => Promise<T> {
  const policy = retry(handleAll, {
    maxAttempts: budget.attemptsMax,
    backoff: new ExponentialBackoff({
      initialDelay: budget.firstPauseMillis,
      maxDelay: budget.pauseMillisMax,
    }),
  });
  return (work, stop) => policy.execute(work, stop);
}
