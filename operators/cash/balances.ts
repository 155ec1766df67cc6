/** Balances by account and currency, and what each position adds to them. */
import type { Numbered } from '../../runtime/tables/numbered';
import { Pairs } from '../../runtime/tables/pairs';
import type { Cash, ForeignFee, Position } from '../../schemas/ledger';
import { Reason } from '../../schemas/market';
import { type CashPartColumns, cashKey, type SettledInstrumentColumns } from '../../schemas/tables';
import { withinDecimal } from '../ledger/range';
import { type LimbColumns, readLimbs, writeLimbs } from '../limbs';
import { holderOf } from '../risk/holder';

interface Balance {
  readonly account: number;
  readonly currency: string;
  /** Money. */
  amount: bigint;
}

export class Balances {
  private readonly all: Balance[] = [];
  private readonly groupOf = new Map<string, number>();
  private readonly pairs: Pairs<CashPartColumns>;

  constructor(
    private readonly parts: Numbered<CashPartColumns>,
    private readonly settled: Numbered<SettledInstrumentColumns>,
    known: Iterable<Cash>,
  ) {
    for (const { account, currency } of known) this.group(account, currency);
    this.pairs = new Pairs(parts, { first: 'holder', second: 'instrument' });
    const { group } = parts.columns;
    for (let slot = parts.next(0); slot >= 0; slot = parts.next(slot + 1))
      this.all[group[slot]!]!.amount += this.cashOf(slot);
  }

  /** Takes a position; answers the balance that it moves. */
  take({ account, contract, instrument, currency, inverse, ...rest }: Position): number {
    const holder = holderOf({ account, contract });
    let slot = this.pairs.find(holder, instrument);
    if (slot < 0) {
      slot = this.pairs.open(holder, instrument);
      this.parts.columns.group[slot] = this.group(account, currency);
      this.parts.columns.inverse[slot] = inverse ? 1 : 0;
    }
    return this.put(slot, rest.realisedPnl, rest.cost - rest.transferred);
  }

  /** A position that is gone has moved nothing. Answers -1 if it never was. */
  drop(key: Pick<Position, 'account' | 'instrument' | 'contract'>): number {
    const slot = this.pairs.find(holderOf(key), key.instrument);
    return slot < 0 ? slot : this.put(slot, 0n, 0n);
  }

  /** Takes fees that were paid in the currency for positions in others. */
  pay({ account, currency }: Pick<ForeignFee, 'account' | 'currency'>, fees: bigint): number {
    const group = this.group(account, currency);
    this.all[group]!.amount -= fees;
    return group;
  }

  /** Takes how an instrument is settled; answers the balances of those who hold it. */
  settle(instrument: number, byDifference: 0 | 1): readonly number[] {
    const slots: number[] = [];
    for (let slot = this.pairs.firstOf(instrument); slot >= 0; slot = this.pairs.nextOf(slot))
      slots.push(slot);
    const before = slots.map((slot) => this.cashOf(slot));
    this.settled.columns.byDifference[instrument] = byDifference;
    this.settled.touch(instrument);
    return slots.map((slot, index) => {
      const group = this.parts.columns.group[slot]!;
      this.all[group]!.amount += this.cashOf(slot) - before[index]!;
      return group;
    });
  }

  row(group: number, knownAt: number): Cash {
    const { account, currency, amount } = this.all[group]!;
    const cash = withinDecimal(amount);
    return { account, currency, cash, reason: cash === amount ? Reason.None : Reason.OutOfRange, knownAt };
  }

  private put(slot: number, realised: bigint, paid: bigint): number {
    const { columns } = this.parts;
    const group = columns.group[slot]!;
    const before = this.cashOf(slot);
    writeLimbs(realisedOf(columns), slot, realised);
    writeLimbs(paidOf(columns), slot, paid);
    this.parts.touch(slot);
    this.all[group]!.amount += this.cashOf(slot) - before;
    return group;
  }

  private cashOf(slot: number): bigint {
    const { columns } = this.parts;
    const realised = readLimbs(realisedOf(columns), slot);
    const instrument = columns.instrument[slot]!;
    const byDifference = columns.inverse[slot] === 1 || this.settled.columns.byDifference[instrument] === 1;
    return byDifference ? realised : realised - readLimbs(paidOf(columns), slot);
  }

  private group(account: number, currency: string): number {
    const key = cashKey({ account, currency });
    const known = this.groupOf.get(key);
    if (known !== undefined) return known;
    this.groupOf.set(key, this.all.length);
    return this.all.push({ account, currency, amount: 0n }) - 1;
  }
}

const realisedOf = (columns: CashPartColumns): LimbColumns => ({
  high: columns.realisedHigh,
  middle: columns.realisedMiddle,
  low: columns.realisedLow,
});

const paidOf = (columns: CashPartColumns): LimbColumns => ({
  high: columns.paidHigh,
  middle: columns.paidMiddle,
  low: columns.paidLow,
});
