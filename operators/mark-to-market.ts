/**
 * Values each position at the latest mark of its instrument and emits the P&L that a step changed, once a position.
 *
 * A mark concerns only those who hold its instrument: it costs the number of holders, not the size of the portfolio. An
 * open position whose instrument has no mark is unpriced (NaN): what it is worth is unknown, not zero. So is one whose
 * mark is of another contract that goes by the same name. A stale mark still values, and says so. A flat position is worth nothing whatever the price, and needs none.
 *
 * State: each position in doubles. The holders of an instrument are derived: chained by place in the table.
 */
import type { Marker } from '../runtime/stream/marker';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered, ReadonlyNumbered } from '../runtime/tables/numbered';
import { Pairs } from '../runtime/tables/pairs';
import type { ReadonlyRows } from '../runtime/tables/rows';
import { moneyToNumber, quantityToNumber } from '../schemas/borders';
import type { Growing } from '../schemas/frames/room';
import type { Position, PositionChanges } from '../schemas/ledger';
import { MarkQuality, MarkState, Reason } from '../schemas/market';
import { PnlStatus, type PositionPnlColumns, positionPnlCodec } from '../schemas/risk';
import type { BookSettings, LatestMarkColumns, ValuedPositionColumns } from '../schemas/tables';
import type { ChangedMarks } from './conflate';
import { OutColumns } from './out-columns';
import type { BookSettingsChanges } from './risk/book-settings';
import { holderOf } from './risk/holder';
import { type MarkConvention, MarkSides } from './risk/mark-sides';

// Held here: asked of their module in hot loops they would be calls.
const WHY = Reason;
const QUALITY = MarkQuality;
const STATE = MarkState;
const STATUS = PnlStatus;

export type { MarkConvention } from './risk/mark-sides';

interface Inputs {
  readonly marks: Stream<ChangedMarks>;
  readonly positions: Stream<PositionChanges>;
  /** Accounts whose book says otherwise than before how they are valued. */
  readonly books: Stream<BookSettingsChanges>;
}

export interface MarkToMarketTables {
  readonly marks: ReadonlyNumbered<LatestMarkColumns>;
  readonly positions: Numbered<ValuedPositionColumns>;
  readonly bookSettings: ReadonlyRows<BookSettings>;
}

export function markToMarket(
  { marks, positions, books }: Inputs,
  tables: MarkToMarketTables,
  { convention }: { readonly convention: MarkConvention },
): Stream<PositionPnlColumns> {
  return operator('mark-to-market', { books, marks, positions }, ({ marker }) => {
    const holdings = new Holdings(tables.positions);
    const changed = marker();
    const sides = new MarkSides(tables.bookSettings, convention);
    const out = new OutColumns(positionPnlCodec);
    return {
      on: {
        books(settings) {
          if (!sides.take(settings)) return;
          holdings.markAll((account) => sides.isMoved(account), changed);
          sides.settle();
        },
        marks({ length, instrument }) {
          for (let index = 0; index < length; index += 1) holdings.markHolders(instrument[index]!, changed);
        },
        positions({ set, removed }) {
          for (const position of set) changed.add(holdings.hold(position));
          for (const key of removed) {
            const slot = holdings.drop(key);
            if (slot >= 0) changed.add(slot);
          }
        },
      },
      emit({ now }) {
        const slots = changed.keys();
        out.clear(slots.length);
        for (let index = 0; index < slots.length; index += 1) {
          tables.positions.columns.knownAt[slots[index]!] = now;
          tables.positions.touch(slots[index]!);
          value(out.columns, slots[index]!, tables, sides);
        }
        changed.clear();
        return out.columns;
      },
      snapshot: {
        slots: () => tables.positions.length,
        slice(from, to) {
          out.clear(to - from);
          for (let slot = from; slot < to; slot += 1) value(out.columns, slot, tables, sides);
          return out.columns;
        },
      },
    };
  });
}

/** Positions in doubles, found by account and instrument, and by whom an instrument's marks concern. */
class Holdings {
  private readonly pairs: Pairs<ValuedPositionColumns>;

  constructor(private readonly table: Numbered<ValuedPositionColumns>) {
    this.pairs = new Pairs(table, { first: 'holder', second: 'instrument' });
  }

  hold(position: Position): number {
    const slot = this.pairs.open(holderOf(position), position.instrument);
    const { columns } = this.table;
    columns.account[slot] = position.account;
    columns.contract[slot] = position.contract;
    columns.markedFrom[slot] = position.markedFrom;
    columns.markedUntil[slot] = position.markedUntil;
    columns.quantity[slot] = quantityToNumber(position.quantity);
    columns.cost[slot] = moneyToNumber(position.cost);
    columns.realisedPnl[slot] = moneyToNumber(position.realisedPnl);
    columns.fees[slot] = moneyToNumber(position.fees);
    columns.multiplier[slot] = quantityToNumber(position.multiplier);
    columns.inverse[slot] = position.inverse ? 1 : 0;
    columns.time[slot] = position.time;
    this.table.touch(slot);
    return slot;
  }

  /** A position that is gone is flat, and nothing was made of it; answers -1 if it never was. */
  drop(key: Pick<Position, 'account' | 'instrument' | 'contract'>): number {
    const slot = this.pairs.find(holderOf(key), key.instrument);
    if (slot < 0) return slot;
    const { columns } = this.table;
    columns.quantity[slot] = 0;
    columns.cost[slot] = 0;
    columns.realisedPnl[slot] = 0;
    columns.fees[slot] = 0;
    this.table.touch(slot);
    return slot;
  }

  /** Open positions of some accounts: a look at each, for it is seldom that a book is valued otherwise. */
  markAll(concerns: (account: number) => boolean, changed: Marker): void {
    const { account, quantity } = this.table.columns;
    for (let slot = 0; slot < this.table.length; slot += 1)
      if (quantity[slot] !== 0 && concerns(account[slot]!)) changed.add(slot);
  }

  /** Flat positions stay in the chain, but no mark concerns them. */
  markHolders(instrument: number, changed: Marker): void {
    const { quantity } = this.table.columns;
    for (let slot = this.pairs.firstOf(instrument); slot >= 0; slot = this.pairs.nextOf(slot))
      if (quantity[slot] !== 0) changed.add(slot);
  }
}

function value(
  out: Growing<PositionPnlColumns>,
  slot: number,
  { marks, positions }: MarkToMarketTables,
  sides: MarkSides,
): void {
  const held = positions.columns;
  const instrument = held.instrument[slot]!;
  const quantity = held.quantity[slot]!;
  const isFlat = quantity === 0;
  const found = isFlat ? Number.NaN : priceOf(marks, instrument, quantity, sides.isMid(held.account[slot]!));
  // At a price of zero an inverse contract has no value.
  const isZero = found === 0 && held.inverse[slot] === 1;
  const price = isZero || !isMarked(held, slot, timeOf(marks, instrument)) ? Number.NaN : found;
  const marketValue = isFlat ? 0 : worth(held, slot, price);
  const at = out.length;
  out.account[at] = held.account[slot]!;
  out.instrument[at] = instrument;
  out.contract[at] = held.contract[slot]!;
  out.quantity[at] = quantity;
  out.price[at] = price;
  out.marketValue[at] = marketValue;
  out.unrealisedPnl[at] = marketValue - held.cost[slot]!;
  out.realisedPnl[at] = held.realisedPnl[slot]!;
  out.fees[at] = held.fees[slot]!;
  out.totalPnl[at] = held.realisedPnl[slot]! + marketValue - held.cost[slot]!;
  out.status[at] = isFlat ? STATUS.Priced : statusOf(marks, instrument, price);
  out.quality[at] = isFlat ? QUALITY.Good : qualityOf(marks, instrument, price);
  out.reason[at] = isFlat ? WHY.None : reasonOf(marks, instrument, { found, price, isZero });
  out.knownAt[at] = held.knownAt[slot]!;
  out.time[at] = isFlat ? held.time[slot]! : Math.max(held.time[slot]!, timeOf(marks, instrument));
  out.length = at + 1;
}

/** Whether a mark of that time is of the contract that is held. */
function isMarked({ markedFrom, markedUntil }: ValuedPositionColumns, slot: number, time: number): boolean {
  const until = markedUntil[slot]!;
  return time >= markedFrom[slot]! && (until === 0 || time < until);
}

function worth(
  { quantity, multiplier, inverse }: ValuedPositionColumns,
  slot: number,
  price: number,
): number {
  const contracts = quantity[slot]! * multiplier[slot]!;
  return inverse[slot] === 1 ? -contracts / price : contracts * price;
}

function priceOf(
  { columns }: MarkToMarketTables['marks'],
  instrument: number,
  quantity: number,
  isMid: boolean,
): number {
  const price = columns.price[instrument] ?? Number.NaN;
  if (isMid) return price;
  const side = (quantity > 0 ? columns.bid[instrument] : columns.ask[instrument]) ?? Number.NaN;
  // Where there is no such side its mark says so: what price there is stands for it.
  return Number.isNaN(side) ? price : side;
}

function statusOf({ columns }: MarkToMarketTables['marks'], instrument: number, price: number): PnlStatus {
  if (Number.isNaN(price)) return STATUS.Unpriced;
  return columns.state[instrument] === STATE.Stale ? STATUS.Stale : STATUS.Priced;
}

function qualityOf({ columns }: MarkToMarketTables['marks'], instrument: number, price: number): MarkQuality {
  if (Number.isNaN(price)) return QUALITY.Missing;
  return columns.quality[instrument]! as MarkQuality;
}

function reasonOf(
  { columns }: MarkToMarketTables['marks'],
  instrument: number,
  { found, price, isZero }: { readonly found: number; readonly price: number; readonly isZero: boolean },
): Reason {
  if (isZero) return WHY.ZeroPrice;
  if (Number.isNaN(price) && !Number.isNaN(found)) return WHY.OtherContract;
  return (columns.reason[instrument] ?? WHY.NoMark) as Reason;
}

const timeOf = ({ columns }: MarkToMarketTables['marks'], instrument: number): number =>
  columns.time[instrument] ?? -1;
