/**
 * A live feed without its wires: what the connection brings goes in, what is to be said and asked for comes out, and
 * records of market data with it. It opens nothing and reads no clock, so that any course of events can be played to it.
 *
 * Times are microseconds since 1970 UTC by our clock. State: the venue's adapter and books, begun anew with each
 * connection; what waits to be said (a few texts a symbol) and to be published (see `WaitingQuotes`; trades up to a limit).
 */
import { AdaptedFeed, type FeedCounts } from '../venues/adapter';
import { BestOfBooks } from '../venues/best-of-books';
import { type FeedState, feedStates, MarketRecords } from '../venues/market-records';
import { ClockWatch } from './clock-watch';
import { FeedMachine } from './feed-machine';
import { RateLimit } from './rate-limit';
import { ResyncPlan } from './resync-plan';
import type { SnapshotRequest, VenueApi } from './venue-api';
import { AHEAD_MAX, WaitingQuotes } from './waiting-quotes';

/** Nothing for so long, not even an answer to a sign of life: the connection is given up. */
export const SILENCE_MAX = 30_000_000;
const LIFE_SIGN = 10_000_000;
const TRADES_MAX = 100_000;
/** Beyond this a venue asks more of us than it lets us say. */
const SAYS_MAX = 10_000;
/** Books of this connection that are not live after so long are told of as a trouble. */
const BOOK_LATE = 60_000_000;

export interface SnapshotWanted {
  readonly symbol: string;
  readonly path: string;
}

export class FeedSession {
  readonly machine = new FeedMachine();
  readonly records = new MarketRecords();
  readonly clock = new ClockWatch();
  readonly counts: FeedCounts = { messages: 0, unreadable: 0, refused: new Map() };
  readonly quotes: WaitingQuotes;
  /** Messages that could not be taken, places at which some were missing, and trades that the log was too slow for. */
  lost = 0;
  connections = 0;
  /** Set where the connection must be closed, and why. */
  wantsClosed: string | undefined;

  private wanted: ReadonlySet<string>;
  private adapted: AdaptedFeed;
  private best = new BestOfBooks();
  private readonly books = new Map<number, FeedState>();
  private readonly resyncs = new ResyncPlan();
  private readonly says: RateLimit;
  private readonly asks: RateLimit;
  private toSay: string[] = [];
  private toAsk: string[] = [];
  private lastHeard = 0;
  private lastLifeSign = 0;

  constructor(
    readonly api: VenueApi,
    public symbols: readonly string[],
  ) {
    this.wanted = new Set(symbols);
    this.adapted = new AdaptedFeed(api.adapter(), this.records, this.counts);
    this.quotes = new WaitingQuotes(this.records);
    this.says = new RateLimit(api.says);
    this.asks = new RateLimit(api.asks);
  }

  /** What is listed now: what is new is subscribed to, what has ended is missed no more. Answers what is new. */
  follow(symbols: readonly string[], now: number): readonly string[] {
    const fresh = symbols.filter((symbol) => !this.wanted.has(symbol));
    this.symbols = symbols;
    this.wanted = new Set(symbols);
    const { state } = this.machine;
    if (fresh.length === 0 || state === 'down' || state === 'connecting') return fresh;
    const texts = this.api.subscribe(fresh);
    // Where the address says what is wanted, it takes another connection.
    if (texts.length === 0) this.wantsClosed = `${fresh[0]} and others are listed now`;
    else this.toSay.push(...texts);
    if (typeof this.api.resync === 'object') for (const symbol of fresh) this.resyncs.want(symbol, now);
    return fresh;
  }

  connecting(now: number): void {
    this.machine.apply('connect', now, 'connecting');
  }

  opened(now: number): void {
    this.machine.apply('opened', now, 'waiting for the books', this.quotes.latest);
    this.connections += 1;
    this.lastHeard = now;
    this.lastLifeSign = now;
    this.toSay.push(...this.api.subscribe(this.symbols));
    if (typeof this.api.resync === 'object')
      for (const symbol of this.symbols) this.resyncs.want(symbol, now);
  }

  /** A message as it came. */
  text(text: string, now: number): void {
    this.lastHeard = now;
    if (this.api.isLifeSign?.(text) === true) return;
    const reply = this.api.replyTo?.(text);
    if (reply !== undefined && this.toSay.length < SAYS_MAX) this.toSay.unshift(reply);
    const { trades } = this.records;
    const tradesBefore = trades.length;
    if (!this.take(() => this.adapted.receive(text, now), now)) this.lost += 1;
    for (let at = tradesBefore; at < trades.length; at += 1) {
      // A time that cannot be is none.
      if (trades.time[at]! > now + AHEAD_MAX) trades.time[at] = Number.NaN;
      this.clock.told(trades.time[at]!, now);
    }
    if (trades.length > TRADES_MAX) {
      this.lost += trades.length;
      trades.clear();
    }
  }

  /** An answer to a request for a snapshot; undefined if there was none. */
  answer(symbol: string, answer: string | undefined, now: number): void {
    if (this.machine.state === 'down' || this.machine.state === 'connecting') return;
    if (answer === undefined) return;
    const { asMessage } = this.api.resync as SnapshotRequest;
    if (!this.take(() => this.adapted.receive(asMessage(symbol, answer), now), now)) this.lost += 1;
  }

  /** A sign of life was answered after so many microseconds. */
  alive(roundTrip: number, now: number): void {
    this.lastHeard = now;
    this.clock.wentRound(roundTrip, now);
  }

  closed(reason: string, now: number): void {
    if (!this.machine.apply('closed', now, reason)) return;
    this.wantsClosed = undefined;
    this.toSay = [];
    this.toAsk = [];
    this.resyncs.clear();
    this.books.clear();
    this.quotes.forget();
    this.adapted = new AdaptedFeed(this.api.adapter(), this.records, this.counts);
    this.best = new BestOfBooks();
  }

  /** Time has passed: to be called several times a second. */
  tick(now: number): void {
    const { state } = this.machine;
    if (state === 'down' || state === 'connecting') return;
    const { heartbeat, resync } = this.api;
    if (heartbeat && now - this.lastLifeSign >= heartbeat.everyMicros) {
      this.toSay.push(heartbeat.text);
      this.lastLifeSign = now;
    }
    for (const symbol of this.resyncs.take(now, () => this.asks.take(now)))
      if (typeof resync === 'function') this.toSay.push(...resync(symbol));
      else if (resync === 'reconnect') this.wantsClosed = `the book of ${symbol} has to begin anew`;
      else this.toAsk.push(symbol);
    if (now - this.lastHeard >= SILENCE_MAX) {
      const reason = `nothing came for ${SILENCE_MAX / 1e6} seconds`;
      if (this.machine.apply('silent', now, reason)) this.wantsClosed = reason;
    }
    // What stands is as good as the last sign of life.
    if (state === 'live' && now - this.lastHeard < 2 * LIFE_SIGN) this.quotes.standAgain(now);
  }

  /** What may be said now, in order. */
  takeTexts(now: number): string[] {
    let count = 0;
    while (count < this.toSay.length && this.says.take(now)) count += 1;
    return this.toSay.splice(0, count);
  }

  takeRequests(): SnapshotWanted[] {
    const { resync } = this.api;
    if (typeof resync !== 'object') return [];
    return this.toAsk.splice(0).map((symbol) => ({ symbol, path: resync.path(symbol) }));
  }

  /** How many of the books that are wanted are live, and the first few that are not although they should be by now. */
  booksLive(now: number): { readonly live: number; readonly late: readonly string[] } {
    const live = [...this.books.values()].filter((state) => state === 'live').length;
    if (now - this.machine.since < BOOK_LATE || live >= this.symbols.length) return { live, late: [] };
    const late = this.symbols.filter((symbol) => this.books.get(this.records.symbol(symbol)) !== 'live');
    return { live, late: late.slice(0, 3) };
  }

  /** Runs the adapter, and follows what it told. A bug in it costs the connection, not the process. */
  private take(receive: () => boolean, now: number): boolean {
    const before = this.records.quotes.length;
    try {
      const taken = receive();
      // Prices come from books, which can be held against themselves; what else a venue quotes is left out.
      (this.records.quotes as { length: number }).length = before;
      this.followBooks(now);
      return taken;
    } catch (error) {
      (this.records.quotes as { length: number }).length = before;
      this.clearFollowed();
      this.wantsClosed = `the adapter failed: ${(error as Error).message.slice(0, 200)}`;
      return false;
    }
  }

  private followBooks(now: number): void {
    const { records, books } = this;
    const { states } = records;
    for (let at = 0; at < states.length; at += 1) {
      const symbol = states.symbol[at]!;
      const state = feedStates[states.state[at]!]!;
      if (state === 'gap' && books.get(symbol) === 'live') this.lost += 1;
      if (books.get(symbol) !== state) this.bookChanged(symbol, state, states.reason[at]!, now);
    }
    this.best.follow(records);
    this.quotes.settle(now, this.machine.since);
    // A name that was not subscribed to is none to ask the venue for, whatever a message says.
    for (const name of this.adapted.adapter.takeResyncs())
      if (this.wanted.has(name)) this.resyncs.want(name, now);
    this.watchClock(now);
    this.clearFollowed();
  }

  private bookChanged(symbol: number, state: FeedState, reason: string, now: number): void {
    const { books, machine } = this;
    books.set(symbol, state);
    const name = this.records.symbols[symbol]!;
    if (state === 'live') {
      this.resyncs.live(name, now);
      machine.apply('told', now, 'live');
    } else if (![...books.values()].includes('live')) machine.apply('lost', now, `${name}: ${reason}`);
  }

  private watchClock(now: number): void {
    const { books } = this.records;
    for (let at = 0; at < books.length; at += 1)
      if (books.isSnapshot[at] !== 1) this.clock.told(books.time[at]!, now);
  }

  private clearFollowed(): void {
    const { books, levels, states, derivatives, options, liquidations } = this.records;
    for (const kind of [books, levels, states, derivatives, options, liquidations]) kind.clear();
  }
}
