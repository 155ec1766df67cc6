/** Which price of a mark values the positions of an account: by its book, or else by the convention of the house. */
import { grown } from '../../runtime/stream/marker';
import type { ReadonlyRows } from '../../runtime/tables/rows';
import { MarkSide } from '../../schemas/reference';
import type { BookSettings } from '../../schemas/tables';
import type { BookSettingsChanges } from './book-settings';

/** The middle, or the side at which the position could be closed. */
export type MarkConvention = 'mid' | 'closing-side';

/** Derived from the settings, by number of the account: it is asked for every position that is valued. */
export class MarkSides {
  private sides: Uint8Array = new Uint8Array(256);
  private readonly moved = new Set<number>();
  private readonly isMidOtherwise: boolean;

  constructor(settings: ReadonlyRows<BookSettings>, convention: MarkConvention) {
    this.isMidOtherwise = convention === 'mid';
    for (const row of settings.values()) this.set(row.account, row.markSide);
    this.settle();
  }

  isMid(account: number): boolean {
    const side = this.sides[account] ?? MarkSide.Inherited;
    return side === MarkSide.Inherited ? this.isMidOtherwise : side === MarkSide.Mid;
  }

  /** Says whether any account is valued otherwise than before. */
  take({ set, removed }: BookSettingsChanges): boolean {
    for (const { account, markSide } of set) this.set(account, markSide);
    for (const { account } of removed) this.set(account, MarkSide.Inherited);
    return this.moved.size > 0;
  }

  /** Whether it is among those that `take` found, until they are settled. */
  isMoved(account: number): boolean {
    return this.moved.has(account);
  }

  settle(): void {
    this.moved.clear();
  }

  private set(account: number, side: MarkSide): void {
    const before = this.isMid(account);
    if (account >= this.sides.length) this.sides = grown(this.sides, account, MarkSide.Inherited);
    this.sides[account] = side;
    if (this.isMid(account) !== before) this.moved.add(account);
  }
}
