/**
 * One side of the quotes of all venues, and the best of each instrument: the highest bid, or the lowest ask. A side of a
 * venue counts while its venue may be believed and it is young. The best is looked for among all venues only when the
 * one that had it falls back, or has become too old.
 */
import { grown, type TypedColumn } from '../../runtime/stream/marker';
import type { Numbered } from '../../runtime/tables/numbered';
import { Reason } from '../../schemas/market';
import type { VenueQuoteColumns } from '../../schemas/tables';
import type { Venues } from './venues';

// Held here: asked of their module in hot loops they would be calls.
const WHY = Reason;

type SideName = 'bid' | 'ask';

export interface Chains {
  readonly firstSlot: Int32Array;
  /** The next slot of the same instrument, or -1. */
  readonly nextSlot: Int32Array;
}

/** When a quote was told, and what follows from it for both of its sides. One object, written anew for each quote. */
export interface Moment {
  time: number;
  sequence: number;
  now: number;
  staleAfter: number;
  /** Whether a price that is told now counts: it is young, and its venue is believed. */
  counts: boolean;
}

export class Side {
  /** By instrument: the best price, NaN where there is none. */
  best = new Float64Array(1024).fill(Number.NaN);
  /** By instrument: until when the best counts. */
  until = new Float64Array(1024).fill(Number.POSITIVE_INFINITY);
  /** By instrument: why there is none. */
  why = new Int32Array(1024).fill(WHY.NeverQuoted);
  private readonly higher: boolean;
  /** Worse than any price. */
  private readonly worst: number;
  // The columns of this side, held: asked of the table they would be a choice for every quote.
  private prices!: Float64Array;
  private times!: Float64Array;
  private sequences!: Float64Array;
  private whys!: Int32Array;

  constructor(
    private readonly name: SideName,
    private readonly table: Numbered<VenueQuoteColumns>,
    private readonly venues: Venues,
    private readonly chains: Chains,
  ) {
    this.higher = name === 'bid';
    this.worst = this.higher ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    this.hold();
  }

  /** Takes what a venue said; false if it had said something later before. The owner touches the slot. */
  take(instrument: number, slot: number, price: number, why: Reason, moment: Moment): boolean {
    const before = this.prices[slot]!;
    if (!this.tell(slot, price, why, moment)) return false;
    const { now } = moment;
    const best = this.best[instrument]!;
    const until = this.until[instrument]!;
    const counts = moment.counts && why === WHY.None;
    if (counts && until > now && (price === best || this.isBetter(price, best))) {
      const expiry = moment.time + moment.staleAfter;
      if (price !== best || expiry > until) this.until[instrument] = expiry;
      this.best[instrument] = price;
      this.why[instrument] = WHY.None;
    } else if (!counts || before === best || Number.isNaN(best) || until <= now) {
      this.look(instrument, moment.staleAfter, now);
    }
    return true;
  }

  /** Keeps what a venue said, and leaves the best as it is; false if it had said something later before. */
  tell(slot: number, price: number, why: Reason, { time, sequence }: Moment): boolean {
    const before = this.times[slot]!;
    if (time < before || (time === before && sequence < this.sequences[slot]!)) return false;
    this.prices[slot] = why === WHY.None ? price : Number.NaN;
    this.times[slot] = time;
    this.sequences[slot] = sequence;
    this.whys[slot] = why;
    return true;
  }

  /** Looks for the best among all venues. */
  look(instrument: number, staleAfter: number, now: number): void {
    const { prices, times, venues, worst, higher } = this;
    const { firstSlot, nextSlot } = this.chains;
    const { venue } = this.table.columns;
    const { believesAll } = venues;
    let best = worst;
    let until = Number.POSITIVE_INFINITY;
    for (let slot = firstSlot[instrument] ?? -1; slot >= 0; slot = nextSlot[slot]!) {
      const price = prices[slot]!;
      // So it is where there is no price, too.
      if (!(higher ? price >= best : price <= best)) continue;
      const expiry = times[slot]! + staleAfter;
      if (expiry <= now || !(believesAll || venues.believes(venue[slot]!, times[slot]!))) continue;
      if (price !== best || expiry > until) until = expiry;
      best = price;
    }
    if (best === worst) return this.lookWhy(instrument, staleAfter, now);
    this.best[instrument] = best;
    this.until[instrument] = until;
    this.why[instrument] = WHY.None;
  }

  /** Only one venue counts: what it said last. */
  lookAt(instrument: number, slot: number, staleAfter: number, now: number): void {
    const why = this.times[slot]! < 0 ? WHY.NeverQuoted : this.whyNotIn(slot, staleAfter, now);
    const counts = why === WHY.None;
    this.best[instrument] = counts ? this.prices[slot]! : Number.NaN;
    this.until[instrument] = counts ? this.times[slot]! + staleAfter : Number.POSITIVE_INFINITY;
    this.why[instrument] = why;
  }

  /** Makes room for an instrument. */
  room(instrument: number): void {
    this.best = withRoom(this.best, instrument, Number.NaN);
    this.until = withRoom(this.until, instrument, Number.POSITIVE_INFINITY);
    this.why = withRoom(this.why, instrument, WHY.NeverQuoted);
  }

  /** Takes the columns anew: the table has grown. */
  hold(): void {
    const { columns } = this.table;
    const isBid = this.name === 'bid';
    this.prices = isBid ? columns.bid : columns.ask;
    this.times = isBid ? columns.bidTime : columns.askTime;
    this.sequences = isBid ? columns.bidSequence : columns.askSequence;
    this.whys = isBid ? columns.bidWhy : columns.askWhy;
  }

  /** No venue has a price that counts: says why. */
  private lookWhy(instrument: number, staleAfter: number, now: number): void {
    const { firstSlot, nextSlot } = this.chains;
    let why: Reason = WHY.NeverQuoted;
    for (let slot = firstSlot[instrument] ?? -1; slot >= 0; slot = nextSlot[slot]!) {
      if (this.times[slot]! < 0) continue;
      const whyNot = this.whyNotIn(slot, staleAfter, now);
      if (WEIGHT_OF[whyNot]! > WEIGHT_OF[why]!) why = whyNot;
    }
    this.room(instrument);
    this.best[instrument] = Number.NaN;
    this.until[instrument] = Number.POSITIVE_INFINITY;
    this.why[instrument] = why;
  }

  /** Why what a venue said of this side does not count. */
  private whyNotIn(slot: number, staleAfter: number, now: number): Reason {
    if (Number.isNaN(this.prices[slot]!)) return this.whys[slot]! as Reason;
    const time = this.times[slot]!;
    const whyNot = this.venues.whyNotAt(this.table.columns.venue[slot]!, time);
    return whyNot === WHY.None && time + staleAfter <= now ? WHY.StaleQuote : whyNot;
  }

  private isBetter(price: number, best: number): boolean {
    return Number.isNaN(best) || (this.higher ? price > best : price < best);
  }
}

/** What says most of why there is no price comes last: a venue that is down, then age, then what was said. */
const WEIGHTS: readonly Reason[] = [
  WHY.NeverQuoted,
  WHY.Withdrawn,
  WHY.NotPositive,
  WHY.UnknownSize,
  WHY.StaleQuote,
  WHY.VenueGap,
  WHY.VenueDown,
];

/** By reason: none has any but these. */
const WEIGHT_OF = new Int8Array(Math.max(...WEIGHTS) + 1);
WEIGHTS.forEach((why, weight) => {
  WEIGHT_OF[why] = weight;
});

export function withRoom<Column extends TypedColumn>(column: Column, index: number, filler: number): Column {
  return index < column.length ? column : grown(column, index, filler);
}
