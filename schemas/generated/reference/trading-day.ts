// Generated from schemas/trading-day.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** A day on which a calendar trades. What is no row is no trading day. */
export interface TradingDay {
  /** Name of the calendar. */
  readonly calendar: string;
  /** The day as the calendar calls it: 2026-03-02. */
  readonly date: string;
  /** When it begins. Unit: microseconds since 1970 UTC. */
  readonly opens: number;
  /** When it ends. Unit: microseconds since 1970 UTC. */
  readonly closes: number;
  /** Number of the load of reference data that last changed this; 0: it came by another way. */
  readonly version: number;
  /** Who changed it; empty where nobody said. */
  readonly changedBy: string;
  /** Why it was changed; empty where nobody said. */
  readonly why: string;
}

export const tradingDayCodec: RowsCodec<TradingDay> = {
  layout: 'rows',
  record: 'breakwater.reference.TradingDay',
  schema:
    '{"type":"record","name":"TradingDay","namespace":"breakwater.reference","doc":"A day on which a calendar trades. What is no row is no trading day.","fields":[{"name":"calendar","type":"string","doc":"Name of the calendar."},{"name":"date","type":"string","doc":"The day as the calendar calls it: 2026-03-02."},{"name":"opens","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When it begins.","unit":"microseconds since 1970 UTC"},{"name":"closes","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"When it ends.","unit":"microseconds since 1970 UTC"},{"name":"version","type":"long","default":0,"doc":"Number of the load of reference data that last changed this; 0: it came by another way."},{"name":"changedBy","type":"string","default":"","doc":"Who changed it; empty where nobody said."},{"name":"why","type":"string","default":"","doc":"Why it was changed; empty where nobody said."}]}',
  encode(row, to) {
    to.string(row.calendar);
    to.string(row.date);
    to.long(row.opens);
    to.long(row.closes);
    to.long(row.version);
    to.string(row.changedBy);
    to.string(row.why);
  },
  decode: (from) => ({
    calendar: from.string(),
    date: from.string(),
    opens: from.long(),
    closes: from.long(),
    version: from.long(),
    changedBy: from.string(),
    why: from.string(),
  }),
};
