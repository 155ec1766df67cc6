/**
 * The ids of executions that can no longer be restated, so that one that comes again is recognised however late: 128
 * bits made of its identity each, in a ring of the table's size. When that is full the first to have come are forgotten.
 *
 * Two identities that make the same bits would be taken for one: of 10⁸ ids the chance that any two do is 10⁻²³.
 */
import type { Numbered } from '../../runtime/tables/numbered';
import type { RememberedIdColumns } from '../../schemas/tables';
import { HashedRing } from '../hashed-ring';
import { type Economics, economicsText } from './economics';
import { type Identified, identityText } from './identity';

export type Remembered = 'same' | 'different';

export class RememberedIds {
  private readonly ring: HashedRing;
  private readonly hash = new Int32Array(4);

  constructor(
    private readonly table: Numbered<RememberedIdColumns>,
    limit: number,
  ) {
    this.ring = new HashedRing(limit, (slot) => table.columns.hash0[slot]!);
    for (let slot = 0; slot < table.length; slot += 1)
      if (table.columns.place[slot]! >= 0) this.ring.restore(slot, table.columns.place[slot]!);
  }

  /** Whether the identity is known, and whether its economics are what they were. */
  find(one: Identified & Economics): Remembered | undefined {
    const slot = this.slotOf(one);
    if (slot < 0) return undefined;
    const isSame = this.table.columns.economics[slot] === hashOfText(economicsText(one), SEEDS[0]!);
    return isSame ? 'same' : 'different';
  }

  has(one: Identified): boolean {
    return this.slotOf(one) >= 0;
  }

  /** `economics` as they were first told. */
  add(one: Identified, economics: string): void {
    this.hashInto(one);
    const { slot, place } = this.ring.slotForNext();
    this.table.ensure(slot);
    const { columns } = this.table;
    columns.hash0[slot] = this.hash[0]!;
    columns.hash1[slot] = this.hash[1]!;
    columns.hash2[slot] = this.hash[2]!;
    columns.hash3[slot] = this.hash[3]!;
    columns.economics[slot] = hashOfText(economics, SEEDS[0]!);
    columns.place[slot] = place;
    this.table.touch(slot);
    this.ring.add(slot);
  }

  private slotOf(one: Identified): number {
    if (this.table.size === 0) return -1;
    this.hashInto(one);
    const { hash1, hash2, hash3 } = this.table.columns;
    const [first, second, third, fourth] = this.hash as unknown as [number, number, number, number];
    return this.ring.find(
      first,
      (slot) => hash1[slot] === second && hash2[slot] === third && hash3[slot] === fourth,
    );
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
