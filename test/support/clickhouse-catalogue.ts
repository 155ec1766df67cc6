/** A few tables are enough where it matters how rows get in: an event in frames, and a state in rows with a rollup. */
import { latestOf } from '../../sinks/clickhouse/latest';
import {
  accountPnlByMinute,
  accountPnlTable,
  quotesTable,
  type TableCatalogue,
} from '../../sinks/clickhouse/tables';

export const smallCatalogue: TableCatalogue = {
  sinks: [accountPnlTable, quotesTable],
  rollups: [accountPnlByMinute],
  latests: [latestOf(accountPnlTable)],
  views: [],
};
