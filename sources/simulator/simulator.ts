/**
 * A market out of a seed: quotes of several venues, trades, and fills of ours with the occasional bust, correction and
 * repeat. The same seed makes the same events however they are asked for, a thousand at a time or one by one, with a
 * restart in between or without; only their times are the caller's.
 *
 *   every event    one venue moves one side of its quote, around a middle that walks by a tick
 *   every 8th      … and a trade takes place at its bid or ask
 *   every 4th trade is ours; one fill message in 29 is told twice, in 97 busts, in 61 corrects a recent execution
 *
 * State: see `state.ts`; bounded by instruments × venues and the sixteen executions that may be restated.
 */
import { FillKind } from '../../schemas/ledger';
import { QuoteCondition, TradeCondition } from '../../schemas/market';
import type { FeedRecord, FeedRow } from '../feed';
import { type SimulatedInstrument, simulatedAccounts, simulatedInstruments } from './market';
import { Chance } from './philox';
import { newState, packState, type RecentFill, type SimulatorState, unpackState } from './state';

const EVENTS_A_TRADE = 8;
const TRADES_A_FILL = 4;
const MESSAGES_A_REPEAT = 29;
const MESSAGES_A_BUST = 97;
const MESSAGES_A_CORRECTION = 61;
const RECENT_MAX = 16;

/** Each kind of decision has its stream of chance. */
const enum Stream {
  Instrument,
  Venue,
  Side,
  Walk,
  Spread,
  Withdraw,
  Size,
  Aggressor,
  Account,
  Lots,
  Recent,
  Suspect,
}

export interface SimulatorOptions {
  readonly seed: number;
  readonly instruments?: readonly SimulatedInstrument[];
  readonly accounts?: readonly string[];
  /** What `state` gave. */
  readonly state?: Uint8Array | undefined;
}

export class Simulator {
  readonly instruments: readonly SimulatedInstrument[];
  private readonly accounts: readonly string[];
  private readonly chance: Chance;
  private readonly at: SimulatorState;

  constructor({
    seed,
    instruments = simulatedInstruments,
    accounts = simulatedAccounts,
    state,
  }: SimulatorOptions) {
    this.instruments = instruments;
    this.accounts = accounts;
    this.chance = new Chance(seed);
    this.at = state ? unpackState(state, instruments) : newState(instruments);
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
    this.moveQuote(index, venue, counter);
    records.push({ topic: 'market.quotes', time, sequence, row: this.quote(index, venue, counter, time) });
    if (sequence % EVENTS_A_TRADE !== 0) return;
    const bought = this.chance.uniform(Stream.Aggressor, counter) < 0.5;
    const ticks = this.at.sides[index]![venue]![bought ? 1 : 0];
    if (ticks === null) return;
    const trade = this.trade({ instrument, venue: instrument.venues[venue]!, ticks, counter, time });
    records.push({ topic: 'market.trades', time, sequence, row: trade });
    if ((sequence / EVENTS_A_TRADE) % TRADES_A_FILL !== 0) return;
    const lots = (1 + this.chance.whole(Stream.Lots, counter, 9)) * (bought ? 1 : -1);
    for (const row of this.fills({ index, venue: instrument.venues[venue]!, ticks, lots, counter, time })) {
      records.push({ topic: 'ledger.fills', time, sequence, row });
    }
  }

  private moveQuote(index: number, venue: number, counter: number): void {
    const { startTicks } = this.instruments[index]!;
    const walk = this.chance.uniform(Stream.Walk, counter);
    const middle = this.at.middles[index]!;
    // A light pull towards the start keeps a run of weeks near where it began.
    const upwards = 0.5 + (startTicks - middle) / (startTicks * 4);
    if (walk < 0.25) this.at.middles[index] = middle + (walk * 4 < upwards ? 1 : -1);
    const now = this.at.middles[index]!;
    const away = 1 + this.chance.whole(Stream.Spread, counter, 3);
    const isBid = this.chance.uniform(Stream.Side, counter) < 0.5;
    const withdraws = this.chance.uniform(Stream.Withdraw, counter) < 0.01;
    const sides = this.at.sides[index]![venue]!;
    sides[isBid ? 0 : 1] = withdraws ? null : now + (isBid ? -away : away);
    // Nobody leaves a quote that has become crossed.
    if (sides[0] !== null && sides[1] !== null && sides[0] >= sides[1]) sides[isBid ? 1 : 0] = null;
  }

  private quote(index: number, venue: number, counter: number, time: number): FeedRow {
    const { name, venues, tick, lot } = this.instruments[index]!;
    const [bid, ask] = this.at.sides[index]![venue]!;
    const size = priceOf((1 + this.chance.whole(Stream.Size, counter, 20)) * 1, lot);
    return {
      instrument: name,
      venue: venues[venue]!,
      bid: bid === null ? Number.NaN : priceOf(bid, tick),
      bidSize: bid === null ? Number.NaN : size,
      ask: ask === null ? Number.NaN : priceOf(ask, tick),
      askSize: ask === null ? Number.NaN : size,
      condition:
        this.chance.uniform(Stream.Suspect, counter) < 0.001
          ? QuoteCondition.Suspect
          : QuoteCondition.Regular,
      time,
    };
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
      price: priceOf(at.ticks, at.instrument.tick),
      size: priceOf(1 + this.chance.whole(Stream.Lots, at.counter, 9), at.instrument.lot),
      condition: TradeCondition.Regular,
      time: at.time,
    };
  }

  /** An execution of ours, and what else it is the occasion for. */
  private fills(at: {
    readonly index: number;
    readonly venue: string;
    readonly ticks: number;
    readonly lots: number;
    readonly counter: number;
    readonly time: number;
  }): FeedRow[] {
    this.at.executions += 1;
    const executed: RecentFill = {
      executionId: `SIM-${this.at.executions}`,
      account: this.accounts[this.chance.whole(Stream.Account, at.counter, this.accounts.length)]!,
      instrument: at.index,
      venue: at.venue,
      lots: at.lots,
      ticks: at.ticks,
      time: at.time,
    };
    const rows = [this.fill(executed, FillKind.New, null)];
    this.at.messages += 1;
    const { messages, recent } = this.at;
    if (messages % MESSAGES_A_REPEAT === 0) rows.push(rows[0]!);
    if (messages % MESSAGES_A_BUST === 0) rows.push(...this.restate(FillKind.Bust, at.counter, at.time));
    if (messages % MESSAGES_A_CORRECTION === 0)
      rows.push(...this.restate(FillKind.Correct, at.counter, at.time));
    recent.push(executed);
    if (recent.length > RECENT_MAX) recent.shift();
    return rows;
  }

  /** Busts or corrects one of the recent executions, which is then left in peace. */
  private restate(kind: FillKind, counter: number, time: number): FeedRow[] {
    const { recent } = this.at;
    const [chosen] = recent.splice(this.chance.whole(Stream.Recent, counter, recent.length), 1);
    if (!chosen) return [];
    const mark = kind === FillKind.Bust ? 'B' : 'C';
    const restated: RecentFill = {
      ...chosen,
      executionId: `${chosen.executionId}-${mark}`,
      ticks: kind === FillKind.Bust ? chosen.ticks : chosen.ticks + 1,
      time,
    };
    return [this.fill(restated, kind, chosen.executionId)];
  }

  private fill(of: RecentFill, kind: FillKind, refersTo: string | null): FeedRow {
    const { name, tick, lot, feePerUnit, currency } = this.instruments[of.instrument]!;
    const quantity = BigInt(of.lots) * lot;
    return {
      executionId: of.executionId,
      kind,
      refersTo,
      account: of.account,
      instrument: name,
      quantity,
      price: BigInt(of.ticks) * tick,
      fee: (feePerUnit * (quantity < 0n ? -quantity : quantity)) / 10n ** 9n,
      feeCurrency: currency,
      venue: of.venue,
      time: of.time,
    };
  }
}

/** The double nearest to so many ticks. */
const priceOf = (count: number, unit: bigint): number => Number(BigInt(count) * unit) / 1e9;
