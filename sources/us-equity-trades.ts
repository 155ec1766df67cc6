/**
 * A day of one instrument's trades, as US equity tick files have them:
 *
 *   ms_since_midnight_new_york,price,size,exchange,sale_condition_hex,suspicious
 *   14400688,49.18,300,P,2000,0
 *
 * With a rule, fills of ours are derived from the regular trades, each right behind its trade.
 */
import { TradeCondition } from '../schemas/market';
import { FillDeriver, type FillRule } from './derive-fills';
import type { FeedRecord, Records } from './feed';
import { FieldReader } from './field-reader';
import { fileLines } from './file-lines';
import { midnightMicros } from './trading-day';
import type { TickFile } from './us-equity-quotes';

const HEADER = 'ms_since_midnight_new_york,price,size,exchange,sale_condition_hex,suspicious';

export interface TradesFile extends TickFile {
  readonly fills?: FillRule | undefined;
}

/** Records of `market.trades` and, with a rule, `ledger.fills`. Throws a SourceError at the first line that is no trade. */
export async function* usEquityTrades(from: TradesFile): Records {
  const midnight = midnightMicros(from);
  const fields = new FieldReader(from.file, HEADER);
  const deriver = from.fills && new FillDeriver(from.fills, `${from.instrument}-${from.date}`);
  for await (const { firstRow, lines } of fileLines(from.file)) {
    const records: FeedRecord[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      const row = firstRow + index;
      if (!fields.over(lines[index]!, row)) continue;
      const time = midnight + fields.ofDay(0, fields.integer(0) * 1000);
      const trade = tradeOf(fields, from.instrument, time);
      records.push({ topic: 'market.trades', time, sequence: row, row: trade });
      if (!deriver || trade.condition === TradeCondition.Suspect) continue;
      const { instrument, venue } = trade;
      const fill = deriver.fillOf({
        instrument,
        venue,
        price: fields.decimal(1, 9),
        size: fields.decimal(2, 9),
        time,
        row,
      });
      if (fill) records.push({ topic: 'ledger.fills', time, sequence: row, row: fill });
    }
    yield records;
  }
}

const tradeOf = (fields: FieldReader, instrument: string, time: number) => ({
  instrument,
  venue: fields.text(3),
  price: fields.number(1),
  size: fields.number(2),
  condition: fields.flag(5) ? TradeCondition.Suspect : TradeCondition.Regular,
  time,
});
