/**
 * Executions in a LOBSTER message file, which has no header line:
 *
 *   seconds after midnight, type, order id, size, price × 10,000, direction (1 a buy limit order, -1 a sell)
 *   34200.004241176,1,16113575,18,5853300,1
 *
 * Types 4 (a visible order executed) and 5 (a hidden one) are trades; all others change the book only. The direction
 * is the resting order's, so the fills derived here take their side from the file instead of the tick rule: whoever
 * hit a resting sell order bought. Accounts and fees follow the rule of `derive-fills.ts`.
 * Format: lobsterdata.com, "Output structure". Nanoseconds are cut to microseconds.
 */
import { TradeCondition } from '../schemas/market';
import { FillDeriver, type FillRule } from './derive-fills';
import type { FeedRecord, Records } from './feed';
import { FieldReader } from './field-reader';
import { fileLines } from './file-lines';
import { midnightMicros, type TradingDay } from './trading-day';

const FIELDS = 'time,type,order_id,size,price,direction';
const PRICE_DECIMALS = 4;
const VISIBLE_EXECUTION = 4;
const HIDDEN_EXECUTION = 5;

export interface LobsterFile extends TradingDay {
  readonly file: string;
  readonly instrument: string;
  readonly venue: string;
  readonly fills?: FillRule | undefined;
}

/** Records of `market.trades` and, with a rule, `ledger.fills`. Throws a SourceError at the first bad line. */
export async function* lobsterExecutions(from: LobsterFile): Records {
  const midnight = midnightMicros(from);
  const fields = new FieldReader(from.file, FIELDS, 'record');
  const deriver = from.fills && new FillDeriver(from.fills, `${from.instrument}-${from.date}`);
  const { instrument, venue } = from;
  for await (const { firstRow, lines } of fileLines(from.file)) {
    const records: FeedRecord[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      const row = firstRow + index;
      if (!fields.over(lines[index]!, row)) continue;
      const type = fields.integer(1);
      if (type !== VISIBLE_EXECUTION && type !== HIDDEN_EXECUTION) continue;
      const time = midnight + fields.ofDay(0, microsOf(fields));
      const price = fields.integer(4);
      const condition = TradeCondition.Regular;
      const trade = {
        instrument,
        venue,
        price: price / 10 ** PRICE_DECIMALS,
        size: fields.number(3),
        condition,
        time,
      };
      records.push({ topic: 'market.trades', time, sequence: row, row: trade });
      const fill = deriver?.fillOf({
        instrument,
        venue,
        price: fields.decimal(4, 9 - PRICE_DECIMALS),
        size: fields.decimal(3, 9),
        time,
        row,
        bought: restsToSell(fields),
      });
      if (fill) records.push({ topic: 'ledger.fills', time, sequence: row, row: fill });
    }
    yield records;
  }
}

/** Digit by digit: a double's 34200.000017 × 10⁶ falls short of 34200000017. */
function microsOf(fields: FieldReader): number {
  const text = fields.text(0);
  const match = /^(\d{1,6})(?:\.(\d*))?$/.exec(text);
  if (!match) throw fields.error(0, `"${text}" is no number of seconds`);
  return Number(match[1]) * 1e6 + Number((match[2] ?? '').slice(0, 6).padEnd(6, '0'));
}

function restsToSell(fields: FieldReader): boolean {
  const direction = fields.integer(5);
  if (direction === 1 || direction === -1) return direction === -1;
  throw fields.error(5, `"${direction}" is neither 1 nor -1`);
}
