// Generated from schemas/tables/venue-quote.avsc by `npm run generate`. Change the schema, not this file.
import type { ByteWriter } from '../../../runtime/byte-writer';
import type { RowsCodec } from '../../../runtime/codec';
import { schemaVersions } from '../../evolution/schema-versions';

/** The last regular quote of a venue in an instrument. */
export type VenueQuoteColumns = {
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Number of the venue, as reference data allotted it. */
  readonly venue: Int32Array;
  /** The venue's bid; minus infinity where it has none. Unit: currency of the instrument per unit. */
  readonly bid: Float64Array;
  /** The venue's ask; infinity where it has none. Unit: currency of the instrument per unit. */
  readonly ask: Float64Array;
};

const venueQuoteCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.market.VenueQuote',
  schema:
    '{"type":"record","name":"VenueQuote","namespace":"breakwater.market","fields":[{"name":"instrument","type":"int"},{"name":"venue","type":"int"},{"name":"bid","type":"double"},{"name":"ask","type":"double"}]}',
  encode(row, to) {
    to.int(row['instrument']!);
    to.int(row['venue']!);
    to.float64(row['bid']!);
    to.float64(row['ask']!);
  },
  decode: (from) => ({
    instrument: from.int(),
    venue: from.int(),
    bid: from.float64(),
    ask: from.float64(),
  }),
};

/** For `numberedTable({ name, ...venueQuoteNumbered, limit })`. */
export const venueQuoteNumbered = {
  codec: venueQuoteCodec,
  versions: schemaVersions,
  encodeAt(columns: VenueQuoteColumns, slot: number, to: ByteWriter): void {
    to.int(columns.instrument[slot]!);
    to.int(columns.venue[slot]!);
    to.float64(columns.bid[slot]!);
    to.float64(columns.ask[slot]!);
  },
  allocate: (capacity: number): VenueQuoteColumns => ({
    instrument: new Int32Array(capacity),
    venue: new Int32Array(capacity),
    bid: new Float64Array(capacity),
    ask: new Float64Array(capacity),
  }),
  fillers: {
    instrument: 0,
    venue: 0,
    bid: NaN,
    ask: NaN,
  },
} as const;
