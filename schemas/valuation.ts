/** What options are worth by their models, once an instrument. */
import { type Topic, topic } from '../runtime/stream/topic';
import { numberedTable } from '../runtime/tables/numbered';
import { rowsTable } from '../runtime/tables/rows';
import { timersTable } from '../runtime/tables/timers';
import { schemaVersions } from './evolution/schema-versions';
import { latestMarkNumbered } from './generated/tables/latest-mark';
import { saidValueNumbered } from './generated/tables/said-value';
import { type UnitValueColumns, unitValueCodec } from './generated/valuation/unit-value';
import { type Instrument, instrumentCodec } from './reference';

export * from './generated/tables/said-value';
export * from './generated/valuation/unit-value';

const INSTRUMENTS_MAX = 2 ** 22;

export const unitValues: Topic<UnitValueColumns> = topic({
  name: 'valuation.unit_values',
  kind: 'state',
  codec: unitValueCodec,
  key: ['instrument'],
  partitionedBy: 'instrument',
  numbers: { instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24,
});

/** Marks by which options are valued. */
export const valuationMarkTable = numberedTable({
  name: 'valuation_marks',
  ...latestMarkNumbered,
  limit: INSTRUMENTS_MAX,
});
export const valuationTimers = timersTable({ name: 'valuation_timers', limit: 1 });
/** Key 0: the minute at which options are valued is over. */
export const valuationClock = timersTable({ name: 'valuation_clock', limit: 1 });
export const valuationInstrumentTable = rowsTable<Instrument>({
  name: 'valuation_instruments',
  codec: instrumentCodec,
  versions: schemaVersions,
  key: ({ instrument }) => String(instrument),
  limit: INSTRUMENTS_MAX,
});
export const saidValueTable = numberedTable({
  name: 'said_values',
  ...saidValueNumbered,
  limit: INSTRUMENTS_MAX,
});
