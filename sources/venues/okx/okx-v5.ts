/**
 * OKX API v5, public WebSocket: books, trades, tickers, funding-rate, mark-price, open-interest, index-tickers,
 * opt-summary, liquidation-orders. www.okx.com/docs-v5.
 *
 * Sizes of derivatives are contracts. State: the books, what is known of each derivative.
 */
import { DerivativeTickers } from '../derivative-tickers';
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
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';
import { OkxBooks, textedLevels } from './okx-books';

const SIDES = { buy: 1, sell: -1 } as const;
const ACTIONS = { snapshot: true, update: false } as const;

export class OkxV5 extends SyncedAdapter {
  override readonly venue = 'okx';
  override readonly api = 'v5';
  override readonly booksAreFollowed = true;
  private readonly books = new OkxBooks(this.sync);
  private readonly tickers = new DerivativeTickers();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    // The answer to a ping.
    if (message === 'pong') return;
    const envelope = object(message, 'message');
    const event = field(envelope, 'event');
    if (event === 'error') throw venueSays(field(envelope, 'msg'));
    if (event !== undefined) return;
    const channel = name(object(field(envelope, 'arg'), 'arg'), 'channel');
    const data = list(field(envelope, 'data'), 'data').map((one) => object(one, 'data'));
    const symbolOf = (one: Native): string =>
      name(field(one, 'instId') === undefined ? object(field(envelope, 'arg'), 'arg') : one, 'instId');
    for (const one of data) {
      if (/^books(-l2-tbt|50-l2-tbt)?$/.test(channel))
        this.book(symbolOf(one), wordOf(envelope, 'action', ACTIONS), one, received, to);
      else if (channel === 'trades') this.trade(one, to);
      else if (channel === 'tickers') this.ticker(one, to);
      else if (channel === 'liquidation-orders') this.liquidations(one, to);
      else this.derivative(channel, symbolOf(one), one, to);
    }
  }

  private book(symbol: string, isSnapshot: boolean, data: Native, received: number, to: MarketRecords): void {
    const sequence = field(data, 'seqId') === undefined ? undefined : integer(data, 'seqId');
    const previous = isSnapshot || sequence === undefined ? undefined : integer(data, 'prevSeqId');
    const told = field(data, 'checksum') === undefined ? undefined : signed(data, 'checksum');
    // Since June 2026 every checksum is 0, and the chain alone is held; before there was a chain, 0 is one like any other.
    const checksum = told === 0 && sequence !== undefined ? undefined : told;
    if (!isSnapshot && checksum === undefined && previous === undefined)
      throw new NativeError('a change has neither a checksum nor a sequence');
    this.books.take(
      {
        symbol,
        isSnapshot,
        time: millis(field(data, 'ts'), 'ts'),
        bids: textedLevels(field(data, 'bids'), 'bids'),
        asks: textedLevels(field(data, 'asks'), 'asks'),
        checksum,
        sequence,
        previous,
      },
      received,
      to,
    );
  }

  private trade(data: Native, to: MarketRecords): void {
    const said = {
      id: name(data, 'tradeId'),
      price: priceOf(field(data, 'px'), 'px'),
      size: tradedOf(field(data, 'sz'), 'sz'),
      side: wordOf(data, 'side', SIDES),
      time: millis(field(data, 'ts'), 'ts'),
      symbol: to.symbol(name(data, 'instId')),
    };
    to.trade(said);
  }

  private ticker(data: Native, to: MarketRecords): void {
    const time = millis(field(data, 'ts'), 'ts');
    const said = {
      bid: optionalNumber(data, 'bidPx'),
      bidSize: optionalNumber(data, 'bidSz'),
      ask: optionalNumber(data, 'askPx'),
      askSize: optionalNumber(data, 'askSz'),
      time,
      symbol: to.symbol(name(data, 'instId')),
    };
    if (field(data, 'instType') === 'FUTURES' || field(data, 'instType') === 'SWAP')
      this.tickers.update(said.symbol, { last: optionalNumber(data, 'last') }, time, to);
    to.quote(said);
  }

  private derivative(channel: string, instrument: string, data: Native, to: MarketRecords): void {
    const time = field(data, 'ts') === undefined ? Number.NaN : millis(field(data, 'ts'), 'ts');
    const symbol = to.symbol(instrument);
    if (channel === 'mark-price')
      this.tickers.update(symbol, { mark: optionalNumber(data, 'markPx') }, time, to);
    else if (channel === 'open-interest')
      this.tickers.update(symbol, { openInterest: optionalNumber(data, 'oi') }, time, to);
    else if (channel === 'funding-rate')
      this.tickers.update(
        symbol,
        {
          funding: optionalNumber(data, 'fundingRate'),
          nextFunding: optionalNumber(data, 'nextFundingRate'),
          fundingTime: millis(field(data, 'fundingTime'), 'fundingTime'),
        },
        time,
        to,
      );
    else if (channel !== 'index-tickers') throw new NativeError(`there is no channel ${channel} here`);
  }

  private liquidations(data: Native, to: MarketRecords): void {
    const symbol = to.symbol(name(data, 'instId'));
    for (const one of list(field(data, 'details'), 'details').map((detail) => object(detail, 'details')))
      to.liquidation({
        symbol,
        price: priceOf(field(one, 'bkPx'), 'bkPx'),
        size: tradedOf(field(one, 'sz'), 'sz'),
        side: wordOf(one, 'side', SIDES),
        time: millis(field(one, 'ts'), 'ts'),
      });
  }
}

/** A checksum: a signed number of 32 bits. */
export function signed(of: Native, key: string): number {
  const value = field(of, key);
  if (typeof value === 'number' && (value | 0) === value) return value;
  throw new NativeError(`"${key}" is no signed number of 32 bits`);
}
