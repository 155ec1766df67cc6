/**
 * Finds the slot of what a venue says of an instrument: a grid of both numbers, which reference data allots densely, so
 * that a look-up is one place in memory. What a grid of 16 MB has no room for is in an index beside it.
 *
 * State: derived from the table of quotes, and never asked for its order.
 */
import { PairIndex } from '../../runtime/tables/pair-index';

const CELLS_MAX = 2 ** 22;

export class VenueGrid {
  /** Rows of instruments, 2^`shift` venues in each; a slot plus one, 0 where there is none. */
  private cells = new Int32Array(1024 << 2);
  private rows = 1024;
  private shift = 2;
  private readonly others = new PairIndex();
  private hasOthers = false;

  /** The slot, or -1. */
  find(instrument: number, venue: number): number {
    if (this.isInside(instrument, venue)) {
      const slot = this.cells[(instrument << this.shift) | venue]! - 1;
      if (slot >= 0 || !this.hasOthers) return slot;
    }
    return this.hasOthers ? this.others.get(instrument, venue) : -1;
  }

  set(instrument: number, venue: number, slot: number): void {
    if (!this.isInside(instrument, venue)) this.grow(instrument, venue);
    if (this.isInside(instrument, venue)) {
      this.cells[(instrument << this.shift) | venue] = slot + 1;
      return;
    }
    this.others.set(instrument, venue, slot);
    this.hasOthers = true;
  }

  private isInside(instrument: number, venue: number): boolean {
    return instrument >>> 0 < this.rows && (venue >>> 0) >>> this.shift === 0;
  }

  /** Makes room for a pair, if there can be so much. */
  private grow(instrument: number, venue: number): void {
    if (instrument < 0 || venue < 0) return;
    let { rows, shift } = this;
    while (rows <= instrument && rows < CELLS_MAX) rows *= 2;
    while (venue >>> shift !== 0) shift += 1;
    if (rows * 2 ** shift > CELLS_MAX) return;
    const wider = new Int32Array(rows << shift);
    for (let row = 0; row < this.rows; row += 1)
      wider.set(this.cells.subarray(row << this.shift, (row + 1) << this.shift), row << shift);
    this.cells = wider;
    this.rows = rows;
    this.shift = shift;
  }
}
