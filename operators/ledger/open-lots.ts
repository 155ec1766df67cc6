/**
 * The open lots of a position, first in first out, beside its average cost: what is sold leaves the oldest lot first and
 * takes its cost with it, in proportion where a part leaves, rounded half to even. The method only splits the sum, so what
 * has been realised by it follows from what average cost has realised, to the last digit:
 *
 *   realised P&L − cost + cost of what was transferred in
 *
 * is the same by either method: the cash that moved.
 *
 * Never changed in place: executions remember the lots that they led to. All share one growing list, of which each sees
 * its own stretch, so that opening and closing cost the same however many lots there are. At most `LOTS_MAX` are told
 * apart: beyond that neighbours among the younger half are taken together, at their joint cost.
 */
import { divideHalfEven, QUANTITY_ONE } from '../../schemas/decimals';
import { magnitude } from './contract';

/** Of one position. */
export const LOTS_MAX = 1024;

interface Lot {
  /** Scale 9, positive long, negative short. */
  readonly quantity: bigint;
  /** Money, signed like its value. */
  readonly cost: bigint;
}

export class OpenLots {
  private constructor(
    /** Only ever appended to. What is before `head` has been closed. */
    private readonly list: Lot[],
    /** The oldest open lot, what is left of it. */
    private readonly first: Lot | undefined,
    private readonly head: number,
    private readonly end: number,
    /** Money: of all that are open. */
    readonly cost: bigint,
    /** Money: cost of what was transferred in, less that of what was transferred out. */
    readonly transferred: bigint,
  ) {}

  static readonly NONE = new OpenLots([], undefined, 0, 0, 0n, 0n);

  static of(lots: readonly Lot[], transferred: bigint): OpenLots {
    const cost = lots.reduce((sum, lot) => sum + lot.cost, 0n);
    return new OpenLots([...lots], lots[0], 0, lots.length, cost, transferred);
  }

  /** What `text` of some lots said. */
  static read(text: string): OpenLots {
    const [transferred, ...amounts] = text.split(' ').map(BigInt);
    const lots: Lot[] = [];
    for (let index = 0; index + 1 < amounts.length; index += 2)
      lots.push({ quantity: amounts[index]!, cost: amounts[index + 1]! });
    return OpenLots.of(lots, transferred!);
  }

  text(): string {
    return [this.transferred, ...this.all().flatMap(({ quantity, cost }) => [quantity, cost])].join(' ');
  }

  get count(): number {
    return this.end - this.head;
  }

  /** Oldest first. */
  all(): readonly Lot[] {
    return this.first === undefined ? [] : [this.first, ...this.list.slice(this.head + 1, this.end)];
  }

  opened(quantity: bigint, cost: bigint): OpenLots {
    // What a split has left nothing of passes its cost on.
    if (this.first?.quantity === 0n)
      return OpenLots.of([{ quantity, cost: this.first.cost + cost }], this.transferred);
    const lot = { quantity, cost };
    if (this.first === undefined) return OpenLots.of([lot], this.transferred);
    if (this.count >= LOTS_MAX) return OpenLots.of([...fewer(this.all()), lot], this.transferred);
    const isLast = this.list.length === this.end;
    const isSparse = this.head > LOTS_MAX && this.head > this.count;
    if (!isLast || isSparse) return OpenLots.of([...this.all(), lot], this.transferred);
    this.list.push(lot);
    return new OpenLots(this.list, this.first, this.head, this.end + 1, this.cost + cost, this.transferred);
  }

  /** Without the oldest `size`, which is no more than there is. */
  closed(size: bigint): OpenLots {
    let { first, head, cost } = this;
    let left = size;
    while (first !== undefined && left > 0n) {
      const held = magnitude(first.quantity);
      if (left < held) {
        const share = divideHalfEven(first.cost * left, held);
        const quantity: bigint = first.quantity > 0n ? first.quantity - left : first.quantity + left;
        first = { quantity, cost: first.cost - share };
        cost -= share;
        break;
      }
      cost -= first.cost;
      left -= held;
      head += 1;
      first = head < this.end ? this.list[head] : undefined;
    }
    return new OpenLots(this.list, first, head, this.end, cost, this.transferred);
  }

  flat(): OpenLots {
    return new OpenLots(this.list, undefined, this.end, this.end, 0n, this.transferred);
  }

  /** Each unit becomes `ratio` units of scale 9, `total` in all: what rounding leaves is the youngest lot's. */
  split(ratio: bigint, total: bigint): OpenLots {
    if (this.first === undefined) return this;
    let left = total;
    let carried = 0n;
    const lots: Lot[] = [];
    const before = this.all();
    for (const [index, lot] of before.entries()) {
      const isLast = index === before.length - 1;
      const quantity = isLast ? left : divideHalfEven(lot.quantity * ratio, QUANTITY_ONE);
      const cost = lot.cost + carried;
      left -= quantity;
      carried = quantity === 0n ? cost : 0n;
      if (quantity !== 0n) lots.push({ quantity, cost });
    }
    const oldest = lots.at(-1);
    if (oldest && carried !== 0n) lots[lots.length - 1] = { ...oldest, cost: oldest.cost + carried };
    return OpenLots.of(oldest ? lots : [{ quantity: 0n, cost: carried }], this.transferred);
  }

  /** A change of quantity for money of its sign, as the ledger takes one: see `moved` in position-events.ts. */
  moved(held: bigint, change: bigint, money: bigint): OpenLots {
    if (change === 0n) return this;
    if (held === 0n || held > 0n === change > 0n) return this.opened(change, money);
    const [size, open] = [magnitude(change), magnitude(held)];
    if (size < open) return this.closed(size);
    if (size === open) return this.flat();
    return this.flat().opened(held + change, money - divideHalfEven(money * open, size));
  }

  withTransferred(transferred: bigint): OpenLots {
    return new OpenLots(this.list, this.first, this.head, this.end, this.cost, transferred);
  }
}

/** The younger half in pairs. */
function fewer(lots: readonly Lot[]): readonly Lot[] {
  const half = lots.length >> 1;
  const pairs: Lot[] = [];
  for (let index = half; index < lots.length; index += 2) {
    const [one, other] = [lots[index]!, lots[index + 1]];
    pairs.push(other ? { quantity: one.quantity + other.quantity, cost: one.cost + other.cost } : one);
  }
  return [...lots.slice(0, half), ...pairs];
}
