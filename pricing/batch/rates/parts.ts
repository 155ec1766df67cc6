/**
 * The compiled flows of a book, in columns: plain terms, caplets, and pieces of credit swaps. A row owns a run of each; its
 * numbers stay as they are until the row is compiled anew.
 */
import { type Doubles, doubles, type Integers, integers } from './growing';

/** amount · P(pay) · P(over)/P(under) · g, with g one (0), growth less one (1), or an average's interest (2). */
export interface TermColumns {
  readonly amount: Doubles;
  /** Place of the FX rate that the amount counts with. */
  readonly scale: Integers;
  readonly kind: Integers;
  readonly squares: Doubles;
  readonly pay: Integers;
  readonly over: Integers;
  readonly under: Integers;
  readonly start: Integers;
  readonly end: Integers;
}

/** amount · P(pay) · option(forward), forward = known + factor · g(start, end). */
export interface CapletColumns {
  readonly amount: Doubles;
  readonly pay: Integers;
  readonly known: Doubles;
  readonly factor: Doubles;
  readonly kind: Integers;
  readonly squares: Doubles;
  readonly start: Integers;
  readonly end: Integers;
  readonly time: Doubles;
  readonly strike: Doubles;
  /** 1 call, −1 put. */
  readonly sign: Integers;
  readonly volatility: Doubles;
}

/** Default within a piece: protection · ∫ + accrual · ∫(before + share of the piece), between two points of both curves. */
export interface PieceColumns {
  readonly protection: Doubles;
  readonly accrual: Doubles;
  readonly before: Doubles;
  readonly length: Doubles;
  readonly rateFrom: Integers;
  readonly rateTo: Integers;
  readonly hazardFrom: Integers;
  readonly hazardTo: Integers;
}

export const termColumns = (): TermColumns => ({
  amount: doubles(),
  scale: integers(),
  kind: integers(),
  squares: doubles(),
  pay: integers(),
  over: integers(),
  under: integers(),
  start: integers(),
  end: integers(),
});

export const capletColumns = (): CapletColumns => ({
  amount: doubles(),
  pay: integers(),
  known: doubles(),
  factor: doubles(),
  kind: integers(),
  squares: doubles(),
  start: integers(),
  end: integers(),
  time: doubles(),
  strike: doubles(),
  sign: integers(),
  volatility: doubles(),
});

export const pieceColumns = (): PieceColumns => ({
  protection: doubles(),
  accrual: doubles(),
  before: doubles(),
  length: doubles(),
  rateFrom: integers(),
  rateTo: integers(),
  hazardFrom: integers(),
  hazardTo: integers(),
});
