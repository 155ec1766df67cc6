/**
 * A set of small integers that answers the lowest one outside it, in a few steps however many there are: a tree of words
 * of 32 bits, in which a bit says that something below it is free.
 *
 * State: one bit for each integer up to the highest that was ever in the set, and a thirtieth of that above them.
 */
const BITS = 5;
const WORD = 32;

export class SlotSet {
  size = 0;
  /** From the widest level to the one word at the top. Int32, so that no word becomes an object. */
  private levels: Int32Array[] = treeOf(new Int32Array(WORD).fill(-1));
  /** No member is at or above it. */
  private bound = 0;

  has(member: number): boolean {
    const free = this.levels[0]!;
    const word = member >>> BITS;
    return word < free.length && (free[word]! & (1 << (member & 31))) === 0;
  }

  /** The lowest integer that is not in the set. */
  lowestFree(): number {
    const { levels } = this;
    if (levels[levels.length - 1]![0] === 0) return levels[0]!.length * WORD;
    let at = 0;
    for (let level = levels.length - 1; level >= 0; level -= 1)
      at = at * WORD + lowestBit(levels[level]![at]!);
    return at;
  }

  /** Adds what is not in the set. */
  add(member: number): void {
    this.reserve(member);
    this.size += 1;
    if (member >= this.bound) this.bound = member + 1;
    let at = member;
    for (const level of this.levels) {
      const word = at >>> BITS;
      level[word] = level[word]! & ~(1 << (at & 31));
      if (level[word] !== 0) return;
      at = word;
    }
  }

  /** Removes what is in the set. */
  delete(member: number): void {
    this.size -= 1;
    let at = member;
    for (const level of this.levels) {
      const word = at >>> BITS;
      const before = level[word]!;
      level[word] = before | (1 << (at & 31));
      if (before !== 0) return;
      at = word;
    }
  }

  /** The lowest member at or above `from`, or -1. */
  next(from: number): number {
    const free = this.levels[0]!;
    const last = Math.min(free.length, Math.ceil(this.bound / WORD));
    let word = from >>> BITS;
    if (word >= last) return -1;
    let members = ~free[word]! & (-1 << (from & 31));
    while (members === 0) {
      word += 1;
      if (word >= last) return -1;
      members = ~free[word]!;
    }
    return word * WORD + lowestBit(members);
  }

  /** One more than the highest member; 0 when there is none. */
  end(): number {
    if (this.bound > 0 && !this.has(this.bound - 1)) this.bound = this.highest() + 1;
    return this.bound;
  }

  private highest(): number {
    const free = this.levels[0]!;
    for (let word = (this.bound - 1) >>> BITS; word >= 0; word -= 1)
      if (free[word] !== -1) return word * WORD + 31 - Math.clz32(~free[word]!);
    return -1;
  }

  private reserve(member: number): void {
    const free = this.levels[0]!;
    const word = member >>> BITS;
    if (word < free.length) return;
    const wider = new Int32Array(Math.max(2 * free.length, word + 1)).fill(-1);
    wider.set(free);
    this.levels = treeOf(wider);
  }
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);

function treeOf(leaves: Int32Array): Int32Array[] {
  const levels = [leaves];
  for (let below = leaves; below.length > 1; below = levels[levels.length - 1]!) {
    const level = new Int32Array(Math.ceil(below.length / WORD));
    for (let at = 0; at < below.length; at += 1)
      if (below[at] !== 0) level[at >>> BITS] = level[at >>> BITS]! | (1 << (at & 31));
    levels.push(level);
  }
  return levels;
}
