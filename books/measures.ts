/**
 * What a book says beyond its best prices. Prices in units of the book, sizes in its own; NaN where a side that is
 * needed is empty: a missing price is never zero.
 */
import type { LevelBook } from './level-book';
import type { LevelSide } from './level-side';

/** Size on the best `levels` of a side. */
export function depth(side: LevelSide, levels: number): number {
  let sum = 0;
  const end = Math.min(levels, side.length);
  for (let at = 0; at < end; at += 1) sum += side.size(at);
  return sum;
}

/** (bids − asks) / (bids + asks) over the best `levels`: 1 all bids, −1 all asks, NaN where the book is empty. */
export function imbalance(book: LevelBook, levels: number): number {
  const [bids, asks] = [depth(book.bids, levels), depth(book.asks, levels)];
  return (bids - asks) / (bids + asks);
}

/**
 * Best prices weighted by the size opposite: nearer to the side that is thinner.
 * Stoikov, "The micro-price" (2018), where this is the weighted mid price that its micro-price starts from.
 */
export function weightedMid({ bids, asks }: LevelBook): number {
  const [bidSize, askSize] = [bids.size(0), asks.size(0)];
  return (bids.price(0) * askSize + asks.price(0) * bidSize) / (bidSize + askSize);
}

/** What taking `size` from a side at once would cost. */
export interface Sweep {
  /** Average price of what can be had, NaN where nothing can. */
  readonly average: number;
  /** Price of the last level touched, NaN where nothing can be had. */
  readonly worst: number;
  /** What the side does not hold. */
  readonly unfilled: number;
}

export function sweep(side: LevelSide, size: number): Sweep {
  let left = size;
  let paid = 0;
  let worst = Number.NaN;
  for (let at = 0; at < side.length && left > 0; at += 1) {
    const taken = Math.min(left, side.size(at));
    worst = side.price(at);
    paid += taken * worst;
    left -= taken;
  }
  return { average: paid / (size - left), worst, unfilled: left };
}
