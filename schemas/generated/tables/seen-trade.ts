// Generated from schemas/tables/seen-trade.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** A trade that was counted, by the id that its venue gave it. */
export type SeenTradeColumns = {
  /** Number of the instrument. */
  readonly instrument: Int32Array;
  /** Number of the venue. */
  readonly venue: Int32Array;
  /** The venue's id. */
  readonly tradeId: Float64Array;
  /** Grows with each: the lowest is the first to be forgotten. Unit: trades. */
  readonly place: Float64Array;
};

const seenTradeCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.SeenTrade',
  schema:
    '{"type":"record","name":"SeenTrade","namespace":"breakwater.market","fields":[{"name":"instrument","type":"int"},{"name":"venue","type":"int"},{"name":"tradeId","type":"long"},{"name":"place","type":"long","default":-1}]}',
  encode(row, to) {
    to.int(row['instrument']!);
    to.int(row['venue']!);
    to.long(row['tradeId']!);
    to.long(row['place']!);
  },
  decode: (from) => ({
    instrument: from.int(),
    venue: from.int(),
    tradeId: from.long(),
    place: from.long(),
  }),
};

/** For `numberedTable({ name, ...seenTradeNumbered, limit })`. */
export const seenTradeNumbered = {
  codec: seenTradeCodec,
  versions: schemaVersions,
  encodeAt(columns: SeenTradeColumns, slot: number, to: ByteWriter): void {
    to.int(columns.instrument[slot]!);
    to.int(columns.venue[slot]!);
    to.long(columns.tradeId[slot]!);
    to.long(columns.place[slot]!);
  },
  allocate: (capacity: number): SeenTradeColumns => ({
    instrument: new Int32Array(capacity),
    venue: new Int32Array(capacity),
    tradeId: new Float64Array(capacity),
    place: new Float64Array(capacity),
  }),
  fillers: {
    instrument: 0,
    venue: 0,
    tradeId: 0,
    place: -1,
  },
} as const;
