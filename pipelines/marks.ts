/**
 * Marks, partitioned by instrument
 *
 *   reference.instruments ────────────────────────────────────┐
 *   (rows, broadcast)                                         │
 *   market.quotes ── consolidateQuotes ── best bid and ask ── keepMarks ──► market.marks ──► ClickHouse
 *   (columns)        [venue_quotes]                           [kept_marks, mark_timers]
 */
import { consolidateQuotes } from '../operators/consolidate-quotes';
import { type KeepMarksOptions, keepMarks } from '../operators/keep-marks';
import { pipeline } from '../runtime/pipeline';
import { broadcast, partitioned } from '../runtime/topic';
import { marks as marksTopic, quotes } from '../schemas/market';
import { instruments } from '../schemas/reference';
import { keptMarkTable, markTimers, venueQuoteTable } from '../schemas/tables';
import { marksTable } from '../sinks/clickhouse/tables';

export const marksWith = (options: KeepMarksOptions) =>
  pipeline({
    name: 'marks',
    reads: { instruments: broadcast(instruments), quotes: partitioned(quotes) },
    state: { venueQuotes: venueQuoteTable, marks: keptMarkTable, timers: markTimers },
    writes: { marks: marksTopic },
    build: (from, state) => {
      const best = consolidateQuotes(from.quotes, state.venueQuotes);
      return { marks: keepMarks({ instruments: from.instruments, best }, state, options) };
    },
    sinks: [marksTable],
  });

export const marks = marksWith({ staleAfterMicros: 15_000_000 });
