/** Every table, rollup and view that analysts find, in the order in which docs/TABLES.md tells of them. */
import { exposures } from '../../schemas/exposures';
import { greeks, positionGreeks } from '../../schemas/greeks';
import { cash, fills, foreignFees, horizons, lateFills, positions, refusedFills } from '../../schemas/ledger';
import { breaches, breachParts, limitStatuses, limits } from '../../schemas/limits';
import { bars, marks, quotes, trades, venueStates, volumes } from '../../schemas/market';
import { deadLetters } from '../../schemas/ops';
import {
  accounts,
  codes,
  instruments,
  names,
  parties,
  scopes,
  tradingDays,
  venues,
  versions,
} from '../../schemas/reference';
import { accountPnl, accountTotals, firmTotals, positionPnl } from '../../schemas/risk';
import { unitValues } from '../../schemas/valuation';
import { type ClickhouseSink, clickhouse } from './clickhouse';
import { DATABASE } from './create-table';
import { knownTime } from './known-time';
import { type Latest, latestOf } from './latest';
import type { Rollup } from './rollup';
import { namedView, type View, withNames } from './view';

/** What one ClickHouse database holds. */
export interface TableCatalogue {
  readonly sinks: readonly ClickhouseSink[];
  readonly rollups: readonly Rollup[];
  /** What holds now of state topics. */
  readonly latests: readonly Latest[];
  readonly views: readonly View[];
}

export const namesTable = clickhouse({ from: names, table: 'names', manyValued: ['name'] });
export const instrumentsTable = clickhouse({
  from: instruments,
  table: 'instruments',
  orderBy: ['instrument'],
  manyValued: ['name'],
});
export const accountsTable = clickhouse({ from: accounts, table: 'accounts', manyValued: ['name', 'why'] });
export const scopesTable = clickhouse({ from: scopes, table: 'scopes', manyValued: ['name', 'why'] });
export const partiesTable = clickhouse({
  from: parties,
  table: 'parties',
  manyValued: ['name', 'legalName', 'lei', 'why'],
});
export const venuesTable = clickhouse({ from: venues, table: 'venues', manyValued: ['why'] });
export const codesTable = clickhouse({ from: codes, table: 'codes', manyValued: ['title', 'why'] });
export const tradingDaysTable = clickhouse({ from: tradingDays, table: 'trading_days', manyValued: ['why'] });
export const versionsTable = clickhouse({
  from: versions,
  table: 'reference_versions',
  manyValued: ['version', 'why'],
});
export const quotesTable = clickhouse({ from: quotes, table: 'quotes' });
export const tradesTable = clickhouse({ from: trades, table: 'trades' });
export const marksTable = clickhouse({ from: marks, table: 'marks' });
export const barsTable = clickhouse({ from: bars, table: 'bars' });
export const volumesTable = clickhouse({ from: volumes, table: 'volumes' });
export const fillsTable = clickhouse({
  from: fills,
  table: 'fills',
  partitionBy: 'month',
  manyValued: ['executionId'],
});
export const refusedFillsTable = clickhouse({
  from: refusedFills,
  table: 'refused_fills',
  orderBy: ['account', 'time'],
  partitionBy: 'month',
  manyValued: ['executionId', 'detail'],
});
export const positionsTable = clickhouse({ from: positions, table: 'positions', partitionBy: 'month' });
export const foreignFeesTable = clickhouse({
  from: foreignFees,
  table: 'foreign_fees',
  partitionBy: 'month',
});
export const cashTable = clickhouse({ from: cash, table: 'cash', partitionBy: 'month' });
export const pnlTable = clickhouse({ from: positionPnl, table: 'pnl' });
export const accountPnlTable = clickhouse({ from: accountPnl, table: 'account_pnl' });
export const accountTotalsTable = clickhouse({ from: accountTotals, table: 'account_totals' });
export const firmTotalsTable = clickhouse({ from: firmTotals, table: 'firm_totals' });
export const venueStatesTable = clickhouse({
  from: venueStates,
  table: 'venue_states',
  partitionBy: 'month',
  manyValued: ['detail'],
});
export const lateFillsTable = clickhouse({
  from: lateFills,
  table: 'late_fills',
  partitionBy: 'month',
  manyValued: ['identity', 'executionId', 'detail'],
});
export const horizonsTable = clickhouse({ from: horizons, table: 'horizons', partitionBy: 'month' });
export const unitValuesTable = clickhouse({ from: unitValues, table: 'unit_values' });
export const exposuresTable = clickhouse({ from: exposures, table: 'exposures' });
export const positionGreeksTable = clickhouse({ from: positionGreeks, table: 'position_greeks' });
export const greeksTable = clickhouse({ from: greeks, table: 'greeks' });
export const limitsTable = clickhouse({
  from: limits,
  table: 'limits',
  manyValued: ['limit', 'by', 'why'],
});
export const limitStatusesTable = clickhouse({ from: limitStatuses, table: 'limit_statuses' });
export const breachesTable = clickhouse({ from: breaches, table: 'breaches', partitionBy: 'month' });
export const breachPartsTable = clickhouse({
  from: breachParts,
  table: 'breach_parts',
  partitionBy: 'month',
});
export const deadLettersTable = clickhouse({
  from: deadLetters,
  table: 'dead_letters',
  partitionBy: 'month',
  manyValued: ['detail', 'by'],
});

const sinks: readonly ClickhouseSink[] = [
  namesTable,
  instrumentsTable,
  accountsTable,
  scopesTable,
  partiesTable,
  venuesTable,
  codesTable,
  tradingDaysTable,
  versionsTable,
  quotesTable,
  tradesTable,
  marksTable,
  volumesTable,
  barsTable,
  fillsTable,
  refusedFillsTable,
  positionsTable,
  foreignFeesTable,
  cashTable,
  pnlTable,
  accountPnlTable,
  accountTotalsTable,
  firmTotalsTable,
  venueStatesTable,
  lateFillsTable,
  horizonsTable,
  unitValuesTable,
  exposuresTable,
  positionGreeksTable,
  greeksTable,
  limitsTable,
  limitStatusesTable,
  breachesTable,
  breachPartsTable,
  deadLettersTable,
];

export const accountPnlByMinute: Rollup = {
  name: 'account_pnl_by_minute',
  doc: 'Profit and loss of an account in one currency as it stood at the end of each minute in which it changed.',
  from: accountPnlTable,
  time: 'minute',
  clock: knownTime(accountPnl),
  key: [
    {
      name: 'account',
      type: 'Int32',
      expression: 'account',
      comment: 'Number of the account. Its name: table `names`, domain account.',
    },
    {
      name: 'currency',
      type: 'LowCardinality(String)',
      expression: 'currency',
      comment: 'What the sums are in.',
    },
    {
      name: 'minute',
      type: "DateTime64(6, 'UTC')",
      expression: `toStartOfInterval(${knownTime(accountPnl)}, INTERVAL 1 MINUTE)::DateTime64(6, 'UTC')`,
      comment:
        'Start of the minute in which it was known; of event time where records do not say when that was.',
    },
  ],
  last: [
    'realisedPnl',
    'unrealisedPnl',
    'totalPnl',
    'fees',
    'marketValue',
    'positions',
    'unpriced',
    'stale',
    'time',
  ],
};

const accountPnlByMinuteNamed: View = {
  name: 'account_pnl_by_minute_named',
  doc: 'account_pnl_by_minute with the names of the accounts.',
  select: withNames(accountPnlTable.from, `${DATABASE}.account_pnl_by_minute`),
};

const named = sinks.filter(
  ({ from }) => Object.keys(from.numbers).length > 0 && from.name !== 'reference.instruments',
);

export const tableCatalogue: TableCatalogue = {
  sinks,
  rollups: [accountPnlByMinute],
  latests: sinks.filter(({ from }) => from.kind === 'state').map(latestOf),
  views: [...named.map(namedView), accountPnlByMinuteNamed],
};
