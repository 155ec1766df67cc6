/**
 * A task's `now`, made of the wall clock and of the time that passes: it never goes back and never stands still, however
 * the wall clock is set.
 *
 *  - The wall clock is followed as long as it goes as time passes, steps of up to a second included.
 *  - If it leaps further ahead it is not believed at first: `now` goes on at the pace of passing time. Does it still say
 *    so after a minute, it is right (the machine slept, or was set), and `now` follows.
 *  - If it is behind, `now` goes on at half that pace until the clock has come up: what is due after a time falls due
 *    after twice that time at most, and a lead of an hour is gone after two.
 *
 * What `now` was is recorded with each step, so a run that met such a clock is computed again as it was.
 */
import type { Clock } from '../ports/clock';

const BELIEVED_MICROS = 1_000_000;
const DOUBTED_MICROS = 60_000_000;
/** So far `now` may be from the clock before it is told of: stalls and small settings are no news. */
const TOLD_MICROS = 2_000_000;

export class SteadyTime {
  private last: number;
  private doubtedSince: number | undefined;
  private wall: number;

  /** `now` is where time goes on from: at the start a clock that is ahead is right. */
  constructor(
    private readonly clock: Pick<Clock, 'now' | 'elapsed'>,
    private now: number,
  ) {
    this.last = clock.elapsed();
    this.wall = Math.floor(clock.now());
    this.now = Math.max(now, this.wall);
  }

  /** Microseconds since 1970 UTC, whole. */
  read(): number {
    const elapsed = this.clock.elapsed();
    const passed = Math.floor(elapsed - this.last);
    const wall = Math.floor(this.clock.now());
    this.wall = wall;
    const half = Math.floor(passed / 2);
    if (wall - (this.now + passed) > BELIEVED_MICROS && !this.isSettled(elapsed)) {
      this.last += passed;
      this.now += passed;
      return this.now;
    }
    this.doubtedSince = undefined;
    // Time that is too short to be halved is not lost: it counts the next time.
    this.last += wall >= this.now + half ? passed : half * 2;
    this.now = Math.max(wall, this.now + half);
    return this.now;
  }

  /** Whether a clock that leapt ahead has said so for long enough. */
  private isSettled(elapsed: number): boolean {
    this.doubtedSince ??= elapsed;
    return elapsed - this.doubtedSince >= DOUBTED_MICROS;
  }

  /** How `now` and the clock differ, in a sentence; undefined while they agree. */
  trouble(): string | undefined {
    const lead = this.now - this.wall;
    if (Math.abs(lead) < TOLD_MICROS) return undefined;
    const seconds = Math.round(Math.abs(lead) / 1e6);
    return lead > 0
      ? `the clock is ${seconds} s behind what has been computed already: time goes on at half its pace until it has come up. Check the machine's clock.`
      : `the clock leapt ${seconds} s ahead: it is followed if it still says so after a minute. Check the machine's clock.`;
  }
}
