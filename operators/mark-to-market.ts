/**
 * Values each position at the latest mark of its instrument and emits the P&L that a step changed, once a position.
 *
 * A mark concerns only those who hold its instrument: it costs the number of holders, not the size of the portfolio. An
 * open position whose instrument has no mark is unpriced (NaN): what it is worth is unknown, not zero. A stale mark still
 * values, and says so. A flat position is worth nothing whatever the price, and needs none.
 *
 * State: each position in doubles. The holders of an instrument are derived: chained by place in the table.
 */
import type { Marker } from '../runtime/marker';
import type { Numbered, ReadonlyNumbered } from '../runtime/numbered';
import { operator, type Stream } from '../runtime/operator';
import { Pairs } from '../runtime/pairs';
import { moneyToNumber, quantityToNumber } from '../schemas/borders';
import type { Growing } from '../schemas/frames/room';
import type { Position, PositionChanges } from '../schemas/ledger';
import { MarkState } from '../schemas/market';
import { PnlStatus, type PositionPnlColumns, positionPnlCodec } from '../schemas/risk';
import type { LatestMarkColumns, ValuedPositionColumns } from '../schemas/tables';
import type { ChangedMarks } from './conflate';
import { OutColumns } from './out-columns';

/** Which price of a mark values a position: the middle, or the side at which it could be closed. */
export type MarkConvention = 'mid' | 'closing-side';

interface Inputs {
  readonly marks: Stream<ChangedMarks>;
  readonly positions: Stream<PositionChanges>;
}

export interface MarkToMarketTables {
  readonly marks: ReadonlyNumbered<LatestMarkColumns>;
  readonly positions: Numbered<ValuedPositionColumns>;
}

export function markToMarket(
  { marks, positions }: Inputs,
  tables: MarkToMarketTables,
  { convention }: { readonly convention: MarkConvention },
): Stream<PositionPnlColumns> {
  return operator('mark-to-market', { marks, positions }, ({ marker }) => {
    const holdings = new Holdings(tables.positions);
    const changed = marker();
    const out = new OutColumns(positionPnlCodec);
    return {
      on: {
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
      emit() {
        const slots = changed.keys();
        out.clear(slots.length);
        for (let index = 0; index < slots.length; index += 1)
          value(out.columns, slots[index]!, tables, convention);
        changed.clear();
        return out.columns;
      },
      snapshot() {
        out.clear(tables.positions.size);
        for (let slot = 0; slot < tables.positions.length; slot += 1)
          value(out.columns, slot, tables, convention);
        return out.columns;
      },
    };
  });
}

/** Positions in doubles, found by account and instrument, and by whom an instrument's marks concern. */
class Holdings {
  private readonly pairs: Pairs<ValuedPositionColumns>;

  constructor(private readonly table: Numbered<ValuedPositionColumns>) {
    this.pairs = new Pairs(table, { first: 'account', second: 'instrument' });
  }

  hold(position: Position): number {
    const slot = this.pairs.open(position.account, position.instrument);
    const { columns } = this.table;
    columns.quantity[slot] = quantityToNumber(position.quantity);
    columns.cost[slot] = moneyToNumber(position.cost);
    columns.realisedPnl[slot] = moneyToNumber(position.realisedPnl);
    columns.multiplier[slot] = quantityToNumber(position.multiplier);
    columns.inverse[slot] = position.inverse ? 1 : 0;
    columns.time[slot] = position.time;
    this.table.touch(slot);
    return slot;
  }

  /** A position that is gone is flat, and nothing was made of it; answers -1 if it never was. */
  drop({ account, instrument }: Pick<Position, 'account' | 'instrument'>): number {
    const slot = this.pairs.find(account, instrument);
    if (slot < 0) return slot;
    const { columns } = this.table;
    columns.quantity[slot] = 0;
    columns.cost[slot] = 0;
    columns.realisedPnl[slot] = 0;
    this.table.touch(slot);
    return slot;
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
  convention: MarkConvention,
): void {
  const held = positions.columns;
  const instrument = held.instrument[slot]!;
  const quantity = held.quantity[slot]!;
  const isFlat = quantity === 0;
  const found = isFlat ? Number.NaN : priceOf(marks, instrument, quantity, convention);
  // At a price of zero an inverse contract has no value.
  const price = found === 0 && held.inverse[slot] === 1 ? Number.NaN : found;
  const marketValue = isFlat ? 0 : worth(held, slot, price);
  const at = out.length;
  out.account[at] = held.account[slot]!;
  out.instrument[at] = instrument;
  out.quantity[at] = quantity;
  out.price[at] = price;
  out.marketValue[at] = marketValue;
  out.unrealisedPnl[at] = marketValue - held.cost[slot]!;
  out.realisedPnl[at] = held.realisedPnl[slot]!;
  out.status[at] = isFlat ? PnlStatus.Priced : statusOf(marks, instrument, price);
  out.time[at] = isFlat ? held.time[slot]! : Math.max(held.time[slot]!, timeOf(marks, instrument));
  out.length = at + 1;
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
  convention: MarkConvention,
): number {
  if (convention === 'mid') return columns.price[instrument] ?? Number.NaN;
  return (quantity > 0 ? columns.bid[instrument] : columns.ask[instrument]) ?? Number.NaN;
}

function statusOf({ columns }: MarkToMarketTables['marks'], instrument: number, price: number): PnlStatus {
  if (Number.isNaN(price)) return PnlStatus.Unpriced;
  return columns.state[instrument] === MarkState.Stale ? PnlStatus.Stale : PnlStatus.Priced;
}

const timeOf = ({ columns }: MarkToMarketTables['marks'], instrument: number): number =>
  columns.time[instrument] ?? -1;
