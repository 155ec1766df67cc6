/**
 * Sums the trades of each instrument: volume, number, last, high and low price. Emits what a step changed, once an
 * instrument.
 *
 * Volume is exact for sizes of up to nine decimals below four million (a double says no more of larger ones): whole units
 * and billionths are summed apart, as integers, so that no order of trades gives another sum. The last price is that of
 * the latest time. A trade whose venue gives it an id counts once, however often it is sent. Suspect trades, and those without a price or a positive size, are counted and otherwise left out.
 *
 * State: the sums, one record an instrument; the latest ids of trades, so many of them.
 */
import type { Marker } from '../runtime/stream/marker';
import { operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { Growing } from '../schemas/frames/room';
import { type TradeColumns, TradeCondition, type VolumeColumns, volumeCodec } from '../schemas/market';
import type { SeenTradeColumns, TradedVolumeColumns } from '../schemas/tables';
import { SeenTrades } from './marks/seen-trades';
import { OutColumns } from './out-columns';

// Held here: asked of its module in the loop it would be a call for every trade.
const REGULAR = TradeCondition.Regular;
const PARTS = 1e9;

export interface SumVolumesTables {
  readonly volumes: Numbered<TradedVolumeColumns>;
  readonly seen: Numbered<SeenTradeColumns>;
}

export function sumVolumes(
  trades: Stream<TradeColumns>,
  { volumes: table, seen: seenTable }: SumVolumesTables,
  { tradesRemembered }: { readonly tradesRemembered: number },
): Stream<VolumeColumns> {
  return operator('sum-volumes', { trades }, ({ marker }) => {
    const seen = new SeenTrades(seenTable, tradesRemembered);
    const changed = marker();
    const out = new OutColumns(volumeCodec);
    return {
      on: { trades: (columns) => addAll(columns, { table, seen, changed }) },
      emit({ now }) {
        const keys = changed.keys();
        out.clear(keys.length);
        for (let index = 0; index < keys.length; index += 1) {
          table.columns.knownAt[keys[index]!] = now;
          write(out.columns, keys[index]!, table.columns);
        }
        changed.clear();
        return out.columns;
      },
      snapshot: {
        slots: () => table.length,
        slice(from, to) {
          out.clear(to - from);
          for (let key = from; key < to; key += 1) if (table.has(key)) write(out.columns, key, table.columns);
          return out.columns;
        },
      },
    };
  });
}

// Stand-alone over typed arrays: the hot loop is easy to profile by name.
function addAll(
  trades: TradeColumns,
  {
    table,
    seen,
    changed,
  }: { readonly table: Numbered<TradedVolumeColumns>; readonly seen: SeenTrades; readonly changed: Marker },
): void {
  const { length, instrument, venue, price, size, condition, tradeId, time } = trades;
  for (let index = 0; index < length; index += 1) {
    const key = instrument[index]!;
    const id = tradeId[index]!;
    if (id !== 0 && seen.cameBefore(key, venue[index]!, id)) continue;
    table.ensure(key);
    table.touch(key);
    changed.add(key);
    const sums = table.columns;
    const paid = price[index]!;
    const amount = size[index]!;
    const isRegular = condition[index] === REGULAR && Number.isFinite(paid) && amount > 0;
    if (isRegular && amount < Infinity) add(sums, key, paid, amount, time[index]!);
    else sums.suspect[key]! += 1;
  }
}

function add(sums: TradedVolumeColumns, key: number, price: number, size: number, time: number): void {
  const whole = Math.floor(size);
  const parts = sums.parts[key]! + Math.round((size - whole) * PARTS);
  const carry = Math.floor(parts / PARTS);
  sums.whole[key]! += whole + carry;
  sums.parts[key] = parts - carry * PARTS;
  sums.trades[key]! += 1;
  // Comparisons with NaN are false: the first trade sets all three.
  if (!(price <= sums.high[key]!)) sums.high[key] = price;
  if (!(price >= sums.low[key]!)) sums.low[key] = price;
  if (time < sums.time[key]!) return;
  sums.time[key] = time;
  sums.lastPrice[key] = price;
}

function write(out: Growing<VolumeColumns>, key: number, sums: TradedVolumeColumns): void {
  const at = out.length;
  out.instrument[at] = key;
  out.volume[at] = sums.whole[key]! + sums.parts[key]! / PARTS;
  out.trades[at] = sums.trades[key]!;
  out.suspect[at] = sums.suspect[key]!;
  out.lastPrice[at] = sums.lastPrice[key]!;
  out.high[at] = sums.high[key]!;
  out.low[at] = sums.low[key]!;
  out.time[at] = sums.time[key]!;
  out.knownAt[at] = sums.knownAt[key]!;
  out.length = at + 1;
}
