/** One bar in its slot: begun, added to, written. */
import type { Growing } from '../../schemas/frames/room';
import type { BarColumns } from '../../schemas/market';
import type { KeptBarColumns } from '../../schemas/tables';

const PARTS = 1e9;

export function beginBar(bars: KeptBarColumns, slot: number, start: number): void {
  bars.begins[slot] = start;
  bars.openTime[slot] = Number.POSITIVE_INFINITY;
  bars.closeTime[slot] = Number.NEGATIVE_INFINITY;
  bars.open[slot] = 0;
  bars.close[slot] = 0;
  bars.high[slot] = Number.NEGATIVE_INFINITY;
  bars.low[slot] = Number.POSITIVE_INFINITY;
  bars.turnover[slot] = 0;
  bars.turnoverRest[slot] = 0;
  bars.whole[slot] = 0;
  bars.parts[slot] = 0;
  bars.trades[slot] = 0;
  bars.tooLate[slot] = 0;
}

/** Sizes are summed exactly to nine decimals; turnover with what rounding takes from it, as Neumaier has it. */
export function addToBar(
  bars: KeptBarColumns,
  slot: number,
  price: number,
  size: number,
  time: number,
): void {
  if (time < bars.openTime[slot]!) {
    bars.openTime[slot] = time;
    bars.open[slot] = price;
  }
  if (time >= bars.closeTime[slot]!) {
    bars.closeTime[slot] = time;
    bars.close[slot] = price;
  }
  if (price > bars.high[slot]!) bars.high[slot] = price;
  if (price < bars.low[slot]!) bars.low[slot] = price;
  const whole = Math.floor(size);
  const parts = bars.parts[slot]! + Math.round((size - whole) * PARTS);
  const carry = Math.floor(parts / PARTS);
  bars.whole[slot]! += whole + carry;
  bars.parts[slot] = parts - carry * PARTS;
  const paid = price * size;
  const before = bars.turnover[slot]!;
  const sum = before + paid;
  bars.turnoverRest[slot]! += Math.abs(before) >= Math.abs(paid) ? before - sum + paid : paid - sum + before;
  bars.turnover[slot] = sum;
  bars.trades[slot]! += 1;
}

export function writeBar(out: Growing<BarColumns>, bars: KeptBarColumns, slot: number): void {
  const at = out.length;
  const volume = bars.whole[slot]! + bars.parts[slot]! / PARTS;
  out.instrument[at] = bars.instrument[slot]!;
  out.interval[at] = bars.interval[slot]!;
  out.begins[at] = bars.begins[slot]!;
  out.open[at] = bars.open[slot]!;
  out.high[at] = bars.high[slot]!;
  out.low[at] = bars.low[slot]!;
  out.close[at] = bars.close[slot]!;
  out.vwap[at] = (bars.turnover[slot]! + bars.turnoverRest[slot]!) / volume;
  out.volume[at] = volume;
  out.trades[at] = bars.trades[slot]!;
  out.tooLate[at] = bars.tooLate[slot]!;
  out.time[at] = bars.closeTime[slot]!;
  out.knownAt[at] = bars.knownAt[slot]!;
  out.length = at + 1;
}
