/**
 * When the next notice may go. The first after a quiet time goes at once; while more keep coming each waits longer, so that
 * a storm is a handful of messages. What is critical never waits longer than the four seconds that leave one of the five
 * in which the rules want it told (RTS 6, article 16(5)).
 */
const SECOND = 1_000_000;
const PAUSES = [0, 2 * SECOND, 4 * SECOND, 15 * SECOND, 60 * SECOND] as const;
const CRITICAL_MAX = 4 * SECOND;
/** So long without a notice, and the next is a first one. */
const QUIET = 120 * SECOND;

export class Windows {
  private sent = 0;
  private lastAt = Number.NEGATIVE_INFINITY;

  told(elapsed: number): void {
    this.sent = elapsed - this.lastAt > QUIET ? 1 : this.sent + 1;
    this.lastAt = elapsed;
  }

  isOpen(elapsed: number, isCritical: boolean): boolean {
    const since = elapsed - this.lastAt;
    if (since > QUIET) return true;
    const pause = PAUSES[Math.min(this.sent, PAUSES.length - 1)]!;
    return since >= (isCritical ? Math.min(pause, CRITICAL_MAX) : pause);
  }
}
