/**
 * Positions, partitioned by account
 *
 *   reference.instruments ── keepInstruments ──┐
 *   (rows, broadcast)        [instruments]     │          ┌──► ledger.positions ─────► ClickHouse
 *   ledger.fills ───────────────────────── applyFills ────┼──► ledger.foreign_fees ──► ClickHouse
 *   (rows)             [positions, position_bases,        ├──► ledger.refused_fills ─► ClickHouse
 *   ledger.late_resolutions  executions, foreign_fees,    ├──► ledger.late_fills ────► ClickHouse
 *   (rows)              contracts, remembered_ids,        └──► ledger.horizons
 *                       late_fills, late_decisions,
 *                       ledger_timers]
 */
import { type ApplyFillsOptions, applyFills } from '../operators/apply-fills';
import { keepInstruments } from '../operators/keep-instruments';
import { executionsTable } from '../operators/ledger/executions';
import { part } from '../operators/part';
import { pipeline } from '../runtime/graph/pipeline';
import { broadcast, partitioned } from '../runtime/stream/topic';
import { schemaVersions } from '../schemas/evolution/schema-versions';
import {
  fills,
  foreignFees,
  horizons,
  lateFills,
  lateResolutions,
  positions as positionsTopic,
  refusedFills,
} from '../schemas/ledger';
import { instruments } from '../schemas/reference';
import {
  contractTable,
  foreignFeeTable,
  instrumentTable,
  lateDecisionTable,
  lateFillTable,
  ledgerTimers,
  positionBaseTable,
  positionTable,
  rememberedIdTable,
} from '../schemas/tables';
import {
  foreignFeesTable,
  horizonsTable,
  lateFillsTable,
  positionsTable,
  refusedFillsTable,
} from '../sinks/clickhouse/tables';

export const executionTable = executionsTable({
  name: 'executions',
  limit: 2 ** 22,
  versions: schemaVersions,
});

export const positionsWith = (options: ApplyFillsOptions) =>
  pipeline({
    name: 'positions',
    reads: {
      instruments: broadcast(instruments),
      fills: partitioned(fills),
      resolutions: partitioned(lateResolutions),
    },
    state: {
      instruments: instrumentTable,
      positions: positionTable,
      bases: positionBaseTable,
      executions: executionTable,
      foreignFees: foreignFeeTable,
      contracts: contractTable,
      remembered: rememberedIdTable,
      lateFills: lateFillTable,
      decisions: lateDecisionTable,
      timers: ledgerTimers,
    },
    writes: { positions: positionsTopic, foreignFees, refusedFills, lateFills, horizons },
    build: (from, state) => {
      const known = keepInstruments(from.instruments, state.instruments);
      const applied = applyFills({ ...from, instruments: known }, state, options);
      return {
        positions: part(applied, 'positions'),
        foreignFees: part(applied, 'foreignFees'),
        refusedFills: part(applied, 'refused'),
        lateFills: part(applied, 'lateFills'),
        horizons: part(applied, 'horizons'),
      };
    },
    sinks: [positionsTable, foreignFeesTable, refusedFillsTable, lateFillsTable, horizonsTable],
  });

const MINUTE = 60_000_000;

export const positions = positionsWith({
  horizon: { tradingDays: 10, bytes: 256 * 2 ** 20 },
  limits: {
    patienceMicros: 10 * MINUTE,
    waiting: 10_000,
    aheadMicros: 60 * MINUTE,
    positions: positionTable.limit,
    remembered: 2 ** 22,
  },
});
