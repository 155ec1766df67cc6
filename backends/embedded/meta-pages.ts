/**
 * LMDB's two meta pages: it takes the older one if the newer looks older, which is an acknowledged commit lost in
 * silence, so they are held against each other first.
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { CorruptionError } from '../../runtime/ports/backend';

/** Where a tree begins, and what it holds. */
export interface TreeMeta {
  readonly depth: number;
  readonly branches: number;
  readonly leaves: number;
  readonly overflows: number;
  readonly entries: number;
  readonly root: number;
}

export interface Meta {
  readonly pageBytes: number;
  readonly lastPage: number;
  readonly transaction: number;
  readonly free: TreeMeta;
  readonly main: TreeMeta;
  /** What never changes once the file is there, as text: kind of page, version, kinds of trees. */
  readonly constant: string;
}

// LMDB 1.0's meta page on 64-bit little-endian machines: a page header of 24 bytes, then struct MDB_meta.
const META = {
  bytes: 168,
  pageFlags: 18,
  magic: 24,
  version: 28,
  pageBytes: 48,
  free: 48,
  main: 96,
  lastPage: 144,
  transaction: 152,
} as const;
// struct MDB_db; a root of all ones is that of an empty tree.
const TREE = { flags: 4, depth: 6, branches: 8, leaves: 16, overflows: 24, entries: 32, root: 40 } as const;
const MAGIC = 0xbeefc0de;
const PAGE_BYTES = [4096, 8192, 16384, 32768, 65536];

/** Throws CorruptionError where the two contradict each other. */
export function newestMeta(file: string): Meta {
  const handle = openSync(file, 'r');
  try {
    const first = readMeta(handle, file, 0);
    const second = readMeta(handle, file, first.pageBytes);
    const apart = Math.abs(first.transaction - second.transaction);
    const fresh = first.transaction === 0 && second.transaction === 0;
    const regular = apart === 1 && first.transaction % 2 === 0;
    const alike = first.pageBytes === second.pageBytes && first.constant === second.constant;
    if (!alike || !(fresh || regular))
      throw new CorruptionError(
        `the two meta pages of ${file} contradict each other. Restore the folder from a copy.`,
      );
    return first.transaction > second.transaction ? first : second;
  } finally {
    closeSync(handle);
  }
}

function readMeta(handle: number, file: string, at: number): Meta {
  const bytes = Buffer.alloc(META.bytes);
  const read = readSync(handle, bytes, 0, META.bytes, at);
  const pageBytes = bytes.readUInt32LE(META.pageBytes);
  if (read < META.bytes || bytes.readUInt32LE(META.magic) !== MAGIC || !PAGE_BYTES.includes(pageBytes))
    throw new CorruptionError(`a meta page of ${file} is damaged. Restore the folder from a copy.`);
  return {
    pageBytes,
    lastPage: Number(bytes.readBigUInt64LE(META.lastPage)),
    transaction: Number(bytes.readBigUInt64LE(META.transaction)),
    free: treeAt(bytes, META.free),
    main: treeAt(bytes, META.main),
    constant: [
      bytes.readUInt16LE(META.pageFlags),
      bytes.readUInt32LE(META.version),
      bytes.readUInt16LE(META.free + TREE.flags),
      bytes.readUInt32LE(META.main),
      bytes.readUInt16LE(META.main + TREE.flags),
    ].join(),
  };
}

function treeAt(bytes: Buffer, at: number): TreeMeta {
  const long = (field: number): number => Number(bytes.readBigUInt64LE(at + field));
  return {
    depth: bytes.readUInt16LE(at + TREE.depth),
    branches: long(TREE.branches),
    leaves: long(TREE.leaves),
    overflows: long(TREE.overflows),
    entries: long(TREE.entries),
    root: long(TREE.root),
  };
}
