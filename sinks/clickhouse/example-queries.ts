/** What analysts ask: printed in docs/TABLES.md and run by a test. */
export interface ExampleQuery {
  readonly question: string;
  readonly sql: string;
}

export const exampleQueries: readonly ExampleQuery[] = [
  {
    question: 'What does each account stand at now, by currency?',
    sql: `SELECT accountName, currency, realisedPnl, unrealisedPnl, unpriced
FROM account_pnl_named
ORDER BY accountName, currency`,
  },
  {
    question: 'How did an account do over the day, minute by minute?',
    sql: `SELECT minute, realisedPnl, unrealisedPnl, toFloat64(realisedPnl) + unrealisedPnl AS pnl
FROM account_pnl_by_minute_named
WHERE accountName = 'alpha' AND currency = 'USD'
ORDER BY minute`,
  },
  {
    question: 'Which positions are the largest, at the last price?',
    sql: `SELECT accountName, instrumentName, quantity, marketValue
FROM pnl_named
WHERE status != 'Unpriced'
ORDER BY abs(marketValue) DESC
LIMIT 20`,
  },
  {
    question: 'Which positions have no price, and which a stale one?',
    sql: `SELECT accountName, instrumentName, quantity, status
FROM pnl_named
WHERE status != 'Priced' AND quantity != 0`,
  },
  {
    question: 'What was the quoted spread of each instrument, by hour?',
    sql: `SELECT instrumentName, toStartOfHour(time) AS hour, avgIf(ask - bid, NOT isNaN(ask - bid)) AS spread, count() AS quotes
FROM quotes_named
GROUP BY instrumentName, hour
ORDER BY instrumentName, hour`,
  },
  {
    question: 'At what mark did each of our fills happen?',
    sql: `SELECT fills.time, fills.account, fills.instrument, fills.price, marks.price AS mark
FROM fills
ASOF LEFT JOIN marks ON fills.instrument = marks.instrument AND fills.time >= marks.time
ORDER BY fills.time`,
  },
  {
    question: 'How much was traded, and what did it cost in fees?',
    sql: `SELECT toDate(time) AS day, accountName, feeCurrency, count() AS fills, sum(fee) AS fees
FROM fills_named
WHERE kind = 'New'
GROUP BY day, accountName, feeCurrency
ORDER BY day, accountName`,
  },
  {
    question: 'Why were fills refused?',
    sql: `SELECT reason, count() AS fills, any(detail) AS example
FROM refused_fills
GROUP BY reason
ORDER BY fills DESC`,
  },
  {
    question: 'What has been changed in this database, and when?',
    sql: 'SELECT version, applied, object FROM breakwater_migrations ORDER BY version DESC LIMIT 10',
  },
];
