/** Sums of sensitivities by account, and by what is told apart within it: currency, issuer, sector. */
import { grown } from '../../runtime/stream/marker';
import { FixedSums } from '../../runtime/tables/fixed-sums';
import type { ReadonlyRows } from '../../runtime/tables/rows';
import {
  type GreekPart,
  type GreekPartKey,
  type GreekPositionColumns,
  GreekStatus,
  greekPartKey,
} from '../../schemas/greeks';
import { FIELDS, FIRST_VEGA, Sum, spanOf, summedBy } from './measures';

// Held here: asked of its module in hot loops it would be a call.
const STATUS = GreekStatus;
const MEASURES = FIELDS.length;

export class AccountGreeks {
  private readonly sums = new FixedSums();
  private readonly groups: GreekPartKey[] = [];
  private readonly numbers = new Map<string, number>();
  /** By group: the latest time of what moved it since it was last said. */
  private times = new Float64Array(64);

  constructor(
    private readonly said: ReadonlyRows<GreekPart>,
    private readonly baseCurrency: string,
  ) {}

  /** The number of what an account adds to a scope. */
  group(key: GreekPartKey): number {
    const text = greekPartKey(key);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.groups.push(key) - 1;
    this.numbers.set(text, number);
    if (number >= this.times.length) this.times = grown(this.times, number, 0);
    return number;
  }

  /** Takes what a position adds to a group, or with −1 takes it back. */
  count(group: number, columns: GreekPositionColumns, slot: number, sign: 1 | -1): void {
    const status = columns.status[slot]!;
    if (status === STATUS.Flat) return;
    const at = group * MEASURES;
    this.term(at + Sum.positions, 1, sign);
    if (status === STATUS.Unknown) {
      this.term(at + Sum.unvalued, 1, sign);
      return;
    }
    if (columns.stale[slot] === 1) this.term(at + Sum.stale, 1, sign);
    const delta = columns.delta[slot]!;
    this.term(at + Sum.value, columns.value[slot]!, sign);
    this.term(at + (delta > 0 ? Sum.deltaLong : Sum.deltaShort), delta, sign);
    if (status === STATUS.Linear) return;
    if (status === STATUS.Modelled) this.term(at + Sum.modelled, 1, sign);
    this.term(at + Sum.gamma, columns.gamma[slot]!, sign);
    this.term(at + Sum.theta, columns.theta[slot]!, sign);
    this.term(at + FIRST_VEGA + spanOf(columns.years[slot]!), columns.vega[slot]!, sign);
  }

  move(group: number, time: number): void {
    this.times[group] = Math.max(this.times[group]!, time);
  }

  keyOf(group: number): GreekPartKey {
    return this.groups[group]!;
  }

  row(group: number, knownAt: number): GreekPart {
    const key = this.groups[group]!;
    const sums = summedBy((measure) => this.sums.value(group * MEASURES + measure));
    const time = Math.max(this.times[group]!, this.said.get(greekPartKey(key))?.time ?? 0);
    this.times[group] = 0;
    return { ...key, currency: this.baseCurrency, ...sums, time, knownAt };
  }

  // Adding the negative of a term does not take it back: it may round the other way.
  private term(at: number, term: number, sign: 1 | -1): void {
    if (sign === 1) this.sums.add(at, term);
    else this.sums.subtract(at, term);
  }
}
