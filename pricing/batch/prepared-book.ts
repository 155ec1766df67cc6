/** A book as its parts hand it on: its columns, what prices them, and what is known of its rows. */
import type { AmericanSolver } from './american-solver';
import type { BookSizes, BookState } from './book-state';
import type { VanillaColumns } from './columns';
import type { VanillaKernel } from './kernel';
import type { KernelMemory } from './web-assembly';

export const MICROS_PER_YEAR = 365 * 86_400 * 1e6;

/** What prices rows: all that a thread needs. */
export interface PricedColumns {
  readonly columns: VanillaColumns;
  readonly kernel: VanillaKernel;
  readonly solver: AmericanSolver;
}

export interface PreparedBook extends PricedColumns {
  readonly origin: number;
  /** Present when another thread can be given the book. */
  readonly memory?: KernelMemory;
  readonly sizes: BookSizes;
  readonly state: BookState;
}

/** Years after the book's origin. Throws on a time that is none: every row would look expired. */
export const yearsAt = (origin: number, now: number): number => {
  if (!Number.isFinite(now))
    throw new RangeError(`${now} is no valuation time; give microseconds since 1970 UTC`);
  return (now - origin) / MICROS_PER_YEAR;
};
