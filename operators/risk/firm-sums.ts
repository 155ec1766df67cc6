/** What accounts make, summed over the firm, by currency and by whether it is over all of them. */
import { ScopeSums } from '../../runtime/tables/scope-sums';
import { Reason } from '../../schemas/market';
import type { AccountTotal, FirmTotal } from '../../schemas/risk';
import { firmTotalKey } from '../../schemas/tables';

export type FirmPart = Omit<AccountTotal, 'account' | 'knownAt'> & Pick<FirmTotal, 'isOverAll'>;
type Key = Pick<FirmTotal, 'currency' | 'isOverAll'>;

/** What is summed as it is: an account of which nothing is known adds nothing. */
const FIELDS = [
  'realisedPnl',
  'unrealisedPnl',
  'fees',
  'marketValue',
  'knownPnl',
  'unpriced',
  'withoutRate',
  'stale',
] as const;
const ACCOUNTS = FIELDS.length;
const [UNKNOWN, NO_RATE] = [ACCOUNTS + 1, ACCOUNTS + 2];
/** Of each field in how many accounts it is known: in none, its sum is unknown. */
const KNOWN = NO_RATE + 1;
const MEASURES = KNOWN + FIELDS.length;

/** NaN where a part of it is not known. */
const sumOf = ({ realisedPnl, unrealisedPnl, fees, marketValue, knownPnl, totalPnl }: FirmPart): number =>
  realisedPnl + unrealisedPnl + fees + marketValue + knownPnl + totalPnl;

export class FirmSums {
  private readonly sums = new ScopeSums(MEASURES);
  private readonly keys: Key[] = [];
  private readonly groups = new Map<string, number>();
  /** By group: latest time and version of what came since it was said last. */
  private readonly latest: { time: number; version: number }[] = [];

  /** Answers the group that it is summed in. */
  add(part: FirmPart): number {
    const group = this.groupOf(part);
    this.eachTerm(part, (measure, term) => this.sums.add(group, measure, term));
    this.note(group, part);
    return group;
  }

  subtract(part: FirmPart): number {
    const group = this.groupOf(part);
    this.eachTerm(part, (measure, term) => this.sums.subtract(group, measure, term));
    return group;
  }

  /** The same account says otherwise: nearly always that a price has moved. Answers the group. */
  replace(before: FirmPart, after: FirmPart): number {
    if (Number.isNaN(sumOf(before) + sumOf(after)) || before.withoutRate + after.withoutRate > 0) {
      this.subtract(before);
      return this.add(after);
    }
    const group = this.groupOf(after);
    for (let measure = 0; measure < FIELDS.length; measure += 1) {
      const field = FIELDS[measure]!;
      if (before[field] !== after[field]) this.sums.replace(group, measure, before[field], after[field]);
    }
    this.note(group, after);
    return group;
  }

  keyOf(group: number): Key {
    return this.keys[group]!;
  }

  /** `said`: what was said of the group last. */
  row(group: number, said: FirmTotal | undefined, knownAt: number): FirmTotal {
    const value = (measure: number): number => this.sums.value(group, measure);
    const of = (field: (typeof FIELDS)[number]): number => {
      const measure = FIELDS.indexOf(field);
      return value(KNOWN + measure) > 0 ? value(measure) : Number.NaN;
    };
    const unknown = value(UNKNOWN);
    const { time, version } = this.latest[group]!;
    return {
      ...this.keyOf(group),
      accounts: value(ACCOUNTS),
      unknown,
      realisedPnl: of('realisedPnl'),
      unrealisedPnl: of('unrealisedPnl'),
      fees: of('fees'),
      marketValue: of('marketValue'),
      knownPnl: of('knownPnl'),
      totalPnl: unknown > 0 ? Number.NaN : of('knownPnl'),
      unpriced: of('unpriced'),
      withoutRate: of('withoutRate'),
      stale: of('stale'),
      reason: unknown === 0 ? Reason.None : value(NO_RATE) > 0 ? Reason.NoRate : Reason.PartsUnknown,
      time: Math.max(time, said?.time ?? 0),
      knownAt,
      referenceVersion: Math.max(version, said?.referenceVersion ?? 0),
    };
  }

  private note(group: number, part: FirmPart): void {
    const latest = this.latest[group]!;
    latest.time = Math.max(latest.time, part.time);
    latest.version = Math.max(latest.version, part.referenceVersion);
  }

  private eachTerm(part: FirmPart, put: (measure: number, term: number) => void): void {
    FIELDS.forEach((field, measure) => {
      if (Number.isNaN(part[field])) return;
      put(measure, part[field]);
      put(KNOWN + measure, 1);
    });
    put(ACCOUNTS, 1);
    if (Number.isNaN(part.totalPnl)) put(UNKNOWN, 1);
    if (part.withoutRate > 0) put(NO_RATE, 1);
  }

  private groupOf({ currency, isOverAll }: Key): number {
    const key = firmTotalKey({ currency, isOverAll });
    const known = this.groups.get(key);
    if (known !== undefined) return known;
    this.groups.set(key, this.keys.length);
    this.latest.push({ time: 0, version: 0 });
    return this.keys.push({ currency, isOverAll }) - 1;
  }
}
