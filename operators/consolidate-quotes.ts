/**
 * Consolidates quotes of many venues into the best bid and ask of each instrument: one record for each quote that counts,
 * in order, and one whenever a side has become too old or a venue has gone down or come up, so that whoever judges them
 * sees every moment however steps are cut.
 *
 * A quote says something about a side whose price is a finite number, and nothing about one whose price is NaN; a size
 * of zero or less withdraws the side. What a venue said of a side stands until it says otherwise by a later time (or, at
 * one time, a greater sequence), until it is too old, or until the venue goes down. Suspect quotes are left out; one that
 * tells of a gap takes both sides back.
 *
 * State: the last bid and ask of each venue in each instrument, the states of venues, what kind of instrument each is,
 * and a timer for each that has a price. The best is derived.
 */
import type { Marker } from '../runtime/stream/marker';
import { type OperatorContext, operator, type Stream } from '../runtime/stream/operator';
import type { Numbered } from '../runtime/tables/numbered';
import type { Timers } from '../runtime/tables/timers';
import { type QuoteColumns, QuoteCondition, type VenueStateChanges } from '../schemas/market';
import { type InstrumentChanges, InstrumentKind } from '../schemas/reference';
import type { QuotedInstrumentColumns, VenueBeliefColumns, VenueQuoteColumns } from '../schemas/tables';
import { type BestQuoteColumns, BestQuotes } from './marks/best-quotes';
import { type MarkRules, type RulesByKind, rulesByNumber } from './marks/rules';
import { UsualQuotes } from './marks/usual-quotes';
import { VenueBook } from './marks/venue-book';
import { Venues } from './marks/venues';

// Held here: asked of its module in the loop it would be a call for every quote.
const SUSPECT = QuoteCondition.Suspect;

/** By the rules of which an instrument is marked before reference data tells of it. */
const UNKNOWN = InstrumentKind.Equity;

interface Inputs {
  readonly instruments: Stream<InstrumentChanges>;
  readonly venueStates: Stream<VenueStateChanges>;
  readonly quotes: Stream<QuoteColumns>;
}

export interface ConsolidateTables {
  readonly quoted: Numbered<QuotedInstrumentColumns>;
  readonly venueQuotes: Numbered<VenueQuoteColumns>;
  readonly beliefs: Numbered<VenueBeliefColumns>;
  readonly timers: Timers;
}

export function consolidateQuotes(
  { instruments, venueStates, quotes }: Inputs,
  tables: ConsolidateTables,
  { rules }: { readonly rules: RulesByKind },
): Stream<BestQuoteColumns> {
  const { timers } = tables;
  // What has become too old is judged before anything else changes, as in a step of its own.
  const inputs = { fired: timers.fired, instruments, venueStates, quotes };
  return operator('consolidate-quotes', inputs, ({ marker }: OperatorContext) => {
    const consolidation = new Consolidation(tables, rulesByNumber(rules));
    const { best } = consolidation;
    /** Whose timer may have to be set. */
    const seen = marker();
    const reclassify = (instrument: number, kind: InstrumentKind, now: number): void => {
      if (!consolidation.classify(instrument, kind)) return;
      consolidation.look(instrument, now);
      seen.add(instrument);
    };
    return {
      on: {
        fired({ length, key }, { now }) {
          best.clear();
          for (let index = 0; index < length; index += 1) {
            consolidation.grow(key[index]!, now);
            seen.add(key[index]!);
          }
        },
        instruments({ set, removed }, { now }) {
          for (const { instrument, kind } of set) reclassify(instrument, kind, now);
          for (const { instrument } of removed) reclassify(instrument, UNKNOWN, now);
        },
        venueStates({ set, removed }, { now }) {
          for (const state of set) consolidation.venues.take(state, now);
          for (const { venue } of removed) consolidation.venues.forget(venue);
          for (const { venue } of [...set, ...removed])
            for (const instrument of consolidation.book.quotedBy(venue)) {
              consolidation.look(instrument, now);
              seen.add(instrument);
            }
        },
        quotes: (columns, { now }) => consolidation.take(columns, now, seen),
      },
      emit() {
        const keys = seen.keys();
        for (let index = 0; index < keys.length; index += 1) consolidation.arm(keys[index]!);
        seen.clear();
        return best.columns;
      },
    };
  });
}

class Consolidation {
  readonly best = new BestQuotes();
  readonly venues: Venues;
  readonly book: VenueBook;
  private readonly usual: UsualQuotes;

  constructor(
    private readonly tables: ConsolidateTables,
    private readonly rules: readonly MarkRules[],
  ) {
    const { quoted, venueQuotes, beliefs } = tables;
    this.venues = new Venues(beliefs);
    this.book = new VenueBook(venueQuotes, this.venues);
    this.usual = new UsualQuotes(tables, this.book, this.best, rules);
    // What was too old when it was last looked at is found too old again: nothing has become young since.
    for (let instrument = 0; instrument < quoted.length; instrument += 1)
      if (quoted.columns.looked[instrument]! >= 0)
        this.book.look(instrument, this.rulesOf(instrument), quoted.columns.looked[instrument]!);
  }

  /** Whether it has been quoted, and is another kind of instrument than it was taken for. */
  classify(instrument: number, kind: InstrumentKind): boolean {
    const { quoted } = this.tables;
    quoted.ensure(instrument);
    if (quoted.columns.kind[instrument] === kind) return false;
    quoted.columns.kind[instrument] = kind;
    quoted.touch(instrument);
    return quoted.columns.looked[instrument]! >= 0;
  }

  take(quotes: QuoteColumns, now: number, seen: Marker): void {
    const { length, instrument, condition, time } = quotes;
    for (let index = 0; index < length; index += 1) {
      index = this.usual.take(quotes, index, now, seen);
      if (index >= length) return;
      if (condition[index] === SUSPECT) continue;
      const key = instrument[index]!;
      if (!this.book.take(quotes, index, this.rulesOf(key), now)) continue;
      this.best.push(this.book, key, time[index]!);
      this.looked(key, now);
      seen.add(key);
    }
  }

  look(instrument: number, now: number): void {
    this.book.look(instrument, this.rulesOf(instrument), now);
    this.best.push(this.book, instrument, -1);
    this.looked(instrument, now);
  }

  /** Time has passed: looks at each moment at which a best side became too old. */
  grow(instrument: number, now: number): void {
    for (let due = this.book.dueOf(instrument); due <= now; due = this.book.dueOf(instrument))
      this.look(instrument, due);
    this.looked(instrument, now);
  }

  arm(instrument: number): void {
    const { quoted, timers } = this.tables;
    const due = this.book.dueOf(instrument);
    const { columns } = quoted;
    if (due === Number.POSITIVE_INFINITY) return;
    if (timers.isSet(instrument) && columns.due[instrument]! <= due) return;
    columns.due[instrument] = due;
    timers.set(instrument, due);
    quoted.touch(instrument);
  }

  private looked(instrument: number, now: number): void {
    const { quoted } = this.tables;
    quoted.ensure(instrument);
    if (quoted.columns.looked[instrument] === now) return;
    quoted.columns.looked[instrument] = now;
    quoted.touch(instrument);
  }

  private rulesOf(instrument: number): MarkRules {
    const { quoted } = this.tables;
    return this.rules[quoted.columns.kind[instrument] ?? UNKNOWN]!;
  }
}
