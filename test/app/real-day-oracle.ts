/**
 * A day of US equities recomputed from the raw files, from scratch: it reads them by itself and imports nothing of the
 * project. What it has to agree with stands in the docs: the fill rule of `sources/derive-fills.ts`, signed average cost
 * with money rounded half to even at 10⁻¹⁸, marks as the middle of the last good bid and ask.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

export interface ExpectedPosition {
  quantity: bigint;
  cost: bigint;
  realised: bigint;
  fees: bigint;
  bought: bigint;
  sold: bigint;
  fills: number;
}

export interface ExpectedMark {
  bid: number;
  ask: number;
  /** Of the last good quote, ms of the exchange's day. */
  millis: number;
}

export interface ExpectedVolume {
  volume: number;
  trades: number;
  suspect: number;
  lastPrice: number;
  high: number;
  low: number;
}

export interface Rule {
  readonly accounts: readonly string[];
  readonly minSize: number;
  readonly feePerUnit: string;
}

const ONE = 10n ** 9n;
const scaled = (text: string): bigint => {
  const [whole = '0', fraction = ''] = text.split('.');
  return BigInt(whole) * ONE + BigInt(fraction.padEnd(9, '0').slice(0, 9));
};

/** Lines of a file without its header. */
export function rawLines(file: string, header: boolean): string[][] {
  const text = file.endsWith('.xz')
    ? spawnSync('xz', ['-dc', file], { maxBuffer: 2 ** 30 }).stdout.toString()
    : gunzipSync(readFileSync(file)).toString();
  return text
    .trimEnd()
    .split('\n')
    .slice(header ? 1 : 0)
    .map((line) => line.split(','));
}

/** The last moment at which both sides were known, above zero and not crossed. */
export function expectedMark(lines: readonly string[][]): ExpectedMark {
  let [bid, ask] = [Number.NaN, Number.NaN];
  const mark = { bid: Number.NaN, ask: Number.NaN, millis: -1 };
  for (const [millis, bidText, bidSize, askText, askSize, , , suspicious] of lines) {
    if (suspicious === '1') continue;
    if (bidText !== '') bid = Number(bidSize) > 0 ? Number(bidText) : Number.NaN;
    if (askText !== '') ask = Number(askSize) > 0 ? Number(askText) : Number.NaN;
    if (bid > 0 && bid <= ask) Object.assign(mark, { bid, ask, millis: Number(millis) });
  }
  return mark;
}

export interface RawTrade {
  readonly price: string;
  readonly size: string;
  readonly regular: boolean;
  /** Where the file tells who traded actively. */
  readonly bought?: boolean;
}

export function expectedVolume(trades: readonly RawTrade[]): ExpectedVolume {
  const regular = trades.filter((trade) => trade.regular);
  const prices = regular.map(({ price }) => Number(price));
  return {
    volume: regular.reduce((sum, { size }) => sum + Number(size), 0),
    trades: regular.length,
    suspect: trades.length - regular.length,
    lastPrice: prices.at(-1)!,
    high: prices.reduce((a, b) => Math.max(a, b)),
    low: prices.reduce((a, b) => Math.min(a, b)),
  };
}

/** Positions by account in one instrument, its multiplier being 1. */
export function expectedPositions(trades: readonly RawTrade[], rule: Rule): Map<string, ExpectedPosition> {
  const positions = new Map<string, ExpectedPosition>();
  const fee = scaled(rule.feePerUnit);
  let last: bigint | undefined;
  let rising = true;
  let taken = 0;
  for (const trade of trades) {
    if (!trade.regular) continue;
    const price = scaled(trade.price);
    if (last !== undefined && price !== last) rising = price > last;
    last = price;
    if (Number(trade.size) < rule.minSize) continue;
    const account = rule.accounts[taken % rule.accounts.length]!;
    taken += 1;
    const size = scaled(trade.size);
    const position = positions.get(account) ?? nothing();
    positions.set(account, position);
    position.fees += fee * size;
    position.realised -= fee * size;
    position.fills += 1;
    const bought = trade.bought ?? rising;
    if (bought) position.bought += size;
    else position.sold += size;
    book(position, bought ? size : -size, price);
  }
  return positions;
}

const nothing = (): ExpectedPosition => ({
  quantity: 0n,
  cost: 0n,
  realised: 0n,
  fees: 0n,
  bought: 0n,
  sold: 0n,
  fills: 0,
});

function book(position: ExpectedPosition, change: bigint, price: bigint): void {
  const held = position.quantity;
  if (held === 0n || held > 0n === change > 0n) {
    position.quantity += change;
    position.cost += change * price;
    return;
  }
  const size = change < 0n ? -change : change;
  const open = held < 0n ? -held : held;
  const closed = size < open ? size : open;
  const released = closed === open ? position.cost : halfEven(position.cost * closed, open);
  position.realised += (held > 0n ? closed : -closed) * price - released;
  position.cost -= released;
  position.quantity += held > 0n ? -closed : closed;
  const rest = change + (held > 0n ? closed : -closed);
  if (rest !== 0n) book(position, rest, price);
}

function halfEven(dividend: bigint, divisor: bigint): bigint {
  const sign = dividend < 0n ? -1n : 1n;
  const size = dividend * sign;
  const quotient = size / divisor;
  const twice = (size % divisor) * 2n;
  const up = twice > divisor || (twice === divisor && quotient % 2n === 1n);
  return sign * (quotient + (up ? 1n : 0n));
}
