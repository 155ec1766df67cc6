/** The quotes of all venues, chained by instrument, and the best of each side, as the rules of the instrument have it. */
import type { Numbered } from '../../runtime/numbered';
import { PairIndex } from '../../runtime/pair-index';
import type { VenueQuoteColumns } from '../../schemas/tables';
import type { MarkRules } from './rules';
import { Side, withRoom } from './side';
import { SILENT, saidOf } from './told-side';
import type { Venues } from './venues';

export interface QuoteTold {
  readonly bid: number;
  readonly bidSize: number;
  readonly ask: number;
  readonly askSize: number;
  readonly time: number;
  readonly sequence: number;
}

export class VenueBook {
  readonly bids: Side;
  readonly asks: Side;
  private readonly index = new PairIndex();
  private firstSlot = new Int32Array(1024).fill(-1);
  /** The next slot of the same instrument, or -1. */
  private nextSlot = new Int32Array(1024).fill(-1);
  private lastInstrument = -1;
  private lastVenue = -1;
  private lastSlot = -1;

  constructor(
    private readonly table: Numbered<VenueQuoteColumns>,
    venues: Venues,
  ) {
    const chains = () => ({ firstSlot: this.firstSlot, nextSlot: this.nextSlot });
    this.bids = new Side('bid', table, venues, chains);
    this.asks = new Side('ask', table, venues, chains);
    const { columns } = table;
    for (let slot = 0; slot < table.length; slot += 1)
      this.chain(columns.instrument[slot]!, columns.venue[slot]!, slot);
  }

  /** Takes a quote; false if it says nothing, or nothing that is not known later already. */
  take(instrument: number, venue: number, quote: QuoteTold, rules: MarkRules, now: number): boolean {
    const bidWhy = saidOf(quote.bid, quote.bidSize, rules);
    const askWhy = saidOf(quote.ask, quote.askSize, rules);
    if (bidWhy === SILENT && askWhy === SILENT) return false;
    const slot = this.slotOf(instrument, venue);
    const time = quote.time < now ? quote.time : now;
    const { sequence } = quote;
    const { staleAfterMicros } = rules;
    let counts = false;
    if (bidWhy !== SILENT) {
      const said = { price: quote.bid, why: bidWhy, time, sequence };
      counts = this.bids.take(instrument, slot, said, staleAfterMicros, now);
    }
    if (askWhy !== SILENT) {
      const said = { price: quote.ask, why: askWhy, time, sequence };
      counts = this.asks.take(instrument, slot, said, staleAfterMicros, now) || counts;
    }
    if (counts && rules.consolidate === 'latest') this.look(instrument, rules, now);
    return counts;
  }

  /** Looks for the best of both sides anew: time has passed, or a venue has changed. */
  look(instrument: number, rules: MarkRules, now: number): void {
    const { staleAfterMicros } = rules;
    const latest = rules.consolidate === 'latest' ? this.latestSlot(instrument) : -1;
    for (const side of [this.bids, this.asks]) {
      if (latest < 0) side.look(instrument, staleAfterMicros, now);
      else side.lookAt(instrument, latest, staleAfterMicros, now);
    }
  }

  /** When the first of the two best sides is too old; infinity where there is none. */
  dueOf(instrument: number): number {
    return Math.min(this.bids.until[instrument]!, this.asks.until[instrument]!);
  }

  /** The instruments that a venue has quoted. */
  *quotedBy(venue: number): Generator<number> {
    const { columns, length } = this.table;
    for (let slot = 0; slot < length; slot += 1)
      if (columns.venue[slot] === venue) yield columns.instrument[slot]!;
  }

  private latestSlot(instrument: number): number {
    const { bidTime, askTime, venue } = this.table.columns;
    let [latest, latestTime] = [-1, -1];
    for (let slot = this.firstSlot[instrument] ?? -1; slot >= 0; slot = this.nextSlot[slot]!) {
      const time = Math.max(bidTime[slot]!, askTime[slot]!);
      // Of one time the venue with the greater number, whichever came first.
      const isLater = time > latestTime || (time === latestTime && venue[slot]! > venue[latest]!);
      if (isLater) [latest, latestTime] = [slot, time];
    }
    return latest;
  }

  private slotOf(instrument: number, venue: number): number {
    // Feeds come in runs: the bid and the ask of a venue, and one instrument after itself.
    if (instrument === this.lastInstrument && venue === this.lastVenue) return this.lastSlot;
    let slot = this.index.get(instrument, venue);
    if (slot < 0) {
      slot = this.table.add();
      const { columns } = this.table;
      columns.instrument[slot] = instrument;
      columns.venue[slot] = venue;
      this.chain(instrument, venue, slot);
    }
    this.lastInstrument = instrument;
    this.lastVenue = venue;
    this.lastSlot = slot;
    return slot;
  }

  private chain(instrument: number, venue: number, slot: number): void {
    this.bids.room(instrument);
    this.asks.room(instrument);
    this.firstSlot = withRoom(this.firstSlot, instrument, -1);
    this.nextSlot = withRoom(this.nextSlot, slot, -1);
    this.index.set(instrument, venue, slot);
    this.nextSlot[slot] = this.firstSlot[instrument]!;
    this.firstSlot[instrument] = slot;
  }
}
