/**
 * Quotes on their way to the log: timed so that what came later counts later, told again while nothing changes, and
 * conflated when the log is slower than the venue.
 *
 * A quote's time is the venue's. On one connection what comes later is later, so a time that goes back (a snapshot tells
 * when its book last changed) is taken as that of the quote before; none is earlier than the connection, and one that is
 * far ahead of our clock is no time. A quote that stands is told again as of now: it is as good as the connection.
 *
 * State: the last quote of each symbol.
 */
import type { MarketRecords } from '../venues/market-records';

/** Quotes that wait at most before they are conflated. */
const WAITING_MAX = 50_000;
/** A time so far ahead of our clock is none: marks would not hold it, either. */
export const AHEAD_MAX = 900_000;
/** Within a third of the time for which marks believe a quote. */
const STANDS_AGAIN = 5_000_000;

type Quotes = MarketRecords['quotes'];
type Said = Parameters<MarketRecords['quote']>[0];
interface Last extends Omit<Said, 'sequence' | 'isGap'> {
  readonly sequence: number;
  readonly isGap: boolean;
}

export class WaitingQuotes {
  private readonly last = new Map<number, Last>();
  /** Places before this are done with. */
  private settled = 0;
  conflated = 0;
  /** The latest time that a quote was given: it may be ahead of our clock. */
  latest = 0;
  /** Quotes whose time could not be. */
  mistimed = 0;

  constructor(private readonly records: MarketRecords) {}

  /** Times what was written since the last call. */
  settle(received: number, since: number): void {
    const { quotes } = this.records;
    for (let at = this.settled; at < quotes.length; at += 1) {
      const symbol = quotes.symbol[at]!;
      const said = this.timed(quotes, at, received, since);
      quotes.time[at] = said.time;
      this.last.set(symbol, said);
      if (said.time > this.latest) this.latest = said.time;
    }
    this.settled = quotes.length;
    if (quotes.length > WAITING_MAX) this.conflate();
  }

  private timed(quotes: Quotes, at: number, received: number, since: number): Last {
    const told = quotes.time[at]!;
    const isAhead = told > received + AHEAD_MAX;
    if (isAhead) this.mistimed += 1;
    const symbol = quotes.symbol[at]!;
    const sequence = quotes.sequence[at]!;
    const before = this.last.get(symbol);
    let time = Math.max(Number.isNaN(told) || isAhead ? received : told, since);
    // A sequence that began anew would lose against the one before at the same time.
    if (before && time <= before.time) time = before.time + (sequence < before.sequence ? 1 : 0);
    return {
      symbol,
      bid: quotes.bid[at]!,
      bidSize: quotes.bidSize[at]!,
      ask: quotes.ask[at]!,
      askSize: quotes.askSize[at]!,
      time,
      sequence,
      isGap: quotes.isGap[at] === 1,
    };
  }

  /** Tells again what stands and was told long ago. */
  standAgain(now: number): void {
    for (const [symbol, said] of this.last) {
      if (said.isGap || said.time + STANDS_AGAIN > now) continue;
      const again = { ...said, time: now };
      this.records.quote(again);
      this.last.set(symbol, again);
    }
    this.settled = this.records.quotes.length;
  }

  /** The connection is gone: nothing stands, though what comes next is later still. */
  forget(): void {
    for (const [symbol, said] of this.last) this.last.set(symbol, { ...said, isGap: true });
  }

  /** Those that wait were taken. */
  taken(): void {
    this.records.quotes.clear();
    this.settled = 0;
  }

  /** Leaves the last of each symbol. */
  private conflate(): void {
    const { quotes } = this.records;
    const before = quotes.length;
    const lastAt = new Map<number, number>();
    for (let at = 0; at < before; at += 1) lastAt.set(quotes.symbol[at]!, at);
    const kept = [...lastAt.keys()].map((symbol) => this.last.get(symbol)!);
    quotes.clear();
    for (const said of kept) this.records.quote(said);
    this.settled = quotes.length;
    this.conflated += before - quotes.length;
  }
}
