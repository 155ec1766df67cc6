/**
 * Which slots belong to a number: the holders of an instrument, the venues that quote it, the parts of a sum. Chained
 * through the slots, so that whoever asks pays for what belongs and nothing else.
 *
 * A chain runs from the highest slot to the lowest, whatever came when, so that one built anew from a table is the same. A slot
 * above all of its chain is added at once; one that is used again looks for its place along the chain.
 *
 * State: derived, and never saved; twelve bytes a slot or number.
 */
import { grown } from '../stream/marker';

const NONE = -1;

export class SlotChains {
  private first = new Int32Array(1024).fill(NONE);
  private below = new Int32Array(1024).fill(NONE);
  private above = new Int32Array(1024).fill(NONE);

  /** The highest slot of a number, or -1: `for (let s = firstOf(n); s >= 0; s = nextOf(s))`. */
  firstOf(number: number): number {
    return this.first[number] ?? NONE;
  }

  /** The next lower slot of the same number, or -1. */
  nextOf(slot: number): number {
    return this.below[slot]!;
  }

  /** Adds a slot that is in no chain. */
  add(number: number, slot: number): void {
    this.reserve(number, slot);
    let above = NONE;
    let below = this.first[number]!;
    while (below > slot) {
      above = below;
      below = this.below[below]!;
    }
    this.link(number, above, slot);
    this.above[slot] = above;
    this.below[slot] = below;
    if (below !== NONE) this.above[below] = slot;
  }

  /** Takes a slot out of the chain of its number. */
  remove(number: number, slot: number): void {
    this.link(number, this.above[slot]!, this.below[slot]!);
    this.above[slot] = NONE;
    this.below[slot] = NONE;
  }

  private link(number: number, above: number, below: number): void {
    if (above === NONE) this.first[number] = below;
    else this.below[above] = below;
    if (below !== NONE) this.above[below] = above;
  }

  private reserve(number: number, slot: number): void {
    if (number >= this.first.length) this.first = grown(this.first, number, NONE);
    if (slot < this.below.length) return;
    this.below = grown(this.below, slot, NONE);
    this.above = grown(this.above, slot, NONE);
  }
}
