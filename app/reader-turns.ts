/**
 * Readers beside a running job take turns: what they have taken apart is one piece after the other, however many they
 * are, and behind each piece the thread is the job's for several times as long as that took.
 */
import type { Clock } from '../runtime/ports/clock';

/** Behind a piece of work, so many times as long belongs to others: sending it costs as much again. */
const REST = 4;
const REST_MICROS_MAX = 200_000;

export interface Turns {
  /** What `work` answers, when it is its turn. */
  take<T>(work: () => T): Promise<T>;
}

/** Where no job is beside: whoever else has work on the thread comes between. */
export const alone: Turns = {
  take: async (work) => {
    const value = work();
    await new Promise((resolve) => setImmediate(resolve));
    return value;
  },
};

export class ReaderTurns implements Turns {
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly clock: Pick<Clock, 'elapsed' | 'after' | 'turn'>) {}

  take<T>(work: () => T): Promise<T> {
    const result = this.last.then(() => this.timed(work));
    this.last = result.then(
      ({ spent }) => this.rest(spent),
      () => this.rest(0),
    );
    return result.then(({ value }) => value);
  }

  private timed<T>(work: () => T): { readonly value: T; readonly spent: number } {
    const begin = this.clock.elapsed();
    const value = work();
    return { value, spent: this.clock.elapsed() - begin };
  }

  private rest(spent: number): Promise<void> {
    const micros = Math.min(spent * REST, REST_MICROS_MAX);
    if (micros < 1000) return this.clock.turn();
    return new Promise((resolve) => this.clock.after(micros, resolve));
  }
}
