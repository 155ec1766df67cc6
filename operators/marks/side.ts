/**
 * One side of the quotes of all venues, and the best of each instrument: the highest bid, or the lowest ask. A side of a
 * venue counts while its venue may be believed and it is young. The best is looked for among all venues only when the
 * one that had it falls back, or has become too old.
 */
import { grown, type TypedColumn } from '../../runtime/marker';
import type { Numbered } from '../../runtime/numbered';
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

export interface Said {
  readonly price: number;
  /** Reason.None where there is a price. */
  readonly why: Reason;
  readonly time: number;
  readonly sequence: number;
}

export class Side {
  /** By instrument: the best price, NaN where there is none. */
  best = new Float64Array(1024).fill(Number.NaN);
  /** By instrument: until when the best counts. */
  until = new Float64Array(1024).fill(Number.POSITIVE_INFINITY);
  /** By instrument: why there is none. */
  why = new Int32Array(1024).fill(WHY.NeverQuoted);
  private readonly higher: boolean;

  constructor(
    private readonly name: SideName,
    private readonly table: Numbered<VenueQuoteColumns>,
    private readonly venues: Venues,
    private readonly chains: () => Chains,
  ) {
    this.higher = name === 'bid';
  }

  /** Takes what a venue said; false if it had said something later before. */
  take(instrument: number, slot: number, said: Said, staleAfter: number, now: number): boolean {
    const { prices, times, sequences, whys } = this.columns();
    const before = times[slot]!;
    if (said.time < before || (said.time === before && said.sequence < sequences[slot]!)) return false;
    const hadPrice = prices[slot]!;
    const expiry = said.time + staleAfter;
    prices[slot] = said.why === WHY.None ? said.price : Number.NaN;
    times[slot] = said.time;
    sequences[slot] = said.sequence;
    whys[slot] = said.why;
    this.table.touch(slot);
    const best = this.best[instrument]!;
    const counts =
      said.why === WHY.None &&
      expiry > now &&
      this.venues.whyNotAt(this.table.columns.venue[slot]!, said.time) === WHY.None;
    if (counts && this.until[instrument]! > now && (said.price === best || this.isBetter(said.price, best))) {
      if (said.price !== best || expiry > this.until[instrument]!) this.until[instrument] = expiry;
      this.best[instrument] = said.price;
      this.why[instrument] = WHY.None;
    } else if (!counts || hadPrice === best || Number.isNaN(best) || this.until[instrument]! <= now) {
      this.look(instrument, staleAfter, now);
    }
    return true;
  }

  /** Looks for the best among all venues. */
  look(instrument: number, staleAfter: number, now: number): void {
    this.room(instrument);
    const { firstSlot, nextSlot } = this.chains();
    const { prices, times, whys } = this.columns();
    const { venue } = this.table.columns;
    let best = Number.NaN;
    let until = Number.POSITIVE_INFINITY;
    let why: Reason = WHY.NeverQuoted;
    for (let slot = firstSlot[instrument] ?? -1; slot >= 0; slot = nextSlot[slot]!) {
      const time = times[slot]!;
      if (time < 0) continue;
      const price = prices[slot]!;
      const whyNot = Number.isNaN(price)
        ? (whys[slot]! as Reason)
        : whyNotOf(this.venues.whyNotAt(venue[slot]!, time), time + staleAfter <= now);
      if (whyNot !== WHY.None) why = weightOf(whyNot) > weightOf(why) ? whyNot : why;
      else if (price === best) until = Math.max(until, time + staleAfter);
      else if (this.isBetter(price, best)) {
        best = price;
        until = time + staleAfter;
      }
    }
    this.best[instrument] = best;
    this.until[instrument] = until;
    this.why[instrument] = Number.isNaN(best) ? why : WHY.None;
  }

  /** Only one venue counts: what it said last. */
  lookAt(instrument: number, slot: number, staleAfter: number, now: number): void {
    const { prices, times, whys } = this.columns();
    const time = times[slot]!;
    const price = prices[slot]!;
    const why =
      time < 0
        ? WHY.NeverQuoted
        : Number.isNaN(price)
          ? (whys[slot]! as Reason)
          : whyNotOf(this.venues.whyNotAt(this.table.columns.venue[slot]!, time), time + staleAfter <= now);
    const counts = why === WHY.None;
    this.best[instrument] = counts ? price : Number.NaN;
    this.until[instrument] = counts ? time + staleAfter : Number.POSITIVE_INFINITY;
    this.why[instrument] = why;
  }

  room(instrument: number): void {
    this.best = withRoom(this.best, instrument, Number.NaN);
    this.until = withRoom(this.until, instrument, Number.POSITIVE_INFINITY);
    this.why = withRoom(this.why, instrument, WHY.NeverQuoted);
  }

  private isBetter(price: number, best: number): boolean {
    return Number.isNaN(best) || (this.higher ? price > best : price < best);
  }

  private columns() {
    const { columns } = this.table;
    return this.name === 'bid'
      ? { prices: columns.bid, times: columns.bidTime, sequences: columns.bidSequence, whys: columns.bidWhy }
      : { prices: columns.ask, times: columns.askTime, sequences: columns.askSequence, whys: columns.askWhy };
  }
}

const WEIGHTS: readonly Reason[] = [
  WHY.NeverQuoted,
  WHY.Withdrawn,
  WHY.NotPositive,
  WHY.UnknownSize,
  WHY.StaleQuote,
  WHY.VenueGap,
  WHY.VenueDown,
];

/** What says most of why there is no price comes first: a venue that is down, then age, then what was said. */
function weightOf(why: Reason): number {
  return WEIGHTS.indexOf(why);
}

const whyNotOf = (venue: Reason, isOld: boolean): Reason =>
  venue !== WHY.None ? venue : isOld ? WHY.StaleQuote : WHY.None;

export function withRoom<Column extends TypedColumn>(column: Column, index: number, filler: number): Column {
  return index < column.length ? column : grown(column, index, filler);
}
