/**
 * A day of one instrument's quotes, as US equity tick files have them:
 *
 *   ms_since_midnight_new_york,bid,bid_size,ask,ask_size,exchange,quote_condition_hex,suspicious
 *   14400152,,0,49.41,300,Q,1,0
 *
 * A line mostly tells one side: an empty price says nothing of that side, it does not take the side away.
 *
 * Who quotes? In these files a line tells the best side of all exchanges and names the one that has it; no line says
 * that the one before has it no more. Kept by exchange, the best bid would be above the best ask nearly always (99 %
 * of lines in a day of IBM, all of BAC); kept as one quote it is so in 0.1 % and 0 %, and 97 to 99.8 % of the trades lie
 * within it. Hence `consolidatedAs`, one venue for all lines. Leave it out where each exchange speaks for itself.
 */
import { QuoteCondition } from '../schemas/market';
import type { FeedRecord, Records } from './feed';
import { FieldReader } from './field-reader';
import { fileLines } from './file-lines';
import { midnightMicros, type TradingDay } from './trading-day';

const HEADER = 'ms_since_midnight_new_york,bid,bid_size,ask,ask_size,exchange,quote_condition_hex,suspicious';

export interface TickFile extends TradingDay {
  readonly file: string;
  /** Name of the one instrument that the file is about. */
  readonly instrument: string;
}

export interface QuotesFile extends TickFile {
  /** The venue that all lines count as; undefined: each line's exchange. */
  readonly consolidatedAs?: string | undefined;
}

/** Quotes of `market.quotes`, in order of lines. Throws a SourceError at the first line that is none. */
export async function* usEquityQuotes(from: QuotesFile): Records {
  const midnight = midnightMicros(from);
  const fields = new FieldReader(from.file, HEADER);
  for await (const { firstRow, lines } of fileLines(from.file)) {
    const records: FeedRecord[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      if (!fields.over(lines[index]!, firstRow + index)) continue;
      const time = midnight + fields.ofDay(0, fields.integer(0) * 1000);
      const exchange = fields.text(5);
      const row = {
        instrument: from.instrument,
        venue: from.consolidatedAs ?? exchange,
        bid: optional(fields, 1, 1),
        bidSize: optional(fields, 1, 2),
        ask: optional(fields, 3, 3),
        askSize: optional(fields, 3, 4),
        condition: fields.flag(7) ? QuoteCondition.Suspect : QuoteCondition.Regular,
        time,
      };
      records.push({ topic: 'market.quotes', time, sequence: fields.row, row });
    }
    yield records;
  }
}

/** A side's price or size, NaN where its price is empty. */
const optional = (fields: FieldReader, price: number, field: number): number =>
  fields.isEmpty(price) ? Number.NaN : fields.number(field);
