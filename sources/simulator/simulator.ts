/**
 * A market out of a seed: quotes of several venues, trades, and fills of ours with the occasional bust, correction and
 * repeat. The same seed makes the same events however they are asked for, a thousand at a time or one by one, with a
 * restart in between or without; only their times are the caller's.
 *
 *   every event    one venue moves one side of its quote, around a middle that walks by a tick
 *   every 8th      … and a trade takes place at its bid or ask
 *   every 4th trade is ours; one fill message in 29 is told twice, in 97 busts, in 61 corrects a recent execution
 *   every 1,000th  … and a desk buys or sells a clip, see `scripted-desk.ts`
 *
 * State: see `state.ts`; bounded by instruments × venues and the sixteen executions that may be restated.
 */
import { QuoteCondition, TradeCondition } from '../../schemas/market';
import type { FeedRecord, FeedRow } from '../feed';
import { Executions } from './executions';
import { type SimulatedInstrument, simulatedAccounts, simulatedInstruments } from './market';
import { Chance, Stream } from './philox';
import { clipOf, scriptedDesk } from './scripted-desk';
import { newState, packState, type SimulatorState, unpackState } from './state';

const EVENTS_A_TRADE = 8;
const TRADES_A_FILL = 4;
/** The size of a side that is taken away. */
const WITHDRAWN = 0;
const NOTHING_SAID = { price: Number.NaN, size: Number.NaN };

export interface SimulatorOptions {
  readonly seed: number;
  readonly instruments?: readonly SimulatedInstrument[];
  readonly accounts?: readonly string[];
  /** What `state` gave. */
  readonly state?: Uint8Array | undefined;
}

export class Simulator {
  readonly instruments: readonly SimulatedInstrument[];
  private readonly executions: Executions;
  private readonly chance: Chance;
  private readonly at: SimulatorState;

  constructor({
    seed,
    instruments = simulatedInstruments,
    accounts = simulatedAccounts,
    state,
  }: SimulatorOptions) {
    this.instruments = instruments;
    this.chance = new Chance(seed);
    this.at = state ? unpackState(state, instruments) : newState(instruments);
    this.executions = new Executions({ instruments, accounts, chance: this.chance, state: this.at });
  }

  /** Events made so far. */
  get events(): number {
    return this.at.events;
  }

  state(): Uint8Array {
    return packState(this.at);
  }

  /** The next events, all at one time (micros). An event makes one to three records. */
  next(events: number, time: number): FeedRecord[] {
    const records: FeedRecord[] = [];
    for (let made = 0; made < events; made += 1) this.event(time, records);
    return records;
  }

  private event(time: number, records: FeedRecord[]): void {
    const counter = this.at.events;
    this.at.events += 1;
    const sequence = counter + 1;
    const index = this.chance.whole(Stream.Instrument, counter, this.instruments.length);
    const instrument = this.instruments[index]!;
    const venue = this.chance.whole(Stream.Venue, counter, instrument.venues.length);
    records.push({
      topic: 'market.quotes',
      time,
      sequence,
      row: this.moveQuote(index, venue, counter, time),
    });
    this.clip(sequence, time, records);
    if (sequence % EVENTS_A_TRADE !== 0) return;
    const bought = this.chance.uniform(Stream.Aggressor, counter) < 0.5;
    const ticks = this.at.sides[index]![venue]![bought ? 1 : 0];
    if (ticks === null) return;
    const trade = this.trade({ instrument, venue: instrument.venues[venue]!, ticks, counter, time });
    records.push({ topic: 'market.trades', time, sequence, row: trade });
    if ((sequence / EVENTS_A_TRADE) % TRADES_A_FILL !== 0) return;
    const lots = (1 + this.chance.whole(Stream.Lots, counter, 9)) * (bought ? 1 : -1);
    for (const row of this.executions.fills({
      index,
      venue: instrument.venues[venue]!,
      ticks,
      lots,
      counter,
      time,
    })) {
      records.push({ topic: 'ledger.fills', time, sequence, row });
    }
  }

  private clip(sequence: number, time: number, records: FeedRecord[]): void {
    const side = clipOf(sequence);
    const index = this.instruments.findIndex(({ name }) => name === scriptedDesk.instrument);
    if (side === 0 || index < 0) return;
    const { account, lotsAClip } = scriptedDesk;
    const venue = this.instruments[index]!.venues[0]!;
    const at = { index, venue, ticks: this.at.middles[index]!, lots: side * Number(lotsAClip), time };
    records.push({ topic: 'ledger.fills', time, sequence, row: this.executions.clip(account, at) });
  }

  /** Moves one side of a venue's quote, or withdraws it, and tells the sides of which something is to be said. */
  private moveQuote(index: number, venue: number, counter: number, time: number): FeedRow {
    const { name, venues, tick, lot } = this.instruments[index]!;
    const isBid = this.chance.uniform(Stream.Side, counter) < 0.5;
    const away = 1 + this.chance.whole(Stream.Spread, counter, 3);
    const moved = this.walk(index, counter) + (isBid ? -away : away);
    const size = amountOf(1 + this.chance.whole(Stream.Size, counter, 20), lot);
    const withdraws = this.chance.uniform(Stream.Withdraw, counter) < 0.01;
    const suspect = this.chance.uniform(Stream.Suspect, counter) < 0.001;
    const sides = this.at.sides[index]![venue]!;
    const other = sides[isBid ? 1 : 0];
    // Nobody leaves a quote that has become crossed.
    const crosses = other !== null && (isBid ? moved >= other : moved <= other);
    sides[isBid ? 0 : 1] = withdraws ? null : moved;
    if (crosses) sides[isBid ? 1 : 0] = null;
    const own = { price: amountOf(moved, tick), size: withdraws ? WITHDRAWN : size };
    const against = crosses ? { price: amountOf(other, tick), size: WITHDRAWN } : NOTHING_SAID;
    const [bid, ask] = isBid ? [own, against] : [against, own];
    return {
      instrument: name,
      venue: venues[venue]!,
      bid: bid.price,
      bidSize: bid.size,
      ask: ask.price,
      askSize: ask.size,
      condition: suspect ? QuoteCondition.Suspect : QuoteCondition.Regular,
      time,
    };
  }

  /** The middle price after a step of a tick, or none. A light pull towards the start keeps it near where it began. */
  private walk(index: number, counter: number): number {
    const { startTicks } = this.instruments[index]!;
    const { middles } = this.at;
    const middle = middles[index]!;
    const chance = this.chance.uniform(Stream.Walk, counter) * 4;
    const upwards = 0.5 + (startTicks - middle) / (startTicks * 4);
    if (chance < 1) middles[index] = middle + (chance < upwards ? 1 : -1);
    return middles[index]!;
  }

  private trade(at: {
    readonly instrument: SimulatedInstrument;
    readonly venue: string;
    readonly ticks: number;
    readonly counter: number;
    readonly time: number;
  }): FeedRow {
    return {
      instrument: at.instrument.name,
      venue: at.venue,
      price: amountOf(at.ticks, at.instrument.tick),
      size: amountOf(1 + this.chance.whole(Stream.Lots, at.counter, 9), at.instrument.lot),
      condition: TradeCondition.Regular,
      time: at.time,
    };
  }
}

/** The double nearest to so many ticks or lots. */
const amountOf = (count: number, unit: bigint): number => Number(BigInt(count) * unit) / 1e9;
