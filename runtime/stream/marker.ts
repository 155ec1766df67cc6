/**
 * A set of small integers in order of arrival; adding one twice, and clearing all, cost next to nothing.
 * `added` counts every call: it is how the runtime knows what work an operator did.
 */
export class Marker {
  size = 0;
  added = 0;
  private round = 1;
  private roundOf = new Int32Array(1024);
  private members = new Int32Array(1024);

  add(key: number): void {
    this.added += 1;
    if (key >= this.roundOf.length) this.roundOf = grown(this.roundOf, key, 0);
    if (this.roundOf[key] === this.round) return;
    this.roundOf[key] = this.round;
    if (this.size === this.members.length) this.members = grown(this.members, this.size, 0);
    this.members[this.size] = key;
    this.size += 1;
  }

  has(key: number): boolean {
    return this.roundOf[key] === this.round;
  }

  /** Valid until the next `add` or `clear`. */
  keys(): Int32Array {
    return this.members.subarray(0, this.size);
  }

  clear(): void {
    this.round = this.round === 0x7fffffff ? this.restart() : this.round + 1;
    this.size = 0;
  }

  private restart(): number {
    this.roundOf.fill(0);
    return 1;
  }
}

/** A copy at least twice as long that has room for `index`. */
export function grown<Column extends TypedColumn>(column: Column, index: number, filler: number): Column {
  const wider = new (column.constructor as new (length: number) => Column)(
    Math.max(column.length * 2, index + 1),
  );
  if (filler !== 0) wider.fill(filler);
  wider.set(column);
  return wider;
}

export type TypedColumn = Int32Array | Uint32Array | Float64Array | Uint8Array;
