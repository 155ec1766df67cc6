/**
 * Takes quotes that need no care, which nearly all are, in one loop over typed arrays: both sides have a price and are
 * not crossed, the venue is known in the instrument, believed, and has said nothing later, both sides have a best that
 * is young, and the rules ask for the best of all venues. It stops at the first that is otherwise: that one is the
 * book's, which knows what to do with any. What this loop does is what the book would.
 */
import type { Marker } from '../../runtime/stream/marker';
import type { Numbered } from '../../runtime/tables/numbered';
import { type QuoteColumns, QuoteCondition, Reason, VenueHealth } from '../../schemas/market';
import type { QuotedInstrumentColumns, VenueBeliefColumns, VenueQuoteColumns } from '../../schemas/tables';
import type { BestQuotes } from './best-quotes';
import { MAY_BE_AHEAD_MICROS } from './quote-time';
import type { MarkRules } from './rules';
import type { VenueBook } from './venue-book';

// Held here: asked of their module in the loop they would be calls.
const REGULAR = QuoteCondition.Regular;
const { None: NONE } = Reason;
const { Down: DOWN, Gap: GAP } = VenueHealth;

export interface UsualQuotesTables {
  readonly quoted: Numbered<QuotedInstrumentColumns>;
  readonly venueQuotes: Numbered<VenueQuoteColumns>;
  readonly beliefs: Numbered<VenueBeliefColumns>;
}

export class UsualQuotes {
  /** By kind of instrument; NaN, after which nothing is young, where the best of all venues is not asked for. */
  private readonly staleAfter: Float64Array;

  constructor(
    private readonly tables: UsualQuotesTables,
    private readonly book: VenueBook,
    private readonly best: BestQuotes,
    rules: readonly MarkRules[],
  ) {
    this.staleAfter = Float64Array.from(rules, ({ consolidate, staleAfterMicros }) =>
      consolidate === 'best' ? staleAfterMicros : Number.NaN,
    );
  }

  /** Takes the quotes from `from` on; answers the index of the first that it did not take, or their number. */
  take(quotes: QuoteColumns, from: number, now: number, seen: Marker): number {
    const { length, instrument, venue, condition, bid, bidSize, ask, askSize, time, sequence } = quotes;
    const { tables, book, best, staleAfter } = this;
    const { quoted, venueQuotes } = tables;
    const { kind, looked } = quoted.columns;
    const { state, since } = tables.beliefs.columns;
    const own = venueQuotes.columns;
    const { bid: ownBid, bidTime, bidSequence } = own;
    const { ask: ownAsk, askTime, askSequence } = own;
    const { bids, asks, grid } = book;
    const { best: bestBid, until: bidUntil } = bids;
    const { best: bestAsk, until: askUntil } = asks;
    const latest = now + MAY_BE_AHEAD_MICROS;
    best.room(length - from);
    const out = best.columns;
    const {
      instrument: outKey,
      bid: outBid,
      bidWhy: outBidWhy,
      ask: outAsk,
      askWhy: outAskWhy,
      time: outTime,
    } = out;
    for (let index = from; index < length; index += 1) {
      const key = instrument[index]!;
      const of = venue[index]!;
      const bidPrice = bid[index]!;
      const askPrice = ask[index]!;
      const told = time[index]!;
      const at = told <= latest ? told : now;
      const order = sequence[index]!;
      const stale = staleAfter[kind[key]!]!;
      const expiry = at + stale;
      const bidBest = bestBid[key]!;
      const askBest = bestAsk[key]!;
      // Comparisons are false where a number is NaN, or beyond the end of its array.
      const isUsual =
        condition[index] === REGULAR &&
        bidPrice > 0 &&
        bidPrice <= askPrice &&
        askPrice < Number.POSITIVE_INFINITY &&
        expiry > now &&
        !Number.isNaN(bidBest) &&
        !Number.isNaN(askBest) &&
        bidUntil[key]! > now &&
        askUntil[key]! > now;
      if (!isUsual || bidSize[index]! <= 0 || askSize[index]! <= 0) return index;
      if (of < state.length && (state[of] === DOWN || state[of] === GAP || at < since[of]!)) return index;
      const slot = grid.find(key, of);
      if (slot < 0) return index;
      const bidAt = bidTime[slot]!;
      const askAt = askTime[slot]!;
      if (at < bidAt || at < askAt) return index;
      if (at === bidAt && order < bidSequence[slot]!) return index;
      if (at === askAt && order < askSequence[slot]!) return index;
      const bidBefore = ownBid[slot]!;
      const askBefore = ownAsk[slot]!;
      // Where there was a price there is no reason why not, and none has to be written.
      if (Number.isNaN(bidBefore) || Number.isNaN(askBefore)) return index;
      ownBid[slot] = bidPrice;
      ownAsk[slot] = askPrice;
      bidTime[slot] = at;
      askTime[slot] = at;
      if (order !== bidSequence[slot]) bidSequence[slot] = order;
      if (order !== askSequence[slot]) askSequence[slot] = order;
      venueQuotes.touch(slot);
      if (bidPrice > bidBest) {
        bestBid[key] = bidPrice;
        bidUntil[key] = expiry;
      } else if (bidPrice === bidBest) {
        if (expiry > bidUntil[key]!) bidUntil[key] = expiry;
      } else if (bidBefore === bidBest) bids.look(key, stale, now);
      if (askPrice < askBest) {
        bestAsk[key] = askPrice;
        askUntil[key] = expiry;
      } else if (askPrice === askBest) {
        if (expiry > askUntil[key]!) askUntil[key] = expiry;
      } else if (askBefore === askBest) asks.look(key, stale, now);
      const place = out.length;
      outKey[place] = key;
      outBid[place] = bestBid[key]!;
      outBidWhy[place] = NONE;
      outAsk[place] = bestAsk[key]!;
      outAskWhy[place] = NONE;
      outTime[place] = told;
      out.length = place + 1;
      if (looked[key] !== now) {
        looked[key] = now;
        quoted.touch(key);
      }
      seen.add(key);
    }
    return length;
  }
}
