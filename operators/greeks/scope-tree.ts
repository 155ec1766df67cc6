/**
 * Scopes in the trees that they are summed over, by number: accounts in books in desks in the firm, and beside that with
 * whom and where they are. An account stands in several trees: in each by a leaf of its own.
 */
import { grown, type Marker } from '../../runtime/stream/marker';
import { ScopeSums } from '../../runtime/tables/scope-sums';
import { type GreekPart, type GreeksKey, greeksKey } from '../../schemas/greeks';
import type { AccountPlace, Place } from './account-places';
import { FIELDS } from './measures';

const NOBODY = -1;
const NONE = -1;
const FIRM: Place = { id: 'firm', dimension: 'firm', member: '' };
const ACCOUNT = 'account';
/** How many leaves lie in a scope: one in which none does is not said. */
const LEAVES = FIELDS.length;

interface Placing {
  readonly placeOf: (account: number) => AccountPlace;
  /** What an account adds. */
  readonly partOf: (account: number) => GreekPart | undefined;
  readonly changed: Marker;
}

export class ScopeTree {
  readonly sums = new ScopeSums(FIELDS.length + 1);
  private readonly numbers = new Map<string, number>();
  /** What is said of a scope by; undefined for the leaves of accounts in trees beside that of the books. */
  private readonly keys: (GreeksKey | undefined)[] = [];
  /** By account: its leaf in the tree of books, then those beside it, by sort. */
  private readonly leaves = new Map<number, Map<string, number>>();
  private times = new Float64Array(64);

  keyOf(number: number): GreeksKey | undefined {
    return this.keys[number];
  }

  /** The latest time of what moved a scope since this was last asked. */
  takeTime(number: number): number {
    const time = this.times[number]!;
    this.times[number] = 0;
    return time;
  }

  isEmpty(number: number): boolean {
    return this.sums.value(number, LEAVES) === 0;
  }

  isKnown(account: number): boolean {
    return this.leaves.has(account);
  }

  /** Adds what an account says of a scope, or with −1 takes it back; marks what it lies in. */
  count(part: GreekPart, sign: 1 | -1, changed: Marker): void {
    const numbers = part.dimension === ACCOUNT ? this.leavesOf(part.account).values() : [this.member(part)];
    for (const number of numbers) {
      this.add(number, part, sign);
      this.pass(number, part.time);
      this.sums.mark(number, changed);
    }
  }

  private pass(number: number, time: number): void {
    for (let at = number; at !== NONE; at = this.sums.parentOf(at))
      this.times[at] = Math.max(this.times[at]!, time);
  }

  /** Puts every account where it lies now; marks what it leaves and what it comes to lie in. */
  placeAll({ placeOf, partOf, changed }: Placing): void {
    const wanted = new Map<number, number>();
    // In order of accounts, whatever came first: what is said goes by it.
    const accounts = [...this.leaves.keys()].sort((a, b) => a - b);
    for (const account of accounts) {
      const leaves = this.leaves.get(account)!;
      const { books, beside } = placeOf(account);
      const chain = [leaves.get(ACCOUNT)!, ...[...books, FIRM].map((place) => this.open(place, changed))];
      for (let at = 1; at < chain.length; at += 1) wanted.set(chain[at - 1]!, chain[at]!);
      for (const [dimension, number] of leaves) if (dimension !== ACCOUNT) wanted.set(number, NONE);
      for (const place of beside)
        wanted.set(this.leafBeside(account, place.dimension, partOf(account)), this.open(place, changed));
    }
    const moved = [...wanted].filter(([number, above]) => this.sums.parentOf(number) !== above);
    // All are taken out before any is put in, so that nothing ever lies in itself.
    for (const [number] of moved) {
      this.sums.mark(number, changed);
      this.sums.place(number, NONE);
    }
    for (const [number, above] of moved) {
      this.sums.place(number, above);
      this.sums.mark(number, changed);
    }
    this.tellOf(accounts, { moved: new Set(moved.map(([number]) => number)), partOf, changed });
  }

  /** Of an account that lies elsewhere something is said in any case: from then on it is known where. */
  private tellOf(
    accounts: readonly number[],
    { moved, partOf, changed }: Omit<Placing, 'placeOf'> & { readonly moved: ReadonlySet<number> },
  ): void {
    for (const account of accounts) {
      const leaves = this.leaves.get(account)!;
      const time = partOf(account)?.time ?? 0;
      for (const leaf of leaves.values()) {
        if (!this.liesIn(leaf, moved)) continue;
        this.pass(leaf, time);
        this.sums.mark(leaves.get(ACCOUNT)!, changed);
      }
    }
  }

  private liesIn(number: number, scopes: ReadonlySet<number>): boolean {
    for (let at = number; at !== NONE; at = this.sums.parentOf(at)) if (scopes.has(at)) return true;
    return false;
  }

  /** Opens the leaf of an account that has none yet. */
  join(account: number): void {
    if (this.leaves.has(account)) return;
    const number = this.numberOf(`account ${account}`, { dimension: ACCOUNT, account, member: '' });
    this.leaves.set(account, new Map([[ACCOUNT, number]]));
  }

  private leafBeside(account: number, dimension: string, part: GreekPart | undefined): number {
    const leaves = this.leaves.get(account)!;
    const known = leaves.get(dimension);
    if (known !== undefined) return known;
    const number = this.numberOf(`account ${account} ${dimension}`, undefined);
    leaves.set(dimension, number);
    if (part) this.add(number, part, 1);
    return number;
  }

  private leavesOf(account: number): ReadonlyMap<string, number> {
    this.join(account);
    return this.leaves.get(account)!;
  }

  /** What an account holds of a currency, an issuer, a sector lies in all that the firm holds of it. */
  private member({ account, dimension, member }: GreekPart): number {
    const key = { dimension, account, member };
    const number = this.numberOf(greeksKey(key), key);
    const above = { dimension, account: NOBODY, member };
    if (this.sums.parentOf(number) === NONE) this.sums.place(number, this.numberOf(greeksKey(above), above));
    return number;
  }

  /** Marks it where it has another name than before. */
  private open({ id, dimension, member }: Place, changed: Marker): number {
    const key = { dimension, account: NOBODY, member };
    const number = this.numberOf(id, key);
    if (greeksKey(this.keys[number]!) !== greeksKey(key)) changed.add(number);
    this.keys[number] = key;
    return number;
  }

  private add(number: number, part: GreekPart, sign: 1 | -1): void {
    this.sums.replace(number, LEAVES, sign === 1 ? 0 : 1, sign === 1 ? 1 : 0);
    FIELDS.forEach((field, measure) => {
      // An account of which nothing is known adds nothing to what is known.
      const term = part[field] || 0;
      if (term === 0) return;
      if (sign === 1) this.sums.add(number, measure, term);
      else this.sums.subtract(number, measure, term);
    });
  }

  private numberOf(id: string, key: GreeksKey | undefined): number {
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    const number = this.keys.push(key) - 1;
    this.numbers.set(id, number);
    if (number >= this.times.length) this.times = grown(this.times, number, 0);
    return number;
  }
}
