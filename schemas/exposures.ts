/** What positions, accounts and the firm are exposed to, in the base currency. */
import type { Changes } from '../runtime/stream/changes';
import { keyReader } from '../runtime/stream/key-text';
import { type Topic, topic } from '../runtime/stream/topic';
import { numberedTable } from '../runtime/tables/numbered';
import { rowsTable } from '../runtime/tables/rows';
import { timersTable } from '../runtime/tables/timers';
import { schemaVersions } from './evolution/schema-versions';
import { type Exposure, exposureCodec } from './generated/risk/exposure';
import { type ExposurePart, exposurePartCodec } from './generated/risk/exposure-part';
import { type PositionExposureColumns, positionExposureCodec } from './generated/risk/position-exposure';
import { type CurrencyPair, currencyPairCodec } from './generated/tables/currency-pair';
import { exposedPositionNumbered } from './generated/tables/exposed-position';
import { type ExposureCurrency, exposureCurrencyCodec } from './generated/tables/exposure-currency';
import { latestMarkNumbered } from './generated/tables/latest-mark';

export * from './generated/risk/exposure';
export * from './generated/risk/exposure-part';
export * from './generated/risk/position-exposure';
export * from './generated/tables/exposed-position';
export * from './generated/tables/exposure-currency';

const INSTRUMENTS_MAX = 2 ** 22;
const POSITIONS_MAX = 2 ** 22;
const SCOPES_MAX = 2 ** 20;

export const positionExposures: Topic<PositionExposureColumns> = topic({
  name: 'risk.position_exposures',
  kind: 'state',
  codec: positionExposureCodec,
  key: ['account', 'instrument', 'contract'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24,
});

export type ExposurePartChanges = Changes<ExposurePart, 'account' | 'dimension' | 'member'>;

/** What each account adds to each scope: firm figures are sums of these, wherever accounts are worked out. */
export const exposureParts: Topic<ExposurePartChanges> = topic({
  name: 'risk.exposure_parts',
  kind: 'state',
  codec: exposurePartCodec,
  key: ['account', 'dimension', 'member'],
  partitionedBy: 'account',
  numbers: { account: 'account' },
  eventTime: 'time',
});

export type ExposureChanges = Changes<Exposure, 'dimension' | 'account' | 'member'>;

export const exposures: Topic<ExposureChanges> = topic({
  name: 'risk.exposures',
  kind: 'state',
  codec: exposureCodec,
  key: ['dimension', 'account', 'member'],
  numbers: { account: 'account' },
  eventTime: 'time',
});

/** Marks by which currencies are told apart in worth. */
export const exposureMarkTable = numberedTable({
  name: 'exposure_marks',
  ...latestMarkNumbered,
  limit: INSTRUMENTS_MAX,
});
export const exposureTimers = timersTable({ name: 'exposure_timers', limit: 1 });
export const exposurePairTable = rowsTable<CurrencyPair>({
  name: 'exposure_pairs',
  codec: currencyPairCodec,
  versions: schemaVersions,
  key: ({ instrument }) => String(instrument),
  limit: 2 ** 16,
});
export const exposureCurrencyTable = rowsTable<ExposureCurrency>({
  name: 'exposure_currencies',
  codec: exposureCurrencyCodec,
  versions: schemaVersions,
  key: ({ currency }) => currency,
  limit: 2 ** 16,
});
export const exposedPositionTable = numberedTable({
  name: 'exposed_positions',
  ...exposedPositionNumbered,
  limit: POSITIONS_MAX,
});
export const exposurePartKey: (part: Pick<ExposurePart, 'account' | 'dimension' | 'member'>) => string =
  keyReader(['account', 'dimension', 'member']);
const partTable = (name: string) =>
  rowsTable<ExposurePart>({
    name,
    codec: exposurePartCodec,
    versions: schemaVersions,
    key: exposurePartKey,
    limit: SCOPES_MAX,
  });
/** As an account last said them, and as they were last summed. */
export const exposurePartTable = partTable('exposure_parts');
export const summedPartTable = partTable('summed_parts');

export type Scope = Pick<Exposure, 'dimension' | 'account' | 'member'>;
export const scopeKey: (scope: Scope) => string = keyReader(['dimension', 'account', 'member']);
export const scopeExposureTable = rowsTable<Exposure>({
  name: 'scope_exposures',
  codec: exposureCodec,
  versions: schemaVersions,
  key: scopeKey,
  limit: SCOPES_MAX,
});
