/** What a data folder may be found as, and what is said of it. */
import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openEmbedded, openReadOnly } from '../../../backends/embedded/open';
import { verify } from '../../../backends/embedded/verify';
import { QuotaError } from '../../../runtime/ports/backend';
import { chunkOf, keysOf, QUOTES, read, to } from '../../conformance/support';
import { temporaryFolder } from '../../support/temporary-folder';
import { NOON, openStore, type Store } from './support';

const clock = { now: () => NOON };
const append = (sequence: number, key: string) => ({
  producer: 'p',
  sequence,
  outputs: [to(QUOTES.name, 0, chunkOf(key))],
});

const children: ChildProcess[] = [];
// Also those of a test that failed: a child that is left keeps the tests from ending.
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
});

function openInChild(dir: string): Promise<{ readonly child: ChildProcess; readonly said: string }> {
  const child = fork(join(__dirname, 'child.js'), [dir], { stdio: 'inherit' });
  children.push(child);
  return new Promise((resolve) => {
    child.once('message', (said) => resolve({ child, said: said as string }));
  });
}

const ended = (child: ChildProcess): Promise<unknown> =>
  new Promise((resolve) => child.once('exit', resolve));

describe('a data folder', () => {
  const folder = temporaryFolder();

  it('belongs to one process: the second is told which, and what to do', async () => {
    const dir = join(folder, 'shared');
    const first = await openInChild(dir);
    expect(first.said).toBe('open');
    const second = await openInChild(dir);
    expect(second.said).toMatch(
      new RegExp(`^HeldError: .* is in use by process ${first.child.pid}\\. Talk to it through its socket`),
    );
    await expect(openEmbedded({ dir, quotaBytes: 1e9, clock })).rejects.toThrow(/in use by process/);
    await expect(verify(dir)).rejects.toThrow(/in use by process/);
    const gone = ended(first.child);
    first.child.kill('SIGKILL');
    await gone;
    const third = await openInChild(dir);
    expect(third.said).toBe('open');
    third.child.send('close');
    await ended(third.child);
    await (await openEmbedded({ dir, quotaBytes: 1e9, clock })).close();
  });

  it('is open once in a process, too', async () => {
    const store = await openStore();
    await expect(openEmbedded({ dir: store.dir, quotaBytes: 1e9, clock })).rejects.toThrow(/in this process/);
    await store.destroy();
  });

  it('of a later format is refused by older code, with what to do', async () => {
    const store = await openStore();
    await store.backend.close();
    writeFileSync(join(store.dir, 'FORMAT'), 'breakwater data folder, format 3\n');
    await expect(openEmbedded({ dir: store.dir, quotaBytes: 1e9, clock })).rejects.toMatchObject({
      name: 'BackendError',
      message: expect.stringMatching(
        /format 3, and this version reads up to 2\. Run the version that wrote it/,
      ),
    });
    rmSync(store.dir, { recursive: true });
  });

  it('that is truncated, or older than what it acknowledged, is never mapped', async () => {
    const store = await openStore();
    await store.backend.log.createTopics([QUOTES]);
    const data = join(store.dir, 'data.mdb');
    await store.backend.close();
    const before = readFileSync(data);
    await store.reopen();
    await store.backend.log.append(append(1, 'acknowledged'.repeat(1_000)));
    await store.backend.close();
    const now = readFileSync(data);
    const opening = () => openEmbedded({ dir: store.dir, quotaBytes: 1e9, clock });
    truncateSync(data, now.length - 4_096);
    await expect(opening()).rejects.toMatchObject({ name: 'CorruptionError', message: /truncated/ });
    writeFileSync(data, Buffer.concat([before, now.subarray(before.length)]));
    await expect(opening()).rejects.toMatchObject({ name: 'CorruptionError', message: /was acknowledged/ });
    writeFileSync(data, now);
    await (await opening()).close();
    rmSync(store.dir, { recursive: true });
  });

  it('can be read while nobody owns it, and nothing can be written then', async () => {
    const store = await openStore();
    await store.backend.log.createTopics([QUOTES]);
    await store.backend.log.append(append(1, 'a'));
    await store.backend.close();
    const reading = openReadOnly({ dir: store.dir, clock });
    expect(keysOf(await read(reading, 1, { topic: QUOTES.name }))).toEqual(['a']);
    await expect(reading.log.append(append(2, 'b'))).rejects.toThrow(/open for reading only/);
    await expect(reading.openTask({ job: 'j', partition: 0 })).rejects.toThrow(/open for reading only/);
    await expect(reading.names.numbersOf('account', ['A'])).rejects.toThrow(/opened the folder for writing/);
    await reading.close();
    rmSync(store.dir, { recursive: true });
    expect(() => openReadOnly({ dir: store.dir, clock })).toThrow(/not a data folder/);
  });

  const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();

  function tryMount(): boolean {
    try {
      execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  const onSmallDisk = (name: string, test: () => Promise<void>): void =>
    canMount ? it(name, test) : it.skip(`${name} (skipped: mounting a tmpfs needs root on Linux)`, test);

  function mounted(name: string, size: string): { readonly dir: string; readonly unmount: () => void } {
    const dir = join(folder, name);
    mkdirSync(dir);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir]);
    return { dir, unmount: () => execFileSync('umount', ['-l', dir]) };
  }

  onSmallDisk('on a full disk waits with what it has, says so, and loses nothing', async () => {
    const { dir: disk, unmount } = mounted('full', '3m');
    const dir = join(disk, 'data');
    const ballast = join(disk, 'ballast');
    writeFileSync(ballast, Buffer.alloc(2 ** 21));
    const backend = await openEmbedded({ dir, quotaBytes: 1e9, clock });
    await backend.log.createTopics([QUOTES]);
    const keys = Array.from({ length: 12 }, (_, index) => `${index}`.padEnd(100_000, 'x'));
    let done = 0;
    const appends = keys.map((key, index) =>
      backend.log.append(append(index + 1, key)).then(() => {
        done += 1;
      }),
    );
    while (backend.health().troubles.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(backend.health().troubles[0]).toMatch(
      /could not be written: .*([Nn]o space left|[Ii]nput\/output error).* Make room on the disk/,
    );
    expect(done).toBeLessThan(12);
    rmSync(ballast);
    await Promise.all(appends);
    expect(backend.health().troubles).toEqual([]);
    expect(keysOf(await read(backend, 12, { topic: QUOTES.name }))).toEqual(keys);
    await backend.close();
    expect((await verify(dir)).damage).toEqual([]);
    unmount();
  });

  onSmallDisk('that is read-only is refused for writing, and can be read', async () => {
    const { dir, unmount } = mounted('read-only', '8m');
    const backend = await openEmbedded({ dir, quotaBytes: 1e9, clock });
    await backend.log.createTopics([QUOTES]);
    await backend.log.append(append(1, 'a'));
    await backend.close();
    execFileSync('mount', ['-o', 'remount,ro', dir]);
    await expect(openEmbedded({ dir, quotaBytes: 1e9, clock })).rejects.toMatchObject({
      name: 'BackendError',
      message: expect.stringMatching(/read-only file system.*Check that it exists, is writable/i),
    });
    const reading = openReadOnly({ dir, clock });
    expect(keysOf(await read(reading, 1, { topic: QUOTES.name }))).toEqual(['a']);
    await reading.close();
    unmount();
  });

  it('under a clock that goes back keeps its own time going forward', async () => {
    const store = await openStore();
    await store.backend.log.createTopics([QUOTES]);
    await store.backend.log.append(append(1, 'a'));
    store.clock.time -= 48 * 3.6e9;
    await store.reopen();
    await store.backend.log.append(append(2, 'b'));
    expect(store.backend.health().troubles).toEqual([
      expect.stringMatching(/clock went back by 48\.0 hours/),
    ]);
    // Were `b` stamped two days back, it would be dropped at once.
    store.clock.time = NOON + 3.6e9;
    await store.backend.tidy();
    expect(keysOf(await read(store.backend, 2, { topic: QUOTES.name }))).toEqual(['a', 'b']);
    expect(store.backend.health().troubles).toEqual([]);
    await store.destroy();
  });

  it('keeps its history when the clock jumps ahead for a moment, and ages by the true one afterwards', async () => {
    const store = await openStore();
    const { backend, clock } = store;
    const first = () => backend.log.ends({ topic: QUOTES.name, partition: 0 }).first;
    await backend.log.createTopics([QUOTES]);
    await backend.log.append(append(1, 'a'));
    clock.time += 48 * 3.6e9;
    await backend.log.append(append(2, 'written by the wrong clock'));
    await backend.tidy();
    expect(first()).toBe(0);
    expect(backend.health().troubles).toEqual([
      expect.stringMatching(/clock went forward by 48\.0 hours; nothing is dropped for its age/),
    ]);
    clock.time = NOON + 60e6;
    await backend.log.append(append(3, 'c'));
    expect(backend.health().troubles).toEqual([]);
    await store.advanceHours(23);
    await backend.tidy();
    expect(first()).toBe(0);
    await store.advanceHours(2);
    await backend.tidy();
    expect(first()).toBe(1);
    await store.destroy();
  });

  it('that was closed for a weekend drops what is old once an hour has confirmed the clock', async () => {
    const store = await openStore();
    const first = () => store.backend.log.ends({ topic: QUOTES.name, partition: 0 }).first;
    await store.backend.log.createTopics([QUOTES]);
    await store.backend.log.append(append(1, 'friday'));
    store.clock.time += 60 * 3.6e9;
    await store.reopen();
    await store.backend.log.append(append(2, 'monday'));
    await store.backend.tidy();
    expect(first()).toBe(0);
    expect(store.backend.health().troubles).toEqual([]);
    await store.advanceHours(1);
    await store.backend.tidy();
    expect(keysOf(await read(store.backend, 1, { topic: QUOTES.name }))).toEqual(['monday']);
    await store.destroy();
  });

  describe('at its quota refuses an append,', () => {
    let store: Store;
    let sequence: number;
    beforeEach(async () => {
      store = await openStore({ quotaBytes: 200_000 });
      await store.backend.log.createTopics([QUOTES]);
      sequence = 0;
      const fill = async (): Promise<void> => {
        for (;;) {
          sequence += 1;
          await store.backend.log.append(append(sequence, 'x'.repeat(20_000)));
        }
      };
      await expect(fill()).rejects.toThrow(QuotaError);
    });
    afterEach(() => store.destroy());
    const makeRoom = async (): Promise<void> => {
      await store.advanceHours(25);
      await store.backend.tidy();
    };
    const offer = (number: number) => store.backend.log.append(append(number, `${number}`));

    it('and what was sent behind it does not overtake it, though there is room by then', async () => {
      // Both are under way before anyone has heard of the refusal.
      const refused = store.backend.log.append({
        ...append(sequence, 'y'),
        outputs: [to('no.such', 0, chunkOf('y'))],
      });
      const room = makeRoom();
      const behind = offer(sequence + 1);
      await expect(refused).rejects.toThrow();
      await expect(behind).rejects.toMatchObject({
        name: expect.stringMatching(/^(OutOfOrderError|QuotaError)$/),
      });
      await room;
      expect(await offer(sequence)).toEqual({ duplicate: false });
      expect(await offer(sequence + 1)).toEqual({ duplicate: false });
    });

    it('which is taken when it is offered again', async () => {
      await makeRoom();
      expect(await offer(sequence)).toEqual({ duplicate: false });
      expect(await offer(sequence)).toEqual({ duplicate: true });
    });

    it('which is no duplicate when a later one was taken meanwhile', async () => {
      await makeRoom();
      expect(await offer(sequence + 1)).toEqual({ duplicate: false });
      await expect(offer(sequence)).rejects.toMatchObject({
        name: 'OutOfOrderError',
        message: expect.stringMatching(/was refused, and a later one has been taken/),
      });
      expect(await offer(sequence + 1)).toEqual({ duplicate: true });
    });
  });

  it.each([
    'heard',
    'not yet heard',
  ])('begins a reader at what is left when the oldest was dropped while it opened, %s', async (when) => {
    const store = await openStore();
    const { backend } = store;
    await backend.log.createTopics([QUOTES]);
    await backend.log.append(append(1, 'old'));
    await store.advanceHours(QUOTES.retentionHours + 1);
    await backend.log.append(append(2, 'new'));
    // Asked for before the reader is there: it holds nothing back.
    const tidied = backend.tidy();
    const reader = backend.log.reader({ topic: QUOTES.name, partition: 0, next: 0 }, 'late');
    if (when === 'heard') await tidied;
    else {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
      // Any read of the store shows this thread what has been committed since.
      backend.bookmarks.all();
    }
    expect(reader.poll(1e6)).toMatchObject({ baseOffset: 1, count: 1 });
    const second = backend.log.reader({ topic: QUOTES.name, partition: 0, next: 1 }, 'second');
    expect(second.poll(1e6)).toMatchObject({ baseOffset: 1, count: 1 });
    await tidied;
    reader.close();
    second.close();
    await store.destroy();
  });

  it('leaves no trace of its owner when it is closed in order', async () => {
    const store = await openStore();
    expect(statSync(join(store.dir, 'owner')).isFile()).toBe(true);
    await store.backend.close();
    expect(() => statSync(join(store.dir, 'owner'))).toThrow(/ENOENT/);
    chmodSync(store.dir, 0o700);
    rmSync(store.dir, { recursive: true });
  });
});
