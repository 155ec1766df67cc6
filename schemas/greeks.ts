/** How the worth of positions, accounts and scopes moves, in the base currency. */
import type { Changes } from '../runtime/stream/changes';
import { keyReader } from '../runtime/stream/key-text';
import { type Topic, topic } from '../runtime/stream/topic';
import { numberedTable } from '../runtime/tables/numbered';
import { rowsTable } from '../runtime/tables/rows';
import { timersTable } from '../runtime/tables/timers';
import { schemaVersions } from './evolution/schema-versions';
import { type GreekPart, greekPartCodec } from './generated/risk/greek-part';
import { type Greeks, greeksCodec } from './generated/risk/greeks';
import { type PositionGreeksColumns, positionGreeksCodec } from './generated/risk/position-greeks';
import { type GreekCurrency, greekCurrencyCodec } from './generated/tables/greek-currency';
import { greekPositionNumbered } from './generated/tables/greek-position';
import { greekValueNumbered } from './generated/tables/greek-value';
import {
  type Account,
  accountCodec,
  type Instrument,
  instrumentCodec,
  type Party,
  partyCodec,
  type Scope,
  scopeCodec,
} from './reference';

export * from './generated/risk/greek-part';
export * from './generated/risk/greeks';
export * from './generated/risk/position-greeks';
export * from './generated/tables/greek-currency';
export * from './generated/tables/greek-position';
export * from './generated/tables/greek-value';

const INSTRUMENTS_MAX = 2 ** 22;
const POSITIONS_MAX = 2 ** 22;
const SCOPES_MAX = 2 ** 20;

export const positionGreeks: Topic<PositionGreeksColumns> = topic({
  name: 'risk.position_greeks',
  kind: 'state',
  codec: positionGreeksCodec,
  key: ['account', 'instrument', 'contract'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24,
});

export type GreekPartKey = Pick<GreekPart, 'account' | 'dimension' | 'member'>;
export type GreekPartChanges = Changes<GreekPart, 'account' | 'dimension' | 'member'>;

/** What each account adds to each scope: those of the firm are sums of these, wherever accounts are worked out. */
export const greekParts: Topic<GreekPartChanges> = topic({
  name: 'risk.greek_parts',
  kind: 'state',
  codec: greekPartCodec,
  key: ['account', 'dimension', 'member'],
  partitionedBy: 'account',
  numbers: { account: 'account' },
  eventTime: 'time',
});

export type GreeksKey = Pick<Greeks, 'dimension' | 'account' | 'member'>;
export type GreeksChanges = Changes<Greeks, 'dimension' | 'account' | 'member'>;

export const greeks: Topic<GreeksChanges> = topic({
  name: 'risk.greeks',
  kind: 'state',
  codec: greeksCodec,
  key: ['dimension', 'account', 'member'],
  numbers: { account: 'account' },
  eventTime: 'time',
});

export const greekPositionTable = numberedTable({
  name: 'greek_positions',
  ...greekPositionNumbered,
  limit: POSITIONS_MAX,
});
export const greekValueTable = numberedTable({
  name: 'greek_values',
  ...greekValueNumbered,
  limit: INSTRUMENTS_MAX,
});
export const greekCurrencyTable = rowsTable<GreekCurrency>({
  name: 'greek_currencies',
  codec: greekCurrencyCodec,
  versions: schemaVersions,
  key: ({ currency }) => currency,
  limit: 2 ** 16,
});
export const greekInstrumentTable = rowsTable<Instrument>({
  name: 'greek_instruments',
  codec: instrumentCodec,
  versions: schemaVersions,
  key: ({ instrument }) => String(instrument),
  limit: INSTRUMENTS_MAX,
});
export const greekPartKey: (part: GreekPartKey) => string = keyReader(['account', 'dimension', 'member']);
const partTable = (name: string) =>
  rowsTable<GreekPart>({
    name,
    codec: greekPartCodec,
    versions: schemaVersions,
    key: greekPartKey,
    limit: SCOPES_MAX,
  });
/** As an account last said them, and as they were last summed. */
export const greekPartTable = partTable('greek_parts');
export const summedGreekTable = partTable('summed_greeks');

export const greeksKey: (scope: GreeksKey) => string = keyReader(['dimension', 'account', 'member']);
export const scopeGreeksTable = rowsTable<Greeks>({
  name: 'scope_greeks',
  codec: greeksCodec,
  versions: schemaVersions,
  key: greeksKey,
  limit: SCOPES_MAX,
});
export const placedAccountKey: (row: Pick<Account, 'account' | 'validFrom'>) => string = keyReader([
  'account',
  'validFrom',
]);
export const placedScopeKey: (row: Pick<Scope, 'scope' | 'validFrom'>) => string = keyReader([
  'scope',
  'validFrom',
]);
export const placedPartyKey: (row: Pick<Party, 'party' | 'validFrom'>) => string = keyReader([
  'party',
  'validFrom',
]);
/** Whose accounts are, by time. */
export const placedAccountTable = rowsTable<Account>({
  name: 'placed_accounts',
  codec: accountCodec,
  versions: schemaVersions,
  key: placedAccountKey,
  limit: 2 ** 20,
});
export const placedScopeTable = rowsTable<Scope>({
  name: 'placed_scopes',
  codec: scopeCodec,
  versions: schemaVersions,
  key: placedScopeKey,
  limit: 2 ** 20,
});
export const placedPartyTable = rowsTable<Party>({
  name: 'placed_parties',
  codec: partyCodec,
  versions: schemaVersions,
  key: placedPartyKey,
  limit: 2 ** 20,
});
/** Key 0: the next version of any of them begins, or one ends. */
export const placeTimers = timersTable({ name: 'place_timers', limit: 1 });
