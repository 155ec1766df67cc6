/**
 * Marks, partitioned by instrument
 *
 *   reference.instruments ──┐
 *   (rows, broadcast)       │
 *   market.venue_states ────┤
 *   (rows, broadcast)       │
 *   market.quotes ── consolidateQuotes ── best bid and ask ── keepMarks ──► market.marks ──► ClickHouse
 *   (columns)        [venue_quotes, venue_beliefs,            [kept_marks, crossed_timers]
 *                     quoted_instruments, mark_timers]
 */
import { consolidateQuotes } from '../operators/consolidate-quotes';
import { type KeepMarksOptions, keepMarks } from '../operators/keep-marks';
import { USUAL_RULES } from '../operators/marks/rules';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast, partitioned } from '../runtime/stream/topic';
import { marks as marksTopic, quotes, venueStates } from '../schemas/market';
import { instruments } from '../schemas/reference';
import {
  crossedTimers,
  keptMarkTable,
  markTimers,
  quotedInstrumentTable,
  venueBeliefTable,
  venueQuoteTable,
} from '../schemas/tables';
import { marksTable } from '../sinks/clickhouse/tables';

export const marksWith = (options: KeepMarksOptions) =>
  pipeline({
    name: 'marks',
    reads: {
      instruments: broadcast(instruments),
      venueStates: broadcast(venueStates),
      quotes: partitioned(quotes),
    },
    state: {
      quoted: quotedInstrumentTable,
      venueQuotes: venueQuoteTable,
      beliefs: venueBeliefTable,
      marks: keptMarkTable,
      timers: markTimers,
      crossed: crossedTimers,
    },
    writes: { marks: marksTopic },
    build: (from, state) => ({ marks: keepMarks(consolidateQuotes(from, state, options), state, options) }),
    sinks: [marksTable],
  });

export const marks = marksWith({ rules: USUAL_RULES });
