/** Every table, rollup and view that analysts find, in the order in which docs/TABLES.md tells of them. */
import type { Topic } from '../../runtime/stream/topic';
import { cash, fills, foreignFees, positions, refusedFills } from '../../schemas/ledger';
import { marks, quotes, trades, volumes } from '../../schemas/market';
import { deadLetters } from '../../schemas/ops';
import { instruments, names } from '../../schemas/reference';
import { accountPnl, positionPnl } from '../../schemas/risk';
import { type ClickhouseSink, clickhouse } from './clickhouse';
import { DATABASE } from './create-table';
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
export const quotesTable = clickhouse({ from: quotes, table: 'quotes' });
export const tradesTable = clickhouse({ from: trades, table: 'trades' });
export const marksTable = clickhouse({ from: marks, table: 'marks' });
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
export const deadLettersTable = clickhouse({
  from: deadLetters,
  table: 'dead_letters',
  partitionBy: 'month',
  manyValued: ['detail', 'by'],
});

const sinks: readonly ClickhouseSink[] = [
  namesTable,
  instrumentsTable,
  quotesTable,
  tradesTable,
  marksTable,
  volumesTable,
  fillsTable,
  refusedFillsTable,
  positionsTable,
  foreignFeesTable,
  cashTable,
  pnlTable,
  accountPnlTable,
  deadLettersTable,
];

/**
 * When the system knew, as an expression: a bust at 10:30 then leaves 10:06 as it was known at 10:06. Records from before
 * they said so go by their event time.
 */
function clockOf({ codec, eventTime }: Topic): string {
  const { fields } = JSON.parse(codec.schema) as { readonly fields: readonly { readonly name: string }[] };
  const saysSo = fields.some(({ name }) => name === 'knownAt');
  return saysSo ? `if(knownAt <= fromUnixTimestamp64Micro(0, 'UTC'), ${eventTime!}, knownAt)` : eventTime!;
}

export const accountPnlByMinute: Rollup = {
  name: 'account_pnl_by_minute',
  doc: 'Profit and loss of an account in one currency as it stood at the end of each minute in which it changed.',
  from: accountPnlTable,
  time: 'minute',
  clock: clockOf(accountPnl),
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
      expression: `toStartOfInterval(${clockOf(accountPnl)}, INTERVAL 1 MINUTE)::DateTime64(6, 'UTC')`,
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
