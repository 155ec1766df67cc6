/**
 * A position as lots, closed first in first out or last in first out: another split of the same sum into realised and
 * unrealised than average cost makes. For every history, to the last digit,
 *
 *   realised P&L − Σ cost of open lots
 *
 * is what it is at average cost, as long as the values that fills are split into are exact (multipliers that are whole
 * numbers, contracts that are not inverse); else each split is rounded once, half to even, to 10⁻¹⁸.
 *
 * Lots are in the order in which they were opened. All of them are on one side: a fill on the other closes, and what is
 * left of it opens a lot of its own.
 */
import { divideHalfEven } from '../../schemas/decimals';
import { type Contract, magnitude, worthOf } from './contract';
import type { Booking } from './holding';

export type LotMethod = 'fifo' | 'lifo';

export interface Lot {
  /** Scale 9, positive long, negative short. */
  readonly quantity: bigint;
  /** Money: what it was opened for, in proportion to what is left of it. */
  readonly cost: bigint;
  /** Event time of the fill that opened it, micros. */
  readonly opened: number;
}

export interface LotHolding {
  readonly lots: readonly Lot[];
  /** Money, before fees. */
  readonly realisedPnl: bigint;
}

/** What a fill took from a lot. */
export interface ClosedLot {
  readonly quantity: bigint;
  readonly cost: bigint;
  readonly opened: number;
}

export const NO_LOTS: LotHolding = Object.freeze({ lots: Object.freeze([]), realisedPnl: 0n });

export function bookedInLots(
  before: LotHolding,
  booking: Pick<Booking, 'quantity' | 'price' | 'time'>,
  { contract, method }: { readonly contract: Contract; readonly method: LotMethod },
): { readonly after: LotHolding; readonly closed: readonly ClosedLot[] } {
  const { price, time } = booking;
  const lots = [...before.lots];
  const closed: ClosedLot[] = [];
  let { realisedPnl } = before;
  let left = booking.quantity;
  while (left !== 0n && lots.length > 0 && lots[0]!.quantity > 0n !== left > 0n) {
    const at = method === 'fifo' ? 0 : lots.length - 1;
    const { taken, kept } = split(lots[at]!, magnitude(left));
    realisedPnl += worthOf({ quantity: taken.quantity, price }, contract) - taken.cost;
    left += taken.quantity;
    closed.push(taken);
    lots.splice(at, 1, ...(kept ? [kept] : []));
  }
  if (left !== 0n)
    lots.push({ quantity: left, cost: worthOf({ quantity: left, price }, contract), opened: time });
  return { after: { lots, realisedPnl }, closed };
}

/** All of a lot leaves all of its cost; part of it, cost in proportion. */
function split(lot: Lot, size: bigint): { readonly taken: Lot; readonly kept: Lot | undefined } {
  const held = magnitude(lot.quantity);
  if (size >= held) return { taken: lot, kept: undefined };
  const quantity = lot.quantity > 0n ? size : -size;
  const cost = divideHalfEven(lot.cost * size, held);
  return {
    taken: { ...lot, quantity, cost },
    kept: { ...lot, quantity: lot.quantity - quantity, cost: lot.cost - cost },
  };
}
