/**
 * Finds the slot of a text within a group, such as an execution id within an account: open addressing over typed arrays.
 * A Map of half a million fresh texts costs 500 ns an entry, most of it for the collector and the cache; this 50.
 *
 * The texts are the owner's: they are asked for by slot, to be compared where hashes are equal. It is derived state:
 * rebuilt from a table on restore, and never asked for its order.
 */
const STRIDE = 2;

const ANY = (): boolean => true;

export class TextIndex {
  private capacity = 2048;
  /** For each place: slot plus one (0 where the place is free), and the hash of its text: one line of the cache. */
  private places = new Int32Array(this.capacity * STRIDE);
  private used = 0;

  constructor(
    private readonly groupOf: (slot: number) => number,
    private readonly textOf: (slot: number) => string,
  ) {}

  /** The slot, or -1. Where groups are hashes of what tells them apart, `isInGroup` says whether a slot is of the one. */
  find(group: number, text: string, isInGroup: (slot: number) => boolean = ANY): number {
    const { places } = this;
    const mask = this.capacity * STRIDE - 1;
    const hash = hashOf(group, text);
    for (let place = (hash * STRIDE) & mask; ; place = (place + STRIDE) & mask) {
      const slot = places[place]! - 1;
      if (slot < 0) return -1;
      if (places[place + 1] !== hash || this.groupOf(slot) !== group) continue;
      if (this.textOf(slot) === text && isInGroup(slot)) return slot;
    }
  }

  /** Remembers a slot whose group and text `find` did not find. */
  add(slot: number): void {
    if ((this.used + 1) * 2 > this.capacity) this.widen();
    this.put(slot + 1, hashOf(this.groupOf(slot), this.textOf(slot)));
    this.used += 1;
  }

  /** Forgets a slot, while its owner still has group and text. What had to give way to it moves up. */
  remove(slot: number): void {
    const { places } = this;
    const mask = this.capacity * STRIDE - 1;
    let hole = (hashOf(this.groupOf(slot), this.textOf(slot)) * STRIDE) & mask;
    while (places[hole] !== slot + 1) hole = (hole + STRIDE) & mask;
    this.used -= 1;
    for (let place = (hole + STRIDE) & mask; places[place] !== 0; place = (place + STRIDE) & mask) {
      const home = (places[place + 1]! * STRIDE) & mask;
      // It may move to the hole unless its home lies behind the hole, on the way to where it is.
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      places[hole] = places[place]!;
      places[hole + 1] = places[place + 1]!;
      hole = place;
    }
    places[hole] = 0;
  }

  private put(entry: number, hash: number): void {
    const { places } = this;
    const mask = this.capacity * STRIDE - 1;
    let place = (hash * STRIDE) & mask;
    while (places[place] !== 0) place = (place + STRIDE) & mask;
    places[place] = entry;
    places[place + 1] = hash;
  }

  private widen(): void {
    const { places } = this;
    this.capacity *= 2;
    this.places = new Int32Array(this.capacity * STRIDE);
    for (let place = 0; place < places.length; place += STRIDE)
      if (places[place] !== 0) this.put(places[place]!, places[place + 1]!);
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
