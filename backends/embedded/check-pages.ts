/**
 * Whether LMDB's file hangs together, read without mapping it. LMDB trusts its pages: a damaged pointer sends it into
 * another tree, in circles or out of the file, and the process ends by an assertion, or never. So every page is looked
 * at first: each is where it says it is, of no transaction to come, belongs to one place only, and holds nodes that lie
 * within it, their keys in order; the lists of free pages name none that is in use. What the values say is not looked at
 * here: they carry checksums of their own.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { CorruptionError } from '../../runtime/ports/backend';
import { KeyOrder } from './key-order';
import type { Meta, TreeMeta } from './meta-pages';
import {
  BRANCH,
  freePagesIn,
  freeSince,
  LEAF,
  type Node,
  OVERFLOW,
  openPage,
  PAGE_HEADER,
  type Page,
  type Reference,
} from './page';

export interface PageCheckOptions {
  readonly file: string;
  readonly meta: Meta;
  /** Whether values that lie on pages of their own are looked at, too: a read each. */
  readonly overflow: boolean;
}

/** Throws CorruptionError. Reads every page of the trees once: some hundred megabytes a second. */
export function checkPages(options: PageCheckOptions): void {
  const handle = openSync(options.file, 'r');
  try {
    new PageCheck(options, handle).run();
  } finally {
    closeSync(handle);
  }
}

interface Tally {
  branches: number;
  leaves: number;
  overflows: number;
  entries: number;
}

interface Walk {
  readonly tally: Tally;
  readonly order: KeyOrder;
  readonly visit: (node: Node) => void;
}

class PageCheck {
  private readonly seen: Uint8Array;
  private readonly header = Buffer.alloc(PAGE_HEADER.bytes);

  constructor(
    private readonly options: PageCheckOptions,
    private readonly handle: number,
  ) {
    this.seen = new Uint8Array(Math.ceil((options.meta.lastPage + 1) / 8));
    this.take(0, 2, 'its meta pages');
  }

  run(): void {
    const { main, free } = this.options.meta;
    this.tree(main, { order: new KeyOrder(Buffer.compare), visit: () => undefined });
    const order = new KeyOrder((one, other) => freeSince(one) - freeSince(other));
    this.tree(free, { order, visit: (node) => this.freePages(node) });
  }

  private tree(tree: TreeMeta, { order, visit }: Pick<Walk, 'order' | 'visit'>): void {
    const tally = { branches: 0, leaves: 0, overflows: 0, entries: 0 };
    if (tree.depth > 0) this.walk(tree.root, tree.depth, { tally, order, visit });
    const { branches, leaves, overflows, entries } = tally;
    if (
      branches !== tree.branches ||
      leaves !== tree.leaves ||
      overflows !== tree.overflows ||
      entries !== tree.entries
    )
      throw this.damage(
        `a tree holds ${entries} values on ${branches + leaves + overflows} pages instead of ${tree.entries} on ${tree.branches + tree.leaves + tree.overflows}`,
      );
  }

  private walk(number: number, depth: number, walk: Walk): void {
    this.take(number, 1, `page ${number}`);
    const { nodes, flags } = this.read(number);
    if ((flags & (BRANCH | LEAF)) !== (depth > 1 ? BRANCH : LEAF))
      throw this.damage(`page ${number} is of another kind than its tree wants there`);
    if (depth === 1) return this.leaf(number, nodes, walk);
    walk.tally.branches += 1;
    for (const [index, { child, key }] of nodes.entries()) {
      if (index > 0 && !walk.order.announce(key)) throw this.outOfOrder(number, index);
      this.walk(child, depth - 1, walk);
    }
  }

  private leaf(number: number, nodes: readonly Node[], { tally, order, visit }: Walk): void {
    tally.leaves += 1;
    tally.entries += nodes.length;
    for (const [index, node] of nodes.entries()) {
      if (!order.next(node.key)) throw this.outOfOrder(number, index);
      if (node.overflow) tally.overflows += this.overflow(node.overflow);
      visit(node);
    }
  }

  private outOfOrder(number: number, index: number): CorruptionError {
    return this.damage(`key ${index} of page ${number} does not belong behind the one before`);
  }

  private overflow({ first, pages, transaction }: Reference): number {
    const who = `the value on page ${first}`;
    this.take(first, pages, who);
    this.checkAge(transaction, who);
    if (this.options.overflow) {
      const { header } = this;
      this.readAt(first, header);
      const isWhole =
        Number(header.readBigUInt64LE(PAGE_HEADER.number)) === first &&
        header.readUInt16LE(PAGE_HEADER.flags) === OVERFLOW &&
        header.readUInt32LE(PAGE_HEADER.pages) === pages;
      if (!isWhole) throw this.damage(`page ${first} does not begin the value that should be there`);
      this.checkAge(Number(header.readBigUInt64LE(PAGE_HEADER.transaction)), who);
    }
    return pages;
  }

  private checkAge(transaction: number, who: string): void {
    const { transaction: last } = this.options.meta;
    if (transaction > last)
      throw this.damage(`${who} is of transaction ${transaction}, and the last is ${last}`);
  }

  /** A list of pages that are free: none of them may belong to anything. */
  private freePages(node: Node): void {
    const since = freeSince(node.key);
    if (!(since > 0)) throw this.damage('a list of free pages is of no transaction');
    this.checkAge(since, 'a list of free pages');
    const runs = freePagesIn(node.overflow ? this.valueOf(node) : node.data);
    if (!runs) throw this.damage(`the list of pages that are free since transaction ${since} does not end`);
    for (const { first, pages } of runs) this.take(first, pages, 'a list of free pages');
  }

  private valueOf({ overflow, dataBytes }: Node): Buffer {
    const value = Buffer.alloc(dataBytes);
    const { pageBytes } = this.options.meta;
    readSync(this.handle, value, 0, dataBytes, overflow!.first * pageBytes + PAGE_HEADER.bytes);
    return value;
  }

  private read(number: number): Page {
    const bytes = Buffer.alloc(this.options.meta.pageBytes);
    this.readAt(number, bytes);
    const page = openPage(bytes, this.options.meta);
    if (typeof page === 'string') throw this.damage(`page ${number} ${page}`);
    if (page.number !== number) throw this.damage(`page ${number} says it is page ${page.number}`);
    this.checkAge(page.transaction, `page ${number}`);
    return page;
  }

  private readAt(number: number, into: Buffer): void {
    const { pageBytes } = this.options.meta;
    if (readSync(this.handle, into, 0, into.length, number * pageBytes) < into.length)
      throw this.damage(`page ${number} is missing`);
  }

  /** Marks pages as belonging to somebody. */
  private take(first: number, pages: number, who: string): void {
    const { lastPage } = this.options.meta;
    if (!(first >= 0 && pages > 0 && first + pages <= lastPage + 1))
      throw this.damage(`${who} names pages from ${first} on, and the last one is ${lastPage}`);
    for (let number = first; number < first + pages; number += 1) {
      const bit = 1 << (number & 7);
      if ((this.seen[number >> 3]! & bit) !== 0)
        throw this.damage(`${who} names page ${number}, which something else uses`);
      this.seen[number >> 3]! |= bit;
    }
  }

  private damage(what: string): CorruptionError {
    return new CorruptionError(`${this.options.file} is damaged: ${what}. Restore the folder from a copy.`);
  }
}
