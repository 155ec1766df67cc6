/** A market of a size, for benches: instruments that accounts hold, and ticks of them. Deterministic. */
import { type Fill, FillKind, fillCodec, fills } from '../schemas/ledger';
import { type QuoteColumns, quoteCodec, quotes } from '../schemas/market';
import { type Instrument, InstrumentKind, instrumentCodec, instruments } from '../schemas/reference';
import { fillUntold, instrumentUntold } from '../schemas/untold';
import type { BenchWorld } from './world';

export interface MarketSize {
  readonly instruments: number;
  /** Each holds every instrument below `held`. */
  readonly accounts: number;
  readonly held: number;
}

const VENUES = 4;
const ONE = 1_000_000_000n;
/** When the market opens: now, or every tick would be stale and every fill too old. */
export const OPEN = Date.now() * 1_000;

export const namesOf = ({ instruments: count, accounts }: MarketSize): Readonly<Record<string, number>> => ({
  instrument: count,
  account: accounts,
  venue: VENUES,
});

export const instrumentOf = (instrument: number): Instrument => ({
  instrument,
  name: `instrument-${instrument}`,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  kind: InstrumentKind.Equity,
  ...instrumentUntold,
});

export async function sendInstruments(world: BenchWorld, { instruments: count }: MarketSize): Promise<void> {
  for (let instrument = 0; instrument < count; instrument += 1) {
    await world.send(instruments, String(instrument), ({ to }) =>
      instrumentCodec.encode(instrumentOf(instrument), to),
    );
  }
  await world.flush();
}

/** A first position for each account in each instrument that is held. */
export async function sendHoldings(world: BenchWorld, size: MarketSize): Promise<void> {
  for (let account = 0; account < size.accounts; account += 1) {
    for (let instrument = 0; instrument < size.held; instrument += 1) {
      await sendFill(world, { id: account * size.held + instrument, account, instrument });
    }
  }
  await world.flush();
}

export interface FillPlace {
  readonly id: number;
  readonly account: number;
  readonly instrument: number;
}

export const fillOf = ({ id, account, instrument }: FillPlace): Fill => ({
  executionId: `E${id}`,
  kind: FillKind.New,
  refersTo: undefined,
  account,
  instrument,
  quantity: BigInt(1 + (id % 100)) * (id % 3 === 2 ? -ONE : ONE),
  price: BigInt(10_000 + (id % 500)) * 10_000_000n,
  fee: 10n ** 16n,
  feeCurrency: 'USD',
  venue: id % VENUES,
  ...fillUntold,
  time: OPEN + id,
});

export const sendFill = (world: BenchWorld, place: FillPlace): Promise<void> =>
  world.send(fills, `${place.account}/${place.instrument}`, ({ to }) => fillCodec.encode(fillOf(place), to));

export interface TickStream {
  /** Instruments that tick, in turns. */
  readonly ticking: number;
  /** Venues that quote each of them, in turns. With one venue every tick moves the mark. */
  readonly venues: number;
}

/**
 * Fills a frame with the ticks from number `first` on. Prices move a cent at a time within a spread of four, so that
 * venues never cross while they follow each other.
 */
export function fillFrame(frame: QuoteColumns, first: number, { ticking, venues }: TickStream): void {
  const { instrument, venue, bid, ask, bidSize, askSize, condition, time } = frame;
  for (let index = 0; index < frame.length; index += 1) {
    const tick = first + index;
    const key = tick % ticking;
    const round = Math.floor(tick / ticking);
    const level = Math.floor(round / venues) % 400;
    const cents = level < 200 ? level : 400 - level;
    const price = 100 + (key % 50) + cents / 100;
    instrument[index] = key;
    venue[index] = round % venues;
    bid[index] = price - 0.02;
    ask[index] = price + 0.02;
    bidSize[index] = 100;
    askSize[index] = 200;
    condition[index] = 0;
    time[index] = OPEN + tick;
  }
}

export function frameOf(length: number): QuoteColumns {
  const frame = quoteCodec.allocate(length);
  (frame as { length: number }).length = length;
  return frame;
}

export interface Ticks extends TickStream {
  readonly ticks: number;
  readonly perFrame: number;
  /** Number of the first tick. */
  readonly first: number;
}

export async function sendTicks(
  world: BenchWorld,
  { ticks, perFrame, first, ...stream }: Ticks,
): Promise<void> {
  const frame = frameOf(perFrame);
  for (let sent = 0; sent < ticks; sent += perFrame) {
    fillFrame(frame, first + sent, stream);
    await world.send(quotes, undefined, ({ to }) => quoteCodec.encode(frame, 0, perFrame, to));
  }
  await world.flush();
}
