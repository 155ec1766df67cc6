/** The only clock below the edge. Live it is the wall clock; in `replay` it follows event time. */
export interface Clock {
  /** Microseconds since 1970 UTC. May stand still, and may go back: a step's `now` never does. */
  now(): number;
  /** Calls back after so many microseconds, unless cancelled. */
  after(micros: number, callback: () => void): () => void;
  /** Resolves when whatever else waits in this thread has had its turn. */
  turn(): Promise<void>;
}
