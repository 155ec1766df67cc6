/**
 * A position with its executions within the horizon, in order of event time, then arrival. What is older is folded into
 * a base. An execution in order is one booking; one that comes late, is busted or corrected restates what follows it, and
 * nothing else: the holding before every 32nd execution is remembered, to start from.
 */

import type { FillKind, Position } from '../../schemas/ledger';
import { type ContractTerms, ExecutionState, type PositionBase } from '../../schemas/tables';
import { booked } from './average-cost';
import { coinsOf } from './coin-fees';
import type { MarkedSpan } from './contracts';
import type { Executions } from './executions';
import { type Booking, FLAT, type Holding } from './holding';
import { fifoRealisedOf } from './lots-after';
import { OpenLots } from './open-lots';
import { isInRange } from './range';

/** What an instrument says of the money in it. */
export type Terms = Pick<
  ContractTerms,
  'contract' | 'currency' | 'multiplier' | 'inverse' | 'base' | 'version'
>;

/** What stays for the life of a position. */
export interface PositionIdentity {
  /** Its place in order of first insertion. */
  readonly ordinal: number;
  readonly account: number;
  readonly instrument: number;
}

const BLOCK = 32;

// Shared by the many positions that have nothing within the horizon: replaced, never changed.
const NO_SLOTS: readonly number[] = Object.freeze([]);
const AT_BASE: readonly Holding[] = Object.freeze([FLAT]);

export class LivePosition {
  /** Executions up to and including this event time are folded into the base, and cannot be restated. */
  foldedUntil = Number.NEGATIVE_INFINITY;
  /** Whether the step has changed it. */
  isChanged = false;
  /** Whether its timer is set. */
  isTimed = false;
  private current = FLAT;
  private base = FLAT;
  /** Slots of the executions, busted ones included. */
  private slots: readonly number[] = NO_SLOTS;
  /** How many have been folded, modulo the length of a block: where in its block the first of `slots` lies. */
  private offset = 0;
  /** The holding before each block; the base stands in for the first. */
  private starts: readonly Holding[] = AT_BASE;
  /** Slots of busts and corrections that were applied here: kept to be recognised, as long as what they refer to. */
  private notes: readonly number[] = NO_SLOTS;
  // Not in an object of their own: of ten thousand positions each object is a miss of the cache for every fill.
  readonly ordinal: number;
  readonly account: number;
  readonly instrument: number;

  /** `terms` is one object for all who hold the contract. */
  constructor(
    { ordinal, account, instrument }: PositionIdentity,
    readonly terms: Terms,
    private readonly executions: Executions,
  ) {
    this.ordinal = ordinal;
    this.account = account;
    this.instrument = instrument;
  }

  get currency(): string {
    return this.terms.currency;
  }

  get isInverse(): boolean {
    return this.terms.inverse;
  }

  /** Key of the timer that folds it. */
  get timer(): number {
    return this.ordinal + 1;
  }

  get isFlat(): boolean {
    return this.current.quantity === 0n;
  }

  /** Event time of the latest execution that counts, micros. */
  get time(): number {
    return this.current.time;
  }

  /** Event time of the oldest execution that is not folded. */
  get oldestTime(): number | undefined {
    return this.slots.length === 0 ? undefined : this.executions.time[this.slots[0]!]!;
  }

  /** Books an execution where it belongs; false if the outcome has no room in the ledger's types, then nothing changed. */
  book(slot: number, execution: Omit<Booking, 'coins'> & { readonly feeCurrency: string }): boolean {
    const { slots } = this;
    const { time } = this.executions;
    const last = slots.length - 1;
    if (last >= 0 && time[slots[last]!]! > execution.time) return this.insert(slot);
    const after = this.afterBooking(this.current, execution);
    if (!isInRange(after)) return false;
    this.remember(slots.length, this.current);
    this.ownSlots().push(slot);
    this.current = after;
    return true;
  }

  /** Works out anew what follows from an execution that was changed; false if the outcome is out of range. */
  restate(slot: number): boolean {
    return this.refold(this.slots.lastIndexOf(slot));
  }

  note(slot: number): void {
    this.notes = [...this.notes, slot];
  }

  /** Folds whatever is not younger than `time`; gives the slots that the ledger may now forget. */
  foldUntil(time: number): readonly number[] {
    const times = this.executions.time;
    let count = 0;
    while (count < this.slots.length && times[this.slots[count]!]! <= time) count += 1;
    if (count === 0) return [];
    this.base = this.holdingBefore(count);
    const folded = this.slots.slice(0, count);
    this.slots = this.slots.slice(count);
    this.starts = this.starts.slice(this.blockOf(count));
    this.offset = (this.offset + count) % BLOCK;
    this.foldedUntil = times[folded[count - 1]!]!;
    if (this.notes.length === 0) return folded;
    const isFolded = (note: number): boolean => times[note]! <= this.foldedUntil;
    const notes = this.notes.filter(isFolded);
    this.notes = this.notes.filter((note) => !isFolded(note));
    return [...folded, ...notes];
  }

  restoreBase(row: PositionBase): void {
    const { openLots, ...rest } = row;
    // Of a base from before lots were kept, one lot is all that is known.
    const { quantity, cost, transferred } = rest;
    const lots =
      openLots !== ''
        ? OpenLots.read(openLots)
        : OpenLots.of(quantity === 0n ? [] : [{ quantity, cost }], transferred);
    this.base = { ...rest, lots };
    this.current = this.base;
    this.foldedUntil = row.foldedUntil;
  }

  /** Takes saved executions, in order of arrival, and works out the holdings. */
  restore(slots: readonly number[], notes: readonly number[]): void {
    const { time } = this.executions;
    this.notes = [...notes];
    // A stable sort: equal times stay in order of arrival.
    this.slots = [...slots].sort((a, b) => time[a]! - time[b]!);
    this.refold(0);
  }

  /** Whether a saved row says what the executions say. */
  isAsSaid(said: Position): boolean {
    const { quantity, cost, realisedPnl, fees, coinFees, income, transferred, fills } = said;
    const { current } = this;
    return (
      // No lots: flat, or said before lots were kept.
      (said.lots === 0 ||
        (said.fifoCost === current.lots.cost && said.fifoRealisedPnl === fifoRealisedOf(current))) &&
      quantity === current.quantity &&
      cost === current.cost &&
      realisedPnl === current.realisedPnl &&
      fees === current.fees &&
      coinFees === current.coinFees &&
      income === current.income &&
      transferred === current.transferred &&
      fills === current.fills
    );
  }

  // Literals, not spreads: one is written for nearly every fill, and a spread costs a microsecond.
  row(knownAt: number, { markedFrom, markedUntil }: MarkedSpan): Position {
    const { current, terms } = this;
    return {
      account: this.account,
      instrument: this.instrument,
      contract: terms.contract,
      markedFrom,
      markedUntil,
      currency: terms.currency,
      multiplier: terms.multiplier,
      inverse: terms.inverse,
      quantity: current.quantity,
      cost: current.cost,
      realisedPnl: current.realisedPnl,
      fees: current.fees,
      coinFees: current.coinFees,
      income: current.income,
      transferred: current.transferred,
      fifoCost: current.lots.cost,
      fifoRealisedPnl: fifoRealisedOf(current),
      lots: current.lots.count,
      bought: current.bought,
      sold: current.sold,
      fills: current.fills,
      since: current.since,
      time: current.fills === 0 ? this.lastTime() : current.time,
      knownAt,
      referenceVersion: terms.version,
    };
  }

  /** Event time of the last execution that ever was, where none counts any more. */
  private lastTime(): number {
    const { current, slots } = this;
    if (current.time > 0) return current.time;
    return slots.length > 0 ? this.executions.time[slots.at(-1)!]! : Math.max(this.foldedUntil, 0);
  }

  baseRow(): PositionBase {
    const { base } = this;
    return {
      account: this.account,
      instrument: this.instrument,
      contract: this.terms.contract,
      quantity: base.quantity,
      cost: base.cost,
      realisedPnl: base.realisedPnl,
      fees: base.fees,
      coinFees: base.coinFees,
      income: base.income,
      transferred: base.transferred,
      bought: base.bought,
      sold: base.sold,
      fills: base.fills,
      since: base.since,
      time: base.time,
      foldedUntil: this.foldedUntil,
      openLots: base.lots.text(),
    };
  }

  private insert(slot: number): boolean {
    const { time } = this.executions;
    let index = this.slots.length;
    while (index > 0 && time[this.slots[index - 1]!]! > time[slot]!) index -= 1;
    this.ownSlots().splice(index, 0, slot);
    if (this.refold(index)) return true;
    this.ownSlots().splice(index, 1);
    this.refold(index);
    return false;
  }

  /** Works out the holdings from an execution on; says whether the last of them is within range. */
  private refold(from: number): boolean {
    let holding = this.holdingBefore(from);
    for (let index = from; index < this.slots.length; index += 1) {
      this.remember(index, holding);
      holding = this.next(holding, this.slots[index]!);
    }
    this.starts = this.starts.slice(0, this.blockOf(Math.max(0, this.slots.length - 1)) + 1);
    this.current = holding;
    return isInRange(holding);
  }

  private holdingBefore(index: number): Holding {
    const block = this.blockOf(index);
    const start = block >= this.starts.length ? this.starts.length - 1 : block;
    let holding = start === 0 ? this.base : this.starts[start]!;
    const first = start === 0 ? 0 : start * BLOCK - this.offset;
    for (let at = first; at < index; at += 1) holding = this.next(holding, this.slots[at]!);
    return holding;
  }

  private blockOf(index: number): number {
    return Math.floor((this.offset + index) / BLOCK);
  }

  private remember(index: number, holding: Holding): void {
    if ((this.offset + index) % BLOCK !== 0) return;
    if (this.starts === AT_BASE) this.starts = [FLAT];
    (this.starts as Holding[])[this.blockOf(index)] = holding;
  }

  private ownSlots(): number[] {
    if (this.slots === NO_SLOTS) this.slots = [];
    return this.slots as number[];
  }

  private next(before: Holding, slot: number): Holding {
    const { executions } = this;
    // A busted execution stays, so that its duplicates are recognised, but does not count.
    if (executions.state[slot] !== ExecutionState.Booked) return before;
    return this.afterBooking(before, {
      kind: executions.kind[slot]! as FillKind,
      quantity: executions.quantity[slot]!,
      price: executions.price[slot]!,
      fee: executions.fee(slot),
      feeCurrency: executions.feeCurrency[slot]!,
      time: executions.time[slot]!,
    });
  }

  private afterBooking(
    before: Holding,
    {
      kind,
      quantity,
      price,
      fee,
      feeCurrency,
      time,
    }: Omit<Booking, 'coins'> & { readonly feeCurrency: string },
  ): Holding {
    const { terms } = this;
    const own = feeCurrency === terms.currency ? fee : 0n;
    const coins = fee === 0n ? 0n : coinsOf({ kind, fee, feeCurrency }, terms);
    return booked(before, { kind, quantity, price, fee: own, coins, time }, terms);
  }
}
