/**
 * A book that remembers how the venue wrote each level, for checksums over that text.
 *
 * State: one book by level, and the text of each of its levels.
 */
import { LevelBook } from '../../books/level-book';
import type { LevelSide } from '../../books/level-side';
import type { Side } from './market-records';

export interface TextedLevel {
  readonly price: number;
  readonly size: number;
  readonly priceText: string;
  readonly sizeText: string;
}

export class TextedBook {
  readonly book: LevelBook;
  private readonly bids = new Map<number, TextedLevel>();
  private readonly asks = new Map<number, TextedLevel>();

  constructor(levelsMax: number) {
    this.book = new LevelBook({ levelsMax });
  }

  set(side: Side, level: TextedLevel): void {
    const texts = side === 1 ? this.bids : this.asks;
    (side === 1 ? this.book.bids : this.book.asks).set(level.price, level.size);
    if (level.size === 0) texts.delete(level.price);
    else texts.set(level.price, level);
  }

  /** Keeps the best levels of each side, as a venue does whose books have a fixed depth. */
  trim(depth: number): void {
    this.trimSide(this.book.bids, this.bids, depth);
    this.trimSide(this.book.asks, this.asks, depth);
  }

  /** The level at a depth, 0 the best; undefined where there is none. */
  level(side: Side, depth: number): TextedLevel | undefined {
    return side === 1
      ? this.bids.get(this.book.bids.price(depth))
      : this.asks.get(this.book.asks.price(depth));
  }

  private trimSide(side: LevelSide, texts: Map<number, TextedLevel>, depth: number): void {
    for (let at = depth; at < side.length; at += 1) texts.delete(side.price(at));
    side.trim(depth);
  }
}
