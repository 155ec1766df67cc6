/**
 * What changes a position other than a trade paid in money: fees in the coin that is traded, transfers, splits,
 * dividends, funding, expiry and exercise. All are exact, and rounded once, half to even, where a share is taken of something.
 */
import { divideHalfEven, QUANTITY_ONE } from '../../schemas/decimals';
import { FillKind } from '../../schemas/ledger';
import { type Contract, magnitude, worthOf } from './contract';
import type { Booking, Holding } from './holding';

export function afterEvent(before: Holding, booking: Booking, contract: Contract): Holding {
  const { kind, quantity, price, fee, coins, time } = booking;
  const since = before.fills === 0 ? time : before.since;
  const counted = { ...before, fills: before.fills + 1, since, time };
  switch (kind) {
    case FillKind.Split:
      return { ...charged(counted, fee), quantity: divideHalfEven(before.quantity * price, QUANTITY_ONE) };
    case FillKind.Dividend:
      return earned(charged(counted, fee), dividendOn(before, price, contract));
    case FillKind.Funding:
      return earned(counted, -fee);
    case FillKind.Expiry: {
      const closing = -before.quantity;
      const money = closing === 0n ? 0n : worthOf({ quantity: closing, price }, contract);
      return moved(charged(counted, fee), closing, money);
    }
    case FillKind.Exercise:
    case FillKind.Assignment:
      return moved(charged(counted, fee), quantity, worthOf(booking, contract));
    case FillKind.Transfer:
      return transferred(charged(counted, fee), booking, contract);
    default:
      return moved(
        charged(withTurnover(counted, booking), fee),
        quantity - coins,
        worthOf(booking, contract),
      );
  }
}

/** A change of quantity for money of its sign. What it closes takes its share of the money, what it opens the rest. */
function moved(before: Holding, change: bigint, money: bigint): Holding {
  const { quantity: held, cost } = before;
  if (change === 0n) return { ...before, realisedPnl: before.realisedPnl - money };
  if (held === 0n || held > 0n === change > 0n)
    return { ...before, quantity: held + change, cost: cost + money };
  const [size, open] = [magnitude(change), magnitude(held)];
  const isWhole = size >= open;
  const share = size > open ? divideHalfEven(money * open, size) : money;
  const released = isWhole ? cost : divideHalfEven(cost * size, open);
  return {
    ...before,
    quantity: held + change,
    cost: cost - released + (money - share),
    realisedPnl: before.realisedPnl - share - released,
  };
}

/** Units come and go at cost: what leaves takes its share of the cost with it, and nothing is earned by it. */
function transferred(before: Holding, booking: Booking, contract: Contract): Holding {
  const after = moved(before, booking.quantity, worthOf(booking, contract));
  const carried = {
    ...after,
    realisedPnl: before.realisedPnl,
    transferred: before.transferred + after.cost - before.cost,
    coinFees: before.coinFees + booking.coins,
  };
  // What was taken of the coins on the way is lost for nothing.
  return moved(carried, -booking.coins, 0n);
}

function dividendOn({ quantity }: Holding, price: bigint, contract: Contract): bigint {
  return divideHalfEven(quantity * price * contract.multiplier, QUANTITY_ONE);
}

const earned = (before: Holding, money: bigint): Holding => ({
  ...before,
  realisedPnl: before.realisedPnl + money,
  income: before.income + money,
});

const charged = (before: Holding, fee: bigint): Holding =>
  fee === 0n ? before : { ...before, realisedPnl: before.realisedPnl - fee, fees: before.fees + fee };

function withTurnover(before: Holding, { quantity, coins }: Booking): Holding {
  const turnover = magnitude(quantity) * QUANTITY_ONE;
  return {
    ...before,
    coinFees: before.coinFees + coins,
    bought: quantity > 0n ? before.bought + turnover : before.bought,
    sold: quantity > 0n ? before.sold : before.sold + turnover,
  };
}
