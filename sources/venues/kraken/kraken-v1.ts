/**
 * Kraken WebSocket API v1: book, trade, spread. docs.kraken.com, "WebSockets 1.9"; checksums by "Book checksum": the ten
 * best asks, then bids, prices and sizes without point and leading zeros, CRC-32.
 *
 * A book has a fixed depth that its subscription names: what falls behind it goes unsaid, and goes here.
 *
 * State: one book a symbol.
 */

import type { MarketRecords } from '../market-records';
import {
  field,
  integerOf,
  list,
  type Native,
  NativeError,
  nameOf,
  object,
  optionalNumber,
  priceOf,
  seconds,
  sizeOf,
  tradedOf,
  venueSays,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';
import { TextedBook, type TextedLevel } from '../texted-book';
import { checksumOf } from './checksum';

interface TimedLevel extends TextedLevel {
  readonly time: number;
}

function levels(value: unknown, key: string): readonly TimedLevel[] {
  if (value === undefined) return [];
  return list(value, key).map((level) => {
    const [price, size, time] = list(level, key);
    return {
      price: priceOf(price, key),
      size: sizeOf(size, key),
      time: seconds(time, key),
      priceText: String(price),
      sizeText: String(size),
    };
  });
}

export class KrakenV1 extends SyncedAdapter {
  override readonly venue = 'kraken';
  override readonly api = 'v1';
  override readonly booksAreFollowed = true;
  private readonly books = new Map<number, TextedBook>();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    if (!Array.isArray(message)) return this.event(object(message, 'message'));
    const channel = nameOf(message.at(-2), 'channel');
    const pair = nameOf(message.at(-1), 'pair');
    if (channel === 'trade') return this.trades(list(message[1], 'trades'), pair, to);
    if (channel === 'spread') return this.spread(list(message[1], 'spread'), pair, to);
    const depth = /^book-(10|25|100|500|1000)$/.exec(channel);
    if (!depth) throw new NativeError(`there is no channel "${channel.slice(0, 40)}" here`);
    const parts = message.slice(1, -2).map((part) => object(part, 'book'));
    this.book(parts, { pair, depth: Number(depth[1]), received }, to);
  }

  private event(data: Native): void {
    if (field(data, 'status') === 'error') throw venueSays(field(data, 'errorMessage'));
    nameOf(field(data, 'event'), 'event');
  }

  private trades(trades: readonly unknown[], pair: string, to: MarketRecords): void {
    const said = trades.map((trade) => {
      const [price, size, time, side] = list(trade, 'trade');
      if (side !== 'b' && side !== 's') throw new NativeError('a trade is neither "b" nor "s"');
      return {
        id: '',
        price: priceOf(price, 'price'),
        size: tradedOf(size, 'volume'),
        time: seconds(time, 'time'),
        side: side === 'b' ? 1 : -1,
      };
    });
    const symbol = to.symbol(pair);
    for (const trade of said) to.trade({ ...trade, symbol });
  }

  private spread(
    [bid, ask, time, bidSize, askSize]: readonly unknown[],
    pair: string,
    to: MarketRecords,
  ): void {
    const said = { bid, ask, bidSize, askSize } as Native;
    to.quote({
      bid: optionalNumber(said, 'bid'),
      bidSize: optionalNumber(said, 'bidSize'),
      ask: optionalNumber(said, 'ask'),
      askSize: optionalNumber(said, 'askSize'),
      time: seconds(time, 'time'),
      symbol: to.symbol(pair),
    });
  }

  private book(
    parts: readonly Native[],
    { pair, depth, received }: { readonly pair: string; readonly depth: number; readonly received: number },
    to: MarketRecords,
  ): void {
    const isSnapshot = parts.some(
      (part) => field(part, 'as') !== undefined || field(part, 'bs') !== undefined,
    );
    const [asksKey, bidsKey] = isSnapshot ? ['as', 'bs'] : ['a', 'b'];
    const of = (key: string): readonly TimedLevel[] => parts.flatMap((part) => levels(field(part, key), key));
    const [bids, asks] = [of(bidsKey), of(asksKey)];
    const told = parts.map((part) => field(part, 'c')).find((one) => one !== undefined);
    const checksum = told === undefined ? undefined : integerOf(told, 'c');
    // Only snapshots come without: an update without one could not be held against anything.
    if (checksum === undefined && !isSnapshot) throw new NativeError('an update has no checksum');
    const symbol = to.symbol(pair);
    let book = this.books.get(symbol);
    if (isSnapshot) {
      book = new TextedBook(depth * 2 + 1000);
      this.books.set(symbol, book);
    } else if (!book || !this.sync.isLive(symbol)) return;
    for (const level of bids) book.set(1, level);
    for (const level of asks) book.set(-1, level);
    book.trim(depth);
    if (checksum !== undefined && checksum !== checksumOf(book))
      return this.sync.gap(symbol, 'the checksum is another', received, to);
    if (isSnapshot) this.sync.snapshot(symbol, Number.NaN, received, to);
    const time = [...bids, ...asks].reduce(
      (latest, level) => Math.max(latest, level.time),
      Number.NEGATIVE_INFINITY,
    );
    to.book({
      symbol,
      isSnapshot,
      time: Number.isFinite(time) ? time : Number.NaN,
      sequence: Number.NaN,
      bids,
      asks,
    });
  }
}
