/** The wall clock of a test process. */
import type { Clock } from '../../runtime/ports/clock';

export const testClock: Clock = {
  now: () => Date.now() * 1000,
  elapsed: () => performance.now() * 1000,
  after(micros, callback) {
    const timer = setTimeout(callback, micros / 1000);
    return () => clearTimeout(timer);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};
