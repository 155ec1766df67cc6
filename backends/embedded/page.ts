/**
 * One page of LMDB 1.0's file on 64-bit little-endian machines, as `mdb.c` lays it out.
 *
 *   0 u64 number │ 8 u64 transaction │ 16 u16 pad │ 18 u16 flags │ 20 u16 lower, 22 u16 upper, or u32 pages of a value
 *   24 u16 place of each node, counted from 24 … free … nodes
 *
 * A node is u16 low, u16 high, u16 flags, u16 bytes of the key; the key; its data. Low, high and flags are the page
 * below (branch), or low and high the bytes of the data and flags 1 if those lie on pages of their own, which the data
 * then names: u64 page, u64 transaction, u64 pages.
 */
export const PAGE_HEADER = {
  bytes: 24,
  number: 0,
  transaction: 8,
  flags: 18,
  lower: 20,
  upper: 22,
  pages: 20,
} as const;

export const BRANCH = 1;
export const LEAF = 2;
export const OVERFLOW = 4;

const NODE_BYTES = 8;
const BIG_DATA = 1;
const REFERENCE_BYTES = 24;

export interface PageRun {
  readonly first: number;
  readonly pages: number;
}

/** Where a long value lies, and the transaction that put it there. */
export interface Reference extends PageRun {
  readonly transaction: number;
}

export interface Node {
  /** Of a branch: the first that its subtree may hold; its first node's says nothing. */
  readonly key: Buffer;
  /** Of a branch: the page below. */
  readonly child: number;
  readonly dataBytes: number;
  /** Of a leaf: where a long value lies. */
  readonly overflow: Reference | undefined;
  /** The data on the page itself. */
  readonly data: Buffer;
}

export interface Page {
  readonly number: number;
  /** That wrote it: LMDB takes a page of a later one than it knows for one that it may write to in place. */
  readonly transaction: number;
  readonly flags: number;
  readonly nodes: readonly Node[];
}

/** Takes a page of a tree apart; a sentence on what does not fit if it cannot be. */
export function openPage(page: Buffer, { pageBytes }: { readonly pageBytes: number }): Page | string {
  const number = Number(page.readBigUInt64LE(PAGE_HEADER.number));
  const transaction = Number(page.readBigUInt64LE(PAGE_HEADER.transaction));
  const flags = page.readUInt16LE(PAGE_HEADER.flags);
  const lower = page.readUInt16LE(PAGE_HEADER.lower);
  const upper = page.readUInt16LE(PAGE_HEADER.upper);
  if (flags !== BRANCH && flags !== LEAF) return `has flags ${flags}, which no page of a tree has`;
  const room = pageBytes - PAGE_HEADER.bytes;
  if (lower % 2 !== 0 || lower > upper || upper > room)
    return `has bounds ${lower} and ${upper} that cannot be`;
  const nodes: Node[] = [];
  let used = 0;
  for (let at = 0; at < lower; at += 2) {
    const place = page.readUInt16LE(PAGE_HEADER.bytes + at);
    const node =
      place < upper || place + NODE_BYTES > room ? undefined : nodeAt(page, place, flags, pageBytes);
    if (!node) return `has a node ${at / 2} that does not lie in it`;
    used += node.bytes;
    nodes.push(node);
  }
  if (used !== room - upper) return `has nodes of ${used} bytes in ${room - upper}`;
  if (flags === BRANCH && nodes.length < 1) return 'leads nowhere';
  return { number, transaction, flags, nodes };
}

function nodeAt(
  page: Buffer,
  place: number,
  flags: number,
  pageBytes: number,
): (Node & { readonly bytes: number }) | undefined {
  const at = PAGE_HEADER.bytes + place;
  const low = page.readUInt16LE(at) + page.readUInt16LE(at + 2) * 2 ** 16;
  const nodeFlags = page.readUInt16LE(at + 4);
  const keyEnd = at + NODE_BYTES + page.readUInt16LE(at + 6);
  const isBranch = flags === BRANCH;
  const isBig = !isBranch && nodeFlags === BIG_DATA;
  const end = keyEnd + (isBranch ? 0 : isBig ? REFERENCE_BYTES : low);
  if (end > page.length || (!isBranch && nodeFlags > BIG_DATA)) return undefined;
  const overflow = isBig ? referenceAt(page, keyEnd) : undefined;
  // A value that was put again in its transaction keeps the pages that it had, even if fewer would do.
  if (overflow && overflow.pages < Math.ceil((PAGE_HEADER.bytes + low) / pageBytes)) return undefined;
  return {
    key: page.subarray(at + NODE_BYTES, keyEnd),
    child: isBranch ? low + nodeFlags * 2 ** 32 : 0,
    dataBytes: isBranch ? 0 : low,
    overflow,
    data: page.subarray(keyEnd, end),
    bytes: end - at + ((end - at) & 1),
  };
}

const referenceAt = (page: Buffer, at: number): Reference => ({
  first: Number(page.readBigUInt64LE(at)),
  transaction: Number(page.readBigUInt64LE(at + 8)),
  pages: Number(page.readBigUInt64LE(at + 16)),
});

const LONG_BYTES = 8;

/**
 * A list of free pages: u64 count, then pages; a negative number says how many there are from the next one on, 0 nothing.
 * Undefined where it says that it is longer than it is, or ends within a run.
 */
export function freePagesIn(list: Buffer): readonly PageRun[] | undefined {
  const longs = list.length / LONG_BYTES;
  const count = longs >= 1 ? Number(list.readBigUInt64LE(0)) : longs;
  if (!Number.isInteger(longs) || count > longs - 1) return undefined;
  const runs: PageRun[] = [];
  let pages = 1;
  for (let index = 1; index <= count; index += 1) {
    const entry = Number(list.readBigInt64LE(LONG_BYTES * index));
    if (entry > 0) runs.push({ first: entry, pages });
    if (entry !== 0) pages = entry > 0 ? 1 : -entry;
  }
  return pages === 1 ? runs : undefined;
}

/** The key of a list: the transaction that the pages have been free since; NaN where it is none. */
export const freeSince = (key: Buffer): number =>
  key.length === LONG_BYTES ? Number(key.readBigUInt64LE(0)) : Number.NaN;
