/**
 * Bybit WebSocket API of 2019 to 2021 (inverse, and linear with its own quirks): orderBookL2_25, trade, instrument_info,
 * liquidation. Retired since; recordings speak it.
 *
 * Updates have no chain: that one is missing shows when a level is inserted twice, or changed or deleted where there is
 * none, or when the sequence goes back. State: one book by level a symbol, what is known of each contract.
 */

import { CheckedBooks } from '../checked-books';
import { DerivativeTickers } from '../derivative-tickers';
import type { MarketRecords, Side } from '../market-records';
import {
  field,
  integerOf,
  iso,
  list,
  micros,
  millis,
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

const SIDES = { Buy: 1, Sell: -1 } as const;

interface Change {
  readonly kind: 'insert' | 'update' | 'delete';
  readonly side: Side;
  readonly price: number;
  readonly size: number;
}

const changesOf = (kind: Change['kind'], value: unknown): readonly Change[] =>
  list(value ?? [], kind).map((one) => {
    const level = object(one, kind);
    return {
      kind,
      side: wordOf(level, 'side', SIDES),
      price: priceOf(field(level, 'price'), 'price'),
      size: kind === 'delete' ? 0 : sizeOf(field(level, 'size'), 'size'),
    };
  });

export class BybitV1 extends SyncedAdapter {
  override readonly venue = 'bybit';
  override readonly api = 'v1';
  override readonly booksAreFollowed = false;
  private readonly books = new CheckedBooks(1000);
  private readonly tickers = new DerivativeTickers();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const data = object(message, 'message');
    if (field(data, 'success') === false) throw venueSays(field(data, 'ret_msg'));
    if (field(data, 'success') !== undefined) return;
    const topic = name(data, 'topic');
    const symbol = topic.slice(topic.lastIndexOf('.') + 1);
    if (topic.startsWith('trade.')) this.trades(list(field(data, 'data'), 'data'), to);
    else if (topic.startsWith('orderBookL2_25.')) this.book(symbol, data, received, to);
    else if (topic.startsWith('instrument_info.')) this.instrument(data, to);
    else if (topic.startsWith('liquidation.')) this.liquidations(list(field(data, 'data'), 'data'), to);
    // The same book, deeper: one of the two is enough.
    else if (!topic.startsWith('orderBook_200.'))
      throw new NativeError(`there is no topic "${topic.slice(0, 40)}" here`);
  }

  private trades(trades: readonly unknown[], to: MarketRecords): void {
    const said = trades.map((one) => {
      const trade = object(one, 'data');
      return {
        id: name(trade, 'trade_id'),
        price: priceOf(field(trade, 'price'), 'price'),
        size: tradedOf(field(trade, 'size'), 'size'),
        side: wordOf(trade, 'side', SIDES),
        time:
          field(trade, 'trade_time_ms') === undefined
            ? iso(field(trade, 'timestamp'), 'timestamp')
            : millis(field(trade, 'trade_time_ms'), 'trade_time_ms'),
        name: name(trade, 'symbol'),
      };
    });
    for (const trade of said) to.trade({ ...trade, symbol: to.symbol(trade.name) });
  }

  private book(symbolName: string, data: Native, received: number, to: MarketRecords): void {
    const time = micros(field(data, 'timestamp_e6'), 'timestamp_e6');
    const sequence = integerOf(field(data, 'cross_seq'), 'cross_seq');
    const symbol = to.symbol(symbolName);
    const said = field(data, 'data');
    if (field(data, 'type') === 'snapshot') {
      const whole = Array.isArray(said) ? said : field(object(said, 'data'), 'order_book');
      const levels = changesOf('insert', whole);
      const [bids, asks] = [
        levels.filter(({ side }) => side === 1),
        levels.filter(({ side }) => side === -1),
      ];
      this.books.begin(symbol, bids, asks);
      this.sync.snapshot(symbol, sequence, received, to);
      return to.book({ symbol, isSnapshot: true, time, sequence, bids, asks });
    }
    if (field(data, 'type') !== 'delta') throw new NativeError('"type" is neither snapshot nor delta');
    const parts = object(said, 'data');
    const changes = [
      ...changesOf('delete', field(parts, 'delete')),
      ...changesOf('update', field(parts, 'update')),
      ...changesOf('insert', field(parts, 'insert')),
    ];
    if (!this.sync.isLive(symbol)) return;
    const fault = this.faultOf(symbol, sequence, changes);
    if (fault !== undefined) return this.sync.gap(symbol, fault, received, to);
    const [bids, asks] = [
      changes.filter(({ side }) => side === 1),
      changes.filter(({ side }) => side === -1),
    ];
    if (!this.books.change(symbol, bids, asks))
      return this.sync.gap(symbol, 'the book is crossed: an update is missing', received, to);
    this.sync.advance(symbol, sequence);
    to.book({ symbol, isSnapshot: false, time, sequence, bids, asks });
  }

  private faultOf(symbol: number, sequence: number, changes: readonly Change[]): string | undefined {
    const known = this.sync.sequence(symbol);
    if (sequence <= known) return `update ${sequence} came after ${known}`;
    const book = this.books.get(symbol)!;
    const wrong = changes.find(({ kind, side, price }) => {
      const stands = (side === 1 ? book.bids : book.asks).sizeAt(price) > 0;
      return stands === (kind === 'insert');
    });
    return (
      wrong &&
      `a level at ${wrong.price} is to ${wrong.kind} and ${wrong.kind === 'insert' ? 'stands' : 'is not there'}`
    );
  }

  private instrument(data: Native, to: MarketRecords): void {
    const time = micros(field(data, 'timestamp_e6'), 'timestamp_e6');
    const said = object(field(data, 'data'), 'data');
    const rows = field(data, 'type') === 'snapshot' ? [said] : list(field(said, 'update'), 'update');
    for (const row of rows) {
      const one = object(row, 'data');
      const scaled = (key: string, decimals: number): number =>
        optionalNumber(one, `${key}_e${decimals}`) / 10 ** decimals;
      const openInterest =
        field(one, 'open_interest_e8') !== undefined ? scaled('open_interest', 8) : Number.NaN;
      const funding = field(one, 'next_funding_time');
      this.tickers.update(
        to.symbol(name(one, 'symbol')),
        {
          last:
            field(one, 'last_price') === undefined
              ? scaled('last_price', 4)
              : optionalNumber(one, 'last_price'),
          openInterest: Number.isNaN(openInterest) ? optionalNumber(one, 'open_interest') : openInterest,
          funding: scaled('funding_rate', 6),
          nextFunding: scaled('predicted_funding_rate', 6),
          fundingTime: typeof funding === 'string' && funding !== '' ? timeOf(funding) : Number.NaN,
          index: scaled('index_price', 4),
          mark: scaled('mark_price', 4),
        },
        time,
        to,
      );
    }
  }

  private liquidations(rows: readonly unknown[], to: MarketRecords): void {
    for (const row of rows) {
      const one = object(row, 'data');
      to.liquidation({
        id: name(one, 'id'),
        price: priceOf(field(one, 'price'), 'price'),
        size: tradedOf(field(one, 'qty'), 'qty'),
        // The side of the position that is closed: a long one is sold.
        side: -wordOf(one, 'side', SIDES),
        time: millis(field(one, 'time'), 'time'),
        symbol: to.symbol(name(one, 'symbol')),
      });
    }
  }
}

/** Linear contracts tell the epoch for a funding that they do not know. */
const timeOf = (text: string): number =>
  text.startsWith('1970-') ? Number.NaN : iso(text, 'next_funding_time');
