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
    question:
      'How did an account do over the day, minute by minute? Unknown, not 0, while something has no price.',
    sql: `SELECT minute, realisedPnl, unrealisedPnl, totalPnl, unpriced
FROM account_pnl_by_minute_named
WHERE accountName = 'alpha' AND currency = 'USD'
ORDER BY minute`,
  },
  {
    question: 'What cash does each account have, in each currency?',
    sql: `SELECT accountName, currency, cash, reason
FROM cash_named
ORDER BY accountName, currency`,
  },
  {
    question: 'Which positions have no price, or a stale one, and why?',
    sql: `SELECT accountName, instrumentName, quantity, status, reason
FROM pnl_named
WHERE status != 'Priced' AND quantity != 0
ORDER BY status, reason, accountName, instrumentName`,
  },
  {
    question:
      'What is each account worth now, in each currency? Currencies are not added up: they need rates.',
    sql: `SELECT currency, sumOrNullIf(marketValue, NOT isNaN(marketValue)) AS marketValue, sum(knownPnl) AS pnl, sum(unpriced) AS unpriced
FROM account_pnl_latest
GROUP BY currency
ORDER BY currency`,
  },
  {
    question: 'Which positions are the largest in each currency, at the last price?',
    sql: `SELECT currency, accountName, instrumentName, marketValue
FROM pnl_named
INNER JOIN (SELECT account, instrument, contract, currency FROM positions_latest) AS held
USING (account, instrument, contract)
WHERE status != 'Unpriced'
ORDER BY currency, abs(marketValue) DESC
LIMIT 5 BY currency`,
  },
  {
    question:
      'Which positions are the largest in the base currency? One without a rate is not ranked as 0, but last.',
    sql: `WITH pairs AS
(
    SELECT ifNull(i.base, replaceRegexpOne(substring(i.name, 1, length(i.name) - length(i.currency)), '[^A-Za-z0-9]$', '')) AS base,
           i.currency AS quote, m.price AS rate
    FROM (SELECT * FROM instruments_latest ORDER BY validFrom DESC LIMIT 1 BY instrument) AS i
    INNER JOIN marks_latest AS m ON m.instrument = i.instrument
    WHERE i.kind IN ('Fx', 'Crypto') AND NOT i.inverse AND (i.base IS NOT NULL OR endsWith(i.name, i.currency)) AND m.price > 0
),
rates AS
(
    SELECT * FROM
    (
        SELECT toString(base) AS currency, rate FROM pairs WHERE quote = 'USD'
        UNION ALL SELECT toString(quote) AS currency, 1 / rate AS rate FROM pairs WHERE base = 'USD'
        UNION ALL SELECT 'USD' AS currency, 1. AS rate
    )
    LIMIT 1 BY currency
)
SELECT p.accountName AS accountName, p.instrumentName AS instrumentName, held.currency AS currency, p.marketValue AS marketValue,
       if(r.currency = '', NULL, p.marketValue * r.rate) AS marketValueInUsd
FROM pnl_named AS p
INNER JOIN (SELECT account, instrument, contract, toString(currency) AS currency FROM positions_latest) AS held
ON held.account = p.account AND held.instrument = p.instrument AND held.contract = p.contract
LEFT JOIN rates AS r ON r.currency = held.currency
WHERE p.status != 'Unpriced' AND p.quantity != 0
ORDER BY abs(marketValueInUsd) DESC NULLS LAST
LIMIT 20`,
  },
  {
    question:
      'What did each book make on each trading day, as it was known at its end? Unknown, not 0, where a part of it had no price then or when the day began.',
    sql: `SELECT tradingDay, if(b.bookName = '', 'no book', b.bookName) AS book, currency, sum(dayPnl) AS pnl
FROM
(
    SELECT tradingDay, account, currency, argMax(a.dayPnl, a.knownAt) AS dayPnl
    FROM account_pnl AS a
    GROUP BY tradingDay, account, currency
) AS days
LEFT JOIN (SELECT account, bookName FROM accounts_named ORDER BY validFrom DESC LIMIT 1 BY account) AS b ON b.account = days.account
GROUP BY tradingDay, book, currency
ORDER BY tradingDay, book, currency`,
  },
  {
    question:
      'What has each account made today, this month and this year? Where that is unknown, what is known of it.',
    sql: `SELECT accountName, currency, tradingDay, dayPnl, dayKnownPnl, monthPnl, monthKnownPnl, yearPnl, yearKnownPnl
FROM account_pnl_named
ORDER BY accountName, currency`,
  },
  {
    question:
      'What does each account make over all currencies, in the base currency? Unknown while a price or a rate is missing.',
    sql: `SELECT accountName, currency, totalPnl, knownPnl, unpriced, withoutRate, reason
FROM account_totals_named
ORDER BY accountName`,
  },
  {
    question:
      'What does the firm make, in each currency and over all? Where that is unknown, what is known of it and why.',
    sql: `SELECT if(isOverAll, 'over all', 'in it') AS scope, currency, totalPnl, knownPnl, accounts, unknown, unpriced, withoutRate, reason
FROM firm_totals_latest
ORDER BY isOverAll DESC, currency`,
  },
  {
    question: 'Which fills came too late to be booked where they belong, and what became of them?',
    sql: `SELECT accountName, instrumentName, executionId, kind, quantity, price, time, status, detail
FROM late_fills_named
ORDER BY status, time`,
  },
  {
    question: 'What does one account hold now? A few rows of a few parts, however long the history is.',
    sql: `SELECT instrumentName, quantity, cost, realisedPnl, fees, time
FROM positions_named
WHERE account = 7 AND quantity != 0
ORDER BY instrumentName`,
  },
  {
    question:
      'What did an account hold at 10:15, as it was known then? (As known: nothing that came later changes the answer.)',
    sql: `SELECT account, instrument, argMax(quantity, (knownAt, _offset, _index)) AS quantity, max(knownAt) AS knownSince
FROM positions
WHERE account = 7 AND knownAt <= toDateTime64('2026-03-02 10:15:00', 6, 'UTC')
GROUP BY account, instrument
HAVING quantity != 0
ORDER BY instrument`,
  },
  {
    question:
      'What did an account hold at 10:15, as we know it today? (As corrected: busts and corrections that came later count.)',
    sql: `WITH changes AS
(
    SELECT account, instrument, assumeNotNull(refersTo) AS executionId,
           argMax(kind, (version, time, _offset)) AS change, argMax(fills.quantity, (version, time, _offset)) AS corrected
    FROM fills
    WHERE kind IN ('Bust', 'Correct') AND refersTo IS NOT NULL
    GROUP BY account, instrument, executionId
)
SELECT f.account, f.instrument,
       sum(multiIf(c.change = 'Bust', toDecimal128(0, 9), c.change = 'Correct', c.corrected, f.quantity)) AS quantity
FROM (SELECT * FROM fills WHERE kind = 'New' ORDER BY _offset LIMIT 1 BY account, instrument, venue, broker, executionId) AS f
LEFT JOIN changes AS c ON c.account = f.account AND c.instrument = f.instrument AND c.executionId = f.executionId
WHERE f.account = 7 AND f.time <= toDateTime64('2026-03-02 10:15:00', 6, 'UTC')
GROUP BY f.account, f.instrument
ORDER BY f.instrument`,
  },
  {
    question:
      'How did a position come to be what it is? Every state of it, in the order in which it was known.',
    sql: `SELECT knownAt, time, quantity, cost, realisedPnl, fees, fills
FROM positions
WHERE account = 7 AND instrument = 3
ORDER BY knownAt, _offset, _index`,
  },
  {
    question: 'By how much did the realised P&L of each account change on each day on which it was known?',
    sql: `SELECT day, account, currency, realised - lagInFrame(realised, 1, realised) OVER (PARTITION BY account, currency ORDER BY day) AS change
FROM
(
    SELECT toDate(knownAt) AS day, account, currency, sum(last) AS realised
    FROM (SELECT account, instrument, currency, knownAt, argMax(realisedPnl, (_offset, _index)) AS last FROM positions GROUP BY account, instrument, currency, knownAt ORDER BY knownAt DESC LIMIT 1 BY account, instrument, currency, toDate(knownAt))
    GROUP BY day, account, currency
)
ORDER BY day, account, currency`,
  },
  {
    question: 'What was the quoted spread of each instrument, by hour?',
    sql: `SELECT instrumentName, toStartOfHour(time) AS hour, avgIf(ask - bid, NOT isNaN(ask - bid)) AS spread, count() AS quotes
FROM quotes_named
GROUP BY instrumentName, hour
ORDER BY instrumentName, hour`,
  },
  {
    question: 'How often was each venue at the best bid, and how wide did it quote?',
    sql: `SELECT venueName, countIf(NOT isNaN(bid)) AS bids, medianIf(ask - bid, NOT isNaN(ask - bid)) AS spread
FROM quotes_named
GROUP BY venueName
ORDER BY bids DESC`,
  },
  {
    question: 'Which quotes were suspect, crossed or had a side missing?',
    sql: `SELECT instrument, venue, condition, countIf(isNaN(bid) OR isNaN(ask)) AS oneSided, countIf(bid > ask) AS crossed, count() AS quotes
FROM quotes
GROUP BY instrument, venue, condition
ORDER BY quotes DESC`,
  },
  {
    question: 'Candles of a minute, from trades that are regular.',
    sql: `SELECT instrument, toStartOfMinute(time) AS minute, argMin(price, (time, _offset, _index)) AS open, max(price) AS high, min(price) AS low, argMax(price, (time, _offset, _index)) AS close, sum(size) AS volume
FROM trades
WHERE condition = 'Regular' AND NOT isNaN(price)
GROUP BY instrument, minute
ORDER BY instrument, minute`,
  },
  {
    question: 'What was the average price of the day, weighted by size?',
    sql: `SELECT instrument, toDate(time) AS day, sumIf(price * size, price * size != 0) / nullIf(sumIf(size, NOT isNaN(price)), 0) AS vwap
FROM trades
WHERE condition = 'Regular' AND NOT isNaN(price) AND NOT isNaN(size)
GROUP BY instrument, day
ORDER BY instrument, day`,
  },
  {
    question: 'How much was traded today by everybody, as the job counted it?',
    sql: `SELECT instrumentName, volume, trades, suspect, lastPrice, high, low
FROM volumes_named
ORDER BY volume DESC
LIMIT 20`,
  },
  {
    question:
      'At what mark did each of our fills happen? Before the first mark there is none, which is not 0.',
    sql: `SELECT fills.time, fills.account, fills.instrument, fills.price, if(marks.time = toDateTime64(0, 6, 'UTC'), NULL, marks.price) AS mark
FROM fills
ASOF LEFT JOIN marks ON fills.instrument = marks.instrument AND fills.time >= marks.time
ORDER BY fills.time`,
  },
  {
    question:
      'How far from the middle of the quote of the time was each fill, in the direction of the trade?',
    sql: `SELECT f.time, f.executionId, f.price, if(q.time = toDateTime64(0, 6, 'UTC'), NULL, (q.bid + q.ask) / 2) AS middle,
       (toFloat64(f.price) - middle) * if(f.quantity > 0, 1, -1) AS paidAbove
FROM fills AS f
ASOF LEFT JOIN quotes AS q ON f.instrument = q.instrument AND f.venue = q.venue AND f.time >= q.time
WHERE f.kind = 'New'
ORDER BY f.time`,
  },
  {
    question:
      'How much was traded, and what did it cost in fees? An execution that was sent twice counts once.',
    sql: `SELECT toDate(time) AS day, accountName, feeCurrency, count() AS fills, sum(fee) AS fees
FROM (SELECT * FROM fills_named WHERE kind = 'New' ORDER BY _offset LIMIT 1 BY account, instrument, venue, broker, executionId)
GROUP BY day, accountName, feeCurrency
ORDER BY day, accountName`,
  },
  {
    question: 'What did we turn over on each venue? A quantity times a price is exact and does not overflow.',
    sql: `SELECT venueName, instrumentName, sum(abs(quantity)) AS units, sum(abs(quantity * price)) AS turnover
FROM fills_named
WHERE kind = 'New'
GROUP BY venueName, instrumentName
ORDER BY turnover DESC`,
  },
  {
    question: 'What fees does each position carry, also those in another currency?',
    sql: `SELECT accountName, instrumentName, currency, fees
FROM foreign_fees_named
ORDER BY accountName, instrumentName, currency`,
  },
  {
    question: 'Which executions were busted or corrected, and how long after they happened?',
    sql: `SELECT later.account, later.kind, later.refersTo, first.time AS happened, later.time AS changed, dateDiff('second', first.time, later.time) AS seconds
FROM (SELECT * FROM fills WHERE kind IN ('Bust', 'Correct')) AS later
LEFT JOIN (SELECT * FROM fills WHERE kind = 'New') AS first ON first.account = later.account AND first.instrument = later.instrument AND first.executionId = later.refersTo
ORDER BY changed`,
  },
  {
    question: 'Which execution ids came more than once, and with the same economics?',
    sql: `SELECT account, instrument, venue, executionId, count() AS times, uniqExact(quantity, price) AS economics
FROM fills
WHERE kind = 'New'
GROUP BY account, instrument, venue, executionId
HAVING times > 1
ORDER BY times DESC`,
  },
  {
    question: 'Which instruments have no mark, or a stale one, and since when?',
    sql: `SELECT instrumentName, state, time
FROM marks_named
WHERE state != 'Priced'
ORDER BY time`,
  },
  {
    question: 'How long did each instrument go without a mark that holds?',
    sql: `SELECT instrument, sum(dateDiff('second', time, next)) AS seconds
FROM (SELECT instrument, state, time, leadInFrame(time, 1, time) OVER (PARTITION BY instrument ORDER BY time, _offset, _index ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS next FROM marks)
WHERE state != 'Priced'
GROUP BY instrument
ORDER BY seconds DESC`,
  },
  {
    question: 'What are the terms of what we trade?',
    sql: `SELECT name, currency, multiplier, inverse, kind, validFrom
FROM instruments_latest
ORDER BY name, validFrom DESC
LIMIT 1 BY instrument`,
  },
  {
    question: 'What is the number of an account, an instrument or a venue, and the other way round?',
    sql: `SELECT domain, name, number
FROM names_latest
WHERE name IN ('alpha', 'IBM')
ORDER BY domain, name`,
  },
  {
    question: 'What went to dead letters, and why?',
    sql: `SELECT topic, reason, by, count() AS messages, max(time) AS latest, any(detail) AS example
FROM dead_letters
GROUP BY topic, reason, by
ORDER BY messages DESC`,
  },
  {
    question: 'How long do messages take from when they happened to when the job knew?',
    sql: `SELECT toStartOfHour(knownAt) AS hour, quantile(0.5)(dateDiff('microsecond', time, knownAt)) AS median, quantile(0.99)(dateDiff('microsecond', time, knownAt)) AS p99
FROM positions
GROUP BY hour
ORDER BY hour`,
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
