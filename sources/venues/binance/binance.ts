/**
 * Binance streams: spot, and futures margined in dollars (USD-M) or in coin (COIN-M), by combined streams.
 *
 * A book begins with a snapshot from REST, which whoever holds the connection passes in as
 * `{"stream": "btcusdt@depthSnapshot", "data": {…}}`; updates that came before it wait. Rules of the chain:
 * developers.binance.com, "How to manage a local order book correctly" (spot: U = last u + 1; futures: pu = last u).
 * Trades come from `trade`, one a fill; `aggTrade` would count them twice. Written for the API of 2021, unchanged since.
 *
 * State: the chain of each book; of a book without a snapshot at most 1,000 updates.
 */

import { DerivativeTickers } from '../derivative-tickers';
import { levelsOf, type NativeLevel } from '../levels-of';
import type { MarketRecords } from '../market-records';
import {
  field,
  integer,
  millis,
  type Native,
  NativeError,
  name,
  number,
  object,
  optionalNumber,
  priceOf,
  sameName,
  shownOf,
  sizeOf,
  tradedOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

export type BinanceMarket = 'spot' | 'usd-m' | 'coin-m';

interface Update {
  readonly first: number;
  readonly last: number;
  readonly previous: number;
  readonly time: number;
  readonly bids: readonly NativeLevel[];
  readonly asks: readonly NativeLevel[];
}

const WAITING_MAX = 1000;

export class Binance extends SyncedAdapter {
  override readonly venue: string;
  override readonly api = 'streams-2021';
  override readonly booksAreFollowed = true;
  private readonly tickers = new DerivativeTickers();
  private readonly waiting = new Map<number, Update[]>();
  /** Books whose first update behind their snapshot has not come: it may begin before it. */
  private readonly fresh = new Set<number>();

  constructor(private readonly market: BinanceMarket) {
    super();
    this.venue = market === 'spot' ? 'binance' : `binance-${market}`;
  }

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const envelope = object(message, 'message');
    // Answers to requests carry an id and no data.
    if (field(envelope, 'data') === undefined && field(envelope, 'id') !== undefined) return;
    const stream = name(envelope, 'stream');
    const data = object(field(envelope, 'data'), 'data');
    const [symbol, channel] = stream.split('@', 2) as [string, string | undefined];
    // Streams of all symbols begin with an exclamation mark.
    if (field(data, 's') !== undefined && !symbol.startsWith('!'))
      sameName(name(data, 's'), symbol.toUpperCase(), 's');
    if (channel === 'depthSnapshot') this.snapshot(symbol.toUpperCase(), data, received, to);
    else this.event(data, received, to);
  }

  private event(data: Native, received: number, to: MarketRecords): void {
    // The spot stream of best prices has no event field.
    const event = field(data, 'e') ?? (field(data, 'B') !== undefined ? 'bookTicker' : undefined);
    switch (event) {
      case 'trade':
        return this.trade(data, to);
      case 'bookTicker':
        return this.quote(data, to);
      case 'depthUpdate':
        return this.update(data, received, to);
      case 'markPriceUpdate':
        return this.mark(data, to);
      case '24hrTicker':
        if (this.market === 'spot') return undefined;
        return this.tickers.update(
          to.symbol(name(data, 's')),
          { last: number(data, 'c') },
          millis(field(data, 'E'), 'E'),
          to,
        );
      case 'forceOrder':
        return this.liquidation(object(field(data, 'o'), 'o'), to);
      case 'aggTrade':
      case 'kline':
      case 'indexPriceUpdate':
        return undefined;
      default:
        throw new NativeError(`"e" is ${shownOf(event)}, no event that is subscribed to`);
    }
  }

  private trade(data: Native, to: MarketRecords): void {
    const price = priceOf(field(data, 'p'), 'p');
    const size = tradedOf(field(data, 'q'), 'q');
    const isMaker = field(data, 'm');
    if (typeof isMaker !== 'boolean') throw new NativeError('"m" is neither true nor false');
    const time = millis(field(data, 'T'), 'T');
    const [symbol, id] = [name(data, 's'), name(data, 't')];
    // `m`: the buyer rested.
    to.trade({ symbol: to.symbol(symbol), id, price, size, side: isMaker ? -1 : 1, time });
  }

  private quote(data: Native, to: MarketRecords): void {
    const symbol = name(data, 's');
    const bid = sizeOf(field(data, 'b'), 'b');
    const bidSize = sizeOf(field(data, 'B'), 'B');
    const ask = sizeOf(field(data, 'a'), 'a');
    const askSize = sizeOf(field(data, 'A'), 'A');
    // Spot tells no time.
    const time = field(data, 'T') === undefined ? Number.NaN : millis(field(data, 'T'), 'T');
    const sequence = integer(data, 'u');
    to.quote({ symbol: to.symbol(symbol), bid, bidSize, ask, askSize, time, sequence });
  }

  private mark(data: Native, to: MarketRecords): void {
    const fundingTime = field(data, 'T');
    const hasFunding = fundingTime !== undefined && fundingTime !== 0;
    this.tickers.update(
      to.symbol(name(data, 's')),
      {
        mark: number(data, 'p'),
        index: optionalNumber(data, 'i'),
        ...(hasFunding && { funding: number(data, 'r'), fundingTime: millis(fundingTime, 'T') }),
      },
      millis(field(data, 'E'), 'E'),
      to,
    );
  }

  private liquidation(order: Native, to: MarketRecords): void {
    const price = priceOf(field(order, 'p'), 'p');
    const size = tradedOf(field(order, 'q'), 'q');
    const side = field(order, 'S');
    if (side !== 'BUY' && side !== 'SELL') throw new NativeError('"S" is neither BUY nor SELL');
    const time = millis(field(order, 'T'), 'T');
    const symbol = name(order, 's');
    to.liquidation({ symbol: to.symbol(symbol), price, size, side: side === 'BUY' ? 1 : -1, time });
  }

  private update(data: Native, received: number, to: MarketRecords): void {
    const futures = this.market !== 'spot';
    const update: Update = {
      first: integer(data, 'U'),
      last: integer(data, 'u'),
      previous: futures ? integer(data, 'pu') : integer(data, 'U') - 1,
      time: millis(field(data, 'E'), 'E'),
      bids: levelsOf(field(data, 'b'), 'b'),
      asks: levelsOf(field(data, 'a'), 'a'),
    };
    if (update.first > update.last) throw new NativeError('"U" is above "u"');
    const symbol = to.symbol(name(data, 's'));
    if (this.sync.isLive(symbol)) this.apply(symbol, update, received, to);
    else this.wait(symbol, update);
  }

  private wait(symbol: number, update: Update): void {
    const waiting = this.waiting.get(symbol) ?? [];
    this.waiting.set(symbol, waiting);
    waiting.push(update);
    if (waiting.length > WAITING_MAX) waiting.shift();
  }

  private snapshot(symbolName: string, data: Native, received: number, to: MarketRecords): void {
    const sequence = integer(data, 'lastUpdateId');
    const time = field(data, 'T') === undefined ? Number.NaN : millis(field(data, 'T'), 'T');
    const bids = levelsOf(field(data, 'bids'), 'bids');
    const asks = levelsOf(field(data, 'asks'), 'asks');
    const symbol = to.symbol(symbolName);
    to.book({ symbol, isSnapshot: true, time, sequence, bids, asks });
    this.sync.snapshot(symbol, sequence, received, to);
    this.fresh.add(symbol);
    const waiting = this.waiting.get(symbol) ?? [];
    this.waiting.delete(symbol);
    for (const update of waiting) {
      if (this.sync.isLive(symbol)) this.apply(symbol, update, received, to);
      else this.wait(symbol, update);
    }
  }

  private apply(symbol: number, update: Update, received: number, to: MarketRecords): void {
    const known = this.sync.sequence(symbol);
    const isFresh = this.fresh.has(symbol);
    if (isFresh ? update.last < known + (this.market === 'spot' ? 1 : 0) : update.last <= known) {
      // Behind a snapshot what it has already is no news; in the middle of the stream it is a repetition.
      if (!isFresh) this.sync.gap(symbol, `update ${update.last} came after ${known}`, received, to);
      return;
    }
    const follows = isFresh
      ? update.first <= known + (this.market === 'spot' ? 1 : 0)
      : update.previous === known;
    if (!follows) return this.sync.gap(symbol, `update ${update.first} came after ${known}`, received, to);
    this.fresh.delete(symbol);
    this.sync.advance(symbol, update.last);
    to.book({ symbol, isSnapshot: false, sequence: update.last, ...update });
  }
}
