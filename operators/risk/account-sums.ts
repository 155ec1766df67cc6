/** Sums by account and currency, kept as the difference that each change of a part makes. */
import { grown } from '../../runtime/stream/marker';
import type { Numbered } from '../../runtime/tables/numbered';
import { Pairs } from '../../runtime/tables/pairs';
import type { Rows } from '../../runtime/tables/rows';
import { ScopeSums } from '../../runtime/tables/scope-sums';
import { SlotChains } from '../../runtime/tables/slot-chains';
import { moneyToNumber } from '../../schemas/borders';
import type { ForeignFee, Position } from '../../schemas/ledger';
import { Reason } from '../../schemas/market';
import { type AccountPnl, PnlStatus, type PositionPnlColumns } from '../../schemas/risk';
import { type AccountPartColumns, accountTotalKey, type FeeStart } from '../../schemas/tables';
import { withinDecimal } from '../ledger/range';
import { type LimbColumns, readLimbs, writeLimbs } from '../limbs';
import { holderOf } from './holder';
import { type Made, PeriodSums } from './period-sums';
import { PERIODS, type Periods } from './periods';

// Held here: asked of its module in hot loops it would be a call.
const STATUS = PnlStatus;

/** What is summed in doubles, by account and currency. */
const Measure = { MarketValue: 0, UnrealisedPnl: 1, Positions: 2, Unpriced: 3, Stale: 4, Fees: 5 } as const;
const MEASURES = Object.keys(Measure).length;

/** An account's total in a currency. */
interface Total {
  readonly account: number;
  readonly currency: string;
  realisedPnl: bigint;
  /** Money: fees paid in the currency for positions in others. */
  foreignFees: bigint;
  /** Times of those fees, by instrument. */
  readonly feeTimes: Map<number, number>;
  /** Latest time of the parts; -1 while it has to be looked up. */
  time: number;
}

export class AccountSums {
  private readonly totals: Total[] = [];
  private readonly totalOf = new Map<string, number>();
  private readonly sums = new ScopeSums(MEASURES);
  private readonly pairs: Pairs<AccountPartColumns>;
  private readonly partsOf = new SlotChains();
  /** By part: which of them was wanted after it. */
  private followers = new Int32Array(1024);
  private lastFound = 0;
  private readonly groupsOf = new Map<number, number[]>();
  private readonly made: PeriodSums;

  constructor(
    private readonly parts: Numbered<AccountPartColumns>,
    totals: Iterable<AccountPnl>,
    private readonly periods: Periods,
    feeStarts: Rows<FeeStart>,
  ) {
    this.made = new PeriodSums(periods, parts, feeStarts, (slot) => this.knownOf(slot));
    for (const { account, currency } of totals) this.total(account, currency);
    this.pairs = new Pairs(parts, { first: 'holder', second: 'instrument' });
    const { group, time } = parts.columns;
    for (let slot = parts.next(0); slot >= 0; slot = parts.next(slot + 1)) {
      const total = this.totals[group[slot]!]!;
      total.realisedPnl += this.realisedOf(slot);
      total.time = Math.max(total.time, time[slot]!);
      this.know(slot);
    }
  }

  /** Takes a position's realised P&L; answers which total it belongs to. */
  takePosition(position: Position, now: number): number {
    const { account, instrument, currency, realisedPnl } = position;
    let slot = this.pairs.find(holderOf(position), instrument);
    if (slot < 0) {
      this.periods.see(account, now);
      slot = this.open(position, this.total(account, currency));
    }
    return this.realise(slot, realisedPnl);
  }

  /** A position that is gone has realised nothing; its value comes with its P&L. Answers -1 if it never was. */
  dropPosition(key: Pick<Position, 'account' | 'instrument' | 'contract'>): number {
    const slot = this.pairs.find(holderOf(key), key.instrument);
    return slot < 0 ? slot : this.realise(slot, 0n);
  }

  /** Takes a position's value; answers which total it belongs to. The position itself has come before. */
  takePnl(pnl: PositionPnlColumns, index: number): number {
    const { columns } = this.parts;
    const holder = holderOf({ account: pnl.account[index]!, contract: pnl.contract[index]! });
    const slot = this.find(holder, pnl.instrument[index]!);
    const group = columns.group[slot]!;
    const total = this.totals[group]!;
    const before = columns.time[slot]!;
    const after = pnl.time[index]!;
    const value = this.marketValueOf(slot);
    const unrealised = this.unrealisedOf(slot);
    const status = pnl.status[index]!;
    const wasOdd = this.made.isOdd(slot);
    if (wasOdd) this.made.take(slot, -1);
    if (columns.status[slot] !== status) {
      this.count(slot, -1);
      columns.status[slot] = status;
      this.count(slot, 1);
    }
    columns.marketValue[slot] = pnl.marketValue[index]!;
    columns.unrealisedPnl[slot] = pnl.unrealisedPnl[index]!;
    const fees = columns.fees[slot]!;
    columns.fees[slot] = pnl.fees[index]!;
    columns.time[slot] = after;
    // A mark that moves changes no fees.
    if (columns.fees[slot] !== fees) this.sums.replace(group, Measure.Fees, fees, columns.fees[slot]!);
    this.sums.replace(group, Measure.MarketValue, value, this.marketValueOf(slot));
    this.sums.replace(group, Measure.UnrealisedPnl, unrealised, this.unrealisedOf(slot));
    if (wasOdd || this.made.isOdd(slot)) {
      if (!wasOdd) this.made.takeOutWhole(slot);
      this.made.take(slot, 1);
    }
    if (after >= total.time && total.time >= 0) total.time = after;
    else if (before === total.time) total.time = -1;
    this.parts.touch(slot);
    return group;
  }

  /** Takes a change of the fees that an account paid in a currency for positions in others. */
  takeForeignFees(
    { account, instrument, currency, time }: ForeignFee,
    change: bigint,
    now: number | undefined,
  ): number {
    // Restored, the account was seen before.
    if (now !== undefined) this.periods.see(account, now);
    const group = this.total(account, currency);
    const total = this.totals[group]!;
    total.foreignFees += change;
    total.feeTimes.set(instrument, time);
    return group;
  }

  /** Begins the day, month or year of accounts for which one is over; answers the totals that this concerns. */
  roll(now: number): readonly number[] {
    const rolled: number[] = [];
    for (const { account, over } of this.periods.rollAll(now))
      for (const group of this.groupsOf.get(account) ?? []) {
        for (let slot = this.partsOf.firstOf(group); slot >= 0; slot = this.partsOf.nextOf(slot))
          this.made.begin(slot, over);
        this.made.beginFees(this.totals[group]!, over);
        rolled.push(group);
      }
    return rolled;
  }

  row(group: number, knownAt: number): AccountPnl {
    const { sums } = this;
    const total = this.totals[group]!;
    if (total.time < 0) total.time = this.latestOf(group);
    const { account, currency, foreignFees } = total;
    const exact = total.realisedPnl - foreignFees;
    const realisedPnl = withinDecimal(exact);
    const positions = sums.value(group, Measure.Positions);
    const unpriced = sums.value(group, Measure.Unpriced);
    const isNothingKnown = positions > 0 && unpriced === positions;
    const known = (measure: number): number => (isNothingKnown ? Number.NaN : sums.value(group, measure));
    const knownPnl = moneyToNumber(exact) + sums.value(group, Measure.UnrealisedPnl);
    const ofParts = moneyToNumber(total.realisedPnl) + sums.value(group, Measure.UnrealisedPnl);
    const [day, month, year] = PERIODS.map((period) => this.made.made(group, period, ofParts, total)) as [
      Made,
      Made,
      Made,
    ];
    const whole = unpriced > 0 ? Reason.PartsUnknown : Reason.None;
    return {
      account,
      currency,
      realisedPnl,
      fees: sums.value(group, Measure.Fees) + moneyToNumber(foreignFees),
      unrealisedPnl: known(Measure.UnrealisedPnl),
      marketValue: known(Measure.MarketValue),
      knownPnl,
      totalPnl: unpriced > 0 ? Number.NaN : knownPnl,
      tradingDay: this.periods.of(account).tradingDay,
      dayPnl: day.pnl,
      dayKnownPnl: day.known,
      monthPnl: month.pnl,
      monthKnownPnl: month.known,
      yearPnl: year.pnl,
      yearKnownPnl: year.known,
      positions,
      unpriced,
      stale: sums.value(group, Measure.Stale),
      reason: realisedPnl === exact ? whole : Reason.OutOfRange,
      time: Math.max(total.time, ...total.feeTimes.values()),
      knownAt,
    };
  }

  /** Marks come again in one order of their holders: the part that followed the last one is asked first. */
  private find(holder: number, instrument: number): number {
    const { columns } = this.parts;
    const { lastFound } = this;
    const guess = this.followers[lastFound]!;
    if (columns.holder[guess] === holder && columns.instrument[guess] === instrument) {
      this.lastFound = guess;
      return guess;
    }
    const slot = this.pairs.find(holder, instrument);
    this.followers[lastFound] = slot;
    if (slot >= this.followers.length) this.followers = grown(this.followers, slot, 0);
    this.lastFound = slot;
    return slot;
  }

  /** What a part adds to its total. What is unpriced is counted, and not summed: it is never zero. */
  private marketValueOf(slot: number): number {
    const { status, marketValue } = this.parts.columns;
    return status[slot] === STATUS.Unpriced ? 0 : marketValue[slot]!;
  }

  /** Realised P&L, and unrealised where there is a price. */
  private knownOf(slot: number): number {
    return moneyToNumber(this.realisedOf(slot)) + this.unrealisedOf(slot);
  }

  private unrealisedOf(slot: number): number {
    const { status, unrealisedPnl } = this.parts.columns;
    return status[slot] === STATUS.Unpriced ? 0 : unrealisedPnl[slot]!;
  }

  private count(slot: number, sign: 1 | -1): void {
    const { group, status } = this.parts.columns;
    if (status[slot] === STATUS.Unpriced) this.sums.add(group[slot]!, Measure.Unpriced, sign);
    if (status[slot] === STATUS.Stale) this.sums.add(group[slot]!, Measure.Stale, sign);
  }

  /** Takes in a part that is new, or restored. */
  private know(slot: number): void {
    const group = this.parts.columns.group[slot]!;
    this.partsOf.add(group, slot);
    this.sums.add(group, Measure.Positions, 1);
    this.count(slot, 1);
    this.sums.add(group, Measure.MarketValue, this.marketValueOf(slot));
    this.sums.add(group, Measure.UnrealisedPnl, this.unrealisedOf(slot));
    this.sums.add(group, Measure.Fees, this.parts.columns.fees[slot]!);
    this.made.know(slot);
  }

  private open(position: Position, group: number): number {
    const slot = this.pairs.open(holderOf(position), position.instrument);
    const { columns } = this.parts;
    columns.account[slot] = position.account;
    columns.group[slot] = group;
    columns.status[slot] = STATUS.Unpriced;
    this.made.open(slot, position);
    this.know(slot);
    return slot;
  }

  private latestOf(group: number): number {
    const { time } = this.parts.columns;
    let latest = 0;
    for (let slot = this.partsOf.firstOf(group); slot >= 0; slot = this.partsOf.nextOf(slot))
      latest = Math.max(latest, time[slot]!);
    return latest;
  }

  private total(account: number, currency: string): number {
    const key = accountTotalKey({ account, currency });
    const known = this.totalOf.get(key);
    if (known !== undefined) return known;
    this.totalOf.set(key, this.totals.length);
    this.groupsOf.set(account, [...(this.groupsOf.get(account) ?? []), this.totals.length]);
    return (
      this.totals.push({
        account,
        currency,
        realisedPnl: 0n,
        foreignFees: 0n,
        feeTimes: new Map(),
        time: 0,
      }) - 1
    );
  }

  private realise(slot: number, realisedPnl: bigint): number {
    const { parts } = this;
    const group = parts.columns.group[slot]!;
    const isOdd = this.made.isOdd(slot);
    if (isOdd) this.made.take(slot, -1);
    this.totals[group]!.realisedPnl += realisedPnl - this.realisedOf(slot);
    writeLimbs(limbsOf(parts.columns), slot, realisedPnl);
    if (isOdd) this.made.take(slot, 1);
    parts.touch(slot);
    return group;
  }

  private realisedOf(slot: number): bigint {
    return readLimbs(limbsOf(this.parts.columns), slot);
  }
}

const limbsOf = ({ realisedHigh, realisedMiddle, realisedLow }: AccountPartColumns): LimbColumns => ({
  high: realisedHigh,
  middle: realisedMiddle,
  low: realisedLow,
});
