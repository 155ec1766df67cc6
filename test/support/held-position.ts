/** Positions for tests of what reads them: `units` of an instrument held by an account, and whatever else is said. */
import { positionUntold } from '../../schemas/untold';
import type { Row } from './run';

const ONE = 10n ** 9n;

export const heldPosition = (units: number, more: Row): Row => ({
  ...positionUntold,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  quantity: BigInt(units) * ONE,
  cost: 0n,
  realisedPnl: 0n,
  fees: 0n,
  bought: 0n,
  sold: 0n,
  fills: 1,
  ...more,
});
