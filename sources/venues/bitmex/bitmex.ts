/**
 * BitMEX realtime API: orderBookL2, trade, quote, instrument, liquidation. www.bitmex.com/app/wsAPI.
 *
 * Levels have ids that a change names without a price. A change of an id that nobody told, or an id told twice, means
 * that a message is missing. State: the prices of each book's ids, what is known of each contract.
 */

import { DerivativeTickers } from '../derivative-tickers';
import type { NativeLevel } from '../levels-of';
import type { MarketRecords, Side } from '../market-records';
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
  tradedOf,
  venueSays,
  wordOf,
} from '../native';
import { SyncedAdapter } from '../synced-adapter';

const SIDES = { Buy: 1, Sell: -1 } as const;
const ACTIONS = { partial: 'partial', insert: 'insert', update: 'update', delete: 'delete' } as const;
type Action = keyof typeof ACTIONS;

interface Change {
  readonly id: number;
  readonly side: Side;
  /** NaN where the change does not tell it. */
  readonly price: number;
  readonly size: number;
}

export class Bitmex extends SyncedAdapter {
  override readonly venue = 'bitmex';
  override readonly api = 'realtime-2021';
  override readonly booksAreFollowed = false;
  private readonly prices = new Map<number, Map<number, number>>();
  private readonly tickers = new DerivativeTickers();

  override receive(message: unknown, received: number, to: MarketRecords): void {
    const envelope = object(message, 'message');
    if (field(envelope, 'error') !== undefined) throw venueSays(field(envelope, 'error'));
    if (field(envelope, 'table') === undefined) return;
    const table = name(envelope, 'table');
    const action = wordOf(envelope, 'action', ACTIONS);
    const rows = list(field(envelope, 'data'), 'data').map((row) => object(row, 'data'));
    // What was before the subscription is no news, but for books and what is known of a contract.
    if (table === 'orderBookL2') this.books(action, rows, received, to);
    else if (table === 'instrument') for (const row of rows) this.instrument(row, to);
    else if (action !== 'insert') return;
    else if (table === 'trade') for (const row of rows) this.trade(row, to);
    else if (table === 'quote') for (const row of rows) this.quote(row, to);
    else if (table === 'liquidation') for (const row of rows) this.liquidation(row, received, to);
    else throw new NativeError(`there is no table "${table.slice(0, 40)}" here`);
  }

  private books(action: Action, rows: readonly Native[], received: number, to: MarketRecords): void {
    const bySymbol = new Map<string, Change[]>();
    for (const row of rows) {
      const change = {
        id: integer(row, 'id'),
        side: wordOf(row, 'side', SIDES),
        price: field(row, 'price') === undefined ? Number.NaN : priceOf(field(row, 'price'), 'price'),
        // A change of an id may leave its size as it is.
        size: action === 'delete' ? 0 : tradedOf(field(row, 'size'), 'size'),
      };
      const symbol = name(row, 'symbol');
      bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), change]);
    }
    for (const [symbol, changes] of bySymbol) this.book(action, to.symbol(symbol), changes, received, to);
  }

  private book(
    action: Action,
    symbol: number,
    changes: readonly Change[],
    received: number,
    to: MarketRecords,
  ): void {
    if (action === 'partial') this.prices.set(symbol, new Map());
    else if (!this.sync.isLive(symbol)) return;
    const prices = this.prices.get(symbol)!;
    const isNew = action === 'partial' || action === 'insert';
    const levels: Record<'bids' | 'asks', NativeLevel[]> = { bids: [], asks: [] };
    for (const { id, side, price, size } of changes) {
      if (prices.has(id) === isNew) {
        if (action === 'partial') throw new NativeError(`a snapshot tells level ${id} twice`);
        return this.sync.gap(symbol, `level ${id} is ${isNew ? 'told twice' : 'not known'}`, received, to);
      }
      const known = Number.isNaN(price) ? prices.get(id) : price;
      if (known === undefined) throw new NativeError(`level ${id} has no price`);
      if (action === 'delete') prices.delete(id);
      else prices.set(id, known);
      levels[side === 1 ? 'bids' : 'asks'].push({ price: known, size });
    }
    if (action === 'partial') this.sync.snapshot(symbol, Number.NaN, received, to);
    to.book({ symbol, isSnapshot: action === 'partial', time: Number.NaN, sequence: Number.NaN, ...levels });
  }

  private trade(row: Native, to: MarketRecords): void {
    // Rows without a price settle or report; nothing traded.
    const said = {
      id: name(row, 'trdMatchID'),
      price: priceOf(field(row, 'price'), 'price'),
      size: tradedOf(field(row, 'size'), 'size'),
      side: wordOf(row, 'side', SIDES),
      time: iso(field(row, 'timestamp'), 'timestamp'),
      symbol: to.symbol(name(row, 'symbol')),
    };
    to.trade(said);
  }

  private quote(row: Native, to: MarketRecords): void {
    const said = {
      bid: optionalNumber(row, 'bidPrice'),
      bidSize: optionalNumber(row, 'bidSize'),
      ask: optionalNumber(row, 'askPrice'),
      askSize: optionalNumber(row, 'askSize'),
      time: iso(field(row, 'timestamp'), 'timestamp'),
      symbol: to.symbol(name(row, 'symbol')),
    };
    to.quote(said);
  }

  private instrument(row: Native, to: MarketRecords): void {
    const instant = (key: string): number =>
      typeof field(row, key) === 'string' ? iso(field(row, key), key) : Number.NaN;
    const said = {
      last: optionalNumber(row, 'lastPrice'),
      openInterest: optionalNumber(row, 'openInterest'),
      funding: optionalNumber(row, 'fundingRate'),
      fundingTime: instant('fundingTimestamp'),
      nextFunding: optionalNumber(row, 'indicativeFundingRate'),
      index: optionalNumber(row, 'indicativeSettlePrice'),
      mark: optionalNumber(row, 'markPrice'),
    };
    this.tickers.update(to.symbol(name(row, 'symbol')), said, instant('timestamp'), to);
  }

  private liquidation(row: Native, received: number, to: MarketRecords): void {
    to.liquidation({
      id: name(row, 'orderID'),
      price: priceOf(field(row, 'price'), 'price'),
      size: tradedOf(field(row, 'leavesQty'), 'leavesQty'),
      side: wordOf(row, 'side', SIDES),
      time: received,
      symbol: to.symbol(name(row, 'symbol')),
    });
  }
}
