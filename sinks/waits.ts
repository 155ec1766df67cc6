/** What a follower waits for: messages, time to pass, its end. And who waits for it: those who want all to be delivered. */

import { Signal } from '../runtime/drive/signal';
import type { Clock } from '../runtime/ports/clock';

export class Waits {
  private readonly wake = new Signal();
  private readonly stopped = new AbortController();
  private arrival: Promise<void> | undefined;
  private drainers: (() => void)[] = [];

  constructor(private readonly clock: Pick<Clock, 'after'>) {}

  get stop(): AbortSignal {
    return this.stopped.signal;
  }

  get isStopped(): boolean {
    return this.stopped.signal.aborted;
  }

  get isDraining(): boolean {
    return this.drainers.length > 0;
  }

  end(): void {
    this.stopped.abort();
    this.wake.fire();
  }

  /** Resolves once those who wait are released. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.drainers.push(resolve);
      this.wake.fire();
    });
  }

  /** How many wait by now. They stay in line until they are released, whatever fails in between. */
  get asked(): number {
    return this.drainers.length;
  }

  /** Lets go of the first so many of those who wait. */
  release(count = this.drainers.length): void {
    for (const resolve of this.drainers.splice(0, count)) resolve();
  }

  /** Ends early when somebody wants all to be delivered, or the end has come. */
  async pause(micros: number): Promise<void> {
    if (this.isStopped) return;
    const cancel = this.clock.after(micros, () => this.wake.fire());
    await this.wake.next();
    cancel();
  }

  /** `whenArrived` is asked once, however often this is woken by something else. */
  async forMessages(whenArrived: () => Promise<void>): Promise<void> {
    this.arrival ??= whenArrived().then(() => {
      this.arrival = undefined;
      this.wake.fire();
    });
    if (!this.isStopped) await this.wake.next();
  }
}
