// Generated from schemas/exposure-part.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';

/** What one account adds to the exposure of a scope. It takes the place of what it said before. */
export interface ExposurePart {
  /** Number of the account, as reference data allotted it. */
  readonly account: number;
  /** What sort of scope it is: firm, account. */
  readonly dimension: string;
  /** Which of its sort it is; empty where the account, or the firm, says it. */
  readonly member: string;
  /** The base currency. */
  readonly currency: string;
  /** Sum of the positive values of what has a price and a rate. Unit: base currency. NaN: nothing of it is known. */
  readonly long: number;
  /** Sum of the negative values of what has a price and a rate; zero or less. Unit: base currency. NaN: nothing of it is known. */
  readonly short: number;
  /** Open positions. Unit: positions. */
  readonly positions: number;
  /** Open positions without a price or a rate: what they are exposed to is unknown, and not in the sums. Unit: positions. */
  readonly unpriced: number;
  /** Open positions whose price or rate is stale. Unit: positions. */
  readonly stale: number;
  /** What fills and restatements changed of the net value since it was said before. Unit: base currency. */
  readonly netByFills: number;
  /** What prices changed of it. Unit: base currency. */
  readonly netByPrices: number;
  /** What exchange rates changed of it. Unit: base currency. */
  readonly netByRates: number;
  /** What fills and restatements changed of the gross value since it was said before. Unit: base currency. */
  readonly grossByFills: number;
  /** What prices changed of it. Unit: base currency. */
  readonly grossByPrices: number;
  /** What exchange rates changed of it. Unit: base currency. */
  readonly grossByRates: number;
  /** Latest time of the positions that moved it. Unit: microseconds since 1970 UTC. */
  readonly time: number;
  /** When the task came to know it: the clock of the step that said it. Unit: microseconds since 1970 UTC. */
  readonly knownAt: number;
}

export const exposurePartCodec: RowsCodec<ExposurePart> = {
  layout: 'rows',
  record: 'breakwater.risk.ExposurePart',
  schema:
    '{"type":"record","name":"ExposurePart","namespace":"breakwater.risk","doc":"What one account adds to the exposure of a scope. It takes the place of what it said before.","fields":[{"name":"account","type":"int","doc":"Number of the account, as reference data allotted it."},{"name":"dimension","type":"string","doc":"What sort of scope it is: firm, account."},{"name":"member","type":"string","default":"","doc":"Which of its sort it is; empty where the account, or the firm, says it."},{"name":"currency","type":"string","doc":"The base currency."},{"name":"long","type":"double","doc":"Sum of the positive values of what has a price and a rate.","unit":"base currency","nan":"nothing of it is known"},{"name":"short","type":"double","doc":"Sum of the negative values of what has a price and a rate; zero or less.","unit":"base currency","nan":"nothing of it is known"},{"name":"positions","type":"int","doc":"Open positions.","unit":"positions"},{"name":"unpriced","type":"int","doc":"Open positions without a price or a rate: what they are exposed to is unknown, and not in the sums.","unit":"positions"},{"name":"stale","type":"int","doc":"Open positions whose price or rate is stale.","unit":"positions"},{"name":"netByFills","type":"double","default":0,"doc":"What fills and restatements changed of the net value since it was said before.","unit":"base currency"},{"name":"netByPrices","type":"double","default":0,"doc":"What prices changed of it.","unit":"base currency"},{"name":"netByRates","type":"double","default":0,"doc":"What exchange rates changed of it.","unit":"base currency"},{"name":"grossByFills","type":"double","default":0,"doc":"What fills and restatements changed of the gross value since it was said before.","unit":"base currency"},{"name":"grossByPrices","type":"double","default":0,"doc":"What prices changed of it.","unit":"base currency"},{"name":"grossByRates","type":"double","default":0,"doc":"What exchange rates changed of it.","unit":"base currency"},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"},"doc":"Latest time of the positions that moved it.","unit":"microseconds since 1970 UTC"},{"name":"knownAt","type":{"type":"long","logicalType":"timestamp-micros"},"default":0,"doc":"When the task came to know it: the clock of the step that said it.","unit":"microseconds since 1970 UTC"}]}',
  encode(row, to) {
    to.int(row.account);
    to.string(row.dimension);
    to.string(row.member);
    to.string(row.currency);
    to.float64(row.long);
    to.float64(row.short);
    to.int(row.positions);
    to.int(row.unpriced);
    to.int(row.stale);
    to.float64(row.netByFills);
    to.float64(row.netByPrices);
    to.float64(row.netByRates);
    to.float64(row.grossByFills);
    to.float64(row.grossByPrices);
    to.float64(row.grossByRates);
    to.long(row.time);
    to.long(row.knownAt);
  },
  decode: (from) => ({
    account: from.int(),
    dimension: from.string(),
    member: from.string(),
    currency: from.string(),
    long: from.float64(),
    short: from.float64(),
    positions: from.int(),
    unpriced: from.int(),
    stale: from.int(),
    netByFills: from.float64(),
    netByPrices: from.float64(),
    netByRates: from.float64(),
    grossByFills: from.float64(),
    grossByPrices: from.float64(),
    grossByRates: from.float64(),
    time: from.long(),
    knownAt: from.long(),
  }),
};
