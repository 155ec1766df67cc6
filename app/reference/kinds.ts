/**
 * What a folder of reference data may hold: each file by its name, the topic that its rows are of, and what the rows of
 * the file have in common. `books.csv` is `scopes.csv` whose rows all have the kind Book.
 */
import type { Topic } from '../../runtime/stream/topic';
import { accounts, codes, instruments, parties, scopes, tradingDays, venues } from '../../schemas/reference';

export interface ReferenceTopic {
  readonly topic: Topic;
  /** What a row of it is called. */
  readonly noun: string;
  /** The field by which people know it. */
  readonly identity: string;
  /** Whether the fields `validFrom` and `validTo` say when a row holds. */
  readonly isDated: boolean;
}

const of = (topic: Topic, noun: string, identity: string, isDated = true): ReferenceTopic => ({
  topic,
  noun,
  identity,
  isDated,
});

const CODES = of(codes, 'code', 'code');
const SCOPES = of(scopes, 'scope', 'scope');
const PARTIES = of(parties, 'party', 'party');
const INSTRUMENTS = of(instruments, 'instrument', 'instrument');
const ACCOUNTS = of(accounts, 'account', 'account');
const VENUES = of(venues, 'venue', 'venue');
const TRADING_DAYS = of(tradingDays, 'trading day', 'calendar', false);

/** In the order in which they are written: what others refer to comes first. */
export const REFERENCE_TOPICS: readonly ReferenceTopic[] = [
  CODES,
  TRADING_DAYS,
  PARTIES,
  VENUES,
  SCOPES,
  INSTRUMENTS,
  ACCOUNTS,
];

export interface FileKind {
  /** The name of the file, without what stands behind the point. */
  readonly stem: string;
  readonly of: ReferenceTopic;
  /** The field that every row of the file has, and what it holds. */
  readonly preset?: readonly [field: string, value: string];
}

export const FILE_KINDS: readonly FileKind[] = [
  { stem: 'codes', of: CODES },
  { stem: 'currencies', of: CODES, preset: ['kind', 'Currency'] },
  { stem: 'countries', of: CODES, preset: ['kind', 'Country'] },
  { stem: 'sectors', of: CODES, preset: ['kind', 'Sector'] },
  { stem: 'calendars', of: CODES, preset: ['kind', 'Calendar'] },
  { stem: 'trading-days', of: TRADING_DAYS },
  { stem: 'parties', of: PARTIES },
  { stem: 'legal-entities', of: PARTIES, preset: ['roles', 'LegalEntity'] },
  { stem: 'counterparties', of: PARTIES, preset: ['roles', 'Counterparty'] },
  { stem: 'issuers', of: PARTIES, preset: ['roles', 'Issuer'] },
  { stem: 'venues', of: VENUES },
  { stem: 'scopes', of: SCOPES },
  { stem: 'firms', of: SCOPES, preset: ['kind', 'Firm'] },
  { stem: 'desks', of: SCOPES, preset: ['kind', 'Desk'] },
  { stem: 'books', of: SCOPES, preset: ['kind', 'Book'] },
  { stem: 'traders', of: SCOPES, preset: ['kind', 'Trader'] },
  { stem: 'strategies', of: SCOPES, preset: ['kind', 'Strategy'] },
  { stem: 'instruments', of: INSTRUMENTS },
  { stem: 'accounts', of: ACCOUNTS },
];

/** What the load itself says of each row. */
export const TOLD_BY_LOAD: ReadonlySet<string> = new Set(['version', 'changedBy', 'why']);
