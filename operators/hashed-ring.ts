/**
 * Finds entries of a ring of slots by a hash: open addressing over one typed array. The entries are the owner's, in a
 * table; the ring is derived from their places. When it is full, the first to have come gives way.
 */
export class HashedRing {
  private capacity = 2048;
  /** Slot plus one, 0 where the place is free. */
  private places = new Int32Array(this.capacity);
  private used = 0;

  constructor(
    private readonly limit: number,
    /** A hash of the entry in a slot, any 32 bits. */
    private readonly hashOf: (slot: number) => number,
    /** Places grow with each entry. */
    private next = 0,
  ) {}

  /** Takes up an entry that had been kept. */
  restore(slot: number, place: number): void {
    this.next = Math.max(this.next, place + 1);
    this.index(slot);
  }

  find(hash: number, isSought: (slot: number) => boolean): number {
    const mask = this.capacity - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const slot = this.places[at]! - 1;
      if (slot < 0) return -1;
      if (this.hashOf(slot) === hash && isSought(slot)) return slot;
    }
  }

  /** Where the next entry belongs; the one that was there is forgotten. It is written there, then `add`ed. */
  slotForNext(): { readonly slot: number; readonly place: number } {
    const slot = this.next % this.limit;
    if (this.next >= this.limit) this.forget(slot);
    return { slot, place: this.next };
  }

  add(slot: number): void {
    this.next += 1;
    this.index(slot);
  }

  private index(slot: number): void {
    if ((this.used + 1) * 2 > this.capacity) this.widen();
    this.places[this.freePlace(slot)] = slot + 1;
    this.used += 1;
  }

  /** What had to give way to the slot moves up. */
  private forget(slot: number): void {
    const mask = this.capacity - 1;
    let hole = this.hashOf(slot) & mask;
    while (this.places[hole] !== slot + 1) hole = (hole + 1) & mask;
    this.places[hole] = 0;
    this.used -= 1;
    for (let at = (hole + 1) & mask; this.places[at] !== 0; at = (at + 1) & mask) {
      const home = this.hashOf(this.places[at]! - 1) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      this.places[hole] = this.places[at]!;
      this.places[at] = 0;
      hole = at;
    }
  }

  private freePlace(slot: number): number {
    const mask = this.capacity - 1;
    let at = this.hashOf(slot) & mask;
    while (this.places[at] !== 0) at = (at + 1) & mask;
    return at;
  }

  private widen(): void {
    const { places } = this;
    this.capacity *= 2;
    this.places = new Int32Array(this.capacity);
    for (const place of places) if (place !== 0) this.places[this.freePlace(place - 1)] = place;
  }
}
