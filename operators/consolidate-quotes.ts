/**
 * Consolidates one-sided quotes of many venues into the best bid and ask of each instrument: one record for each
 * regular quote, in order, so that whoever keeps the last good one sees every moment however steps are cut.
 *
 * A quote says something about a side whose price is a finite number, and nothing about one whose price is NaN. A size
 * of zero or less withdraws the side; a size of NaN is not known and withdraws nothing. What a venue said stands until the same
 * venue says otherwise, so a source of quotes that are already consolidated (such files name the venue that is best just
 * then, and never say that another is not any more) must give them one venue number, or withdraw what has been replaced.
 * Suspect quotes are left out.
 *
 * State: the last bid and ask of each venue in each instrument. The best of them is derived.
 */
import { grown, type TypedColumn } from '../runtime/marker';
import type { Numbered } from '../runtime/numbered';
import { operator, type Stream } from '../runtime/operator';
import { Pairs } from '../runtime/pairs';
import type { Columns } from '../runtime/step';
import { type QuoteColumns, QuoteCondition } from '../schemas/market';
import type { VenueQuoteColumns } from '../schemas/tables';

// Held here: asked of its module in the loop it would be a call for every quote.
const REGULAR = QuoteCondition.Regular;

/** The best of all venues after a quote; NaN where no venue has a side. */
export interface BestQuoteColumns extends Columns {
  readonly instrument: Int32Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly time: Float64Array;
}

export function consolidateQuotes(
  quotes: Stream<QuoteColumns>,
  table: Numbered<VenueQuoteColumns>,
): Stream<BestQuoteColumns> {
  return operator('consolidate-quotes', { quotes }, () => {
    const book = new VenueBook(table);
    let best = allocate(1024);
    return {
      on: {
        quotes(columns) {
          if (columns.length > best.bid.length) best = allocate(columns.length * 2);
          best.length = consolidated(columns, book, best);
        },
      },
      emit: () => best,
    };
  });
}

type BestQuotes = { -readonly [Name in keyof BestQuoteColumns]: BestQuoteColumns[Name] };

const allocate = (capacity: number): BestQuotes => ({
  length: 0,
  instrument: new Int32Array(capacity),
  bid: new Float64Array(capacity),
  ask: new Float64Array(capacity),
  time: new Float64Array(capacity),
});

// Stand-alone over typed arrays: the hot loop is easy to profile by name.
function consolidated(quotes: QuoteColumns, book: VenueBook, best: BestQuotes): number {
  const { length, instrument, venue, bid, bidSize, ask, askSize, condition, time } = quotes;
  let count = 0;
  for (let index = 0; index < length; index += 1) {
    if (condition[index] !== REGULAR) continue;
    const key = instrument[index]!;
    const slot = book.slotOf(key, venue[index]!);
    const bidPrice = bid[index]!;
    const askPrice = ask[index]!;
    if (Number.isFinite(bidPrice)) book.bid(key, slot, bidSize[index]! <= 0 ? NO_BID : bidPrice);
    if (Number.isFinite(askPrice)) book.ask(key, slot, askSize[index]! <= 0 ? NO_ASK : askPrice);
    const bestBid = book.bestBid[key]!;
    const bestAsk = book.bestAsk[key]!;
    best.instrument[count] = key;
    best.bid[count] = bestBid === NO_BID ? Number.NaN : bestBid;
    best.ask[count] = bestAsk === NO_ASK ? Number.NaN : bestAsk;
    best.time[count] = time[index]!;
    count += 1;
  }
  return count;
}

/** What is worse than any price: so that the best of several needs no other comparison. */
const NO_BID = Number.NEGATIVE_INFINITY;
const NO_ASK = Number.POSITIVE_INFINITY;

/** The quotes of all venues; those of one instrument are chained, and the best of each side is at hand. */
class VenueBook {
  bestBid = new Float64Array(1024).fill(NO_BID);
  bestAsk = new Float64Array(1024).fill(NO_ASK);
  private readonly pairs: Pairs<VenueQuoteColumns>;
  private lastInstrument = -1;
  private lastVenue = -1;
  private lastSlot = -1;

  constructor(private readonly table: Numbered<VenueQuoteColumns>) {
    this.pairs = new Pairs(table, { first: 'venue', second: 'instrument' });
    const { columns } = table;
    for (let slot = table.next(0); slot >= 0; slot = table.next(slot + 1)) {
      const instrument = columns.instrument[slot]!;
      this.reserve(instrument);
      this.bestBid[instrument] = Math.max(this.bestBid[instrument]!, columns.bid[slot]!);
      this.bestAsk[instrument] = Math.min(this.bestAsk[instrument]!, columns.ask[slot]!);
    }
  }

  slotOf(instrument: number, venue: number): number {
    // Feeds come in runs: the bid and the ask of a venue, and one instrument after itself.
    if (instrument === this.lastInstrument && venue === this.lastVenue) return this.lastSlot;
    let slot = this.pairs.find(venue, instrument);
    if (slot < 0) slot = this.add(instrument, venue);
    this.lastInstrument = instrument;
    this.lastVenue = venue;
    this.lastSlot = slot;
    return slot;
  }

  /** Sets a venue's bid; all venues are asked again only if it had been the best. */
  bid(instrument: number, slot: number, price: number): void {
    const bids = this.table.columns.bid;
    const before = bids[slot]!;
    if (before === price) return;
    bids[slot] = price;
    this.table.touch(slot);
    const best = this.bestBid[instrument]!;
    if (price >= best) this.bestBid[instrument] = price;
    else if (before === best) this.bestBid[instrument] = this.highest(instrument, bids);
  }

  ask(instrument: number, slot: number, price: number): void {
    const asks = this.table.columns.ask;
    const before = asks[slot]!;
    if (before === price) return;
    asks[slot] = price;
    this.table.touch(slot);
    const best = this.bestAsk[instrument]!;
    if (price <= best) this.bestAsk[instrument] = price;
    else if (before === best) this.bestAsk[instrument] = this.lowest(instrument, asks);
  }

  private highest(instrument: number, prices: Float64Array): number {
    let best = NO_BID;
    for (let slot = this.pairs.firstOf(instrument); slot >= 0; slot = this.pairs.nextOf(slot))
      if (prices[slot]! > best) best = prices[slot]!;
    return best;
  }

  private lowest(instrument: number, prices: Float64Array): number {
    let best = NO_ASK;
    for (let slot = this.pairs.firstOf(instrument); slot >= 0; slot = this.pairs.nextOf(slot))
      if (prices[slot]! < best) best = prices[slot]!;
    return best;
  }

  private add(instrument: number, venue: number): number {
    this.reserve(instrument);
    const slot = this.pairs.open(venue, instrument);
    this.table.columns.bid[slot] = NO_BID;
    this.table.columns.ask[slot] = NO_ASK;
    return slot;
  }

  private reserve(instrument: number): void {
    this.bestBid = withRoom(this.bestBid, instrument, NO_BID);
    this.bestAsk = withRoom(this.bestAsk, instrument, NO_ASK);
  }
}

function withRoom<Column extends TypedColumn>(column: Column, index: number, filler: number): Column {
  return index < column.length ? column : grown(column, index, filler);
}
