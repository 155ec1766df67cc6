// Generated from schemas/tables/account-part.avsc by `npm run generate`. Change the schema, not this file.
import type { RowsCodec } from '../../../runtime/stream/codec';
import type { ByteWriter } from '../../../runtime/wire/byte-writer';
import { schemaVersions } from '../../evolution/schema-versions';

/** What a position adds to the P&L of its account. */
export type AccountPartColumns = {
  /** Number of the account, as reference data allotted it. */
  readonly account: Int32Array;
  /** Number of the instrument, as reference data allotted it. */
  readonly instrument: Int32Array;
  /** Account and contract in one number, by which it is found. */
  readonly holder: Int32Array;
  /** Which row of the table account_totals it is part of, in order of first insertion. */
  readonly group: Int32Array;
  /** Realised P&L of scale 18, divided by 2^86 and rounded down. Unit: 2^86 of currency, scale 18. */
  readonly realisedHigh: Float64Array;
  /** What is left of it, divided by 2^43 and rounded down. Unit: 2^43 of currency, scale 18. */
  readonly realisedMiddle: Float64Array;
  /** What is left of it. Unit: currency, scale 18. */
  readonly realisedLow: Float64Array;
  /** Market value of an open, priced position. Unit: currency. NaN: unpriced. */
  readonly marketValue: Float64Array;
  /** Unrealised P&L of an open, priced position. Unit: currency. NaN: unpriced. */
  readonly unrealisedPnl: Float64Array;
  /** Fees paid in the currency of the position. Unit: currency. */
  readonly fees: Float64Array;
  /** Its total P&L when the day began. Unit: currency. NaN: not known. */
  readonly startDay: Float64Array;
  /** Its total P&L when the month began. Unit: currency. NaN: not known. */
  readonly startMonth: Float64Array;
  /** Its total P&L when the year began. Unit: currency. NaN: not known. */
  readonly startYear: Float64Array;
  /** Status of the position. */
  readonly status: Int32Array;
  /** Time of its P&L. Unit: microseconds since 1970 UTC. */
  readonly time: Float64Array;
};

const accountPartCodec: RowsCodec<Record<string, number>> = {
  layout: 'rows',
  record: 'breakwater.risk.AccountPart',
  schema:
    '{"type":"record","name":"AccountPart","namespace":"breakwater.risk","fields":[{"name":"account","type":"int"},{"name":"instrument","type":"int"},{"name":"holder","type":"int","default":-1},{"name":"group","type":"int"},{"name":"realisedHigh","type":"long"},{"name":"realisedMiddle","type":"long"},{"name":"realisedLow","type":"long"},{"name":"marketValue","type":"double"},{"name":"unrealisedPnl","type":"double"},{"name":"fees","type":"double","default":0},{"name":"startDay","type":"double","default":0},{"name":"startMonth","type":"double","default":0},{"name":"startYear","type":"double","default":0},{"name":"status","type":{"type":"enum","name":"PnlStatus","namespace":"breakwater.risk","symbols":["Unpriced","Priced","Stale"]}},{"name":"time","type":{"type":"long","logicalType":"timestamp-micros"}}]}',
  encode(row, to) {
    to.int(row['account']!);
    to.int(row['instrument']!);
    to.int(row['holder']!);
    to.int(row['group']!);
    to.long(row['realisedHigh']!);
    to.long(row['realisedMiddle']!);
    to.long(row['realisedLow']!);
    to.float64(row['marketValue']!);
    to.float64(row['unrealisedPnl']!);
    to.float64(row['fees']!);
    to.float64(row['startDay']!);
    to.float64(row['startMonth']!);
    to.float64(row['startYear']!);
    to.index(row['status']!, 3);
    to.long(row['time']!);
  },
  decode: (from) => ({
    account: from.int(),
    instrument: from.int(),
    holder: from.int(),
    group: from.int(),
    realisedHigh: from.long(),
    realisedMiddle: from.long(),
    realisedLow: from.long(),
    marketValue: from.float64(),
    unrealisedPnl: from.float64(),
    fees: from.float64(),
    startDay: from.float64(),
    startMonth: from.float64(),
    startYear: from.float64(),
    status: from.index(3),
    time: from.long(),
  }),
};

/** For `numberedTable({ name, ...accountPartNumbered, limit })`. */
export const accountPartNumbered = {
  codec: accountPartCodec,
  versions: schemaVersions,
  encodeAt(columns: AccountPartColumns, slot: number, to: ByteWriter): void {
    to.int(columns.account[slot]!);
    to.int(columns.instrument[slot]!);
    to.int(columns.holder[slot]!);
    to.int(columns.group[slot]!);
    to.long(columns.realisedHigh[slot]!);
    to.long(columns.realisedMiddle[slot]!);
    to.long(columns.realisedLow[slot]!);
    to.float64(columns.marketValue[slot]!);
    to.float64(columns.unrealisedPnl[slot]!);
    to.float64(columns.fees[slot]!);
    to.float64(columns.startDay[slot]!);
    to.float64(columns.startMonth[slot]!);
    to.float64(columns.startYear[slot]!);
    to.index(columns.status[slot]!, 3);
    to.long(columns.time[slot]!);
  },
  allocate: (capacity: number): AccountPartColumns => ({
    account: new Int32Array(capacity),
    instrument: new Int32Array(capacity),
    holder: new Int32Array(capacity),
    group: new Int32Array(capacity),
    realisedHigh: new Float64Array(capacity),
    realisedMiddle: new Float64Array(capacity),
    realisedLow: new Float64Array(capacity),
    marketValue: new Float64Array(capacity),
    unrealisedPnl: new Float64Array(capacity),
    fees: new Float64Array(capacity),
    startDay: new Float64Array(capacity),
    startMonth: new Float64Array(capacity),
    startYear: new Float64Array(capacity),
    status: new Int32Array(capacity),
    time: new Float64Array(capacity),
  }),
  fillers: {
    account: 0,
    instrument: 0,
    holder: -1,
    group: 0,
    realisedHigh: 0,
    realisedMiddle: 0,
    realisedLow: 0,
    marketValue: NaN,
    unrealisedPnl: NaN,
    fees: 0,
    startDay: 0,
    startMonth: 0,
    startYear: 0,
    status: 0,
    time: 0,
  },
} as const;
