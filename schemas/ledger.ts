/** Fills and the positions they make: few and precious, hence rows and exact decimals. */
import type { Changes } from '../runtime/stream/changes';
import { type Topic, topic } from '../runtime/stream/topic';
import { type Cash, cashCodec } from './generated/ledger/cash';
import { type Fill, fillCodec } from './generated/ledger/fill';
import { type ForeignFee, foreignFeeCodec } from './generated/ledger/foreign-fee';
import { type Horizon, horizonCodec } from './generated/ledger/horizon';
import { type LateFill, lateFillCodec } from './generated/ledger/late-fill';
import { type LateResolution, lateResolutionCodec } from './generated/ledger/late-resolution';
import { type Position, positionCodec } from './generated/ledger/position';
import { type RefusedFill, refusedFillCodec } from './generated/ledger/refused-fill';

export * from './generated/ledger/cash';
export * from './generated/ledger/fill';
export * from './generated/ledger/foreign-fee';
export * from './generated/ledger/horizon';
export * from './generated/ledger/late-fill';
export * from './generated/ledger/late-resolution';
export * from './generated/ledger/position';
export * from './generated/ledger/refused-fill';

/** Seven years: what a firm has to be able to show of its trades. */
const BOOKS_HOURS = 24 * 366 * 7;

export const fills: Topic<readonly Fill[]> = topic({
  name: 'ledger.fills',
  kind: 'event',
  codec: fillCodec,
  key: ['account', 'instrument'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument', venue: 'venue' },
  cloudEventType: 'breakwater.ledger.fill',
  eventTime: 'time',
  retentionHours: BOOKS_HOURS,
});

export const refusedFills: Topic<readonly RefusedFill[]> = topic({
  name: 'ledger.refused_fills',
  kind: 'event',
  codec: refusedFillCodec,
  key: ['executionId'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument', venue: 'venue' },
  cloudEventType: 'breakwater.ledger.fill_refused',
  eventTime: 'time',
  retentionHours: BOOKS_HOURS,
});

export type PositionChanges = Changes<Position, 'account' | 'instrument' | 'contract'>;

export const positions: Topic<PositionChanges> = topic({
  name: 'ledger.positions',
  kind: 'state',
  codec: positionCodec,
  key: ['account', 'instrument', 'contract'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument' },
  eventTime: 'time',
});

export type LateFillChanges = Changes<LateFill, 'account' | 'identity'>;

/** What came too late to be booked where it belongs: the queue that a person goes through. */
export const lateFills: Topic<LateFillChanges> = topic({
  name: 'ledger.late_fills',
  kind: 'state',
  codec: lateFillCodec,
  key: ['account', 'identity'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument', venue: 'venue' },
  eventTime: 'time',
  retentionHours: BOOKS_HOURS,
});

/** What people decided about the queue, by whom and why. */
export const lateResolutions: Topic<readonly LateResolution[]> = topic({
  name: 'ledger.late_resolutions',
  kind: 'event',
  codec: lateResolutionCodec,
  key: ['account', 'instrument'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument', venue: 'venue' },
  cloudEventType: 'breakwater.ledger.late_fill_settled',
  eventTime: 'time',
  retentionHours: BOOKS_HOURS,
});

export type HorizonChanges = Changes<Horizon, 'account'>;

/** How far back each account can be restated, said whenever it folds. */
export const horizons: Topic<HorizonChanges> = topic({
  name: 'ledger.horizons',
  kind: 'state',
  codec: horizonCodec,
  key: ['account'],
  partitionedBy: 'account',
  numbers: { account: 'account' },
  eventTime: 'knownAt',
});

export type CashChanges = Changes<Cash, 'account' | 'currency'>;

export const cash: Topic<CashChanges> = topic({
  name: 'ledger.cash',
  kind: 'state',
  codec: cashCodec,
  key: ['account', 'currency'],
  partitionedBy: 'account',
  numbers: { account: 'account' },
  eventTime: 'knownAt',
});

export type ForeignFeeChanges = Changes<ForeignFee, 'account' | 'instrument' | 'currency'>;

export const foreignFees: Topic<ForeignFeeChanges> = topic({
  name: 'ledger.foreign_fees',
  kind: 'state',
  codec: foreignFeeCodec,
  key: ['account', 'instrument', 'currency'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument' },
  eventTime: 'time',
});
