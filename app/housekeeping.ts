/**
 * Keeps a data folder within bounds: what has been kept long enough is dropped and state topics are compacted once a
 * minute, and every few seconds while room runs short.
 */

import { Signal } from '../runtime/drive/signal';
import type { Backend } from '../runtime/ports/backend';
import type { Clock } from '../runtime/ports/clock';

const LOOK_SECONDS = 1;
const TIDY_SECONDS = 60;
const CROWDED_SECONDS = 5;
/** From here on retention goes by size, too: it must be through before the log is at its quota. */
const CROWDED = 0.8;

export interface HousekeepingOptions {
  readonly backend: Pick<Backend, 'tidy' | 'health'>;
  readonly clock: Clock;
}

export class Housekeeping {
  private readonly wake = new Signal();
  private stopped = false;
  private failure: string | undefined;

  constructor(private readonly options: HousekeepingOptions) {}

  start(): void {
    void this.run();
  }

  /** Does not wait for a round under way: it ends by itself, or with the backend. */
  stop(): void {
    this.stopped = true;
    this.wake.fire();
  }

  /** Why the last round failed; undefined when it did not. */
  trouble(): string | undefined {
    return this.failure;
  }

  private async run(): Promise<void> {
    const { backend } = this.options;
    // Counted in pauses, not told by the clock: that may be set back by hours.
    for (let waited = 0; ; ) {
      await this.pause();
      if (this.stopped) return;
      waited += LOOK_SECONDS;
      const { usedBytes, quotaBytes } = backend.health();
      if (waited < (usedBytes < quotaBytes * CROWDED ? TIDY_SECONDS : CROWDED_SECONDS)) continue;
      await this.tidy();
      waited = 0;
    }
  }

  private async tidy(): Promise<void> {
    try {
      await this.options.backend.tidy();
      this.failure = undefined;
    } catch (error) {
      this.failure = `old records could not be dropped, and the log only grows: ${(error as Error).message}`;
    }
  }

  private async pause(): Promise<void> {
    const cancel = this.options.clock.after(LOOK_SECONDS * 1e6, () => this.wake.fire());
    await this.wake.next();
    cancel();
  }
}
