/**
 * The time by which things are old enough to be dropped. A clock may be wrong for a moment or for hours, and what is
 * dropped does not come back: so no single reading of it is believed that is far ahead of what was known. Such a reading is
 * a claim, and stands once a reading an hour later has confirmed it; a clock that goes back withdraws it. Until then
 * nothing ages. A clock that is behind moves nothing: time waits until it has caught up.
 */

/** What a clock may be ahead of what was known and be believed at once; and how long a claim must stand. */
const CONFIRMED_MICROS = 3.6e9;
/** Clocks are corrected by less than this all the time, and those of two threads differ. */
const TOLERANCE_MICROS = 1_000_000;

export class StoreTime {
  private claimedAt: number | undefined;
  private wall = 0;
  /** Whether the claim was made while the store was open: then the clock itself has jumped. */
  private jumped = false;

  /** `known`: the latest time that was believed, micros; 0 of a new store. */
  constructor(private known: number) {}

  /** Takes a reading; answers the time to stamp with, and the time by which things age. Neither goes back. */
  read(wall: number): { readonly stamp: number; readonly aged: number } {
    const isFirst = this.wall === 0;
    if (wall < this.wall - TOLERANCE_MICROS) this.claimedAt = undefined;
    this.wall = wall;
    if (this.known === 0 || wall - this.known <= CONFIRMED_MICROS) this.believe(wall);
    else if (this.claimedAt === undefined) this.claim(wall, !isFirst);
    else if (wall - this.claimedAt >= CONFIRMED_MICROS) this.believe(wall);
    return { stamp: Math.max(wall, this.known), aged: this.known };
  }

  /** What is wrong with the clock, for people. A store that was closed for a while is no trouble. */
  trouble(): readonly string[] {
    const hours = (micros: number): string => (micros / 3.6e9).toFixed(1);
    if (this.known - this.wall >= TOLERANCE_MICROS)
      return [
        `the clock went back by ${hours(this.known - this.wall)} hours; what is written is stamped with the latest time seen before. Set the clock right.`,
      ];
    if (this.claimedAt !== undefined && this.jumped)
      return [
        `the clock went forward by ${hours(this.wall - this.known)} hours; nothing is dropped for its age until it has stood for an hour. Set the clock right if it is wrong.`,
      ];
    return [];
  }

  private claim(wall: number, jumped: boolean): void {
    this.claimedAt = wall;
    this.jumped = jumped;
  }

  private believe(wall: number): void {
    this.claimedAt = undefined;
    this.known = Math.max(this.known, wall);
  }
}
