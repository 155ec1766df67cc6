/**
 * Values and Greeks of options, once an instrument: one task for the firm
 *
 *   reference.instruments ───────────────────────────┐
 *   (rows, broadcast)                                ├─ valueInstruments ──► valuation.unit_values ──► ClickHouse
 *   market.marks ── conflate ── changed marks ───────┘  [valuation_instruments,
 *   (columns, broadcast)  [valuation_marks,              valuation_clock, said_values]
 *                          valuation_timers]
 */
import { conflate } from '../operators/conflate';
import type { OptionBookSettings } from '../operators/valuation/option-book';
import { valueInstruments } from '../operators/value-instruments';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast } from '../runtime/stream/topic';
import { marks } from '../schemas/market';
import { instruments } from '../schemas/reference';
import {
  saidValueTable,
  unitValues,
  valuationClock,
  valuationInstrumentTable,
  valuationMarkTable,
  valuationTimers,
} from '../schemas/valuation';
import { unitValuesTable } from '../sinks/clickhouse/tables';

export interface ValuationsOptions extends OptionBookSettings {
  /** Options are valued so often at most; 0: in every step. */
  readonly everyMicros: number;
}

export const valuationsWith = (options: ValuationsOptions) =>
  pipeline({
    name: 'valuations',
    reads: { instruments: broadcast(instruments), marks: broadcast(marks) },
    state: {
      latest: valuationMarkTable,
      timers: valuationTimers,
      instruments: valuationInstrumentTable,
      clock: valuationClock,
      said: saidValueTable,
    },
    writes: { unitValues },
    build: ({ instruments, marks }, state) => {
      const changed = conflate(marks, state, options);
      return { unitValues: valueInstruments({ instruments, marks: changed }, state, options) };
    },
    sinks: [unitValuesTable],
  });

export const valuations = valuationsWith({ everyMicros: 100_000, flatRates: {} });
