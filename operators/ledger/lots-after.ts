/** What an execution does to the open lots of a position, and what was realised by it where the oldest go first. */
import { FillKind } from '../../schemas/ledger';
import { type Contract, worthOf } from './contract';
import type { Booking, Holding } from './holding';
import type { OpenLots } from './open-lots';

/** The lots after an execution that led from one holding to another. */
export function lotsAfter(
  before: Holding,
  after: Pick<Holding, 'quantity' | 'cost'>,
  booking: Booking,
  contract: Contract,
): OpenLots {
  const { lots, quantity: held } = before;
  switch (booking.kind) {
    case FillKind.New:
    case FillKind.Delivery:
      return booking.coins === 0n
        ? traded(before, after)
        : lots.moved(held, booking.quantity - booking.coins, worthOf(booking, contract));
    case FillKind.Split:
      return lots.split(booking.price, after.quantity);
    case FillKind.Exercise:
    case FillKind.Assignment:
      return lots.moved(held, booking.quantity, worthOf(booking, contract));
    case FillKind.Expiry:
      return lots.flat();
    case FillKind.Transfer:
      return transferred(before, booking, contract);
    default:
      return lots;
  }
}

/** What it opened has the cost that average cost has for it; both methods pay the same. */
function traded(before: Holding, after: Pick<Holding, 'quantity' | 'cost'>): OpenLots {
  const { lots } = before;
  const [was, is] = [before.quantity, after.quantity];
  if (was === 0n || (was > 0n ? is > was : is < was)) return lots.opened(is - was, after.cost - before.cost);
  if (is === 0n) return lots.flat();
  if (is > 0n !== was > 0n) return lots.flat().opened(is, after.cost);
  return lots.closed(was > 0n ? was - is : is - was);
}

/** At cost: nothing is realised by it, but by coins that were kept on the way. */
function transferred({ lots, quantity: held }: Holding, booking: Booking, contract: Contract): OpenLots {
  const carried = lots.moved(held, booking.quantity, worthOf(booking, contract));
  return carried
    .withTransferred(lots.transferred + carried.cost - lots.cost)
    .moved(held + booking.quantity, -booking.coins, 0n);
}

/** Money: what has been realised where the oldest lots go first. */
export const fifoRealisedOf = ({ realisedPnl, cost, transferred: average, lots }: Holding): bigint =>
  lots.cost === cost && lots.transferred === average
    ? realisedPnl
    : realisedPnl - cost + average + lots.cost - lots.transferred;
