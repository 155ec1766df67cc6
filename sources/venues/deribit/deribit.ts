/**
 * Deribit API v2, JSON-RPC subscriptions: trades, book (raw), ticker. docs.deribit.com; written for 2021, unchanged since.
 *
 * A book's first message after a subscription is its snapshot; each change names the change before it. Best prices come
 * from `ticker`, not from `quote` as well, which tells the same.
 *
 * State: the chain of each book, what is known of each future and perpetual.
 */

import { DerivativeTickers } from '../derivative-tickers';
import type { NativeLevel } from '../levels-of';
import type { MarketRecords } from '../market-records';
import {
  field,
  integer,
  list,
  millis,
  type Native,
  name,
  object,
  optionalNumber,
  priceOf,
  sameName,
  shownOf,
  sizeOf,
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const TYPES = { snapshot: true, change: false } as const;
const SIDES = { buy: 1, sell: -1 } as const;
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const OPTION = /^[A-Z0-9_]+-(\d{1,2})([A-Z]{3})(\d{2})-(\d+(?:d\d+)?)-([CP])$/;

/** Expiry is at 08:00 UTC; a strike writes `d` for its point. */
function termsOf(instrument: string): { right: number; strike: number; expiry: number } | undefined {
  const match = OPTION.exec(instrument);
  const month = match ? MONTHS.indexOf(match[2]!) : -1;
  if (!match || month < 0) return undefined;
  return {
    right: match[5] === 'C' ? 1 : -1,
    strike: Number(match[4]!.replace('d', '.')),
    expiry: Date.UTC(2000 + Number(match[3]), month, Number(match[1]), 8) * 1000,
  };
}

/** 0 says that there is none. */
const orNone = (value: number): number => (value === 0 ? Number.NaN : value);

function levels(value: unknown, key: string): readonly NativeLevel[] {
  return list(value, key).map((level) => {
    const [, price, size] = list(level, key);
    return { price: priceOf(price, key), size: sizeOf(size, key) };
  });
}

export class Deribit extends SyncedAdapter {
  override readonly venue = 'deribit';
  override readonly api = 'v2';
  override readonly booksAreFollowed = true;
  private readonly tickers = new DerivativeTickers();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const envelope = object(message, 'message');
    if (field(envelope, 'method') !== 'subscription') {
      if (field(envelope, 'error') !== undefined) throw venueSays(field(envelope, 'error'));
      return;
    }
    const params = object(field(envelope, 'params'), 'params');
    const data = field(params, 'data');
    const [channel, instrument] = name(params, 'channel').split('.', 2);
    if (channel === 'trades')
      for (const trade of list(data, 'data').map((one) => object(one, 'data'))) this.trade(trade, to);
    else if (channel === 'book') {
      const book = object(data, 'data');
      sameName(name(book, 'instrument_name'), instrument ?? '', 'instrument_name');
      this.book(book, received, to);
    } else if (channel === 'ticker') this.ticker(object(data, 'data'), to);
  }

  private trade(data: Native, to: MarketRecords): void {
    const said = {
      id: name(data, 'trade_id'),
      price: priceOf(field(data, 'price'), 'price'),
      size: tradedOf(field(data, 'amount'), 'amount'),
      side: wordOf(data, 'direction', SIDES),
      time: millis(field(data, 'timestamp'), 'timestamp'),
      symbol: to.symbol(name(data, 'instrument_name')),
    };
    to.trade(said);
    const liquidated = field(data, 'liquidation');
    // T: who took was liquidated; M: who rested, on the other side; MT: both.
    if (liquidated === 'T' || liquidated === 'MT') to.liquidation(said);
    if (liquidated === 'M' || liquidated === 'MT') to.liquidation({ ...said, side: -said.side });
  }

  private book(data: Native, received: number, to: MarketRecords): void {
    const sequence = integer(data, 'change_id');
    const previous = field(data, 'prev_change_id');
    const type = field(data, 'type');
    const isSnapshot = type === undefined ? previous === undefined : wordOf(data, 'type', TYPES);
    const time = millis(field(data, 'timestamp'), 'timestamp');
    const [bids, asks] = [levels(field(data, 'bids'), 'bids'), levels(field(data, 'asks'), 'asks')];
    const symbol = to.symbol(name(data, 'instrument_name'));
    if (isSnapshot) this.sync.snapshot(symbol, sequence, received, to);
    else if (!this.sync.isLive(symbol)) return;
    else if (integer(data, 'prev_change_id') !== this.sync.sequence(symbol))
      return this.sync.gap(
        symbol,
        `change ${sequence} follows ${shownOf(previous)}, not ${this.sync.sequence(symbol)}`,
        received,
        to,
      );
    this.sync.advance(symbol, sequence);
    to.book({ symbol, isSnapshot, time, sequence, bids, asks });
  }

  private ticker(data: Native, to: MarketRecords): void {
    const instrument = name(data, 'instrument_name');
    const time = millis(field(data, 'timestamp'), 'timestamp');
    const symbol = to.symbol(instrument);
    const best = {
      bid: optionalNumber(data, 'best_bid_price'),
      bidSize: optionalNumber(data, 'best_bid_amount'),
      ask: optionalNumber(data, 'best_ask_price'),
      askSize: optionalNumber(data, 'best_ask_amount'),
    };
    const terms = termsOf(instrument);
    if (terms) this.option(symbol, data, { ...terms, ...best, time }, to);
    else
      this.tickers.update(
        symbol,
        {
          last: optionalNumber(data, 'last_price'),
          openInterest: optionalNumber(data, 'open_interest'),
          funding: optionalNumber(data, 'current_funding'),
          index: optionalNumber(data, 'index_price'),
          mark: optionalNumber(data, 'mark_price'),
        },
        time,
        to,
      );
    to.quote({ symbol, ...best, time });
  }

  private option(
    symbol: number,
    data: Native,
    said: Readonly<
      Record<'right' | 'strike' | 'expiry' | 'bid' | 'bidSize' | 'ask' | 'askSize' | 'time', number>
    >,
    to: MarketRecords,
  ): void {
    const greeks = object(field(data, 'greeks'), 'greeks');
    const { options } = to;
    const percent = (key: string): number => optionalNumber(data, key) / 100;
    const values = {
      ...said,
      symbol,
      bid: orNone(said.bid),
      bidSize: orNone(said.bidSize),
      ask: orNone(said.ask),
      askSize: orNone(said.askSize),
      bidVolatility: orNone(percent('bid_iv')),
      askVolatility: orNone(percent('ask_iv')),
      markVolatility: percent('mark_iv'),
      mark: optionalNumber(data, 'mark_price'),
      last: optionalNumber(data, 'last_price'),
      openInterest: optionalNumber(data, 'open_interest'),
      delta: optionalNumber(greeks, 'delta'),
      gamma: optionalNumber(greeks, 'gamma'),
      vega: optionalNumber(greeks, 'vega'),
      theta: optionalNumber(greeks, 'theta'),
      rho: optionalNumber(greeks, 'rho'),
      underlying: optionalNumber(data, 'underlying_price'),
    };
    const underlyingName = name(data, 'underlying_index');
    const at = options.add();
    for (const key of Object.keys(values) as (keyof typeof values)[]) options[key][at] = values[key];
    options.underlyingName[at] = underlyingName;
  }
}
