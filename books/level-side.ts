/**
 * One side of an order book as price levels in typed arrays, the best price last.
 *
 * Most changes happen near the best price; with the best at the end they move few levels and are found within a few
 * looks. Prices are compared as doubles: equal text from one venue is equal bits.
 *
 * State: at most `levelsMax` levels; where a side is full the worst level makes way, and `dropped` counts it.
 */
import { BookError } from './book-error';

/** Looks at the best levels one by one before it searches the rest by halves. */
const NEAR = 8;

export class LevelSide {
  /** Prices times `sign`, rising. */
  private keys = new Float64Array(64);
  private amounts = new Float64Array(64);
  /** What an order book hangs on a level; moves with it. */
  private labels = new Int32Array(64);
  private count = 0;
  /** Levels that made way because the side was full: below the worst level kept the book says nothing. */
  dropped = 0;

  constructor(
    /** 1 for bids, whose best is the highest; −1 for asks. */
    private readonly sign: 1 | -1,
    private readonly levelsMax: number,
  ) {}

  get length(): number {
    return this.count;
  }

  /** Price of the level at `depth` (0 is the best), NaN where there is none. */
  price(depth: number): number {
    const at = this.count - 1 - depth;
    // Adding zero turns the −0 of a negated zero price into 0.
    return at >= 0 ? this.keys[at]! * this.sign + 0 : Number.NaN;
  }

  /** Size of the level at `depth` (0 is the best), 0 where there is none. */
  size(depth: number): number {
    const at = this.count - 1 - depth;
    return at >= 0 ? this.amounts[at]! : 0;
  }

  /** Size at a price, 0 where there is no such level. */
  sizeAt(price: number): number {
    const at = this.find(price * this.sign);
    return at >= 0 ? this.amounts[at]! : 0;
  }

  /** How many levels are better than a price: the depth at which it stands or would stand. */
  depthOf(price: number): number {
    return this.count - 1 - this.below(price * this.sign);
  }

  /** Sets the size of a level; 0 removes it. Answers whether that changed anything. */
  set(price: number, size: number): boolean {
    if (!(size >= 0 && size < Number.POSITIVE_INFINITY && Number.isFinite(price)))
      throw new BookError(
        `a level of size ${size} at price ${price} cannot stand in a book: sizes are 0 or above, prices finite.`,
      );
    const key = price * this.sign;
    const at = this.below(key);
    if (at >= 0 && this.keys[at] === key) {
      if (this.amounts[at] === size) return false;
      if (size === 0) this.removeAt(at);
      else this.amounts[at] = size;
      return true;
    }
    return size !== 0 && this.insert(at + 1, key, size);
  }

  /** Adds to a level, which comes into being and goes with its size. Answers the size that it has now. */
  add(price: number, change: number): number {
    const size = this.sizeAt(price) + change;
    if (!(size >= 0))
      throw new BookError(
        `${-change} are to go from the level at ${price}, which holds ${this.sizeAt(price)}. An update is missing: start over from a snapshot.`,
      );
    this.set(price, size);
    return size;
  }

  /** The label of a level, −1 where there is no such level. */
  labelAt(price: number): number {
    const at = this.find(price * this.sign);
    return at >= 0 ? this.labels[at]! : -1;
  }

  label(price: number, label: number): void {
    const at = this.find(price * this.sign);
    if (at >= 0) this.labels[at] = label;
  }

  /** Keeps the best `depth` levels, as venues do whose books are of a fixed depth. */
  trim(depth: number): void {
    if (this.count <= depth) return;
    this.move(this.count - depth, 0);
    this.count = depth;
  }

  clear(): void {
    this.count = 0;
    this.dropped = 0;
  }

  private find(key: number): number {
    const at = this.below(key);
    return at >= 0 && this.keys[at] === key ? at : -1;
  }

  /** The last level whose key is at most `key`, −1 where all are above. */
  private below(key: number): number {
    const { keys } = this;
    let high = this.count - 1;
    const near = Math.max(high - NEAR, -1);
    while (high > near) {
      if (keys[high]! <= key) return high;
      high -= 1;
    }
    let low = -1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (keys[middle]! <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private insert(at: number, key: number, size: number): boolean {
    let place = at;
    if (this.count === this.levelsMax) {
      this.dropped += 1;
      if (place === 0) return false;
      this.removeAt(0);
      place -= 1;
    }
    if (this.count === this.keys.length) this.grow();
    this.move(place, place + 1);
    this.keys[place] = key;
    this.amounts[place] = size;
    this.labels[place] = -1;
    this.count += 1;
    return true;
  }

  private removeAt(at: number): void {
    this.move(at + 1, at);
    this.count -= 1;
  }

  /** Moves the levels from `from` to the best one so that they start at `to`. */
  private move(from: number, to: number): void {
    const { keys, amounts, labels, count } = this;
    const shift = to - from;
    // A call costs more than the handful of levels that it mostly moves.
    if (count - from > 24) {
      keys.copyWithin(to, from, count);
      amounts.copyWithin(to, from, count);
      labels.copyWithin(to, from, count);
    } else if (shift > 0) {
      for (let at = count - 1; at >= from; at -= 1) {
        keys[at + shift] = keys[at]!;
        amounts[at + shift] = amounts[at]!;
        labels[at + shift] = labels[at]!;
      }
    } else {
      for (let at = from; at < count; at += 1) {
        keys[at + shift] = keys[at]!;
        amounts[at + shift] = amounts[at]!;
        labels[at + shift] = labels[at]!;
      }
    }
  }

  private grow(): void {
    const room = this.keys.length * 2;
    const [keys, amounts, labels] = [new Float64Array(room), new Float64Array(room), new Int32Array(room)];
    keys.set(this.keys);
    amounts.set(this.amounts);
    labels.set(this.labels);
    [this.keys, this.amounts, this.labels] = [keys, amounts, labels];
  }
}
