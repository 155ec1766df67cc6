// Generated from schemas/tables/kept-mark.avsc by `npm run generate`. Change the schema, not this file.
import type { ByteWriter } from '../../../runtime/byte-writer';
import type { RowsCodec } from '../../../runtime/codec';
import { schemaVersions } from '../../evolution/schema-versions';

/** The mark of the instrument whose number is the slot. */
export type KeptMarkColumns = {
  /** Best bid of the last good quote. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly bid: Float64Array;
  /** Best ask of the last good quote. Unit: currency of the instrument per unit. NaN: there was none. */
  readonly ask: Float64Array;
  /** The state last written to the topic. */
  readonly state: Int32Array;
  /** Time of the quote that last changed bid or ask; -1 before the first quote. Unit: microseconds since 1970 UTC. */
  readonly changed: Float64Array;
  /** Latest time of a good quote, at most that of the step which brought it; -1 where there was none. Unit: microseconds since 1970 UTC. */
  readonly affirmed: Float64Array;
  /** 1 where the product may have a price of zero or less. */
  readonly signed: Int32Array;
};

const keptMarkCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.KeptMark',
  schema:
    '{"type":"record","name":"KeptMark","namespace":"breakwater.market","fields":[{"name":"bid","type":"double"},{"name":"ask","type":"double"},{"name":"state","type":{"type":"enum","name":"MarkState","namespace":"breakwater.market","symbols":["Missing","Priced","Stale"]}},{"name":"changed","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"affirmed","type":{"type":"long","logicalType":"timestamp-micros"},"default":-1},{"name":"signed","type":"int"}]}',
  encode(row, to) {
    to.float64(row['bid']!);
    to.float64(row['ask']!);
    to.index(row['state']!, 3);
    to.long(row['changed']!);
    to.long(row['affirmed']!);
    to.int(row['signed']!);
  },
  decode: (from) => ({
    bid: from.float64(),
    ask: from.float64(),
    state: from.index(3),
    changed: from.long(),
    affirmed: from.long(),
    signed: from.int(),
  }),
};

/** For `numberedTable({ name, ...keptMarkNumbered, limit })`. */
export const keptMarkNumbered = {
  codec: keptMarkCodec,
  versions: schemaVersions,
  encodeAt(columns: KeptMarkColumns, slot: number, to: ByteWriter): void {
    to.float64(columns.bid[slot]!);
    to.float64(columns.ask[slot]!);
    to.index(columns.state[slot]!, 3);
    to.long(columns.changed[slot]!);
    to.long(columns.affirmed[slot]!);
    to.int(columns.signed[slot]!);
  },
  allocate: (capacity: number): KeptMarkColumns => ({
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
    state: new Int32Array(capacity),
    changed: new Float64Array(capacity),
    affirmed: new Float64Array(capacity),
    signed: new Int32Array(capacity),
  }),
  fillers: {
    bid: NaN,
    ask: NaN,
    state: 0,
    changed: -1,
    affirmed: -1,
    signed: 0,
  },
} as const;
