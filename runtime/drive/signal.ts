/** Wakes whoever waits. Fired while nobody waits, it lets the next one pass at once: no wake-up is lost. */
export class Signal {
  private fired = false;
  private resolve: (() => void) | undefined;

  fire(): void {
    this.fired = true;
    this.resolve?.();
  }

  /** For one waiter at a time. */
  async next(): Promise<void> {
    if (!this.fired) {
      await new Promise<void>((resolve) => {
        this.resolve = resolve;
      });
    }
    this.fired = false;
    this.resolve = undefined;
  }
}
