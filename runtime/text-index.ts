/**
 * Finds the slot of a text within a group, such as an execution id within an account: open addressing over typed arrays.
 * A Map of half a million fresh texts costs 500 ns an entry, most of it for the collector and the cache; this 50.
 *
 * The texts are the owner's: they are asked for by slot, to be compared where hashes are equal. It is derived state:
 * rebuilt from a table on restore, and never asked for its order.
 */
import { grown } from './marker';

export class TextIndex {
  private capacity = 2048;
  /** Slot plus one, 0 where the place is free. */
  private places = new Int32Array(this.capacity);
  /** By slot, so that growing and removing need not read the texts again. */
  private hashes = new Int32Array(1024);
  private used = 0;

  constructor(
    private readonly groupOf: (slot: number) => number,
    private readonly textOf: (slot: number) => string,
  ) {}

  /** The slot, or -1. */
  find(group: number, text: string): number {
    const mask = this.capacity - 1;
    const hash = hashOf(group, text);
    for (let place = hash & mask; ; place = (place + 1) & mask) {
      const slot = this.places[place]! - 1;
      if (slot < 0) return -1;
      if (this.hashes[slot] === hash && this.groupOf(slot) === group && this.textOf(slot) === text)
        return slot;
    }
  }

  /** Remembers a slot whose group and text `find` did not find. */
  add(slot: number): void {
    if ((this.used + 1) * 2 > this.capacity) this.widen();
    if (slot >= this.hashes.length) this.hashes = grown(this.hashes, slot, 0);
    this.hashes[slot] = hashOf(this.groupOf(slot), this.textOf(slot));
    this.places[this.freePlace(this.hashes[slot]!)] = slot + 1;
    this.used += 1;
  }

  /** Forgets a slot, while its owner still has group and text. What had to give way to it moves up. */
  remove(slot: number): void {
    const mask = this.capacity - 1;
    let hole = this.hashes[slot]! & mask;
    while (this.places[hole] !== slot + 1) hole = (hole + 1) & mask;
    this.places[hole] = 0;
    this.used -= 1;
    for (let place = (hole + 1) & mask; this.places[place] !== 0; place = (place + 1) & mask) {
      const home = this.hashes[this.places[place]! - 1]! & mask;
      // It may move to the hole unless its home lies behind the hole, on the way to where it is.
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      this.places[hole] = this.places[place]!;
      this.places[place] = 0;
      hole = place;
    }
  }

  private freePlace(hash: number): number {
    const mask = this.capacity - 1;
    let place = hash & mask;
    while (this.places[place] !== 0) place = (place + 1) & mask;
    return place;
  }

  private widen(): void {
    const { places } = this;
    this.capacity *= 2;
    this.places = new Int32Array(this.capacity);
    for (const place of places) if (place !== 0) this.places[this.freePlace(this.hashes[place - 1]!)] = place;
  }
}

// FNV-1a over the text, begun with the group, and a final mix so that the low bits depend on all of it.
function hashOf(group: number, text: string): number {
  let hash = Math.imul(group ^ 0x811c9dc5, 0x01000193);
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}
