/**
 * What accounts have made since their trading day, month and year began. A position that has a price, and had one when a
 * period began, adds its total P&L less that of then; one that has, or had, none is left out and counted: it is never zero.
 *
 * Nearly every position is whole, and what it makes is in the account's sums already: less the sum of what whole
 * positions had made by then, and what the others make now. So a mark that moves costs nothing here.
 */
import type { Numbered } from '../../runtime/tables/numbered';
import type { Rows } from '../../runtime/tables/rows';
import { ScopeSums } from '../../runtime/tables/scope-sums';
import { moneyToNumber } from '../../schemas/borders';
import { PnlStatus } from '../../schemas/risk';
import { type AccountPartColumns, accountTotalKey, type FeeStart } from '../../schemas/tables';
import { PERIODS, type Period, type Periods } from './periods';

const UNPRICED = PnlStatus.Unpriced;
/** Of each period: what whole parts had made when it began, what the others make now, and how many those are. */
const [START, SKIPPED, UNKNOWN, EACH] = [0, 1, 2, 3];

/** NaN where it is not known. */
export interface Made {
  readonly pnl: number;
  readonly known: number;
}

type Group = Pick<FeeStart, 'account' | 'currency'> & { readonly foreignFees: bigint };

export class PeriodSums {
  private readonly sums = new ScopeSums(PERIODS.length * EACH);
  /** By period and account: parts whose start nobody saw. */
  private readonly unseen = PERIODS.map(() => new Map<number, number>());

  constructor(
    readonly periods: Periods,
    private readonly parts: Numbered<AccountPartColumns>,
    private readonly feeStarts: Rows<FeeStart>,
    /** What a part makes now, as far as it is known. */
    private readonly knownOf: (slot: number) => number,
  ) {}

  /** A part that is new, before it is taken in. */
  open(slot: number, position: { readonly account: number; readonly since: number }): void {
    for (const period of PERIODS) this.startOf(period)[slot] = this.periods.startOf(position, period);
  }

  /** Takes in a part that is new or restored. */
  know(slot: number): void {
    this.take(slot, 1);
    this.countUnseen(slot, 1);
  }

  /** Whether a part is left out of some period. */
  isOdd(slot: number): boolean {
    const { status, startDay, startMonth, startYear } = this.parts.columns;
    return status[slot] === UNPRICED || Number.isNaN(startDay[slot]! + startMonth[slot]! + startYear[slot]!);
  }

  /** Adds a part, or takes it out again as it was added. */
  take(slot: number, sign: 1 | -1): void {
    const isUnpriced = this.parts.columns.status[slot] === UNPRICED;
    this.takeAs(slot, sign, (start) => !isUnpriced && !Number.isNaN(start));
  }

  /** Takes out a part that was whole until now. */
  takeOutWhole(slot: number): void {
    this.takeAs(slot, -1, () => true);
  }

  /** Some of a part's periods begin. */
  begin(slot: number, over: readonly Period[]): void {
    this.take(slot, -1);
    this.countUnseen(slot, -1);
    const isUnpriced = this.parts.columns.status[slot] === UNPRICED;
    for (const period of over) this.startOf(period)[slot] = isUnpriced ? Number.NaN : this.knownOf(slot);
    this.know(slot);
    this.parts.touch(slot);
  }

  beginFees(group: Group, over: readonly Period[]): void {
    const before = this.feeStarts.get(accountTotalKey(group)) ?? { day: 0, month: 0, year: 0 };
    const fees = moneyToNumber(group.foreignFees);
    const after = PERIODS.map((period) => [period, over.includes(period) ? fees : before[period]]);
    const { account, currency } = group;
    this.feeStarts.set({ account, currency, ...(Object.fromEntries(after) as Record<Period, number>) });
  }

  /** `known` is what all parts of the group make now, without fees in other currencies. */
  made(group: number, period: Period, known: number, fees: Group): Made {
    const at = PERIODS.indexOf(period);
    const value = (measure: number): number => this.sums.value(group, at * EACH + measure);
    const ofParts = known - value(SKIPPED) - value(START);
    // Fees of before are known where all positions' beginnings are.
    const isFeeKnown = fees.foreignFees === 0n || (this.unseen[at]!.get(fees.account) ?? 0) === 0;
    const start = this.feeStarts.get(accountTotalKey(fees))?.[period] ?? 0;
    const made = isFeeKnown ? ofParts - (moneyToNumber(fees.foreignFees) - start) : ofParts;
    return { known: made, pnl: isFeeKnown && value(UNKNOWN) === 0 ? made : Number.NaN };
  }

  private takeAs(slot: number, sign: 1 | -1, isWhole: (start: number) => boolean): void {
    const group = this.parts.columns.group[slot]!;
    for (let at = 0; at < PERIODS.length; at += 1) {
      const start = this.startOf(PERIODS[at]!)[slot]!;
      if (isWhole(start)) this.put(group, at * EACH + START, start, sign);
      else {
        this.put(group, at * EACH + SKIPPED, this.knownOf(slot), sign);
        this.put(group, at * EACH + UNKNOWN, 1, sign);
      }
    }
  }

  private put(group: number, measure: number, term: number, sign: 1 | -1): void {
    if (sign === 1) this.sums.add(group, measure, term);
    else this.sums.subtract(group, measure, term);
  }

  /** Parts that had no price when a period began were seen all the same; which those are is not told apart. */
  private countUnseen(slot: number, sign: 1 | -1): void {
    const account = this.parts.columns.account[slot]!;
    PERIODS.forEach((period, at) => {
      if (!Number.isNaN(this.startOf(period)[slot]!)) return;
      const counts = this.unseen[at]!;
      counts.set(account, (counts.get(account) ?? 0) + sign);
    });
  }

  private startOf(period: Period): Float64Array {
    const { startDay, startMonth, startYear } = this.parts.columns;
    return period === 'day' ? startDay : period === 'month' ? startMonth : startYear;
  }
}
