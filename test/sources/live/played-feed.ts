/** A recording played to a feed's session, message by message. */
import { FeedSession } from '../../../sources/live/feed-session';
import type { VenueApi } from '../../../sources/live/venue-api';
import { AdaptedFeed } from '../../../sources/venues/adapter';
import { MarketRecords } from '../../../sources/venues/market-records';
import type { Venue } from '../venues/recorded-venues';
import type { Recorded } from '../venues/recording';

const apiOf = (venue: Venue): VenueApi => ({
  name: venue.name,
  venue: venue.name,
  stream: () => '',
  adapter: venue.adapter,
  symbolOf: (written) => written,
  subscribe: () => [],
  resync: (symbol) => [`resync ${symbol}`],
  says: { count: 1e6, periodMicros: 1 },
  asks: { count: 1e6, periodMicros: 1 },
});

/** What a message made of the best of each symbol: its sides, or undefined in a gap. */
export type Told = ReadonlyMap<string, string | undefined>;

export class PlayedFeed {
  readonly session: FeedSession;
  /** Names that were asked for anew. */
  readonly resyncs = new Set<string>();
  /** Ids and prices of the trades of the last message. */
  trades: string[] = [];
  private now: number;

  constructor(venue: Venue, symbols: readonly string[], start: number) {
    this.session = new FeedSession(apiOf(venue), symbols);
    this.now = start;
    this.session.connecting(start);
    this.session.opened(start);
  }

  take({ text, received }: Recorded): Told {
    const { session } = this;
    this.now = Math.max(this.now, received);
    session.text(text, this.now);
    const { quotes, trades, symbols } = session.records;
    const told = new Map<string, string | undefined>();
    for (let at = 0; at < quotes.length; at += 1) {
      const sides = [quotes.bid[at], quotes.bidSize[at], quotes.ask[at], quotes.askSize[at]];
      told.set(symbols[quotes.symbol[at]!]!, quotes.isGap[at] === 1 ? undefined : sides.join(' '));
    }
    this.trades = Array.from({ length: trades.length }, (_, at) =>
      [symbols[trades.symbol[at]!], trades.id[at], trades.price[at], trades.size[at], trades.side[at]].join(
        ' ',
      ),
    );
    trades.clear();
    session.tick(this.now);
    // With what stands and is told again.
    session.quotes.taken();
    for (const said of session.takeTexts(this.now)) this.resyncs.add(said.slice('resync '.length));
    return told;
  }
}

/** The names that a recording tells of. */
export function symbolsOf(venue: Venue, traffic: readonly Recorded[]): readonly string[] {
  const records = new MarketRecords();
  const feed = new AdaptedFeed(venue.adapter(), records);
  for (const { text, received } of traffic) {
    feed.receive(text, received);
    records.clear();
  }
  return [...records.symbols];
}
