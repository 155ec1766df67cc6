/**
 * Bybit API v5, public WebSocket (spot, linear, inverse, options): orderbook, publicTrade, tickers, allLiquidation.
 * bybit-exchange.github.io/docs/v5.
 *
 * Updates name no predecessor: a sequence that goes back or a book that crosses tells of one that is missing; an update
 * id of 1 begins anew after the venue restarted. State: one book by level a symbol, what is known of each contract.
 */

import { CheckedBooks } from '../checked-books';
import { DerivativeTickers } from '../derivative-tickers';
import { levelsOf } from '../levels-of';
import type { MarketRecords } from '../market-records';
import {
  field,
  integer,
  list,
  millis,
  type Native,
  NativeError,
  name,
  object,
  optionalNumber,
  priceOf,
  sameName,
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const SIDES = { Buy: 1, Sell: -1 } as const;

export class BybitV5 extends SyncedAdapter {
  override readonly venue = 'bybit';
  override readonly api = 'v5';
  override readonly booksAreFollowed = false;
  private readonly books = new CheckedBooks(10_000);
  private readonly tickers = new DerivativeTickers();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const envelope = object(message, 'message');
    if (field(envelope, 'success') === false) throw venueSays(field(envelope, 'ret_msg'));
    if (field(envelope, 'op') !== undefined || field(envelope, 'success') !== undefined) return;
    const topic = name(envelope, 'topic');
    if (topic.startsWith('publicTrade.')) this.trades(list(field(envelope, 'data'), 'data'), to);
    else if (topic.startsWith('orderbook.')) this.book(envelope, received, to);
    else if (topic.startsWith('tickers.')) this.ticker(envelope, to);
    else if (topic.startsWith('allLiquidation.'))
      this.liquidations(list(field(envelope, 'data'), 'data'), to);
    else throw new NativeError(`there is no topic "${topic.slice(0, 40)}" here`);
  }

  private trades(trades: readonly unknown[], to: MarketRecords): void {
    const said = trades.map((one) => {
      const trade = object(one, 'data');
      return {
        id: name(trade, 'i'),
        price: priceOf(field(trade, 'p'), 'p'),
        size: tradedOf(field(trade, 'v'), 'v'),
        side: wordOf(trade, 'S', SIDES),
        time: millis(field(trade, 'T'), 'T'),
        name: name(trade, 's'),
      };
    });
    for (const trade of said) to.trade({ ...trade, symbol: to.symbol(trade.name) });
  }

  private book(envelope: Native, received: number, to: MarketRecords): void {
    const data = object(field(envelope, 'data'), 'data');
    const sequence = integer(data, 'u');
    const time = millis(field(envelope, 'ts'), 'ts');
    const [bids, asks] = [levelsOf(field(data, 'b'), 'b'), levelsOf(field(data, 'a'), 'a')];
    const isSnapshot = wordOf(envelope, 'type', { snapshot: true, delta: false }) || sequence === 1;
    sameName(name(data, 's'), name(envelope, 'topic').split('.').at(-1)!, 's');
    const symbol = to.symbol(name(data, 's'));
    if (isSnapshot) {
      if (this.books.begin(symbol, bids, asks).isCrossed) throw new NativeError('a snapshot is crossed');
      this.sync.snapshot(symbol, sequence, received, to);
    } else {
      if (!this.sync.isLive(symbol)) return;
      const known = this.sync.sequence(symbol);
      if (sequence <= known)
        return this.sync.gap(symbol, `update ${sequence} came after ${known}`, received, to);
      if (!this.books.change(symbol, bids, asks))
        return this.sync.gap(symbol, 'the book is crossed: an update is missing', received, to);
      this.sync.advance(symbol, sequence);
    }
    to.book({ symbol, isSnapshot, time, sequence, bids, asks });
  }

  private ticker(envelope: Native, to: MarketRecords): void {
    const data = object(field(envelope, 'data'), 'data');
    const time = millis(field(envelope, 'ts'), 'ts');
    const symbol = to.symbol(name(data, 'symbol'));
    const funding = field(data, 'nextFundingTime');
    this.tickers.update(
      symbol,
      {
        last: optionalNumber(data, 'lastPrice'),
        openInterest: optionalNumber(data, 'openInterest'),
        funding: optionalNumber(data, 'fundingRate'),
        fundingTime:
          funding === undefined || funding === '' || funding === '0'
            ? Number.NaN
            : millis(funding, 'nextFundingTime'),
        index: optionalNumber(data, 'indexPrice'),
        mark: optionalNumber(data, 'markPrice'),
      },
      time,
      to,
    );
  }

  private liquidations(rows: readonly unknown[], to: MarketRecords): void {
    for (const row of rows) {
      const one = object(row, 'data');
      to.liquidation({
        price: priceOf(field(one, 'p'), 'p'),
        size: tradedOf(field(one, 'v'), 'v'),
        // The side of the position that is closed: a long one is sold.
        side: -wordOf(one, 'S', SIDES),
        time: millis(field(one, 'T'), 'T'),
        symbol: to.symbol(name(one, 's')),
      });
    }
  }
}
