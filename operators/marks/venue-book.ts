/** The quotes of all venues, chained by instrument, and the best of each side, as the rules of the instrument have it. */
import type { Numbered } from '../../runtime/tables/numbered';
import { type QuoteColumns, QuoteCondition, Reason } from '../../schemas/market';
import type { VenueQuoteColumns } from '../../schemas/tables';
import { quoteTime } from './quote-time';
import type { MarkRules } from './rules';
import { type Moment, Side, withRoom } from './side';
import { SILENT, saidOf } from './told-side';
import { VenueGrid } from './venue-grid';
import type { Venues } from './venues';

// Held here: asked of their module in hot loops they would be calls.
const GAP = QuoteCondition.Gap;
const LOST = Reason.VenueGap;

export class VenueBook {
  readonly bids: Side;
  readonly asks: Side;
  /** Slots by instrument and venue. */
  readonly grid = new VenueGrid();
  private readonly chains = {
    firstSlot: new Int32Array(1024).fill(-1),
    nextSlot: new Int32Array(1024).fill(-1),
  };
  private readonly moment: Moment = { ...NO_MOMENT };
  private lastInstrument = -1;
  private lastVenue = -1;
  private lastSlot = -1;

  constructor(
    private readonly table: Numbered<VenueQuoteColumns>,
    private readonly venues: Venues,
  ) {
    this.bids = new Side('bid', table, venues, this.chains);
    this.asks = new Side('ask', table, venues, this.chains);
    const { columns } = table;
    for (let slot = 0; slot < table.length; slot += 1)
      this.chain(columns.instrument[slot]!, columns.venue[slot]!, slot);
  }

  /** Takes a quote of many; false if it says nothing, or nothing that is not known later already. */
  take(quotes: QuoteColumns, index: number, rules: MarkRules, now: number): boolean {
    const bid = quotes.bid[index]!;
    const ask = quotes.ask[index]!;
    const isGap = quotes.condition[index] === GAP;
    const bidWhy = isGap ? LOST : saidOf(bid, quotes.bidSize[index]!, rules);
    const askWhy = isGap ? LOST : saidOf(ask, quotes.askSize[index]!, rules);
    if (bidWhy === SILENT && askWhy === SILENT) return false;
    const instrument = quotes.instrument[index]!;
    const venue = quotes.venue[index]!;
    const slot = this.slotOf(instrument, venue);
    const { moment, bids, asks } = this;
    const told = quotes.time[index]!;
    moment.time = quoteTime(told, now);
    moment.sequence = quotes.sequence[index]!;
    moment.now = now;
    moment.staleAfter = rules.staleAfterMicros;
    let isNew = false;
    if (rules.consolidate === 'latest') {
      if (bidWhy !== SILENT) isNew = bids.tell(slot, bid, bidWhy, moment);
      if (askWhy !== SILENT) isNew = asks.tell(slot, ask, askWhy, moment) || isNew;
      if (isNew) this.look(instrument, rules, now);
    } else {
      moment.counts = moment.time + moment.staleAfter > now && this.venues.believes(venue, moment.time);
      if (bidWhy !== SILENT) isNew = bids.take(instrument, slot, bid, bidWhy, moment);
      if (askWhy !== SILENT) isNew = asks.take(instrument, slot, ask, askWhy, moment) || isNew;
    }
    if (isNew) this.table.touch(slot);
    return isNew;
  }

  /** Looks for the best of both sides anew: time has passed, or a venue has changed. */
  look(instrument: number, rules: MarkRules, now: number): void {
    const { staleAfterMicros } = rules;
    const latest = rules.consolidate === 'latest' ? this.latestSlot(instrument) : -1;
    if (latest < 0) {
      this.bids.look(instrument, staleAfterMicros, now);
      this.asks.look(instrument, staleAfterMicros, now);
    } else {
      this.bids.lookAt(instrument, latest, staleAfterMicros, now);
      this.asks.lookAt(instrument, latest, staleAfterMicros, now);
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
    const { firstSlot, nextSlot } = this.chains;
    let latest = -1;
    let latestTime = -1;
    for (let slot = firstSlot[instrument] ?? -1; slot >= 0; slot = nextSlot[slot]!) {
      const time = Math.max(bidTime[slot]!, askTime[slot]!);
      // Of one time the venue with the greater number, whichever came first.
      const isLater = time > latestTime || (time === latestTime && venue[slot]! > venue[latest]!);
      if (!isLater) continue;
      latest = slot;
      latestTime = time;
    }
    return latest;
  }

  private slotOf(instrument: number, venue: number): number {
    // Feeds come in runs: the bid and the ask of a venue, and one instrument after itself.
    if (instrument === this.lastInstrument && venue === this.lastVenue) return this.lastSlot;
    let slot = this.grid.find(instrument, venue);
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
    const { bids, asks, chains } = this;
    for (const side of [bids, asks]) {
      side.room(instrument);
      side.hold();
    }
    chains.firstSlot = withRoom(chains.firstSlot, instrument, -1);
    chains.nextSlot = withRoom(chains.nextSlot, slot, -1);
    this.grid.set(instrument, venue, slot);
    chains.nextSlot[slot] = chains.firstSlot[instrument]!;
    chains.firstSlot[instrument] = slot;
  }
}

// Doubles from the start, so that the object is of one kind for good.
const NO_MOMENT: Moment = {
  time: Number.NaN,
  sequence: Number.NaN,
  now: Number.NaN,
  staleAfter: Number.NaN,
  counts: false,
};
