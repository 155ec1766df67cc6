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
import { type Contract, magnitude, worthOf } from './contract';

/** A position as of some execution. Never changed in place: executions remember the one that they led to. */
export interface Holding {
  /** Scale 9, positive long, negative short. */
  readonly quantity: bigint;
  /** Money: what the open quantity was bought, or sold short, for; signed like its value. */
  readonly cost: bigint;
  /** Money, after fees in the position's own currency. */
  readonly realisedPnl: bigint;
  /** Money, fees in the position's own currency. */
  readonly fees: bigint;
  /** Everything ever bought and sold. Scale 18, since the topic has it so. */
  readonly bought: bigint;
  readonly sold: bigint;
  /** Executions in effect. */
  readonly fills: number;
  /** Event time of the last one, micros. */
  readonly time: number;
}

export const FLAT: Holding = Object.freeze({
  quantity: 0n,
  cost: 0n,
  realisedPnl: 0n,
  fees: 0n,
  bought: 0n,
  sold: 0n,
  fills: 0,
  time: 0,
});

/** What the ledger needs to know of an execution. */
export interface Booking {
  /** Scale 9, positive bought, negative sold, never zero. */
  readonly quantity: bigint;
  /** Scale 9; negative where the product allows it. */
  readonly price: bigint;
  /** Money in the position's currency; what was paid in another is kept elsewhere. */
  readonly fee: bigint;
  /** Event time, micros. */
  readonly time: number;
}

export function booked(before: Holding, booking: Booking, contract: Contract): Holding {
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
    bought: bought ? before.bought + quantity * QUANTITY_ONE : before.bought,
    sold: bought ? before.sold : before.sold - quantity * QUANTITY_ONE,
    fills: before.fills + 1,
    time: booking.time,
  };
}

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
