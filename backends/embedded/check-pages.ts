/**
 * Whether LMDB's file hangs together, read without mapping it. LMDB trusts its pages: a damaged pointer sends it into
 * another tree, in circles or out of the file, and the process ends by an assertion, or never. So every page is looked
 * at first: each is where it says it is, belongs to one place only, and holds nodes that lie within it; the lists of free
 * pages name none that is in use. What the values say is not looked at here: they carry checksums of their own.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { CorruptionError } from '../../runtime/ports/backend';
import type { Meta, TreeMeta } from './meta-pages';
import { BRANCH, freePagesIn, LEAF, type Node, OVERFLOW, openPage, PAGE_HEADER, type Page } from './page';

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
    this.tree(main, () => undefined);
    this.tree(free, (node) => this.freePages(node));
  }

  private tree(tree: TreeMeta, visit: (node: Node) => void): void {
    const tally = { branches: 0, leaves: 0, overflows: 0, entries: 0 };
    if (tree.depth > 0) this.walk(tree.root, tree.depth, tally, visit);
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

  private walk(number: number, depth: number, tally: Tally, visit: (node: Node) => void): void {
    this.take(number, 1, `page ${number}`);
    const page = this.read(number);
    if ((page.flags & (BRANCH | LEAF)) !== (depth > 1 ? BRANCH : LEAF))
      throw this.damage(`page ${number} is of another kind than its tree wants there`);
    if (depth > 1) {
      tally.branches += 1;
      for (const { child } of page.nodes) this.walk(child, depth - 1, tally, visit);
      return;
    }
    tally.leaves += 1;
    tally.entries += page.nodes.length;
    for (const node of page.nodes) {
      if (node.overflow) tally.overflows += this.overflow(node);
      visit(node);
    }
  }

  private overflow({ overflow }: Node): number {
    const { first, pages } = overflow!;
    this.take(first, pages, `the value on page ${first}`);
    if (this.options.overflow) {
      const { header } = this;
      this.readAt(first, header);
      const isWhole =
        Number(header.readBigUInt64LE(PAGE_HEADER.number)) === first &&
        header.readUInt16LE(PAGE_HEADER.flags) === OVERFLOW &&
        header.readUInt32LE(PAGE_HEADER.pages) === pages;
      if (!isWhole) throw this.damage(`page ${first} does not begin the value that should be there`);
    }
    return pages;
  }

  /** A list of pages that are free: none of them may belong to anything. */
  private freePages(node: Node): void {
    const list = node.overflow ? this.valueOf(node) : node.data;
    for (const { first, pages } of freePagesIn(list)) this.take(first, pages, 'a list of free pages');
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
