/**
 * Kraken Futures WebSocket API v1: book, trade, ticker, ticker_lite. docs.kraken.com, "Futures WebSocket".
 *
 * Each book has its own dense sequence. State: the chain of each book, what is known of each future.
 */

import { DerivativeTickers } from '../derivative-tickers';
import type { NativeLevel } from '../levels-of';
import type { MarketRecords, Side } from '../market-records';
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
  sizeOf,
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const SIDES = { buy: 1, sell: -1 } as const;
const timeOf = (data: Native, key: string): number =>
  field(data, key) === undefined ? Number.NaN : millis(field(data, key), key);

const levels = (value: unknown, key: string): readonly NativeLevel[] =>
  list(value, key).map((one) => {
    const level = object(one, key);
    return { price: priceOf(field(level, 'price'), 'price'), size: sizeOf(field(level, 'qty'), 'qty') };
  });

export class KrakenFutures extends SyncedAdapter {
  override readonly venue = 'kraken-futures';
  override readonly api = 'v1';
  override readonly booksAreFollowed = true;
  private readonly tickers = new DerivativeTickers();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const data = object(message, 'message');
    const event = field(data, 'event');
    if (event === 'error' || event === 'alert') throw venueSays(field(data, 'message'));
    if (event !== undefined) return;
    switch (name(data, 'feed')) {
      case 'book_snapshot':
        return this.snapshot(data, received, to);
      case 'book':
        return this.change(data, received, to);
      case 'trade':
        return this.trade(data, to);
      case 'ticker':
        return this.ticker(data, to);
      case 'ticker_lite':
        return to.quote({
          bid: optionalNumber(data, 'bid'),
          bidSize: Number.NaN,
          ask: optionalNumber(data, 'ask'),
          askSize: Number.NaN,
          time: Number.NaN,
          symbol: to.symbol(name(data, 'product_id')),
        });
      // Trades that were before the subscription.
      case 'trade_snapshot':
      case 'heartbeat':
        return undefined;
      default:
        throw new NativeError(`there is no feed "${name(data, 'feed').slice(0, 40)}" here`);
    }
  }

  private snapshot(data: Native, received: number, to: MarketRecords): void {
    const said = {
      bids: levels(field(data, 'bids'), 'bids'),
      asks: levels(field(data, 'asks'), 'asks'),
      time: timeOf(data, 'timestamp'),
      sequence: integer(data, 'seq'),
      symbol: to.symbol(name(data, 'product_id')),
    };
    this.sync.snapshot(said.symbol, said.sequence, received, to);
    to.book({ ...said, isSnapshot: true });
  }

  private change(data: Native, received: number, to: MarketRecords): void {
    const side: Side = wordOf(data, 'side', SIDES);
    const level = { price: priceOf(field(data, 'price'), 'price'), size: sizeOf(field(data, 'qty'), 'qty') };
    const [time, sequence] = [timeOf(data, 'timestamp'), integer(data, 'seq')];
    const symbol = to.symbol(name(data, 'product_id'));
    if (!this.sync.isLive(symbol)) return;
    const known = this.sync.sequence(symbol);
    if (sequence !== known + 1)
      return this.sync.gap(symbol, `change ${sequence} came after ${known}`, received, to);
    this.sync.advance(symbol, sequence);
    to.book({
      symbol,
      isSnapshot: false,
      time,
      sequence,
      bids: side === 1 ? [level] : [],
      asks: side === -1 ? [level] : [],
    });
  }

  private trade(data: Native, to: MarketRecords): void {
    const said = {
      id: field(data, 'uid') === undefined ? '' : name(data, 'uid'),
      price: priceOf(field(data, 'price'), 'price'),
      size: tradedOf(field(data, 'qty'), 'qty'),
      side: wordOf(data, 'side', SIDES),
      time: millis(field(data, 'time'), 'time'),
      symbol: to.symbol(name(data, 'product_id')),
    };
    to.trade(said);
    if (field(data, 'type') === 'liquidation') to.liquidation(said);
  }

  private ticker(data: Native, to: MarketRecords): void {
    const time = timeOf(data, 'time');
    const symbol = to.symbol(name(data, 'product_id'));
    const isPerpetual = field(data, 'next_funding_rate_time') !== undefined;
    this.tickers.update(
      symbol,
      {
        last: optionalNumber(data, 'last'),
        openInterest: optionalNumber(data, 'openInterest'),
        index: optionalNumber(data, 'index'),
        mark: optionalNumber(data, 'markPrice'),
        ...(isPerpetual && {
          funding: optionalNumber(data, 'funding_rate'),
          nextFunding: optionalNumber(data, 'funding_rate_prediction'),
          fundingTime: timeOf(data, 'next_funding_rate_time'),
        }),
      },
      time,
      to,
    );
    to.quote({
      symbol,
      bid: optionalNumber(data, 'bid'),
      bidSize: optionalNumber(data, 'bid_size'),
      ask: optionalNumber(data, 'ask'),
      askSize: optionalNumber(data, 'ask_size'),
      time,
    });
  }
}
