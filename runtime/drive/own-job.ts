/**
 * Runs the tasks of a job that this process owns, as it is told which: starts those that are assigned, finishes those that
 * are revoked within the budget, and drops at once those that are lost. A task that is neither finished nor dropped by
 * the end of its budget is dropped then: its epochs that are not committed are another owner's to compute again.
 */

import type { Job } from '../graph/job';
import type { Backend, Membership, TaskOwner } from '../ports/backend';
import type { Clock } from '../ports/clock';
import type { TaskId } from '../ports/epoch';
import type { TaskDriver } from './drive';

export interface OwnJobOptions {
  readonly job: Pick<Job, 'name' | 'partitions'>;
  readonly backend: Pick<Backend, 'own'>;
  readonly clock: Pick<Clock, 'after'>;
  /** A driver for a task, new each time it is assigned. */
  readonly drive: (partition: number) => TaskDriver;
}

export class OwnJob implements TaskOwner {
  private readonly running = new Map<number, TaskDriver>();
  private readonly membership: Membership;

  constructor(private readonly options: OwnJobOptions) {
    this.membership = options.backend.own(options.job, this);
  }

  /** The tasks that this process runs now. */
  get drivers(): readonly TaskDriver[] {
    return [...this.running.values()];
  }

  /** Gives all tasks back, finished. */
  stop(): Promise<void> {
    return this.membership.leave();
  }

  assigned(tasks: readonly TaskId[]): void {
    for (const { partition } of tasks) {
      const driver = this.options.drive(partition);
      this.running.set(partition, driver);
      void driver.run();
    }
  }

  async revoked(tasks: readonly TaskId[], budgetMicros: number): Promise<void> {
    await Promise.all(this.take(tasks).map((driver) => this.finish(driver, budgetMicros)));
  }

  lost(tasks: readonly TaskId[]): void {
    for (const driver of this.take(tasks)) driver.drop();
  }

  private take(tasks: readonly TaskId[]): TaskDriver[] {
    return tasks.flatMap(({ partition }) => {
      const driver = this.running.get(partition);
      this.running.delete(partition);
      return driver ? [driver] : [];
    });
  }

  private async finish(driver: TaskDriver, budgetMicros: number): Promise<void> {
    let cancel = (): void => undefined;
    const over = new Promise<'over'>((resolve) => {
      cancel = this.options.clock.after(budgetMicros, () => resolve('over'));
    });
    const first = await Promise.race([driver.stop(), over]);
    cancel();
    if (first === 'over') driver.drop();
  }
}
