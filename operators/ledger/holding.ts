/** What a position holds, and what changes it: plain values, exact. */
import type { FillKind } from '../../schemas/ledger';
import { OpenLots } from './open-lots';

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
  /** Scale 9: fees paid in what is traded, by which the quantity is less. */
  readonly coinFees: bigint;
  /** Money: dividends and funding received, part of realised P&L. */
  readonly income: bigint;
  /** Money: cost of what was transferred in, less that of what was transferred out. */
  readonly transferred: bigint;
  /** Everything ever bought and sold. Scale 18, since the topic has it so. */
  readonly bought: bigint;
  readonly sold: bigint;
  /** Executions in effect. */
  readonly fills: number;
  /** Event time of the first of them, micros. */
  readonly since: number;
  /** Event time of the last one, micros. */
  readonly time: number;
  /** The same, first in first out: set once, when the rest is known. */
  lots: OpenLots;
}

export const FLAT: Holding = Object.freeze({
  quantity: 0n,
  cost: 0n,
  realisedPnl: 0n,
  fees: 0n,
  coinFees: 0n,
  income: 0n,
  transferred: 0n,
  bought: 0n,
  sold: 0n,
  fills: 0,
  since: 0,
  time: 0,
  lots: OpenLots.NONE,
});

/** What the ledger needs to know of an execution. */
export interface Booking {
  readonly kind: FillKind;
  /** Scale 9, positive bought, negative sold, never zero. */
  readonly quantity: bigint;
  /** Scale 9; negative where the product allows it. */
  readonly price: bigint;
  /** Money in the position's currency; what was paid in another is kept elsewhere. */
  readonly fee: bigint;
  /** Scale 9: the fee, where it was paid in what is traded. */
  readonly coins: bigint;
  /** Event time, micros. */
  readonly time: number;
}
