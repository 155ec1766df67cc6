/**
 * A position at signed average cost, exact. Total cost is held and averages are derived from it, so that nothing is
 * rounded until money is realised.
 *
 * Closing releases cost in proportion, rounded half to even, and all of it when the position goes flat, so that no
 * dust is left behind. A fill that crosses zero closes first and opens the rest at its own price. For every history
 *
 *   cost − realised P&L = Σ value of what was opened and closed + Σ fees in the position's currency
 *
 * to the last digit: the method only splits the sum.
 */
import { divideHalfEven, QUANTITY_ONE } from '../../schemas/decimals';
import { FillKind } from '../../schemas/ledger';
import { type Contract, magnitude, worthOf } from './contract';
import type { Booking, Holding } from './holding';
import { lotsAfter } from './lots-after';
import { afterEvent } from './position-events';

/** The position after an execution or another event, by either method. */
export function booked(before: Holding, booking: Booking, contract: Contract): Holding {
  const after =
    isTrade(booking.kind) && booking.coins === 0n
      ? traded(before, booking, contract)
      : afterEvent(before, booking, contract);
  after.lots = lotsAfter(before, after, booking, contract);
  return after;
}

/** A trade whose fee, if any, was paid in money. */
export function traded(before: Holding, booking: Booking, contract: Contract): Holding {
  const { quantity, fee } = booking;
  const { quantity: held } = before;
  const bought = quantity > 0n;
  const opens = held === 0n || held > 0n === bought;
  const after = opens ? opened(before, booking, contract) : closed(before, booking, contract);
  return {
    quantity: after.quantity,
    cost: after.cost,
    realisedPnl: fee === 0n ? after.realisedPnl : after.realisedPnl - fee,
    fees: fee === 0n ? before.fees : before.fees + fee,
    coinFees: before.coinFees,
    income: before.income,
    transferred: before.transferred,
    bought: bought ? before.bought + quantity * QUANTITY_ONE : before.bought,
    sold: bought ? before.sold : before.sold - quantity * QUANTITY_ONE,
    fills: before.fills + 1,
    since: before.fills === 0 ? booking.time : before.since,
    time: booking.time,
    lots: before.lots,
  };
}

const isTrade = (kind: FillKind): boolean => kind === FillKind.New || kind === FillKind.Delivery;

type Split = Pick<Holding, 'quantity' | 'cost' | 'realisedPnl'>;

function opened(before: Holding, booking: Booking, contract: Contract): Split {
  return {
    quantity: before.quantity + booking.quantity,
    cost: before.cost + worthOf(booking, contract),
    realisedPnl: before.realisedPnl,
  };
}

function closed(before: Holding, { quantity, price }: Booking, contract: Contract): Split {
  const held = magnitude(before.quantity);
  const size = magnitude(quantity);
  const isWhole = size >= held;
  const closing = isWhole ? held : size;
  const released = isWhole ? before.cost : divideHalfEven(before.cost * closing, held);
  const proceeds = worthOf({ quantity: before.quantity > 0n ? closing : -closing, price }, contract);
  const left = before.quantity + quantity;
  return {
    quantity: left,
    cost: isWhole ? residueCost(left, price, contract) : before.cost - released,
    realisedPnl: before.realisedPnl + proceeds - released,
  };
}

// What crosses zero opens at the price of its own fill.
function residueCost(left: bigint, price: bigint, contract: Contract): bigint {
  return left === 0n ? 0n : worthOf({ quantity: left, price }, contract);
}
