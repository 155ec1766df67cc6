/**
 * Keys of one tree as they come from left to right: LMDB looks for them by halves, so that one out of order hides others,
 * and sends a search to and fro for ever. What a branch says of a subtree bounds it on both sides.
 */
export class KeyOrder {
  private last: Buffer | undefined;
  /** Whether a subtree has just begun, which may hold the very key that it is announced with. */
  private announced = false;

  /** In LMDB's trees of values bytes, in its tree of free pages numbers of transactions. */
  constructor(private readonly compare: (one: Buffer, other: Buffer) => number) {}

  /** What a branch says that the next subtree begins with. Answers whether it fits. */
  announce(key: Buffer): boolean {
    return this.take(key, false, true);
  }

  /** A key of a leaf. Answers whether it fits. */
  next(key: Buffer): boolean {
    return this.take(key, this.announced, false);
  }

  private take(key: Buffer, mayBeEqual: boolean, announced: boolean): boolean {
    const order = this.last === undefined ? 1 : this.compare(key, this.last);
    this.last = key;
    this.announced = announced;
    return order > 0 || (order === 0 && mayBeEqual);
  }
}
