/**
 * What each instrument's price and quantity have meant in money, and since when. A symbol that is used again for
 * something else, or a multiplier or base that was mended, is another contract of the instrument: positions keep the one
 * they were opened on.
 *
 * Reference data that says from when it holds is taken by the time of the execution; what does not say so holds since
 * whenever, until told otherwise. Terms without which nothing can be booked (a multiplier of zero or less) replace
 * nothing: fills are refused until they are mended.
 */
import type { Rows } from '../../runtime/tables/rows';
import { formatDecimal, QUANTITY_SCALE } from '../../schemas/decimals';
import type { Instrument } from '../../schemas/reference';
import { type ContractTerms, contractKey } from '../../schemas/tables';
import { Effective, endOf } from '../reference/effective';
import { baseOf } from './base-of';

interface Span {
  readonly from: number;
  readonly contract: number;
}

/** When the marks of an instrument are of one of its contracts, micros: `until` is not, and 0 is no end. */
export interface MarkedSpan {
  readonly markedFrom: number;
  readonly markedUntil: number;
}
const ALWAYS: MarkedSpan = { markedFrom: 0, markedUntil: 0 };
// Before anything is marked.
const NEVER: MarkedSpan = { markedFrom: 1, markedUntil: 1 };

export class Contracts {
  /** By instrument: the distinct terms, by the number of the contract. */
  private readonly terms: ContractTerms[][] = [];
  /** By instrument: which contract holds from when on, in growing order of time. */
  private readonly spans: (readonly Span[])[] = [];
  /** What reference data have of each instrument, version by version. */
  private readonly listed = new Effective<number, Instrument>(({ instrument }) => instrument, endOf);
  private readonly faults: (string | undefined)[] = [];

  constructor(private readonly table: Rows<ContractTerms>) {
    for (const row of table.values()) this.hold(row);
  }

  /** Says whether it changes which terms hold when, for an instrument that was known. */
  know(instrument: Instrument): boolean {
    const fault = faultOf(instrument);
    this.faults[instrument.instrument] = fault;
    this.listed.set(instrument);
    if (fault !== undefined) return false;
    const told = termsOf(instrument);
    const known = this.terms[instrument.instrument] ?? [];
    const same = known.find((one) => hasSameTerms(one, told));
    const row = { ...told, contract: same?.contract ?? known.length };
    const before = this.spans[instrument.instrument];
    if (isSaidAgain(row, before?.at(-1))) return false;
    if (!this.table.get(contractKey(row))) this.table.set(row);
    this.hold(row);
    return before !== undefined && !isSameSpans(before, this.spans[instrument.instrument]!);
  }

  /** Reference data has withdrawn a version: of an instrument without any what comes is refused, what is held stays. */
  forget(instrument: number, validFrom: number): void {
    this.listed.delete(instrument, validFrom);
    if (!this.listed.has(instrument)) this.faults[instrument] = undefined;
  }

  /** What reference data say of an instrument at a time. */
  listedAt(instrument: number, time: number): Instrument | undefined {
    return this.listed.at(instrument, time);
  }

  isKnown(instrument: number): boolean {
    return this.listed.has(instrument);
  }

  /** When an instrument ended that is not there at a time; undefined where it is, or has not begun. */
  endedBefore(instrument: number, time: number): number | undefined {
    if (this.listed.at(instrument, time)) return undefined;
    return this.listed.of(instrument).findLast(({ validFrom }) => validFrom <= time)?.validTo;
  }

  /** What is wrong with the terms of an instrument, as they were told last. */
  faultOf(instrument: number): string | undefined {
    return this.faults[instrument];
  }

  /** The contract that holds at a time; what was before the first span has its terms. */
  at(instrument: number, time: number): ContractTerms | undefined {
    const spans = this.spans[instrument];
    if (!spans) return undefined;
    let index = spans.length - 1;
    while (index > 0 && spans[index]!.from > time) index -= 1;
    return this.get(instrument, spans[index]!.contract);
  }

  get(instrument: number, contract: number): ContractTerms {
    return this.terms[instrument]![contract]!;
  }

  /** When marks are of a contract; of one that was used, replaced and used again, its last time counts. */
  markedSpan(instrument: number, contract: number): MarkedSpan {
    if (this.terms[instrument]!.length === 1) return ALWAYS;
    const spans = this.spans[instrument]!;
    const own = this.get(instrument, contract);
    const isOwn = ({ contract: other }: Span): boolean => hasSameMoney(this.get(instrument, other), own);
    let last = spans.length - 1;
    while (last >= 0 && !isOwn(spans[last]!)) last -= 1;
    if (last < 0) return NEVER;
    let first = last;
    while (first > 0 && isOwn(spans[first - 1]!)) first -= 1;
    return {
      markedFrom: first === 0 ? 0 : spans[first]!.from,
      markedUntil: spans[last + 1]?.from ?? 0,
    };
  }

  private hold(row: ContractTerms): void {
    const { instrument, contract } = row;
    const terms = this.terms[instrument] ?? [];
    this.terms[instrument] = terms;
    // One object for all positions on the contract, so that they need not compare it.
    terms[contract] ??= row;
    const from = row.validFrom === 0 ? Number.NEGATIVE_INFINITY : row.validFrom;
    const others = (this.spans[instrument] ?? []).filter((span) => span.from !== from);
    this.spans[instrument] = [...others, { from, contract }].sort((a, b) => a.from - b.from);
  }
}

const isSameSpans = (a: readonly Span[], b: readonly Span[]): boolean =>
  a.length === b.length &&
  a.every((one, index) => one.from === b[index]!.from && one.contract === b[index]!.contract);

// Without a date, after terms with one: what is told again of those that were told last changes no history.
const isSaidAgain = ({ contract, validFrom }: ContractTerms, last: Span | undefined): boolean =>
  validFrom === 0 && last?.contract === contract;

/** Whether prices and quantities mean the same money. */
export const hasSameMoney = (a: Terms, b: Terms): boolean =>
  a.currency === b.currency && a.multiplier === b.multiplier && a.inverse === b.inverse;

// What was booked must follow from its contract for ever, so a base that is mended is another contract, too.
export const hasSameTerms = (a: Terms, b: Terms): boolean => hasSameMoney(a, b) && a.base === b.base;

type Terms = Pick<ContractTerms, 'currency' | 'multiplier' | 'inverse' | 'base'>;

function faultOf({ multiplier }: Instrument): string | undefined {
  if (multiplier > 0n) return undefined;
  const told = formatDecimal(multiplier, QUANTITY_SCALE);
  return `its multiplier is ${told}, and must be above zero: mend it in reference.instruments, then send the fill again`;
}

const termsOf = (instrument: Instrument): ContractTerms => ({
  instrument: instrument.instrument,
  contract: 0,
  currency: instrument.currency,
  multiplier: instrument.multiplier,
  inverse: instrument.inverse,
  base: baseOf(instrument),
  validFrom: instrument.validFrom,
  version: instrument.version,
});
