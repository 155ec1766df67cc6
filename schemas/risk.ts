/** What positions are worth at their marks. Doubles: the exact ledger ends at the border (see `borders.ts`). */
import type { Changes } from '../runtime/stream/changes';
import { type Topic, topic } from '../runtime/stream/topic';
import { type AccountPnl, accountPnlCodec } from './generated/risk/account-pnl';
import { type AccountTotal, accountTotalCodec } from './generated/risk/account-total';
import { type FirmTotal, firmTotalCodec } from './generated/risk/firm-total';
import { type PositionPnlColumns, positionPnlCodec } from './generated/risk/position-pnl';

export * from './generated/risk/account-pnl';
export * from './generated/risk/account-total';
export * from './generated/risk/firm-total';
export * from './generated/risk/position-pnl';

export const positionPnl: Topic<PositionPnlColumns> = topic({
  name: 'risk.pnl',
  kind: 'state',
  codec: positionPnlCodec,
  key: ['account', 'instrument', 'contract'],
  partitionedBy: 'account',
  numbers: { account: 'account', instrument: 'instrument' },
  eventTime: 'time',
  retentionHours: 24,
});

export type AccountPnlChanges = Changes<AccountPnl, 'account' | 'currency'>;

export const accountPnl: Topic<AccountPnlChanges> = topic({
  name: 'risk.account_pnl',
  kind: 'state',
  codec: accountPnlCodec,
  key: ['account', 'currency'],
  partitionedBy: 'account',
  numbers: { account: 'account' },
  eventTime: 'time',
});

export type AccountTotalChanges = Changes<AccountTotal, 'account' | 'currency'>;

export const accountTotals: Topic<AccountTotalChanges> = topic({
  name: 'risk.account_totals',
  kind: 'state',
  codec: accountTotalCodec,
  key: ['account', 'currency'],
  partitionedBy: 'account',
  numbers: { account: 'account' },
  eventTime: 'time',
});

export type FirmTotalChanges = Changes<FirmTotal, 'currency' | 'isOverAll'>;

export const firmTotals: Topic<FirmTotalChanges> = topic({
  name: 'risk.firm_totals',
  kind: 'state',
  codec: firmTotalCodec,
  key: ['currency', 'isOverAll'],
  eventTime: 'time',
});
