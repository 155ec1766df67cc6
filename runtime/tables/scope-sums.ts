/**
 * Sums over a tree of scopes, such as accounts in desks in firms, several measures at once: the sum of a scope is that of
 * all terms added to it and to those that lie in it. A term that comes, goes or changes costs the scopes above it.
 *
 * Sums of doubles are of fixed shape (`fixed-sums.ts`), sums of money exact (`exact-sums.ts`): neither order nor a restore
 * changes a bit of them, and a scope that moves takes exactly its own along. Counts are measures as well.
 *
 * State: derived, and never saved; four bytes a scope, and sixteen a scope and measure, 24 where it is exact.
 */

import { grown, type Marker } from '../stream/marker';
import { ExactSums } from './exact-sums';
import { FixedSums } from './fixed-sums';

const NONE = -1;

/** A scope was to lie within itself. */
export class ScopeCycleError extends Error {
  override readonly name = 'ScopeCycleError';
  constructor(scope: number, parent: number) {
    super(
      `scope ${scope} cannot lie in scope ${parent}, which lies in it. Mend the hierarchy where it is read.`,
    );
  }
}

export class ScopeSums {
  private readonly sums = new FixedSums();
  private readonly exact = new ExactSums();
  private parents = new Int32Array(64).fill(NONE);

  /** How many doubles, and how many exact integers, are summed for each scope. */
  constructor(
    private readonly measures: number,
    private readonly exactMeasures = 0,
  ) {}

  /** What a scope lies in, or -1. */
  parentOf(scope: number): number {
    return this.parents[scope] ?? NONE;
  }

  /** Puts a scope into another, or with -1 into none, with all that it sums. Throws a ScopeCycleError. */
  place(scope: number, parent: number): void {
    for (let above = parent; above !== NONE; above = this.parentOf(above))
      if (above === scope) throw new ScopeCycleError(scope, parent);
    this.mergeAbove(scope, -1);
    if (scope >= this.parents.length) this.parents = grown(this.parents, scope, NONE);
    this.parents[scope] = parent;
    this.mergeAbove(scope, 1);
  }

  add(scope: number, measure: number, term: number): void {
    for (let at = scope; at !== NONE; at = this.parentOf(at))
      this.sums.add(at * this.measures + measure, term);
  }

  /** Takes back a term that was added. */
  subtract(scope: number, measure: number, term: number): void {
    this.replace(scope, measure, term, 0);
  }

  /** Takes back one term and adds another. */
  replace(scope: number, measure: number, before: number, after: number): void {
    for (let at = scope; at !== NONE; at = this.parentOf(at))
      this.sums.replace(at * this.measures + measure, before, after);
  }

  value(scope: number, measure: number): number {
    return this.sums.value(scope * this.measures + measure);
  }

  /** Adds an exact integer in limbs, at `index` of `from`. */
  addExact(scope: number, measure: number, from: Float64Array, index: number): void {
    for (let at = scope; at !== NONE; at = this.parentOf(at))
      this.exact.add(at * this.exactMeasures + measure, from, index);
  }

  /** Takes back an exact integer that was added. */
  subtractExact(scope: number, measure: number, from: Float64Array, index: number): void {
    for (let at = scope; at !== NONE; at = this.parentOf(at))
      this.exact.subtract(at * this.exactMeasures + measure, from, index);
  }

  /** Writes an exact sum, in limbs, to `index` of `to`. */
  copyExact(to: Float64Array, index: number, scope: number, measure: number): void {
    this.exact.copy(to, index, scope * this.exactMeasures + measure);
  }

  /** Marks a scope and all that it lies in: their sums changed. */
  mark(scope: number, changed: Marker): void {
    for (let at = scope; at !== NONE; at = this.parentOf(at)) changed.add(at);
  }

  private mergeAbove(scope: number, sign: 1 | -1): void {
    const { measures, exactMeasures } = this;
    for (let at = this.parentOf(scope); at !== NONE; at = this.parentOf(at)) {
      for (let measure = 0; measure < measures; measure += 1)
        this.sums.merge(at * measures + measure, scope * measures + measure, sign);
      for (let measure = 0; measure < exactMeasures; measure += 1)
        this.exact.merge(at * exactMeasures + measure, scope * exactMeasures + measure, sign);
    }
  }
}
