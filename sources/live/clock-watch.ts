/**
 * How far a venue's clock is ahead of ours. A message that the venue timed `t` and that came at `r` was under way for
 * `r − t + offset`, at least nothing and, for the quickest of many, about half of the quickest way there and back. So
 * the offset lies half a round trip around `half a round trip − the least of r − t`.
 *
 * State: the least of `r − t` and of the round trips, of this slice of time and the one before.
 */
const SLICE = 30_000_000;

interface Least {
  behind: number;
  roundTrip: number;
}

const nothing = (): Least => ({ behind: Number.POSITIVE_INFINITY, roundTrip: Number.POSITIVE_INFINITY });

export class ClockWatch {
  private current = nothing();
  private before = nothing();
  private sliceEnds = Number.NEGATIVE_INFINITY;

  /** A message of the venue's time (micros; NaN tells none) came. */
  told(time: number, received: number): void {
    this.turn(received);
    const behind = received - time;
    if (behind < this.current.behind) this.current.behind = behind;
  }

  /** An answer to a sign of life took so many microseconds. */
  wentRound(micros: number, now: number): void {
    this.turn(now);
    if (micros >= 0 && micros < this.current.roundTrip) this.current.roundTrip = micros;
  }

  /** Microseconds that the venue's clock is ahead; undefined as long as nothing was told. */
  get offset(): number | undefined {
    const behind = Math.min(this.current.behind, this.before.behind);
    if (!Number.isFinite(behind)) return undefined;
    return (this.uncertainty ?? 0) - behind;
  }

  /** Microseconds by which the offset may be wrong; undefined as long as no sign of life was answered. */
  get uncertainty(): number | undefined {
    const roundTrip = Math.min(this.current.roundTrip, this.before.roundTrip);
    return Number.isFinite(roundTrip) ? roundTrip / 2 : undefined;
  }

  private turn(now: number): void {
    if (now < this.sliceEnds) return;
    // After a pause longer than a slice nothing of before is told.
    this.before = now < this.sliceEnds + SLICE ? this.current : nothing();
    this.current = nothing();
    this.sliceEnds = now + SLICE;
  }
}
