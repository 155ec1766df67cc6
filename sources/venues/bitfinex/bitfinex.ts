/**
 * Bitfinex WebSocket API v2, spot and derivatives: book (P0), trades, ticker, status. docs.bitfinex.com.
 *
 * Messages are lists behind a channel number that an answer to a subscription names, or that they name themselves at
 * their end. Where the connection was configured with sequences (flag 65536) every message carries the next one: one
 * that is missing puts all books in a gap. State: the channels, the books that are live, one number.
 */

import { DerivativeTickers } from '../derivative-tickers';
import type { NativeLevel } from '../levels-of';
import type { MarketRecords } from '../market-records';
import {
  field,
  integerOf,
  list,
  millis,
  type Native,
  NativeError,
  name,
  nameOf,
  numberOf,
  object,
  priceOf,
  tradedOf,
  venueSays,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const SEQUENCES = 65_536;

interface Channel {
  readonly kind: string;
  readonly symbol: string;
}

const numberAt = (of: readonly unknown[], at: number): number =>
  of[at] === null || of[at] === undefined ? Number.NaN : numberOf(of[at], at);

export class Bitfinex extends SyncedAdapter {
  override readonly venue = 'bitfinex';
  override readonly api = 'v2';
  private readonly tickers = new DerivativeTickers();
  private readonly channels = new Map<number, Channel>();
  private readonly live = new Set<number>();
  private hasSequences = false;
  private sequence = 0;

  /** Where the connection was configured with sequences. */
  override get booksAreFollowed(): boolean {
    return this.hasSequences;
  }

  override receive(message: unknown, received: number, to: MarketRecords): void {
    if (!Array.isArray(message)) return this.event(object(message, 'message'));
    const number = integerOf(message[0], 'channel');
    // `[channel, "te", payload, sequence, time]` or `[channel, payload, sequence, time, name, symbol]`
    const word = typeof message[1] === 'string' ? message[1] : undefined;
    const rest = message.slice(word === undefined || word === 'hb' || word === 'cs' ? 2 : 3);
    this.follow(number, word === 'cs' ? rest.slice(1) : rest, received, to);
    if (word === 'hb' || word === 'cs') return;
    const payload = list(message[word === undefined ? 1 : 2], 'payload');
    const channel = this.channels.get(number) ?? named(rest);
    if (!channel) return;
    const time = rest[1] === undefined ? Number.NaN : millis(rest[1], 'time');
    if (channel.kind === 'trades') this.trade(word, payload, channel.symbol, to);
    else if (channel.kind === 'book') this.book(payload, channel.symbol, time, received, to);
    else if (channel.kind === 'ticker') this.quote(payload, channel.symbol, time, to);
    else if (channel.kind === 'status') this.status(payload, channel.symbol, time, to);
  }

  private event(data: Native): void {
    const event = name(data, 'event');
    if (event === 'error') throw venueSays(field(data, 'msg'));
    if (event === 'info') {
      // A new connection, whose sequences begin anew.
      this.sequence = 0;
      this.channels.clear();
    }
    if (event === 'conf') this.hasSequences = (integerOf(field(data, 'flags'), 'flags') & SEQUENCES) !== 0;
    if (event !== 'subscribed') return;
    const symbol = field(data, 'symbol') ?? field(data, 'key');
    this.channels.set(integerOf(field(data, 'chanId'), 'chanId'), {
      kind: name(data, 'channel'),
      symbol: symbolOf(nameOf(symbol, 'symbol')),
    });
  }

  private follow(channel: number, rest: readonly unknown[], received: number, to: MarketRecords): void {
    if (!this.hasSequences) return;
    const sequence = integerOf(rest[0], 'sequence');
    if (sequence !== this.sequence + 1) {
      const reason = `message ${sequence} of channel ${channel} came after ${this.sequence}`;
      for (const symbol of this.live) this.sync.gap(symbol, reason, received, to);
      this.live.clear();
    }
    this.sequence = sequence;
  }

  private trade(
    word: string | undefined,
    trade: readonly unknown[],
    symbol: string,
    to: MarketRecords,
  ): void {
    // `tu` tells the same trade again; without a word it is what was before the subscription.
    if (word !== 'te') return;
    const size = numberOf(trade[2], 'amount');
    to.trade({
      id: nameOf(trade[0], 'id'),
      time: millis(trade[1], 'time'),
      size: tradedOf(Math.abs(size), 'amount'),
      side: size > 0 ? 1 : -1,
      price: priceOf(trade[3], 'price'),
      symbol: to.symbol(symbol),
    });
  }

  private book(
    payload: readonly unknown[],
    symbolName: string,
    time: number,
    received: number,
    to: MarketRecords,
  ): void {
    const isSnapshot = payload.length === 0 || Array.isArray(payload[0]);
    const levels: Record<'bids' | 'asks', NativeLevel[]> = { bids: [], asks: [] };
    for (const row of isSnapshot ? payload : [payload]) {
      const [price, count, amount] = list(row, 'level');
      const signed = numberOf(amount, 'amount');
      if (signed === 0) throw new NativeError('a level has no size');
      const size = integerOf(count, 'count') === 0 ? 0 : Math.abs(signed);
      levels[signed > 0 ? 'bids' : 'asks'].push({ price: priceOf(price, 'price'), size });
    }
    const symbol = to.symbol(symbolName);
    if (isSnapshot) {
      this.sync.snapshot(symbol, Number.NaN, received, to);
      this.live.add(symbol);
    } else if (!this.sync.isLive(symbol) && this.hasSequences) return;
    to.book({
      symbol,
      isSnapshot,
      time,
      sequence: this.hasSequences ? this.sequence : Number.NaN,
      ...levels,
    });
  }

  private quote(payload: readonly unknown[], symbol: string, time: number, to: MarketRecords): void {
    // Tickers of funding have other fields.
    if (payload.length > 11) return;
    to.quote({
      bid: numberAt(payload, 0),
      bidSize: numberAt(payload, 1),
      ask: numberAt(payload, 2),
      askSize: numberAt(payload, 3),
      time,
      symbol: to.symbol(symbol),
    });
  }

  private status(payload: readonly unknown[], symbol: string, time: number, to: MarketRecords): void {
    const fundingTime = numberAt(payload, 7);
    this.tickers.update(
      to.symbol(symbol),
      {
        last: numberAt(payload, 2),
        index: numberAt(payload, 3),
        fundingTime: Number.isNaN(fundingTime) ? Number.NaN : millis(fundingTime, 'funding time'),
        nextFunding: numberAt(payload, 8),
        funding: numberAt(payload, 11),
        mark: numberAt(payload, 14),
        openInterest: numberAt(payload, 17),
      },
      time,
      to,
    );
  }
}

/** `tBTCUSD` and `deriv:tBTCF0:USTF0` are told by the pair alone. */
const symbolOf = (text: string): string => text.replace(/^(deriv:)?t/, '');

function named(rest: readonly unknown[]): Channel | undefined {
  const [, , kind, symbol] = rest;
  return typeof kind === 'string' && typeof symbol === 'string'
    ? { kind: nameOf(kind, 'channel'), symbol: nameOf(symbol, 'symbol') }
    : undefined;
}
