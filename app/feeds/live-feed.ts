/**
 * One venue's feed, live: connected, and connected anew after a growing, uneven pause; what comes goes through a session
 * to topics. The log is given all that came while it was busy at once; what it is too slow for is conflated, counted.
 */
import { decorrelatedJitterGenerator, ExponentialBackoff, type IBackoff } from 'cockatiel';
import {
  concat,
  defer,
  EMPTY,
  exhaustMap,
  from,
  interval,
  merge,
  mergeMap,
  type Observable,
  repeat,
  Subject,
  takeUntil,
  timer,
} from 'rxjs';
import type { Backend } from '../../runtime/ports/backend';
import type { Clock } from '../../runtime/ports/clock';
import { FeedPhase, VenueHealth, type VenueState } from '../../schemas/market';
import { FeedSession, type SnapshotWanted } from '../../sources/live/feed-session';
import type { VenueApi } from '../../sources/live/venue-api';
import type { FeedState } from '../../sources/venues/market-records';
import { RecordsPublisher } from '../../sources/venues/publish-records';
import { askVenue } from './ask-venue';
import { type FeedWire, feedSocket, type WireEvent } from './feed-socket';
import type { Followed } from './follow-instruments';

const TICK_MILLIS = 50;
const FLUSH_MILLIS = 10;
const REPORT_MICROS = 5_000_000;
const SNAPSHOTS_AT_ONCE = 4;
const FULL_MICROS = 500_000;

export interface LiveFeedOptions {
  readonly api: VenueApi;
  readonly followed: Followed;
  readonly backend: Pick<Backend, 'log' | 'registry' | 'names'>;
  readonly clock: Clock;
  /** Addresses instead of the venue's own. */
  readonly stream?: string | undefined;
  readonly requests?: string | undefined;
  /** First and longest pause before it connects anew. */
  readonly pauseMillis?: { readonly first: number; readonly max: number };
}

const HEALTH: Readonly<Record<FeedState, VenueHealth>> = {
  connecting: VenueHealth.Down,
  snapshot: VenueHealth.Recovering,
  live: VenueHealth.Up,
  gap: VenueHealth.Gap,
  stale: VenueHealth.Gap,
  down: VenueHealth.Down,
};
const PHASE: Readonly<Record<FeedState, FeedPhase>> = {
  connecting: FeedPhase.Connecting,
  snapshot: FeedPhase.Snapshot,
  live: FeedPhase.Live,
  gap: FeedPhase.Gap,
  stale: FeedPhase.Stale,
  down: FeedPhase.Down,
};

export class LiveFeed {
  readonly session: FeedSession;
  /** Rejects when the log fails. */
  readonly failed: Promise<never>;
  private readonly stopping = new Subject<void>();
  private readonly stopped = new AbortController();
  private readonly done: Promise<void>;
  private readonly backoffs: ExponentialBackoff<never>;
  private backoff: IBackoff<unknown>;
  private wire: FeedWire | undefined;
  private reported = Number.NEGATIVE_INFINITY;
  private reportedState = '';

  private constructor(
    private readonly options: LiveFeedOptions,
    private readonly publisher: RecordsPublisher,
    /** Names of instruments by symbol. */
    private readonly instruments: Map<string, string>,
  ) {
    const { api, followed, pauseMillis = { first: 500, max: 60_000 } } = options;
    this.session = new FeedSession(api, followed.symbols);
    this.backoffs = new ExponentialBackoff({
      generator: decorrelatedJitterGenerator,
      initialDelay: pauseMillis.first,
      maxDelay: pauseMillis.max,
    }) as unknown as ExponentialBackoff<never>;
    this.backoff = this.backoffs.next();
    let fail: (error: unknown) => void = () => undefined;
    this.failed = new Promise<never>((_, reject) => {
      fail = reject;
    });
    this.failed.catch(() => undefined);
    this.done = new Promise((resolve) => {
      this.life().subscribe({
        error: (error) => {
          fail(error);
          resolve();
        },
        complete: resolve,
      });
    });
  }

  static async open(options: LiveFeedOptions): Promise<LiveFeed> {
    const { backend, api, followed, clock } = options;
    let feed: LiveFeed | undefined;
    const instruments = new Map(followed.instruments);
    const publisher = await RecordsPublisher.open({
      backend,
      venue: api.venue,
      producer: `feed ${api.name}`,
      instrumentOf: (symbol) => instruments.get(symbol),
      again: () =>
        new Promise((resolve) =>
          clock.after(FULL_MICROS, () => resolve(feed?.stopped.signal.aborted !== true)),
        ),
    });
    feed = new LiveFeed(options, publisher, instruments);
    return feed;
  }

  /** What is listed now, with the names of its instruments; what a symbol was called before stands. */
  follow({ symbols, instruments }: Followed): readonly string[] {
    for (const [symbol, instrument] of instruments) this.instruments.set(symbol, instrument);
    return this.session.follow(symbols, this.now());
  }

  /** Symbols of which nothing is published, because no instrument is known for them. */
  get nameless(): ReadonlyMap<string, number> {
    return this.publisher.unknown;
  }

  /** Closes the connection, and says so for whoever believes its prices. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.stopping.next();
    await this.done;
  }

  private life(): Observable<unknown> {
    const connections = defer(() => this.connection()).pipe(
      repeat({ delay: () => timer(this.pause()) }),
      mergeMap((event) => this.heard(event)),
    );
    const ticks = interval(TICK_MILLIS).pipe(mergeMap(() => this.passed(), SNAPSHOTS_AT_ONCE));
    // What comes while the log writes goes with the next write.
    const writes = interval(FLUSH_MILLIS).pipe(exhaustMap(() => this.flush()));
    const living = merge(connections, ticks, writes).pipe(takeUntil(this.stopping));
    return concat(
      living,
      defer(() => this.end()),
    );
  }

  private connection(): Observable<WireEvent> {
    const { api, stream } = this.options;
    this.session.connecting(this.now());
    return feedSocket(stream ?? api.stream(this.session.symbols));
  }

  private heard(event: WireEvent): Observable<never> {
    const { session } = this;
    const now = this.now();
    switch (event.kind) {
      case 'opened':
        this.wire = event.wire;
        session.opened(now);
        break;
      case 'text':
        session.text(event.text, now);
        if (session.machine.state === 'live') this.backoff = this.backoffs.next();
        break;
      case 'alive':
        session.alive(event.roundTrip, now);
        break;
      case 'closed':
        this.wire = undefined;
        session.closed(event.reason, now);
        return EMPTY;
    }
    this.act(now);
    return EMPTY;
  }

  private passed(): Observable<never> {
    const now = this.now();
    this.session.tick(now);
    this.act(now);
    return merge(...this.session.takeRequests().map((wanted) => from(this.snapshot(wanted)))).pipe(
      mergeMap(() => EMPTY),
    );
  }

  private act(now: number): void {
    const { session, wire } = this;
    if (session.wantsClosed !== undefined) return wire?.close(session.wantsClosed);
    for (const text of session.takeTexts(now)) wire?.send(text);
  }

  private async snapshot({ symbol, path }: SnapshotWanted): Promise<void> {
    const { api, requests } = this.options;
    const { connections } = this.session;
    const answer = await askVenue(`${requests ?? api.requests}${path}`, this.stopped.signal).catch(
      () => undefined,
    );
    // An answer to a question of a connection that is gone tells of a book that is gone.
    if (connections === this.session.connections) this.session.answer(symbol, answer, this.now());
  }

  private async flush(): Promise<void> {
    const { records, quotes } = this.session;
    const now = this.now();
    const state = this.report(now);
    if (records.quotes.length === 0 && records.trades.length === 0 && state === undefined) return;
    const publishing = this.publisher.publish(records, now, state);
    quotes.taken();
    records.trades.clear();
    await publishing;
  }

  /** The state, when it is another or was told some seconds ago. */
  private report(now: number): Omit<VenueState, 'venue'> | undefined {
    const { machine } = this.session;
    const key = `${machine.state} ${machine.time}`;
    if (key === this.reportedState && now - this.reported < REPORT_MICROS) return undefined;
    this.reportedState = key;
    this.reported = now;
    const { session } = this;
    const { live } = session.booksLive(now);
    return {
      state: HEALTH[machine.state],
      detail: `${machine.reason}; ${live} of ${session.symbols.length} books live`,
      time: machine.time || now,
      since: machine.since,
      feed: PHASE[machine.state],
      lost: session.lost,
      conflated: session.quotes.conflated,
      clockOffset: session.clock.offset,
      clockUncertainty: session.clock.uncertainty,
    };
  }

  private async end(): Promise<void> {
    this.session.closed('the feed was stopped', this.now());
    await this.flush().catch(() => undefined);
  }

  private pause(): number {
    const { duration } = this.backoff;
    this.backoff = this.backoff.next(undefined);
    return duration;
  }

  private now(): number {
    return this.options.clock.now();
  }
}
