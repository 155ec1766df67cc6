/** What jobs were in versions whose folders did not keep it: the upgrade writes it beside their tables. */
import type { Shape } from '../runtime/graph/shape';

/** The job of format 1, until November 2026. */
const RISK_1: Shape = {
  tasks: 1,
  pipelines: [
    {
      name: 'marks',
      reads: [
        { topic: 'reference.instruments', distribution: 'broadcast', through: 'log' },
        { topic: 'market.quotes', distribution: 'partitioned', through: 'log' },
      ],
      tables: [
        { name: 'venue_quotes', record: 'breakwater.market.VenueQuote', schema: '633340aa', limit: 16777216 },
        { name: 'kept_marks', record: 'breakwater.market.KeptMark', schema: '81fc61a1', limit: 4194304 },
        { name: 'mark_timers', record: 'breakwater.runtime.Timer', schema: 'f0edfb54', limit: 4194304 },
      ],
      writes: ['market.marks'],
    },
    {
      name: 'volumes',
      reads: [{ topic: 'market.trades', distribution: 'partitioned', through: 'log' }],
      tables: [
        {
          name: 'traded_volumes',
          record: 'breakwater.market.TradedVolume',
          schema: '8bd1f3c8',
          limit: 4194304,
        },
      ],
      writes: ['market.volumes'],
    },
    {
      name: 'positions',
      reads: [
        { topic: 'reference.instruments', distribution: 'broadcast', through: 'log' },
        { topic: 'ledger.fills', distribution: 'partitioned', through: 'log' },
      ],
      tables: [
        {
          name: 'instruments',
          record: 'breakwater.reference.Instrument',
          schema: 'f943383d',
          limit: 4194304,
        },
        { name: 'positions', record: 'breakwater.ledger.Position', schema: '4b5becca', limit: 4194304 },
        {
          name: 'position_bases',
          record: 'breakwater.ledger.PositionBase',
          schema: '2e219fac',
          limit: 4194304,
        },
        { name: 'executions', record: 'breakwater.ledger.Execution', schema: '9dc583a7', limit: 1048576 },
        { name: 'foreign_fees', record: 'breakwater.ledger.ForeignFee', schema: 'be6dbeb4', limit: 4194304 },
        { name: 'ledger_timers', record: 'breakwater.runtime.Timer', schema: 'f0edfb54', limit: 4194305 },
      ],
      writes: ['ledger.positions', 'ledger.foreign_fees', 'ledger.refused_fills'],
    },
    {
      name: 'pnl',
      reads: [
        { topic: 'market.marks', distribution: 'broadcast', through: 'graph' },
        { topic: 'ledger.positions', distribution: 'partitioned', through: 'graph' },
      ],
      tables: [
        { name: 'latest_marks', record: 'breakwater.risk.LatestMark', schema: '62be9888', limit: 4194304 },
        { name: 'conflation_timers', record: 'breakwater.runtime.Timer', schema: 'f0edfb54', limit: 1 },
        {
          name: 'valued_positions',
          record: 'breakwater.risk.ValuedPosition',
          schema: 'bb301e84',
          limit: 4194304,
        },
        { name: 'account_parts', record: 'breakwater.risk.AccountPart', schema: '57b57095', limit: 4194304 },
        { name: 'account_totals', record: 'breakwater.risk.AccountPnl', schema: 'd322526', limit: 4194304 },
      ],
      writes: ['risk.pnl', 'risk.account_pnl'],
    },
  ],
};

/** Undefined for a job that no version of this program had. */
export const shapeBefore = (job: string, format: number): Shape | undefined =>
  format === 1 && job === 'risk' ? RISK_1 : undefined;
