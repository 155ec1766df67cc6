/**
 * An order book by price level (level 2): what a venue's snapshots and deltas say, nothing inferred.
 *
 * State: two sides of at most `levelsMax` levels each.
 */
import { LevelSide } from './level-side';

export interface BookLimits {
  /** Levels a side; a venue that sends more than is declared here loses its worst ones, counted. */
  readonly levelsMax: number;
}

export class LevelBook {
  readonly bids: LevelSide;
  readonly asks: LevelSide;

  constructor({ levelsMax }: BookLimits) {
    this.bids = new LevelSide(1, levelsMax);
    this.asks = new LevelSide(-1, levelsMax);
  }

  clear(): void {
    this.bids.clear();
    this.asks.clear();
  }

  /** Somebody would sell below what somebody else would pay: between two venues that happens, within one an update is missing. */
  get isCrossed(): boolean {
    return this.bids.price(0) > this.asks.price(0);
  }

  /** Best bid and best ask at one price. */
  get isLocked(): boolean {
    return this.bids.price(0) === this.asks.price(0);
  }
}
