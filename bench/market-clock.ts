/**
 * A clock that stands at the opening of the market and goes on only while a run is timed: a slow machine, or a long load of
 * the log, must not make its ticks stale, which is another path than the one that is measured.
 */
import { systemClock } from '../app/system-clock';
import type { Clock } from '../runtime/ports/clock';
import { OPEN } from './market';

export class MarketClock implements Clock {
  private passed = 0;
  private since: number | undefined;
  readonly elapsed = systemClock.elapsed;
  readonly after = systemClock.after;
  readonly turn = systemClock.turn;

  now(): number {
    return OPEN + this.passed + (this.since === undefined ? 0 : systemClock.elapsed() - this.since);
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.since = systemClock.elapsed();
    try {
      return await work();
    } finally {
      this.passed += systemClock.elapsed() - this.since;
      this.since = undefined;
    }
  }
}
