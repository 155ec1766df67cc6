/** Limits on exposures, how they stand, and excursions beyond them. */
import type { Changes } from '../runtime/stream/changes';
import { keyReader } from '../runtime/stream/key-text';
import { type Topic, topic } from '../runtime/stream/topic';
import { numberedTable } from '../runtime/tables/numbered';
import { rowsTable } from '../runtime/tables/rows';
import { timersTable } from '../runtime/tables/timers';
import { schemaVersions } from './evolution/schema-versions';
import { type Breach, breachCodec } from './generated/risk/breach';
import { type BreachPart, breachPartCodec } from './generated/risk/breach-part';
import { type Limit, limitCodec } from './generated/risk/limit';
import { type LimitStatus, limitStatusCodec } from './generated/risk/limit-status';
import { contributionNumbered } from './generated/tables/contribution';

export * from './generated/risk/breach';
export * from './generated/risk/breach-part';
export * from './generated/risk/limit';
export * from './generated/risk/limit-status';
export * from './generated/tables/contribution';

const LIMITS_MAX = 2 ** 17;
/** What a firm has to be able to show of its controls. */
const CONTROLS_HOURS = 24 * 366 * 7;

/** Terms from one time on do not take the place of those before, which hold until then. */
export type LimitChanges = Changes<Limit, 'limit' | 'validFrom'>;

export const limits: Topic<LimitChanges> = topic({
  name: 'risk.limits',
  kind: 'state',
  codec: limitCodec,
  key: ['limit', 'validFrom'],
  numbers: { account: 'account' },
  retentionHours: CONTROLS_HOURS,
});

export type LimitStatusChanges = Changes<LimitStatus, 'limit'>;

export const limitStatuses: Topic<LimitStatusChanges> = topic({
  name: 'risk.limit_statuses',
  kind: 'state',
  codec: limitStatusCodec,
  key: ['limit'],
  numbers: { account: 'account' },
  eventTime: 'knownAt',
});

export const breaches: Topic<readonly Breach[]> = topic({
  name: 'risk.breaches',
  kind: 'event',
  codec: breachCodec,
  key: ['limit'],
  numbers: { account: 'account', cureAccount: 'account', cureInstrument: 'instrument' },
  cloudEventType: 'breakwater.risk.breach',
  eventTime: 'knownAt',
  retentionHours: CONTROLS_HOURS,
});

export const breachParts: Topic<readonly BreachPart[]> = topic({
  name: 'risk.breach_parts',
  kind: 'event',
  codec: breachPartCodec,
  key: ['limit'],
  numbers: { account: 'account', instrument: 'instrument' },
  eventTime: 'knownAt',
  retentionHours: CONTROLS_HOURS,
});

export const limitKey: (terms: Pick<Limit, 'limit' | 'validFrom'>) => string = keyReader([
  'limit',
  'validFrom',
]);
export const limitTable = rowsTable<Limit>({
  name: 'limits',
  codec: limitCodec,
  versions: schemaVersions,
  key: limitKey,
  limit: LIMITS_MAX,
});
export const limitStatusTable = rowsTable<LimitStatus>({
  name: 'limit_statuses',
  codec: limitStatusCodec,
  versions: schemaVersions,
  key: ({ limit }) => limit,
  limit: LIMITS_MAX,
});
/** When a limit comes into force, or ends. Keyed by the number of the limit in order of its first terms. */
export const limitTimers = timersTable({ name: 'limit_timers', limit: LIMITS_MAX });
export const contributionTable = numberedTable({
  name: 'contributions',
  ...contributionNumbered,
  limit: 2 ** 22,
});
