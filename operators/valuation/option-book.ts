/**
 * Options in a live book: which of them a mark concerns, slice by slice, and what moved when they are priced anew.
 *
 * Derived from reference data, marks and the minute of valuation alone: a book that is built anew from them has the same
 * bits.
 */
import {
  type BookSettings,
  delistOption,
  listOption,
  type PreparedBook,
  prepareBook,
  reasonOf,
  repriceMoved,
  setRate,
  setSpot,
  setTime,
  setVolatility,
  setYield,
} from '../../pricing/batch/book';
import type { ReadonlyNumbered } from '../../runtime/tables/numbered';
import { MarkQuality, MarkState } from '../../schemas/market';
import type { LatestMarkColumns } from '../../schemas/tables';
import { ValueQuality, ValueReason } from '../../schemas/valuation';
import { type Slice, type SliceQuote, sliceOf } from './option-slice';
import type { OptionTerms } from './option-terms';

/** Places are counted from here, so that a book that is built anew has the same digits. */
const ORIGIN = Date.parse('2025-01-01T00:00:00Z') * 1000;
const MICROS_PER_YEAR = 365 * 86_400 * 1e6;
const ROOM = { options: 2 ** 17, nodes: 2 ** 15, underlyings: 2 ** 15, rates: 2 ** 15, yields: 2 ** 15 };

/** Options of one underlying and expiry. */
interface Expiry {
  readonly place: number;
  readonly underlying: number;
  readonly options: OptionTerms[];
  slice: Slice | undefined;
  /** What all of them have to be told with. */
  remark: ValueReason | undefined;
}

export interface OptionValue {
  readonly row: number | undefined;
  readonly expiry: Expiry | undefined;
  readonly quality: ValueQuality;
  readonly reason: ValueReason;
}

export interface OptionBookSettings {
  readonly kernel?: BookSettings['kernel'];
  readonly room?: BookSettings['room'];
  /** Continuous rate of each currency, decimal a year, where a chain implies none; 0 unless said. */
  readonly flatRates: Readonly<Record<string, number>>;
}

export class OptionBook {
  readonly book: PreparedBook;
  private now = ORIGIN;
  private readonly terms = new Map<number, OptionTerms>();
  private readonly rows = new Map<number, number>();
  private readonly instruments = new Map<number, number>();
  private readonly expiries = new Map<string, Expiry>();
  private readonly expiriesOn = new Map<number, Set<Expiry>>();
  private readonly moved = new Set<Expiry>();
  private readonly refused = new Map<number, ValueReason>();
  private readonly points = new Map<number, boolean>();

  constructor(
    private readonly marks: ReadonlyNumbered<LatestMarkColumns>,
    private readonly settings: OptionBookSettings,
  ) {
    const { kernel, room = ROOM } = settings;
    const prepared = prepareBook([], { origin: ORIGIN, room, ...(kernel && { kernel }) });
    if (!prepared.ok) throw new RangeError(prepared.message);
    this.book = prepared.value;
  }

  /** Takes an option in, or out where it has no terms that could be priced. */
  list(instrument: number, terms: OptionTerms | undefined): void {
    this.delist(instrument);
    this.refused.delete(instrument);
    if (!terms) return;
    const expiry = this.expiryOf(terms);
    const { place } = expiry;
    const listed = listOption(this.book, { ...terms, underlying: place, rate: place, yield: place });
    if (!listed.ok) {
      const isFull = listed.reason === 'book-is-full';
      this.refused.set(instrument, isFull ? ValueReason.TooMany : ValueReason.NoTerms);
      return;
    }
    this.terms.set(instrument, terms);
    this.rows.set(instrument, listed.value);
    this.instruments.set(listed.value, instrument);
    expiry.options.push(terms);
    expiry.options.sort((a, b) => a.instrument - b.instrument);
    this.moved.add(expiry);
  }

  delist(instrument: number): void {
    const terms = this.terms.get(instrument);
    if (!terms) return;
    const row = this.rows.get(instrument)!;
    delistOption(this.book, row);
    const expiry = this.expiryOf(terms);
    expiry.options.splice(expiry.options.indexOf(terms), 1);
    this.terms.delete(instrument);
    this.rows.delete(instrument);
    this.instruments.delete(row);
    this.moved.add(expiry);
  }

  /** A mark concerns the expiry of an option, and all expiries of an underlying. */
  takeMark(instrument: number): void {
    const terms = this.terms.get(instrument);
    if (terms) this.moved.add(this.expiryOf(terms));
    for (const expiry of this.expiriesOn.get(instrument) ?? []) this.moved.add(expiry);
  }

  /** Every option is valued as of a new time. */
  takeTime(now: number): void {
    this.now = now;
    setTime(this.book, now);
    for (const expiry of this.expiries.values()) this.moved.add(expiry);
  }

  /** Instruments whose values moved, in order. */
  reprice(): readonly number[] {
    const touched = new Set<number>();
    for (const expiry of this.moved) for (const instrument of this.refit(expiry)) touched.add(instrument);
    this.moved.clear();
    for (const row of repriceMoved(this.book)) {
      const instrument = this.instruments.get(row);
      if (instrument !== undefined) touched.add(instrument);
    }
    return [...touched].sort((a, b) => a - b);
  }

  valueOf(instrument: number): OptionValue {
    const row = this.rows.get(instrument);
    const terms = this.terms.get(instrument);
    const missing = { row: undefined, expiry: undefined, quality: ValueQuality.Missing };
    if (row === undefined || !terms)
      return { ...missing, reason: this.refused.get(instrument) ?? ValueReason.NoTerms };
    const expiry = this.expiryOf(terms);
    const quality = this.points.get(instrument) ? ValueQuality.Quoted : ValueQuality.Modelled;
    const reason = REASONS[reasonOf(this.book, row)] ?? ValueReason.NoModel;
    if (reason !== ValueReason.None) return { row, expiry, quality: ValueQuality.Missing, reason };
    return { row, expiry, quality, reason: this.remarkOn(expiry) };
  }

  yearsOf(instrument: number): number {
    const expiry = this.terms.get(instrument)?.expiry;
    return expiry === undefined ? Number.NaN : (expiry - this.now) / MICROS_PER_YEAR;
  }

  private remarkOn({ underlying, slice }: Expiry): ValueReason {
    if (this.marks.columns.state[underlying] === MarkState.Stale) return ValueReason.StaleSpot;
    return slice?.isFlat ? ValueReason.FlatCarry : ValueReason.None;
  }

  /** Carry and volatilities anew; answers the options whose standing may be another although their numbers are not. */
  private *refit(expiry: Expiry): Generator<number> {
    const [first] = expiry.options;
    if (!first) return;
    const quotes = expiry.options.map(
      (terms): SliceQuote => ({ terms, price: this.quoteOf(terms.instrument) }),
    );
    const mark = this.priceOf(expiry.underlying);
    const years = (first.expiry - this.now) / MICROS_PER_YEAR;
    const flatRate = this.settings.flatRates[first.currency] ?? 0;
    const slice = sliceOf({ quotes, mark, years, flatRate });
    expiry.slice = slice;
    const remark = this.remarkOn(expiry);
    const isRemarked = remark !== expiry.remark;
    expiry.remark = remark;
    setSpot(this.book, expiry.place, mark);
    setRate(this.book, expiry.place, slice.rate);
    setYield(this.book, expiry.place, slice.yield);
    for (const [index, { instrument }] of expiry.options.entries()) {
      const { volatility, isQuoted } = slice.points[index]!;
      setVolatility(this.book, this.rows.get(instrument)!, volatility);
      if (isRemarked || this.points.get(instrument) !== isQuoted) yield instrument;
      this.points.set(instrument, isQuoted);
    }
  }

  private priceOf(instrument: number): number {
    return this.marks.has(instrument) ? this.marks.columns.price[instrument]! : Number.NaN;
  }

  /** Of two good sides that are young. */
  private quoteOf(instrument: number): number {
    const { state, quality } = this.marks.columns;
    const isGood = state[instrument] === MarkState.Priced && quality[instrument] === MarkQuality.Good;
    return isGood ? this.priceOf(instrument) : Number.NaN;
  }

  private expiryOf({ underlying, expiry, on }: OptionTerms): Expiry {
    const key = `${underlying} ${expiry} ${on}`;
    const known = this.expiries.get(key);
    if (known) return known;
    const made: Expiry = {
      place: this.expiries.size,
      underlying,
      options: [],
      slice: undefined,
      remark: undefined,
    };
    this.expiries.set(key, made);
    const beside = this.expiriesOn.get(underlying) ?? new Set<Expiry>();
    this.expiriesOn.set(underlying, beside.add(made));
    return made;
  }
}

const REASONS: Readonly<Partial<Record<ReturnType<typeof reasonOf>, ValueReason>>> = {
  priced: ValueReason.None,
  expired: ValueReason.Expired,
  'spot-missing': ValueReason.NoSpot,
  'spot-must-be-positive': ValueReason.NoSpot,
  'volatility-missing': ValueReason.NoVolatility,
  'volatility-must-be-positive': ValueReason.NoVolatility,
};
