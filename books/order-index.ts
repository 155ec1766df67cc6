/**
 * Slots of orders by their id: a hash table with open addressing, in typed arrays. Ids are whole numbers below 2^53.
 *
 * State: one entry a live order; removing moves what followed back, so there are no tombstones to sweep.
 */
export class OrderIndex {
  private ids = new Float64Array(1024);
  private slots = new Int32Array(1024).fill(-1);
  private mask = 1023;
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The slot of an id, −1 where it is unknown. */
  get(id: number): number {
    const at = this.find(id);
    return this.slots[at]!;
  }

  /** The id must be new. */
  add(id: number, slot: number): void {
    if (this.count * 2 >= this.mask) this.grow();
    const at = this.find(id);
    this.ids[at] = id;
    this.slots[at] = slot;
    this.count += 1;
  }

  remove(id: number): void {
    const { ids, slots, mask } = this;
    let hole = this.find(id);
    if (slots[hole] === -1) return;
    this.count -= 1;
    for (let at = (hole + 1) & mask; slots[at] !== -1; at = (at + 1) & mask) {
      // An entry may fill the hole unless its own place lies behind the hole, on the way to where it stands.
      const home = hashOf(ids[at]!) & mask;
      if (((at - home) & mask) < ((at - hole) & mask)) continue;
      ids[hole] = ids[at]!;
      slots[hole] = slots[at]!;
      hole = at;
    }
    slots[hole] = -1;
  }

  clear(): void {
    this.slots.fill(-1);
    this.count = 0;
  }

  /** Where the id stands, or the free place where it would. */
  private find(id: number): number {
    const { ids, slots, mask } = this;
    let at = hashOf(id) & mask;
    while (slots[at] !== -1 && ids[at] !== id) at = (at + 1) & mask;
    return at;
  }

  private grow(): void {
    const { ids, slots } = this;
    const room = ids.length * 2;
    this.ids = new Float64Array(room);
    this.slots = new Int32Array(room).fill(-1);
    this.mask = room - 1;
    for (let at = 0; at < ids.length; at += 1) {
      if (slots[at] === -1) continue;
      const to = this.find(ids[at]!);
      this.ids[to] = ids[at]!;
      this.slots[to] = slots[at]!;
    }
  }
}

/** Both halves of the number, mixed as MurmurHash3 finishes. */
function hashOf(id: number): number {
  const low = id | 0;
  let hash = low ^ Math.imul((id - (low >>> 0)) / 4_294_967_296, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
