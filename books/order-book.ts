/**
 * An order book order by order (level 3), in typed arrays: orders by id, levels as their sums, and the queue at each
 * level in the order in which the venue would fill it.
 *
 * What cannot be (an id twice, an order that nobody added, more taken than there is) is answered, never guessed: the
 * feed has lost an update, or starts in the middle of the day, and its reader decides.
 *
 * State: at most `ordersMax` orders and `levelsMax` levels a side; sizes are whole multiples of what the venue trades,
 * exact below 2^53.
 */
import { BookError } from './book-error';
import { type BookLimits, LevelBook } from './level-book';
import type { LevelSide } from './level-side';
import { OrderIndex } from './order-index';

export type BookSide = 1 | -1;

/** What became of a change. */
export type Applied = 'applied' | 'order-id-known' | 'order-id-unknown' | 'order-size-exceeded';

export interface OrderBookLimits extends BookLimits {
  readonly ordersMax: number;
}

/** An order as it stands. */
export interface RestingOrder {
  readonly id: number;
  readonly side: BookSide;
  readonly price: number;
  readonly size: number;
}

const NONE = -1;

export class OrderBook {
  readonly levels: LevelBook;
  private readonly index = new OrderIndex();
  private ids = new Float64Array(1024);
  private prices = new Float64Array(1024);
  private sizes = new Float64Array(1024);
  private sides = new Int8Array(1024);
  /** Neighbours in the queue of the level; of a free slot, the next free one. */
  private before = new Int32Array(1024);
  private after = new Int32Array(1024);
  private used = 0;
  private free = NONE;

  constructor(private readonly limits: OrderBookLimits) {
    this.levels = new LevelBook(limits);
  }

  /** Orders that rest. */
  get size(): number {
    return this.index.size;
  }

  /** A new order, last in the queue of its level. */
  add(id: number, side: BookSide, price: number, size: number): Applied {
    if (this.index.get(id) !== NONE) return 'order-id-known';
    if (!(size > 0))
      throw new BookError(`order ${id} of size ${size} cannot rest in a book: sizes are above 0.`);
    const levels = this.side(side);
    if (levels.length >= this.limits.levelsMax && levels.sizeAt(price) === 0)
      throw new BookError(
        `the book holds its limit of ${this.limits.levelsMax} levels a side. Raise "levelsMax" where it is made.`,
      );
    const slot = this.allot();
    levels.add(price, size);
    this.ids[slot] = id;
    this.sides[slot] = side;
    this.prices[slot] = price;
    this.sizes[slot] = size;
    this.enqueue(slot, levels);
    this.index.add(id, slot);
    return 'applied';
  }

  /** Takes from an order, which goes when nothing is left: a partial cancel, an execution. It keeps its place in the queue. */
  reduce(id: number, by: number): Applied {
    const slot = this.index.get(id);
    if (slot === NONE) return 'order-id-unknown';
    const left = this.sizes[slot]! - by;
    if (!(left >= 0)) return 'order-size-exceeded';
    if (left === 0) {
      this.release(slot);
      return 'applied';
    }
    this.side(this.sides[slot] as BookSide).add(this.prices[slot]!, -by);
    this.sizes[slot] = left;
    return 'applied';
  }

  remove(id: number): Applied {
    const slot = this.index.get(id);
    if (slot === NONE) return 'order-id-unknown';
    this.release(slot);
    return 'applied';
  }

  /** New price and size. The order loses its place where its price changes or it grows, as exchanges rule. */
  modify(id: number, price: number, size: number): Applied {
    const slot = this.index.get(id);
    if (slot === NONE) return 'order-id-unknown';
    const side = this.sides[slot] as BookSide;
    if (this.prices[slot] === price && size <= this.sizes[slot]!)
      return this.reduce(id, this.sizes[slot]! - size);
    this.release(slot);
    return this.add(id, side, price, size);
  }

  /** Another id in place of one: a new order, last in its queue, on the same side. */
  replace(id: number, newId: number, price: number, size: number): Applied {
    const slot = this.index.get(id);
    if (slot === NONE) return 'order-id-unknown';
    if (newId !== id && this.index.get(newId) !== NONE) return 'order-id-known';
    const side = this.sides[slot] as BookSide;
    this.release(slot);
    return this.add(newId, side, price, size);
  }

  get(id: number): RestingOrder | undefined {
    const slot = this.index.get(id);
    return slot === NONE ? undefined : this.orderOf(slot);
  }

  /** Orders at a price, in the order in which they would be filled. */
  *queue(side: BookSide, price: number): Generator<RestingOrder> {
    const first = this.side(side).labelAt(price);
    for (let slot = first; slot !== NONE; slot = this.after[slot]!) {
      yield this.orderOf(slot);
      if (this.after[slot] === first) return;
    }
  }

  /** What is filled before an order at its level; NaN where it does not rest. */
  sizeAhead(id: number): number {
    const order = this.get(id);
    if (!order) return Number.NaN;
    let sum = 0;
    for (const other of this.queue(order.side, order.price)) {
      if (other.id === id) break;
      sum += other.size;
    }
    return sum;
  }

  clear(): void {
    this.levels.clear();
    this.index.clear();
    this.used = 0;
    this.free = NONE;
  }

  private side(side: BookSide): LevelSide {
    return side === 1 ? this.levels.bids : this.levels.asks;
  }

  private orderOf(slot: number): RestingOrder {
    return {
      id: this.ids[slot]!,
      side: this.sides[slot] as BookSide,
      price: this.prices[slot]!,
      size: this.sizes[slot]!,
    };
  }

  /** Queues are rings: the label of a level is its first order, and the one before that is its last. */
  private enqueue(slot: number, levels: LevelSide): void {
    const first = levels.labelAt(this.prices[slot]!);
    if (first === NONE) {
      this.before[slot] = slot;
      this.after[slot] = slot;
      levels.label(this.prices[slot]!, slot);
      return;
    }
    const last = this.before[first]!;
    this.before[slot] = last;
    this.after[slot] = first;
    this.after[last] = slot;
    this.before[first] = slot;
  }

  private release(slot: number): void {
    const levels = this.side(this.sides[slot] as BookSide);
    const price = this.prices[slot]!;
    const [previous, next] = [this.before[slot]!, this.after[slot]!];
    if (levels.labelAt(price) === slot && next !== slot) levels.label(price, next);
    this.after[previous] = next;
    this.before[next] = previous;
    levels.add(price, -this.sizes[slot]!);
    this.index.remove(this.ids[slot]!);
    this.after[slot] = this.free;
    this.free = slot;
  }

  private allot(): number {
    const slot = this.free;
    if (slot !== NONE) {
      this.free = this.after[slot]!;
      return slot;
    }
    if (this.used >= this.limits.ordersMax)
      throw new BookError(
        `the book holds its limit of ${this.limits.ordersMax} orders. Raise "ordersMax" where it is made.`,
      );
    if (this.used === this.ids.length) this.grow();
    this.used += 1;
    return this.used - 1;
  }

  private grow(): void {
    const room = this.ids.length * 2;
    const longer = <Column extends Float64Array | Int32Array | Int8Array>(
      to: Column,
      from: Column,
    ): Column => {
      to.set(from);
      return to;
    };
    this.ids = longer(new Float64Array(room), this.ids);
    this.prices = longer(new Float64Array(room), this.prices);
    this.sizes = longer(new Float64Array(room), this.sizes);
    this.sides = longer(new Int8Array(room), this.sides);
    this.before = longer(new Int32Array(room), this.before);
    this.after = longer(new Int32Array(room), this.after);
  }
}
