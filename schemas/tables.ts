/**
 * The tables of the slice, each with its limit: what one task may hold. Rows are looked up by text, numbered records by
 * the instrument's number or by a slot allotted on first use.
 */
import { keyReader } from '../runtime/stream/key-text';
import { numberedTable } from '../runtime/tables/numbered';
import { rowsTable } from '../runtime/tables/rows';
import { slottedTable } from '../runtime/tables/slotted';
import { timersTable } from '../runtime/tables/timers';
import { schemaVersions } from './evolution/schema-versions';
import { accountPartNumbered } from './generated/tables/account-part';
import { type AccountPeriod, accountPeriodCodec } from './generated/tables/account-period';
import { type BookSettings, bookSettingsCodec } from './generated/tables/book-settings';
import { cashPartNumbered } from './generated/tables/cash-part';
import { type ContractTerms, contractTermsCodec } from './generated/tables/contract-terms';
import { type CurrencyPair, currencyPairCodec } from './generated/tables/currency-pair';
import { type FeeStart, feeStartCodec } from './generated/tables/fee-start';
import { keptBarNumbered } from './generated/tables/kept-bar';
import { keptMarkNumbered } from './generated/tables/kept-mark';
import { latestMarkNumbered } from './generated/tables/latest-mark';
import { type PositionBase, positionBaseCodec } from './generated/tables/position-base';
import { quotedInstrumentNumbered } from './generated/tables/quoted-instrument';
import { rememberedIdNumbered } from './generated/tables/remembered-id';
import { seenTradeNumbered } from './generated/tables/seen-trade';
import { settledInstrumentNumbered } from './generated/tables/settled-instrument';
import { tradedVolumeNumbered } from './generated/tables/traded-volume';
import { valuedPositionNumbered } from './generated/tables/valued-position';
import { venueBeliefNumbered } from './generated/tables/venue-belief';
import { venueQuoteNumbered } from './generated/tables/venue-quote';
import {
  type Cash,
  cashCodec,
  type ForeignFee,
  foreignFeeCodec,
  type LateFill,
  type LateResolution,
  lateFillCodec,
  lateResolutionCodec,
  type Position,
  positionCodec,
} from './ledger';
import {
  type Account,
  accountCodec,
  type Instrument,
  instrumentCodec,
  type Scope,
  scopeCodec,
  type TradingDay,
  tradingDayCodec,
} from './reference';
import {
  type AccountPnl,
  type AccountTotal,
  accountPnlCodec,
  accountTotalCodec,
  type FirmTotal,
  firmTotalCodec,
} from './risk';

export * from './generated/tables/account-part';
export * from './generated/tables/account-period';
export * from './generated/tables/book-settings';
export * from './generated/tables/cash-part';
export * from './generated/tables/contract-terms';
export * from './generated/tables/currency-pair';
export * from './generated/tables/execution';
export * from './generated/tables/fee-start';
export * from './generated/tables/kept-bar';
export * from './generated/tables/kept-mark';
export * from './generated/tables/latest-mark';
export * from './generated/tables/position-base';
export * from './generated/tables/quoted-instrument';
export * from './generated/tables/remembered-id';
export * from './generated/tables/seen-trade';
export * from './generated/tables/settled-instrument';
export * from './generated/tables/traded-volume';
export * from './generated/tables/valued-position';
export * from './generated/tables/venue-belief';
export * from './generated/tables/venue-quote';

const INSTRUMENTS_MAX = 2 ** 22;
const POSITIONS_MAX = 2 ** 22;
const ACCOUNTS_MAX = 2 ** 20;

/** Market: quotes by venue, marks and volumes. */
export const venueQuoteTable = numberedTable({
  name: 'venue_quotes',
  ...venueQuoteNumbered,
  limit: 4 * INSTRUMENTS_MAX,
});
export const quotedInstrumentTable = numberedTable({
  name: 'quoted_instruments',
  ...quotedInstrumentNumbered,
  limit: INSTRUMENTS_MAX,
});
export const venueBeliefTable = numberedTable({
  name: 'venue_beliefs',
  ...venueBeliefNumbered,
  limit: 2 ** 16,
});
export const keptMarkTable = numberedTable({
  name: 'kept_marks',
  ...keptMarkNumbered,
  limit: INSTRUMENTS_MAX,
});
export const markTimers = timersTable({ name: 'mark_timers', limit: INSTRUMENTS_MAX });
export const crossedTimers = timersTable({ name: 'crossed_timers', limit: INSTRUMENTS_MAX });
export const tradedVolumeTable = numberedTable({
  name: 'traded_volumes',
  ...tradedVolumeNumbered,
  limit: INSTRUMENTS_MAX,
});

export const seenTradeTable = numberedTable({
  name: 'seen_trades',
  ...seenTradeNumbered,
  limit: 2 ** 20,
});

/** Eight bars of each of three lengths. */
export const keptBarTable = numberedTable({
  name: 'kept_bars',
  ...keptBarNumbered,
  limit: 24 * INSTRUMENTS_MAX,
});

export const barTradeTable = numberedTable({
  name: 'bar_trades',
  ...seenTradeNumbered,
  limit: 2 ** 18,
});

/** Ledger: positions, and the executions that can still be restated. */
export const instrumentVersionKey: (row: Pick<Instrument, 'instrument' | 'validFrom'>) => string = keyReader([
  'instrument',
  'validFrom',
]);
export const instrumentTable = rowsTable<Instrument>({
  name: 'instruments',
  codec: instrumentCodec,
  versions: schemaVersions,
  key: instrumentVersionKey,
  limit: INSTRUMENTS_MAX,
});
/** A position's slot is its place in order of first insertion; its base has the same. */
export const positionTable = slottedTable<Position>({
  name: 'positions',
  codec: positionCodec,
  versions: schemaVersions,
  limit: POSITIONS_MAX,
});
export const positionBaseTable = slottedTable<PositionBase>({
  name: 'position_bases',
  codec: positionBaseCodec,
  versions: schemaVersions,
  limit: POSITIONS_MAX,
});
export const foreignFeeKey = ({
  account,
  instrument,
  currency,
}: Pick<ForeignFee, 'account' | 'instrument' | 'currency'>): string => `${account}/${instrument}/${currency}`;
export const foreignFeeTable = rowsTable<ForeignFee>({
  name: 'foreign_fees',
  codec: foreignFeeCodec,
  versions: schemaVersions,
  key: foreignFeeKey,
  limit: POSITIONS_MAX,
});
export const contractKey = ({ instrument, contract, validFrom }: ContractTerms): string =>
  `${instrument}/${contract}/${validFrom}`;
export const contractTable = rowsTable<ContractTerms>({
  name: 'contracts',
  codec: contractTermsCodec,
  versions: schemaVersions,
  key: contractKey,
  limit: INSTRUMENTS_MAX,
});
/** Ids of executions that can no longer be restated: the first to have come are forgotten when it is full. */
export const rememberedIdTable = numberedTable({
  name: 'remembered_ids',
  ...rememberedIdNumbered,
  limit: 2 ** 23,
});
export const lateFillTable = rowsTable<LateFill>({
  name: 'late_fills',
  codec: lateFillCodec,
  versions: schemaVersions,
  key: ({ identity }) => identity,
  limit: 2 ** 18,
});
/** What a late fill is known by: where a broker gives the ids, the venue is no part of it. */
export const lateDecisionKey = (
  one: Pick<LateResolution, 'account' | 'instrument' | 'venue' | 'broker' | 'executionId' | 'tradingDay'>,
): string => {
  const { account, instrument, venue, broker = null, executionId, tradingDay = null } = one;
  return JSON.stringify([
    account,
    instrument,
    broker === null ? venue : null,
    broker,
    executionId,
    tradingDay,
  ]);
};
/** Decisions on late fills that have not come. */
export const lateDecisionTable = rowsTable<LateResolution>({
  name: 'late_decisions',
  codec: lateResolutionCodec,
  versions: schemaVersions,
  key: lateDecisionKey,
  limit: 2 ** 16,
});
/** Key 0: messages that wait; others: one more than a position's place in order of first insertion. */
export const ledgerTimers = timersTable({ name: 'ledger_timers', limit: POSITIONS_MAX + 1 });

/** Cash by account and currency, and what positions and fees add to it. */
export const settledInstrumentTable = numberedTable({
  name: 'settled_instruments',
  ...settledInstrumentNumbered,
  limit: INSTRUMENTS_MAX,
});
export const cashPartTable = numberedTable({ name: 'cash_parts', ...cashPartNumbered, limit: POSITIONS_MAX });
export const paidFeeTable = rowsTable<ForeignFee>({
  name: 'paid_fees',
  codec: foreignFeeCodec,
  versions: schemaVersions,
  key: foreignFeeKey,
  limit: POSITIONS_MAX,
});
export const cashKey: (one: Pick<Cash, 'account' | 'currency'>) => string = keyReader([
  'account',
  'currency',
]);
export const cashTable = rowsTable<Cash>({
  name: 'cash',
  codec: cashCodec,
  versions: schemaVersions,
  key: cashKey,
  limit: POSITIONS_MAX,
});

/** Risk: whose book says how positions are valued. */
export const accountVersionKey: (row: Pick<Account, 'account' | 'validFrom'>) => string = keyReader([
  'account',
  'validFrom',
]);
export const accountVersionTable = rowsTable<Account>({
  name: 'account_versions',
  codec: accountCodec,
  versions: schemaVersions,
  key: accountVersionKey,
  limit: ACCOUNTS_MAX,
});
export const scopeVersionKey: (row: Pick<Scope, 'scope' | 'validFrom'>) => string = keyReader([
  'scope',
  'validFrom',
]);
export const scopeVersionTable = rowsTable<Scope>({
  name: 'scope_versions',
  codec: scopeCodec,
  versions: schemaVersions,
  key: scopeVersionKey,
  limit: ACCOUNTS_MAX,
});
export const bookSettingsTable = rowsTable<BookSettings>({
  name: 'book_settings',
  codec: bookSettingsCodec,
  versions: schemaVersions,
  key: ({ account }) => String(account),
  limit: ACCOUNTS_MAX,
});
export const bookTimers = timersTable({ name: 'book_timers', limit: 1 });

/** Risk: what positions are worth. */
export const latestMarkTable = numberedTable({
  name: 'latest_marks',
  ...latestMarkNumbered,
  limit: INSTRUMENTS_MAX,
});
export const conflationTimers = timersTable({ name: 'conflation_timers', limit: 1 });
export const valuedPositionTable = numberedTable({
  name: 'valued_positions',
  ...valuedPositionNumbered,
  limit: POSITIONS_MAX,
});
export const accountPartTable = numberedTable({
  name: 'account_parts',
  ...accountPartNumbered,
  limit: POSITIONS_MAX,
});
export const currencyPairTable = rowsTable<CurrencyPair>({
  name: 'currency_pairs',
  codec: currencyPairCodec,
  versions: schemaVersions,
  key: ({ instrument }) => String(instrument),
  limit: 2 ** 16,
});
export const countedFeeTable = rowsTable<ForeignFee>({
  name: 'counted_fees',
  codec: foreignFeeCodec,
  versions: schemaVersions,
  key: foreignFeeKey,
  limit: POSITIONS_MAX,
});
export const accountTotalKey: (total: Pick<AccountPnl, 'account' | 'currency'>) => string = keyReader([
  'account',
  'currency',
]);
export const accountPeriodTable = rowsTable<AccountPeriod>({
  name: 'account_periods',
  codec: accountPeriodCodec,
  versions: schemaVersions,
  key: ({ account }) => String(account),
  limit: POSITIONS_MAX,
});
export const feeStartTable = rowsTable<FeeStart>({
  name: 'fee_starts',
  codec: feeStartCodec,
  versions: schemaVersions,
  key: accountTotalKey,
  limit: POSITIONS_MAX,
});
export const tradingDayKey = ({ calendar, date }: Pick<TradingDay, 'calendar' | 'date'>): string =>
  `${calendar}/${date}`;
export const calendarDayTable = rowsTable<TradingDay>({
  name: 'calendar_days',
  codec: tradingDayCodec,
  versions: schemaVersions,
  key: tradingDayKey,
  limit: 2 ** 20,
});
export const rollTimers = timersTable({ name: 'roll_timers', limit: 1 });
/** Firm: what accounts said last, and what their sums were. */
export const firmCurrencyPartTable = rowsTable<AccountPnl>({
  name: 'firm_currency_parts',
  codec: accountPnlCodec,
  versions: schemaVersions,
  key: accountTotalKey,
  limit: POSITIONS_MAX,
});
export const firmPartTable = rowsTable<AccountTotal>({
  name: 'firm_parts',
  codec: accountTotalCodec,
  versions: schemaVersions,
  key: accountTotalKey,
  limit: POSITIONS_MAX,
});
export const firmTotalKey: (total: Pick<FirmTotal, 'currency' | 'isOverAll'>) => string = keyReader([
  'currency',
  'isOverAll',
]);
export const firmTotalTable = rowsTable<FirmTotal>({
  name: 'firm_totals',
  codec: firmTotalCodec,
  versions: schemaVersions,
  key: firmTotalKey,
  limit: 2 ** 16,
});
export const accountTotalTable = rowsTable<AccountPnl>({
  name: 'account_totals',
  codec: accountPnlCodec,
  versions: schemaVersions,
  key: accountTotalKey,
  limit: POSITIONS_MAX,
});
