/** Time is what it is told; waiting is real, and short. */
import type { Clock } from '../../runtime/ports/clock';

export class ToldClock implements Clock {
  constructor(public time = 0) {}

  now(): number {
    return this.time;
  }

  elapsed(): number {
    return performance.now() * 1000;
  }

  after(micros: number, callback: () => void): () => void {
    const timer = setTimeout(callback, Math.min(micros / 1_000, 20));
    return () => clearTimeout(timer);
  }

  turn(): Promise<void> {
    return new Promise(setImmediate);
  }
}
