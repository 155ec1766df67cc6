/** What records hold where their source does not tell of it: the defaults of their schemas, for those made in code. */
import type { Fill, Position } from './ledger';
import { FeedPhase, type VenueState } from './market';
import { ExerciseStyle, type Instrument, OptionRight, SettlementKind } from './reference';

export const fillUntold = {
  broker: undefined,
  tradingDay: undefined,
  refersToDay: undefined,
  version: 0,
} satisfies Partial<Fill>;

export const instrumentUntold = {
  base: undefined,
  validFrom: 0,
  validTo: 0,
  underlying: undefined,
  right: OptionRight.None,
  strike: undefined,
  expiry: undefined,
  exercise: ExerciseStyle.None,
  settlement: SettlementKind.None,
  quoteCurrency: undefined,
  quanto: false,
  issuer: undefined,
  sector: undefined,
  tags: '',
  venue: undefined,
  calendar: undefined,
  product: undefined,
  terms: undefined,
  version: 0,
  changedBy: '',
  why: '',
} satisfies Partial<Instrument>;

export const positionUntold = {
  contract: 0,
  markedFrom: 0,
  markedUntil: 0,
  coinFees: 0n,
  income: 0n,
  transferred: 0n,
  fifoCost: 0n,
  fifoRealisedPnl: 0n,
  lots: 0,
  since: 0,
  knownAt: 0,
  referenceVersion: 0,
} satisfies Partial<Position>;

export const venueStateUntold = {
  detail: '',
  since: 0,
  feed: FeedPhase.Unknown,
  lost: 0,
  conflated: 0,
  clockOffset: undefined,
  clockUncertainty: undefined,
} satisfies Partial<VenueState>;
