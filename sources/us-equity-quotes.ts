/**
 * A day of one instrument's quotes by exchange, as US equity tick files have them:
 *
 *   ms_since_midnight_new_york,bid,bid_size,ask,ask_size,exchange,quote_condition_hex,suspicious
 *   14400152,,0,49.41,300,Q,1,0
 *
 * A line mostly tells one side: an empty price says nothing new of that side, it does not take the exchange's quote
 * away. `market.quotes` holds whole quotes, where NaN means that there is none. So each exchange's last two sides are
 * kept here and every record tells both. A suspicious line is passed on as it stands, marked Suspect, and not kept.
 * State: two sides for each exchange of the file, at most 64.
 */
import { QuoteCondition } from '../schemas/market';
import type { FeedRecord, Records } from './feed';
import { FieldReader } from './field-reader';
import { fileLines } from './file-lines';
import { midnightMicros, type TradingDay } from './trading-day';

const HEADER = 'ms_since_midnight_new_york,bid,bid_size,ask,ask_size,exchange,quote_condition_hex,suspicious';
const EXCHANGES_MAX = 64;

export interface TickFile extends TradingDay {
  readonly file: string;
  /** Name of the one instrument that the file is about. */
  readonly instrument: string;
}

interface Sides {
  bid: number;
  bidSize: number;
  ask: number;
  askSize: number;
}

/** Quotes of `market.quotes`, in order of lines. Throws a SourceError at the first line that is none. */
export async function* usEquityQuotes(from: TickFile): Records {
  const midnight = midnightMicros(from);
  const fields = new FieldReader(from.file, HEADER);
  const kept = new Map<string, Sides>();
  for await (const { firstRow, lines } of fileLines(from.file)) {
    const records: FeedRecord[] = [];
    for (let index = 0; index < lines.length; index += 1) {
      if (!fields.over(lines[index]!, firstRow + index)) continue;
      const time = midnight + fields.integer(0) * 1000;
      const venue = fields.text(5);
      const suspect = fields.flag(7);
      const sides = suspect ? noSides() : sidesOf(kept, venue, fields);
      readSides(fields, sides);
      records.push({
        topic: 'market.quotes',
        time,
        sequence: fields.row,
        row: {
          instrument: from.instrument,
          venue,
          ...sides,
          condition: suspect ? QuoteCondition.Suspect : QuoteCondition.Regular,
          time,
        },
      });
    }
    yield records;
  }
}

function readSides(fields: FieldReader, sides: Sides): void {
  if (!fields.isEmpty(1)) {
    sides.bid = fields.number(1);
    sides.bidSize = fields.number(2);
  }
  if (!fields.isEmpty(3)) {
    sides.ask = fields.number(3);
    sides.askSize = fields.number(4);
  }
}

const noSides = (): Sides => ({ bid: Number.NaN, bidSize: Number.NaN, ask: Number.NaN, askSize: Number.NaN });

function sidesOf(kept: Map<string, Sides>, venue: string, fields: FieldReader): Sides {
  let sides = kept.get(venue);
  if (!sides) {
    if (kept.size === EXCHANGES_MAX) throw fields.error(5, `is exchange ${EXCHANGES_MAX + 1} of the file`);
    sides = noSides();
    kept.set(venue, sides);
  }
  return sides;
}
