/** Several threads of one process on one store, and a commit thread that fails or ends. */
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { attachEmbedded } from '../../../backends/embedded/open';
import { verify } from '../../../backends/embedded/verify';
import { changes, chunkOf, epoch, keysOf, QUOTES, read, rowsOf, TASK, to } from '../../conformance/support';
import { openStore } from './support';

const append = (sequence: number, key: string) => ({
  producer: 'p',
  sequence,
  outputs: [to(QUOTES.name, 0, chunkOf(key))],
});
const nextMessage = (worker: Worker): Promise<Record<string, unknown>> =>
  new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('message', resolve);
  });

describe('threads of one process', () => {
  it('another thread sees what is committed, hears of names, and sets bookmarks', async () => {
    const store = await openStore();
    const { backend } = store;
    await backend.log.createTopics([QUOTES]);
    await backend.log.append(append(1, 'before'));
    const share = backend.share();
    const orders = { share, topic: QUOTES.name, count: 3 };
    const worker = new Worker(join(__dirname, 'joined-thread.js'), {
      workerData: orders,
      transferList: [share.port],
    });
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    expect(await nextMessage(worker)).toEqual({
      refused: expect.stringMatching(/allotted by the thread that opened/),
    });
    const saw = nextMessage(worker);
    await backend.names.numbersOf('account', ['ALPHA']);
    await backend.log.append(append(2, 'during'));
    await backend.log.append(append(3, 'after'));
    expect(await saw).toEqual({ keys: ['before', 'during', 'after'], name: 'ALPHA' });
    await ended;
    expect(backend.bookmarks.get('joined')?.needs).toEqual([{ topic: QUOTES.name, partition: 0, next: 3 }]);
    await backend.log.append(append(4, 'alone again'));
    await store.destroy();
  });

  it('a transaction that fails is run again with the same bytes, and leaves no trace of its first attempt', async () => {
    const store = await openStore({
      thread: { file: join(__dirname, 'failing-thread.js'), data: { everyNth: 5 } },
    });
    const { backend } = store;
    await backend.log.createTopics([QUOTES]);
    const task = await backend.openTask(TASK);
    const expected = new Map<number, string>();
    for (let number = 1; number <= 60; number += 1) {
      const slot = (number * 7) % 11;
      const rows = new Map([[slot, number % 6 === 0 ? undefined : `${number}`.padEnd(9_000, '.')]]);
      await task.commit(
        epoch(number, {
          outputs: [to(QUOTES.name, 0, chunkOf(`${number}`))],
          tables: [changes(rows, { nextSlot: 11, schema: `"v${number % 7}"` })],
        }),
      );
      for (const [at, text] of rows) {
        if (text === undefined) expected.delete(at);
        else expected.set(at, text);
      }
    }
    const keys = keysOf(await read(backend, 60, { topic: QUOTES.name }));
    expect(keys).toEqual(Array.from({ length: 60 }, (_, index) => `${index + 1}`));
    const rows = rowsOf(await backend.openTask(TASK)).map(([slot, text]) => [slot, text]);
    expect(rows).toEqual([...expected].sort(([a], [b]) => a - b));
    await backend.close();
    expect((await verify(store.dir)).damage).toEqual([]);
    await store.reopen();
    await store.destroy();
  });

  it('when the commit thread dies, whatever waits for it fails with the reason, and the folder can be opened again', async () => {
    const store = await openStore({
      thread: { file: join(__dirname, 'failing-thread.js'), data: { dieAt: 3 } },
    });
    const { backend } = store;
    await backend.log.createTopics([QUOTES]);
    await backend.log.append(append(1, 'durable'));
    const lost = await backend.log.append(append(2, 'unknown')).catch((error: Error) => error);
    expect(lost).toMatchObject({
      name: 'BackendError',
      message: expect.stringMatching(/commit thread died: the disk is on fire/),
    });
    await expect(backend.log.append(append(3, 'too late'))).rejects.toThrow(/commit thread died/);
    const again = await store.reopen();
    expect(keysOf(await read(again, 1, { topic: QUOTES.name }))).toEqual(['durable']);
    await store.destroy();
  });

  it('when the commit thread runs into damage, every thread that waits hears what it was', async () => {
    const store = await openStore({
      thread: { file: join(__dirname, 'failing-thread.js'), data: { damageAt: 2 } },
    });
    const { backend } = store;
    const joined = attachEmbedded(backend.share(), { clock: store.clock });
    await backend.log.createTopics([QUOTES]);
    const waiting = joined.log.append(append(2, 'joined'));
    const damage = {
      name: 'CorruptionError',
      message: expect.stringMatching(/LMDB found damage.*PAGE_NOTFOUND/),
    };
    await expect(waiting).rejects.toMatchObject(damage);
    await expect(backend.log.append(append(1, 'never'))).rejects.toMatchObject(damage);
    expect(await backend.lost).toMatchObject(damage);
    expect(await joined.lost).toMatchObject(damage);
    await joined.close();
    await store.destroy();
  });

  it('what was flushed and could not be acknowledged is neither undone nor run again: the thread ends, and it is there', async () => {
    const store = await openStore({
      thread: { file: join(__dirname, 'failing-thread.js'), data: { afterFlush: 4 } },
    });
    const { backend } = store;
    await backend.log.createTopics([QUOTES]);
    const task = await backend.openTask(TASK);
    const commit = (number: number) =>
      task.commit(
        epoch(number, {
          outputs: [to(QUOTES.name, 0, chunkOf(`${number}`))],
          tables: [changes(new Map([[number, `row ${number}`]]), { nextSlot: number + 1, schema: '"v"' })],
        }),
      );
    await commit(1);
    await expect(commit(2)).rejects.toThrow(/commit thread died.*flushed, and then: Input\/output error/);
    await expect(backend.log.append(append(1, 'too late'))).rejects.toThrow(/commit thread died/);
    const again = await store.reopen();
    expect(keysOf(await read(again, 2, { topic: QUOTES.name }))).toEqual(['1', '2']);
    expect(rowsOf(await again.openTask(TASK)).map(([slot]) => slot)).toEqual([1, 2]);
    await again.close();
    expect((await verify(store.dir)).damage).toEqual([]);
    await store.reopen();
    await store.destroy();
  });
});
