/**
 * Kraken WebSocket API v2: book, trade, ticker, instrument. docs.kraken.com, "Spot WebSocket v2"; checksums by "Book
 * checksum (v2)": the ten best asks, then bids, with the decimals that the instrument channel tells, without point and
 * leading zeros, CRC-32.
 *
 * Numbers come as JSON numbers, whose text is lost: a checksum is held only for a symbol whose decimals are known.
 * State: one book a symbol, its decimals.
 */

import type { MarketRecords } from '../market-records';
import {
  field,
  integer,
  iso,
  list,
  type Native,
  NativeError,
  name,
  object,
  optionalNumber,
  priceOf,
  sizeOf,
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';
import { TextedBook, type TextedLevel } from '../texted-book';
import { checksumOf } from './checksum';

const SIDES = { buy: 1, sell: -1 } as const;
const TYPES = { snapshot: true, update: false } as const;
const LEVELS_MAX = 3000;

interface Decimals {
  readonly price: number;
  readonly size: number;
}

interface Kept {
  readonly book: TextedBook;
  readonly depth: number;
}

export class KrakenV2 extends SyncedAdapter {
  override readonly venue = 'kraken';
  override readonly api = 'v2';
  override readonly booksAreFollowed = true;
  private readonly books = new Map<number, Kept>();
  private readonly decimals = new Map<string, Decimals>();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const envelope = object(message, 'message');
    if (field(envelope, 'success') === false) throw venueSays(field(envelope, 'error'));
    if (field(envelope, 'method') !== undefined) return;
    const channel = name(envelope, 'channel');
    if (channel === 'heartbeat' || channel === 'status') return;
    const isSnapshot = wordOf(envelope, 'type', TYPES);
    if (channel === 'instrument') return this.instruments(object(field(envelope, 'data'), 'data'));
    for (const row of list(field(envelope, 'data'), 'data').map((one) => object(one, 'data'))) {
      if (channel === 'book') this.book(row, isSnapshot, received, to);
      // Trades that were before the subscription are no news.
      else if (channel === 'trade') {
        if (!isSnapshot) this.trade(row, to);
      } else if (channel === 'ticker') this.quote(row, to);
      else throw new NativeError(`there is no channel "${channel.slice(0, 40)}" here`);
    }
  }

  private instruments(data: Native): void {
    for (const row of list(field(data, 'pairs'), 'pairs').map((one) => object(one, 'pairs')))
      this.decimals.set(name(row, 'symbol'), {
        price: integer(row, 'price_precision'),
        size: integer(row, 'qty_precision'),
      });
  }

  private trade(row: Native, to: MarketRecords): void {
    const said = {
      id: name(row, 'trade_id'),
      price: priceOf(field(row, 'price'), 'price'),
      size: tradedOf(field(row, 'qty'), 'qty'),
      side: wordOf(row, 'side', SIDES),
      time: iso(field(row, 'timestamp'), 'timestamp'),
      symbol: to.symbol(name(row, 'symbol')),
    };
    to.trade(said);
  }

  private quote(row: Native, to: MarketRecords): void {
    const said = {
      bid: optionalNumber(row, 'bid'),
      bidSize: optionalNumber(row, 'bid_qty'),
      ask: optionalNumber(row, 'ask'),
      askSize: optionalNumber(row, 'ask_qty'),
      time: field(row, 'timestamp') === undefined ? Number.NaN : iso(field(row, 'timestamp'), 'timestamp'),
      symbol: to.symbol(name(row, 'symbol')),
    };
    to.quote(said);
  }

  private book(row: Native, isSnapshot: boolean, received: number, to: MarketRecords): void {
    const symbolName = name(row, 'symbol');
    const decimals = this.decimals.get(symbolName);
    const levels = (key: string): readonly TextedLevel[] =>
      list(field(row, key), key).map((one) => {
        const level = object(one, key);
        const price = priceOf(field(level, 'price'), 'price');
        const size = sizeOf(field(level, 'qty'), 'qty');
        const text = (value: number, digits: number | undefined): string =>
          digits === undefined ? '' : value.toFixed(Math.min(digits, 20));
        return { price, size, priceText: text(price, decimals?.price), sizeText: text(size, decimals?.size) };
      });
    const [bids, asks] = [levels('bids'), levels('asks')];
    const checksum = integer(row, 'checksum');
    const time =
      field(row, 'timestamp') === undefined ? Number.NaN : iso(field(row, 'timestamp'), 'timestamp');
    const symbol = to.symbol(symbolName);
    let kept = this.books.get(symbol);
    if (isSnapshot) {
      // The depth that was subscribed to is that of the snapshot, but for markets that are thinner.
      const longest = Math.max(bids.length, asks.length);
      const depth = [10, 25, 100, 500, 1000].find((one) => longest <= one) ?? 1000;
      kept = { book: new TextedBook(LEVELS_MAX), depth };
      this.books.set(symbol, kept);
    } else if (!kept || !this.sync.isLive(symbol)) return;
    for (const level of bids) kept.book.set(1, level);
    for (const level of asks) kept.book.set(-1, level);
    kept.book.trim(kept.depth);
    if (decimals && checksum !== checksumOf(kept.book))
      return this.sync.gap(symbol, 'the checksum is another', received, to);
    if (isSnapshot) this.sync.snapshot(symbol, Number.NaN, received, to);
    to.book({ symbol, isSnapshot, time, sequence: Number.NaN, bids, asks });
  }
}
