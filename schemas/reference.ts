/**
 * What everyone reads first: numbers for names, what is traded, and by whom and where. What holds from one time on stands
 * beside what held before it: the time is part of the key.
 */
import type { Changes } from '../runtime/stream/changes';
import { type Topic, topic } from '../runtime/stream/topic';
import { type Account, accountCodec } from './generated/reference/account';
import { type Code, codeCodec } from './generated/reference/code';
import { type Instrument, instrumentCodec } from './generated/reference/instrument';
import { type NumberedName, numberedNameCodec } from './generated/reference/numbered-name';
import { type Party, partyCodec } from './generated/reference/party';
import { type Scope, scopeCodec } from './generated/reference/scope';
import { type TradingDay, tradingDayCodec } from './generated/reference/trading-day';
import { type Venue, venueCodec } from './generated/reference/venue';
import { type Version, versionCodec } from './generated/reference/version';

export * from './generated/reference/account';
export * from './generated/reference/code';
export * from './generated/reference/instrument';
export * from './generated/reference/numbered-name';
export * from './generated/reference/party';
export * from './generated/reference/scope';
export * from './generated/reference/trading-day';
export * from './generated/reference/venue';
export * from './generated/reference/version';

export const names: Topic<Changes<NumberedName, 'domain' | 'name'>> = topic({
  name: 'reference.names',
  kind: 'state',
  codec: numberedNameCodec,
  key: ['domain', 'name'],
});

/** Terms from one time on do not take the place of those before: whoever reads from the start needs both. */
export type InstrumentChanges = Changes<Instrument, 'instrument' | 'validFrom'>;

export const instruments: Topic<InstrumentChanges> = topic({
  name: 'reference.instruments',
  kind: 'state',
  codec: instrumentCodec,
  key: ['instrument', 'validFrom'],
  keyBefore: ['instrument'],
  numbers: { instrument: 'instrument', underlying: 'instrument' },
});

export type AccountChanges = Changes<Account, 'account' | 'validFrom'>;

export const accounts: Topic<AccountChanges> = topic({
  name: 'reference.accounts',
  kind: 'state',
  codec: accountCodec,
  key: ['account', 'validFrom'],
  numbers: {
    account: 'account',
    book: 'scope',
    trader: 'scope',
    strategy: 'scope',
    legalEntity: 'party',
    counterparty: 'party',
  },
});

export type ScopeChanges = Changes<Scope, 'scope' | 'validFrom'>;

export const scopes: Topic<ScopeChanges> = topic({
  name: 'reference.scopes',
  kind: 'state',
  codec: scopeCodec,
  key: ['scope', 'validFrom'],
  numbers: { scope: 'scope', parent: 'scope' },
});

export const parties: Topic<Changes<Party, 'party' | 'validFrom'>> = topic({
  name: 'reference.parties',
  kind: 'state',
  codec: partyCodec,
  key: ['party', 'validFrom'],
  numbers: { party: 'party', parent: 'party' },
});

export const venues: Topic<Changes<Venue, 'venue' | 'validFrom'>> = topic({
  name: 'reference.venues',
  kind: 'state',
  codec: venueCodec,
  key: ['venue', 'validFrom'],
  numbers: { venue: 'venue' },
});

export const codes: Topic<Changes<Code, 'kind' | 'code' | 'validFrom'>> = topic({
  name: 'reference.codes',
  kind: 'state',
  codec: codeCodec,
  key: ['kind', 'code', 'validFrom'],
});

export type TradingDayChanges = Changes<TradingDay, 'calendar' | 'date'>;

export const tradingDays: Topic<TradingDayChanges> = topic({
  name: 'reference.trading_days',
  kind: 'state',
  codec: tradingDayCodec,
  key: ['calendar', 'date'],
});

export const versions: Topic<Changes<Version, 'version'>> = topic({
  name: 'reference.versions',
  kind: 'state',
  codec: versionCodec,
  key: ['version'],
});
