/**
 * The ids of executions that can no longer be restated, so that one that comes again is recognised however late: 128
 * bits made of its identity each, in a ring of the table's size. When that is full the first to have come are forgotten.
 *
 * Two identities that make the same bits would be taken for one: of 10⁸ ids the chance that any two do is 10⁻²³.
 */
import type { Numbered } from '../../runtime/numbered';
import type { RememberedIdColumns } from '../../schemas/tables';
import { type Economics, economicsText } from './economics';
import { type Identified, identityText } from './identity';

export type Remembered = 'same' | 'different';

export class RememberedIds {
  private capacity = 2048;
  /** Slot plus one, 0 where the place is free. */
  private places = new Int32Array(this.capacity);
  private used = 0;
  private next = 0;
  private readonly hash = new Int32Array(4);

  constructor(
    private readonly table: Numbered<RememberedIdColumns>,
    private readonly limit: number,
  ) {
    for (let slot = 0; slot < table.length; slot += 1) {
      if (table.columns.place[slot]! < 0) continue;
      this.next = Math.max(this.next, table.columns.place[slot]! + 1);
      this.index(slot);
    }
  }

  /** Whether the identity is known, and whether its economics are what they were. */
  find(one: Identified & Economics): Remembered | undefined {
    const slot = this.slotOf(one);
    if (slot < 0) return undefined;
    return this.table.columns.economics[slot] === hashOfText(economicsText(one), SEEDS[0]!)
      ? 'same'
      : 'different';
  }

  has(one: Identified): boolean {
    return this.slotOf(one) >= 0;
  }

  /** `economics` as they were first told. */
  add(one: Identified, economics: string): void {
    const slot = this.next % this.limit;
    if (this.next >= this.limit) this.forget(slot);
    this.hashInto(one);
    this.table.ensure(slot);
    const { columns } = this.table;
    columns.hash0[slot] = this.hash[0]!;
    columns.hash1[slot] = this.hash[1]!;
    columns.hash2[slot] = this.hash[2]!;
    columns.hash3[slot] = this.hash[3]!;
    columns.economics[slot] = hashOfText(economics, SEEDS[0]!);
    columns.place[slot] = this.next;
    this.table.touch(slot);
    this.next += 1;
    this.index(slot);
  }

  private slotOf(one: Identified): number {
    if (this.used === 0) return -1;
    this.hashInto(one);
    const { hash0, hash1, hash2, hash3 } = this.table.columns;
    const [a, b, c, d] = this.hash as unknown as [number, number, number, number];
    const mask = this.capacity - 1;
    for (let place = a & mask; ; place = (place + 1) & mask) {
      const slot = this.places[place]! - 1;
      if (slot < 0) return -1;
      if (hash0[slot] === a && hash1[slot] === b && hash2[slot] === c && hash3[slot] === d) return slot;
    }
  }

  private index(slot: number): void {
    if ((this.used + 1) * 2 > this.capacity) this.widen();
    this.places[this.freePlace(slot)] = slot + 1;
    this.used += 1;
  }

  /** Takes a slot out of the index; what had to give way to it moves up. */
  private forget(slot: number): void {
    const mask = this.capacity - 1;
    const { hash0 } = this.table.columns;
    let hole = hash0[slot]! & mask;
    while (this.places[hole] !== slot + 1) hole = (hole + 1) & mask;
    this.places[hole] = 0;
    this.used -= 1;
    for (let place = (hole + 1) & mask; this.places[place] !== 0; place = (place + 1) & mask) {
      const home = hash0[this.places[place]! - 1]! & mask;
      if (((place - home) & mask) < ((place - hole) & mask)) continue;
      this.places[hole] = this.places[place]!;
      this.places[place] = 0;
      hole = place;
    }
  }

  private freePlace(slot: number): number {
    const mask = this.capacity - 1;
    let place = this.table.columns.hash0[slot]! & mask;
    while (this.places[place] !== 0) place = (place + 1) & mask;
    return place;
  }

  private widen(): void {
    const { places } = this;
    this.capacity *= 2;
    this.places = new Int32Array(this.capacity);
    for (const place of places) if (place !== 0) this.places[this.freePlace(place - 1)] = place;
  }

  private hashInto(one: Identified): void {
    const text = identityText(one);
    for (let lane = 0; lane < 4; lane += 1) this.hash[lane] = hashOfText(text, SEEDS[lane]!);
  }
}

const SEEDS = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f];

/** One lane: its seed goes into the start and every step, and the mix at the end spreads all bits over all. */
function hashOfText(text: string, seed: number): number {
  let hash = seed ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), seed | 1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
