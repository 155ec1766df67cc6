/**
 * Gathers trades into bars of a second, a minute and a day in UTC: open, high, low, close, volume, and the average price
 * weighted by size. Emits each bar that a step changed, once; a bar of time that has passed is final until a late trade
 * changes it.
 *
 * A trade belongs to the bar of its venue's time. One that comes late is added to its bar while that is among the latest
 * eight of its instrument and length; later it is in no bar, and counted at the latest. A time more than a second ahead of
 * the clock is the clock's: one venue's wrong clock would make every other trade too late. A trade whose venue gives it an
 * id counts once; suspect trades, and those without a price or a positive size, are left out.
 *
 * State: the latest eight bars of each instrument and length; the latest ids of trades, so many of them.
 */
import type { Marker } from '../runtime/stream/marker';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import { PairIndex } from '../runtime/tables/pair-index';
import { type BarColumns, BarInterval, barCodec, type TradeColumns, TradeCondition } from '../schemas/market';
import type { KeptBarColumns, SeenTradeColumns } from '../schemas/tables';
import { addToBar, beginBar, writeBar } from './bars/kept-bar';
import { quoteTime } from './marks/quote-time';
import { SeenTrades } from './marks/seen-trades';
import { OutColumns } from './out-columns';

// Held here: asked of its module in the loop it would be a call for every trade.
const REGULAR = TradeCondition.Regular;
const SECOND = 1_000_000;
/** By the number of the interval. */
const LENGTHS = Float64Array.of(SECOND, 60 * SECOND, 86_400 * SECOND);
const INTERVALS = Object.keys(BarInterval).length;
const KEPT = 8;

export interface GatherBarsTables {
  readonly bars: Numbered<KeptBarColumns>;
  readonly seen: Numbered<SeenTradeColumns>;
}

export function gatherBars(
  trades: Stream<TradeColumns>,
  { bars: table, seen: seenTable }: GatherBarsTables,
  { tradesRemembered }: { readonly tradesRemembered: number },
): Stream<BarColumns> {
  return operator('gather-bars', { trades }, ({ marker }) => {
    const seen = new SeenTrades(seenTable, tradesRemembered);
    const gathering = new Gathering(table, marker());
    return {
      on: {
        trades(columns, { now }) {
          gathering.begin(columns.length * INTERVALS, now);
          for (let index = 0; index < columns.length; index += 1) {
            const id = columns.tradeId[index]!;
            if (id !== 0 && seen.cameBefore(columns.instrument[index]!, columns.venue[index]!, id)) continue;
            gathering.take(columns, index);
          }
        },
      },
      emit: ({ now }) => gathering.end(now),
      snapshot: { slots: () => table.length, slice: (from, to) => gathering.slice(from, to) },
    };
  });
}

class Gathering {
  private readonly out = new OutColumns(barCodec);
  /** The first of eight slots by instrument and interval. */
  private readonly places = new PairIndex();
  private now = Number.NaN;

  constructor(
    private readonly table: Numbered<KeptBarColumns>,
    /** Slots of bars that the step changed. */
    private readonly changed: Marker,
  ) {
    const { instrument, interval } = table.columns;
    for (let slot = 0; slot < table.length; slot += KEPT)
      if (table.has(slot)) this.places.set(instrument[slot]!, interval[slot]!, slot);
    this.out.clear(0);
  }

  /** Makes room for what a step may change: a bar that makes way for a later one is written before that. */
  begin(most: number, now: number): void {
    this.now = now;
    this.out.clear(most);
  }

  take(trades: TradeColumns, index: number): void {
    const price = trades.price[index]!;
    const size = trades.size[index]!;
    const isRegular = trades.condition[index] === REGULAR && Number.isFinite(price) && size > 0;
    if (!isRegular || size === Number.POSITIVE_INFINITY) return;
    const instrument = trades.instrument[index]!;
    const time = quoteTime(trades.time[index]!, this.now);
    for (let interval = 0; interval < INTERVALS; interval += 1) {
      const slot = this.slotFor(instrument, interval, time);
      const { columns } = this.table;
      if (slot.isKept) addToBar(columns, slot.at, price, size, time);
      else columns.tooLate[slot.at]! += 1;
      this.table.touch(slot.at);
      this.changed.add(slot.at);
    }
  }

  end(now: number): BarColumns {
    const keys = this.changed.keys();
    for (let index = 0; index < keys.length; index += 1) this.write(keys[index]!, now);
    this.changed.clear();
    const { columns } = this.out;
    // What a step without trades emits is empty; the columns are cleared when the next one begins.
    return columns;
  }

  slice(from: number, to: number): BarColumns {
    this.out.clear(to - from);
    const { columns } = this.table;
    for (let slot = from; slot < to; slot += 1)
      if (this.table.has(slot) && columns.begins[slot]! >= 0) writeBar(this.out.columns, columns, slot);
    return this.out.columns;
  }

  private readonly found = { at: 0, isKept: true };

  /** The slot of the bar of a time, begun if it is not there; where it is kept no more, that of the latest bar. */
  private slotFor(instrument: number, interval: number, time: number): { at: number; isKept: boolean } {
    const { found, table } = this;
    const length = LENGTHS[interval]!;
    const start = Math.floor(time / length) * length;
    const first = this.placeOf(instrument, interval);
    const latest = this.latestOf(first);
    const latestStart = table.columns.begins[latest]!;
    found.isKept = latestStart < 0 || start > latestStart - KEPT * length;
    found.at = found.isKept ? first + ((start / length) % KEPT) : latest;
    if (found.isKept && table.columns.begins[found.at] !== start) this.beginAt(found.at, start);
    return found;
  }

  private beginAt(slot: number, start: number): void {
    // The bar that was here, changed in this very step, would go untold.
    if (this.table.columns.begins[slot]! >= 0 && this.changed.has(slot)) this.write(slot, this.now);
    beginBar(this.table.columns, slot, start);
  }

  private latestOf(first: number): number {
    const { begins } = this.table.columns;
    let latest = first;
    for (let slot = first + 1; slot < first + KEPT; slot += 1)
      if (begins[slot]! > begins[latest]!) latest = slot;
    return latest;
  }

  private placeOf(instrument: number, interval: number): number {
    const known = this.places.get(instrument, interval);
    if (known >= 0) return known;
    const { table } = this;
    const first = table.length;
    for (let slot = first; slot < first + KEPT; slot += 1) {
      table.ensure(slot);
      table.columns.instrument[slot] = instrument;
      table.columns.interval[slot] = interval;
      table.touch(slot);
    }
    this.places.set(instrument, interval, first);
    return first;
  }

  private write(slot: number, now: number): void {
    this.table.columns.knownAt[slot] = now;
    writeBar(this.out.columns, this.table.columns, slot);
  }
}
