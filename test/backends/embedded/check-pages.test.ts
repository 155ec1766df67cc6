/** Pages that would send LMDB astray are found before it maps them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from 'lmdb';
import { checkPages } from '../../../backends/embedded/check-pages';
import { type Meta, newestMeta } from '../../../backends/embedded/meta-pages';
import { verify } from '../../../backends/embedded/verify';
import { changes, chunkOf, epoch, QUOTES, TASK, to } from '../../conformance/support';
import { openStore, type Store } from './support';

describe("the pages of a store's file", () => {
  let store: Store;
  let file: string;
  let meta: Meta;
  let whole: Buffer;

  beforeAll(async () => {
    store = await openStore();
    await store.backend.log.createTopics([QUOTES]);
    const task = await store.backend.openTask(TASK);
    for (let number = 1; number <= 60; number += 1) {
      const rows = new Map([[number % 9, `row ${number}`.padEnd(200, '.')]]);
      const outputs = [to(QUOTES.name, 0, chunkOf(`${number}`, 'x'.repeat(number * 150)))];
      await task.commit(epoch(number, { outputs, tables: [changes(rows, { nextSlot: 9 })] }));
    }
    await store.backend.close();
    file = join(store.dir, 'data.mdb');
    meta = newestMeta(file);
    whole = readFileSync(file);
  });
  afterEach(() => writeFileSync(file, whole));
  afterAll(async () => {
    await store.reopen();
    await store.destroy();
  });

  const check = () => checkPages({ file, meta, overflow: true });
  const page = (number: number): Buffer =>
    whole.subarray(number * meta.pageBytes, (number + 1) * meta.pageBytes);
  const damaged = (at: number, bytes: Buffer): void => {
    const copy = Buffer.from(whole);
    bytes.copy(copy, at);
    writeFileSync(file, copy);
  };
  const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
  const u64 = (value: number): Buffer => {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64LE(BigInt(value));
    return bytes;
  };
  const rootAt = (): number => meta.main.root * meta.pageBytes;
  /** Where a node of a page lies: its first bytes name the page below, or how long its data are. */
  const nodeOf = (number: number, index: number): number =>
    number * meta.pageBytes + 24 + page(number).readUInt16LE(24 + 2 * index);
  const firstNode = (): number => nodeOf(meta.main.root, 0);
  /** Where the key of a node begins. */
  const keyOf = (number: number, index: number): number => nodeOf(number, index) + 8;
  /** The leaf at the left end of the tree. */
  const firstLeaf = (): number => {
    let number = meta.main.root;
    for (let depth = meta.main.depth; depth > 1; depth -= 1) number = whole.readUInt16LE(nodeOf(number, 0));
    return number;
  };
  const freeList = (): number => {
    const node = nodeOf(meta.free.root, 0);
    return node + 8 + whole.readUInt16LE(node + 6);
  };
  const firstOverflow = (): number => {
    for (let number = 2; number <= meta.lastPage; number += 1)
      if (page(number).readUInt16LE(18) === 4 && Number(page(number).readBigUInt64LE(0)) === number)
        return number;
    throw new Error('no value lies on pages of its own');
  };

  it('are all accounted for when nothing is wrong', () => {
    expect(meta.main.depth).toBeGreaterThan(1);
    expect(meta.main.overflows).toBeGreaterThan(10);
    expect(check).not.toThrow();
  });

  it.each<readonly [string, () => readonly [number, Buffer], RegExp]>([
    [
      'a page that leads back to its own tree',
      () => [firstNode(), u16(meta.main.root)],
      /something else uses/,
    ],
    ['a page that leads out of the file', () => [firstNode() + 2, u16(9)], /the last one is/],
    ['a page full of zeros', () => [rootAt(), Buffer.alloc(4096)], /has flags 0/],
    ['a page that belongs elsewhere', () => [rootAt(), u16(meta.main.root + 1)], /says it is page/],
    ['a node out of place', () => [rootAt() + 24, u16(4090)], /node 0 that does not lie in it/],
    ['bounds that cannot be', () => [rootAt() + 20, u16(7)], /bounds 7/],
    [
      'a leaf where a branch should be',
      () => [rootAt() + 18, u16(2)],
      /does not lie in it|of another kind|has nodes of/,
    ],
    [
      'a long value whose page was lost',
      () => [firstOverflow() * 4096, Buffer.alloc(24)],
      /does not begin the value/,
    ],
    [
      'a long value that claims its neighbours',
      () => [firstOverflow() * 4096 + 20, u16(99)],
      /does not begin the value/,
    ],
    [
      'a page of a transaction to come, which would be written to in place',
      () => [rootAt() + 8, u64(meta.transaction + 1)],
      /page \d+ is of transaction \d+, and the last is/,
    ],
    [
      'a long value of a transaction to come',
      () => [firstOverflow() * 4096 + 8, u64(2 ** 40)],
      /the value on page \d+ is of transaction/,
    ],
    [
      'a key of a leaf behind those that are greater',
      () => [keyOf(firstLeaf(), 0), Buffer.from([0xfe])],
      /key 1 of page \d+ does not belong/,
    ],
    [
      'a branch that says less than what its subtree begins behind',
      () => [keyOf(meta.main.root, 1), Buffer.from([0])],
      /key \d+ of page \d+ does not belong/,
    ],
    [
      'a branch that says more than its subtree begins with',
      () => [keyOf(meta.main.root, 1), Buffer.from([0xfe])],
      /key 0 of page \d+ does not belong/,
    ],
    ['a list of free pages of no transaction', () => [keyOf(meta.free.root, 0), u64(0)], /of no transaction/],
    [
      'a list of free pages of a transaction to come',
      () => [keyOf(meta.free.root, 0), u64(2 ** 40)],
      /a list of free pages is of transaction/,
    ],
    ['a list of free pages that says it is longer than it is', () => [freeList(), u64(5000)], /does not end/],
  ])('%s', async (_, damage, message) => {
    damaged(...damage());
    expect(check).toThrow(message);
    // The check of the folder says so, and lives.
    expect((await verify(store.dir)).damage).toEqual([expect.stringMatching(message)]);
  });

  it('a list of free pages that names one in use', () => {
    expect(whole.readBigUInt64LE(freeList())).toBeGreaterThan(0n);
    damaged(freeList() + 8, u64(meta.main.root));
    expect(check).toThrow(/a list of free pages names page \d+, which something else uses/);
  });

  it.each([
    ['the version', 28],
    ['what kind of page it is', 18],
    ['what kind of tree holds the free pages', 48 + 4],
    ['what kind of tree holds the values', 96 + 4],
  ])('a meta page that differs in %s', (_, at) => {
    for (const meta of [0, 4096]) {
      damaged(meta + at, u16(whole.readUInt16LE(meta + at) ^ 0x1000));
      expect(() => newestMeta(file)).toThrow('contradict each other');
    }
  });

  it('a file that ends too early', () => {
    writeFileSync(file, whole.subarray(0, meta.pageBytes * 3));
    expect(check).toThrow(/is missing/);
  });
});

it('a value that was put again in one transaction, shorter, keeps the pages that it had', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'breakwater-pages-'));
  const file = join(dir, 'data.mdb');
  const db = open<Buffer, string>({
    path: file,
    noSubdir: true,
    encoding: 'binary',
    keyEncoding: 'ordered-binary',
  });
  db.transactionSync(() => {
    for (const bytes of [40_000, 9_000]) db.putSync('twice', Buffer.alloc(bytes, 1));
    for (const bytes of [9_000, 40_000]) db.putSync('longer', Buffer.alloc(bytes, 1));
  });
  await db.close();
  expect(() => checkPages({ file, meta: newestMeta(file), overflow: true })).not.toThrow();
  rmSync(dir, { recursive: true, force: true });
});
