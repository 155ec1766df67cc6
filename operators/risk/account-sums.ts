/** Sums by account and currency, kept as the difference that each change of a part makes. */
import { grown } from '../../runtime/marker';
import type { Numbered } from '../../runtime/numbered';
import { PairIndex } from '../../runtime/pair-index';
import type { Position } from '../../schemas/ledger';
import { type AccountPnl, PnlStatus, type PositionPnlColumns } from '../../schemas/risk';
import type { AccountPartColumns } from '../../schemas/tables';
import { FixedSum } from './fixed-sum';

const LIMB_BITS = 43n;
const LIMB = (1n << LIMB_BITS) - 1n;

class Sum {
  realisedPnl = 0n;
  readonly marketValue = new FixedSum();
  readonly unrealisedPnl = new FixedSum();
  positions = 0;
  unpriced = 0;
  stale = 0;
  /** Latest time of the parts; -1 while it has to be looked up. */
  time = 0;
  /** The part that was added last; the others are chained behind it. */
  firstSlot = -1;

  constructor(
    readonly account: number,
    readonly currency: string,
  ) {}
}

export class AccountSums {
  private readonly sums: Sum[] = [];
  private readonly groupOf = new Map<string, number>();
  private readonly slots = new PairIndex();
  /** The next part of the same sum, or -1. */
  private nextSlot = new Int32Array(1024);

  constructor(
    private readonly parts: Numbered<AccountPartColumns>,
    totals: Iterable<AccountPnl>,
  ) {
    for (const { account, currency } of totals) this.group(account, currency);
    const { columns } = parts;
    for (let slot = 0; slot < parts.length; slot += 1) {
      const sum = this.sums[columns.group[slot]!]!;
      this.chain(sum, slot);
      sum.realisedPnl += this.realisedOf(slot);
      this.add(sum, slot);
      sum.time = Math.max(sum.time, columns.time[slot]!);
    }
  }

  /** Takes a position's realised P&L; answers which sum it belongs to. */
  takePosition({ account, instrument, currency, realisedPnl }: Position): number {
    let slot = this.slots.get(account, instrument);
    if (slot < 0) slot = this.open(account, instrument, this.group(account, currency));
    return this.realise(slot, realisedPnl);
  }

  /** A position that is gone has realised nothing; its value comes with its P&L. Answers -1 if it never was. */
  dropPosition({ account, instrument }: Pick<Position, 'account' | 'instrument'>): number {
    const slot = this.slots.get(account, instrument);
    return slot < 0 ? slot : this.realise(slot, 0n);
  }

  /** Takes a position's value; answers which sum it belongs to. The position itself has come before. */
  takePnl(pnl: PositionPnlColumns, index: number): number {
    const { columns } = this.parts;
    const slot = this.slots.get(pnl.account[index]!, pnl.instrument[index]!);
    const group = columns.group[slot]!;
    const sum = this.sums[group]!;
    const before = columns.time[slot]!;
    const after = pnl.time[index]!;
    this.subtract(sum, slot);
    columns.marketValue[slot] = pnl.marketValue[index]!;
    columns.unrealisedPnl[slot] = pnl.unrealisedPnl[index]!;
    columns.status[slot] = pnl.status[index]!;
    columns.time[slot] = after;
    this.add(sum, slot);
    if (after >= sum.time && sum.time >= 0) sum.time = after;
    else if (before === sum.time) sum.time = -1;
    this.parts.touch(slot);
    return group;
  }

  row(group: number): AccountPnl {
    const sum = this.sums[group]!;
    if (sum.time < 0) sum.time = this.latestOf(sum);
    const { account, currency, realisedPnl, positions, unpriced, stale, time } = sum;
    return {
      account,
      currency,
      realisedPnl,
      unrealisedPnl: sum.unrealisedPnl.value,
      marketValue: sum.marketValue.value,
      positions,
      unpriced,
      stale,
      time,
    };
  }

  /** Adds what a part says to its sum. */
  private add(sum: Sum, slot: number): void {
    const { status, marketValue, unrealisedPnl } = this.parts.columns;
    sum.positions += 1;
    if (status[slot] === PnlStatus.Unpriced) {
      sum.unpriced += 1;
      return;
    }
    if (status[slot] === PnlStatus.Stale) sum.stale += 1;
    sum.marketValue.add(marketValue[slot]!);
    sum.unrealisedPnl.add(unrealisedPnl[slot]!);
  }

  /** Takes back what `add` has added. */
  private subtract(sum: Sum, slot: number): void {
    const { status, marketValue, unrealisedPnl } = this.parts.columns;
    sum.positions -= 1;
    if (status[slot] === PnlStatus.Unpriced) {
      sum.unpriced -= 1;
      return;
    }
    if (status[slot] === PnlStatus.Stale) sum.stale -= 1;
    sum.marketValue.subtract(marketValue[slot]!);
    sum.unrealisedPnl.subtract(unrealisedPnl[slot]!);
  }

  private open(account: number, instrument: number, group: number): number {
    const slot = this.parts.add();
    const { columns } = this.parts;
    columns.account[slot] = account;
    columns.instrument[slot] = instrument;
    columns.group[slot] = group;
    columns.status[slot] = PnlStatus.Unpriced;
    this.chain(this.sums[group]!, slot);
    this.add(this.sums[group]!, slot);
    return slot;
  }

  private chain(sum: Sum, slot: number): void {
    const { account, instrument } = this.parts.columns;
    if (slot >= this.nextSlot.length) this.nextSlot = grown(this.nextSlot, slot, -1);
    this.slots.set(account[slot]!, instrument[slot]!, slot);
    this.nextSlot[slot] = sum.firstSlot;
    sum.firstSlot = slot;
  }

  private latestOf(sum: Sum): number {
    const { time } = this.parts.columns;
    let latest = 0;
    for (let slot = sum.firstSlot; slot >= 0; slot = this.nextSlot[slot]!)
      latest = Math.max(latest, time[slot]!);
    return latest;
  }

  private group(account: number, currency: string): number {
    const key = `${account}/${currency}`;
    const known = this.groupOf.get(key);
    if (known !== undefined) return known;
    this.groupOf.set(key, this.sums.length);
    return this.sums.push(new Sum(account, currency)) - 1;
  }

  private realise(slot: number, realisedPnl: bigint): number {
    const { parts } = this;
    const group = parts.columns.group[slot]!;
    this.sums[group]!.realisedPnl += realisedPnl - this.realisedOf(slot);
    parts.columns.realisedHigh[slot] = Number(realisedPnl >> (2n * LIMB_BITS));
    parts.columns.realisedMiddle[slot] = Number((realisedPnl >> LIMB_BITS) & LIMB);
    parts.columns.realisedLow[slot] = Number(realisedPnl & LIMB);
    parts.touch(slot);
    return group;
  }

  private realisedOf(slot: number): bigint {
    const { realisedHigh, realisedMiddle, realisedLow } = this.parts.columns;
    const upper = (BigInt(realisedHigh[slot]!) << LIMB_BITS) | BigInt(realisedMiddle[slot]!);
    return (upper << LIMB_BITS) | BigInt(realisedLow[slot]!);
  }
}
