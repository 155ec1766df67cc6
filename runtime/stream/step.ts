/**
 * A step is the unit of flow: in each step every edge of the graph carries exactly one batch, often an empty one.
 * RxJS pays its dispatch cost per element, so the element is a batch.
 */

/** What all batches of one step share. `now` is the only clock below the edge, and it is recorded. */
export interface Step {
  /** Counts from 0 within the task, over all its epochs. */
  readonly number: number;
  /** Microseconds since 1970 UTC; never goes back. */
  readonly now: number;
}

/**
 * `Data` is rows (`readonly Fill[]`) where events are few and precious, and columns (typed arrays of equal length)
 * where they are many: reading a column frame costs 10 ns a tick, reading rows 150.
 */
export interface Batch<Data> {
  readonly step: Step;
  readonly data: Data;
}

/** Typed arrays of equal capacity, of which the first `length` entries are set. Reused from step to step. */
export interface Columns {
  readonly length: number;
}
