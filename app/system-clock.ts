/** The wall clock, for everything below that is live. */
import type { Clock } from '../runtime/ports/clock';

/** Timers of Node end at 2³¹ − 1 ms; whoever waits longer is called early and looks again. */
const WAIT_MILLIS_MAX = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now() * 1000,
  elapsed: () => performance.now() * 1000,
  after(micros, callback) {
    const timer = setTimeout(callback, Math.min(Math.ceil(micros / 1000), WAIT_MILLIS_MAX));
    return () => clearTimeout(timer);
  },
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};
