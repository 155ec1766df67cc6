/** The best quotes of a step, one after another, in columns that are used again. */
import type { Columns } from '../../runtime/stream/step';
import { withRoom } from '../../schemas/frames/room';
import type { VenueBook } from './venue-book';

/** The best of all venues at a moment; NaN where no venue has a side, and why. */
export interface BestQuoteColumns extends Columns {
  readonly instrument: Int32Array;
  readonly bid: Float64Array;
  readonly bidWhy: Int32Array;
  readonly ask: Float64Array;
  readonly askWhy: Int32Array;
  readonly time: Float64Array;
}

type Growing = { -readonly [Name in keyof BestQuoteColumns]: BestQuoteColumns[Name] };

export class BestQuotes {
  readonly columns: Growing = {
    length: 0,
    instrument: new Int32Array(1024),
    bid: new Float64Array(1024),
    bidWhy: new Int32Array(1024),
    ask: new Float64Array(1024),
    askWhy: new Int32Array(1024),
    time: new Float64Array(1024),
  };

  clear(): void {
    this.columns.length = 0;
  }

  /** Makes room for so many more. */
  room(count: number): void {
    if (this.columns.length + count > this.columns.bid.length) this.widen(this.columns.length + count);
  }

  /** What a book says now; -1 for the time where no quote said it. */
  push({ bids, asks }: VenueBook, instrument: number, time: number): void {
    const { columns } = this;
    const at = columns.length;
    if (at >= columns.bid.length) this.widen(at + 1);
    columns.instrument[at] = instrument;
    columns.bid[at] = bids.best[instrument]!;
    columns.bidWhy[at] = bids.why[instrument]!;
    columns.ask[at] = asks.best[instrument]!;
    columns.askWhy[at] = asks.why[instrument]!;
    columns.time[at] = time;
    columns.length = at + 1;
  }

  private widen(length: number): void {
    const { columns } = this;
    columns.instrument = withRoom(columns.instrument, length);
    columns.bid = withRoom(columns.bid, length);
    columns.bidWhy = withRoom(columns.bidWhy, length);
    columns.ask = withRoom(columns.ask, length);
    columns.askWhy = withRoom(columns.askWhy, length);
    columns.time = withRoom(columns.time, length);
  }
}
