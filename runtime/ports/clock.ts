/** The only clocks below the edge. Live they are the machine's; in `replay` they follow event time. */
export interface Clock {
  /** Microseconds since 1970 UTC, by the wall. May stand still, jump and go back: a step's `now` does not. */
  now(): number;
  /** Microseconds that have passed since some instant, by a clock that nobody sets. Never goes back. */
  elapsed(): number;
  /** Calls back after so many microseconds, unless cancelled. */
  after(micros: number, callback: () => void): () => void;
  /** Resolves when whatever else waits in this thread has had its turn. */
  turn(): Promise<void>;
}
