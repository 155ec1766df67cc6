/** What records hold where their source does not tell of it: the defaults of their schemas, for those made in code. */
import type { Fill, Position } from './ledger';
import type { Instrument } from './reference';

export const fillUntold = {
  broker: undefined,
  tradingDay: undefined,
  refersToDay: undefined,
  version: 0,
} satisfies Partial<Fill>;

export const instrumentUntold = { base: undefined, validFrom: 0 } satisfies Partial<Instrument>;

export const positionUntold = {
  contract: 0,
  markedFrom: 0,
  markedUntil: 0,
  coinFees: 0n,
  income: 0n,
  transferred: 0n,
  knownAt: 0,
} satisfies Partial<Position>;
