/** What is dropped, when, and what is never. */
import type { Backend } from '../../runtime/ports/backend';
import type { SnapshotMark } from '../../runtime/ports/epoch';
import type { Suite } from './suite';
import { chunkOf, epoch, keysOf, MARKS, type Message, POSITIONS, QUOTES, read, TASK, to } from './support';

export function describeRetention({ open, leftToServers }: Suite): void {
  const itUnless = (what: 'quota' | 'retention' | 'compaction') => (leftToServers[what] ? it.skip : it);
  const named = (what: 'quota' | 'retention' | 'compaction', name: string): string =>
    leftToServers[what] ? `${name} (left to servers: ${leftToServers[what]})` : name;
  const place = { topic: QUOTES.name, partition: 0 };
  let sequence = 0;
  const append = async (
    { log }: Backend,
    topic: string,
    ...messages: (string | Message)[]
  ): Promise<void> => {
    sequence += 1;
    await log.append({ producer: 'p', sequence, outputs: [to(topic, 0, chunkOf(...messages))] });
  };

  itUnless('retention')(
    named(
      'retention',
      'drops old messages, and never those that a bookmark, a task or an open reader still needs',
    ),
    async () => {
      const { backend, advanceHours } = await open();
      await backend.log.createTopics([QUOTES]);
      for (const key of ['a', 'b', 'c', 'd', 'e']) await append(backend, QUOTES.name, key);
      const offsets = (await read(backend, 5, place)).map(({ offset }) => offset);
      const needs = (next: number) => ({ name: 'sink', state: Buffer.alloc(0), needs: [{ ...place, next }] });
      await backend.bookmarks.set(needs(offsets[1]!));
      const task = await backend.openTask(TASK);
      await task.commit(epoch(1, { steps: [{ read: [{ ...place, next: offsets[2]! }] }] }));
      const reader = backend.log.reader({ ...place, next: offsets[3]! }, 'tail');
      await advanceHours?.(25);
      await backend.tidy();
      expect(backend.log.ends(place).first).toBe(offsets[1]);
      await backend.bookmarks.set(needs(offsets[4]!));
      await backend.tidy();
      expect(backend.log.ends(place).first).toBe(offsets[2]);
      await task.commit(epoch(2, { steps: [{ read: [{ ...place, next: offsets[4]! }] }] }));
      await backend.tidy();
      expect(backend.log.ends(place).first).toBe(offsets[3]);
      expect(keysOf(await read(backend, 2, place))).toEqual(['d', 'e']);
      reader.close();
      await append(backend, QUOTES.name, 'f');
      await backend.tidy();
      expect(keysOf(await read(backend, 2, place))).toEqual(['e', 'f']);
    },
  );

  itUnless('retention')(named('retention', 'keeps what is younger than the retention'), async () => {
    const { backend, advanceHours } = await open();
    await backend.log.createTopics([QUOTES]);
    await append(backend, QUOTES.name, 'old');
    await advanceHours?.(23);
    await append(backend, QUOTES.name, 'young');
    await advanceHours?.(2);
    await backend.tidy();
    expect(keysOf(await read(backend, 1, place))).toEqual(['young']);
  });

  itUnless('retention')(
    named('retention', 'a state topic in frames keeps its latest snapshot whole'),
    async () => {
      const { backend, advanceHours } = await open();
      await backend.log.createTopics([MARKS]);
      const task = await backend.openTask(TASK);
      const place = { topic: MARKS.name, partition: 0 };
      const frame = (number: number, key: string, ...marks: SnapshotMark['mark'][]) =>
        task.commit(
          epoch(number, {
            outputs: [to(MARKS.name, 0, chunkOf(key))],
            marks: marks.map((mark) => ({ ...place, mark })),
          }),
        );
      const kept = async (...keys: string[]): Promise<void> => {
        await advanceHours?.(30);
        await backend.tidy();
        expect(keysOf(await read(backend, keys.length, { topic: MARKS.name }))).toEqual(keys);
      };
      await frame(1, 'before');
      await kept('before');
      await frame(2, 'whole', 'begins', 'ends');
      await frame(3, 'after');
      await kept('whole', 'after');
      await frame(4, 'first slice', 'begins');
      await frame(5, 'between');
      await kept('whole', 'after', 'first slice', 'between');
      // Its task was opened anew: it begins again, and what it had written stands for nothing.
      await frame(6, 'first slice again', 'begins');
      await frame(7, 'between again');
      await kept('whole', 'after', 'first slice', 'between', 'first slice again', 'between again');
      await frame(8, 'last slice', 'ends');
      await kept('first slice again', 'between again', 'last slice');
    },
  );

  itUnless('compaction')(
    named('compaction', 'a state topic in rows keeps the last record of each key, at its offset'),
    async () => {
      const { backend, advanceHours, reopen } = await open();
      await backend.log.createTopics([POSITIONS]);
      const filler = 'x'.repeat(10_000);
      const latest = new Map<string, string>();
      for (let round = 0; round < 300; round += 1) {
        const key = `k${round % 7}`;
        latest.set(key, `${round}${filler}`);
        await append(backend, POSITIONS.name, { key, value: latest.get(key) });
      }
      await append(backend, POSITIONS.name, { key: 'k3', value: undefined });
      latest.delete('k3');
      const before = new Map(
        (await read(backend, 301, { topic: POSITIONS.name })).map((message) => [message.key, message.offset]),
      );
      await advanceHours?.(25);
      await append(backend, POSITIONS.name, 'last');
      await backend.tidy();
      expect(backend.health().usedBytes).toBeLessThan(200_000);
      for (const again of [() => backend, reopen]) {
        const each = await again();
        const messages = await read(each, 8, { topic: POSITIONS.name });
        const live = messages.filter(({ value }) => value !== undefined);
        expect(new Map(live.slice(0, -1).map(({ key, value }) => [key, value]))).toEqual(latest);
        for (const { key, offset } of messages.slice(0, -1)) expect(offset).toBe(before.get(key));
        expect(messages.at(-1)!.key).toBe('last');
      }
    },
  );

  itUnless('quota')(
    named(
      'quota',
      'makes room before the quota is reached: what has had most of its time goes first, the books last',
    ),
    async () => {
      const { backend, advanceHours } = await open({ quotaBytes: 1_000_000 });
      const letters = { ...QUOTES, name: 'ops.letters', retentionHours: 24 * 31 };
      const books = { ...QUOTES, name: 'ledger.books', retentionHours: 24 * 366 * 7 };
      await backend.log.createTopics([QUOTES, letters, books]);
      const big = 'x'.repeat(20_000);
      for (const { name } of [books, letters]) await append(backend, name, { key: name, value: big });
      const needed = { name: 'sink', state: Buffer.alloc(0), needs: [{ ...place, next: 0 }] };
      for (let number = 0; number < 200; number += 1) {
        await append(backend, QUOTES.name, { key: `${number}`, value: big });
        await advanceHours?.(0.01);
        // A reader that lags behind by ten, and housekeeping every now and then.
        const { next } = backend.log.ends(place);
        await backend.bookmarks.set({ ...needed, needs: [{ ...place, next: Math.max(next - 10, 0) }] });
        if (number % 5 === 4) await backend.tidy();
        expect(backend.health().accepting).toBe(true);
      }
      const { first, next } = backend.log.ends(place);
      expect(next - first).toBeGreaterThan(10);
      expect(next - first).toBeLessThan(50);
      for (const { name } of [books, letters])
        expect(keysOf(await read(backend, 1, { topic: name }))).toEqual([name]);
      expect(backend.health().troubles).toEqual([]);
      // Whoever needs it keeps it; the books go, which is told, and then intake stops.
      await backend.bookmarks.set({ ...needed, needs: [{ ...place, next: first }] });
      const fill = async (): Promise<void> => {
        for (;;) {
          await append(backend, QUOTES.name, big);
          await backend.tidy();
        }
      };
      await expect(fill()).rejects.toMatchObject({ name: 'QuotaError' });
      expect(backend.log.ends(place).first).toBe(first);
      expect(backend.log.ends({ ...place, topic: books.name }).first).toBe(1);
      expect(backend.health().troubles).toEqual([expect.stringContaining(books.name)]);
    },
  );

  itUnless('quota')(named('quota', 'refuses appends at the quota, and still takes commits'), async () => {
    const { backend, advanceHours } = await open({ quotaBytes: 200_000 });
    await backend.log.createTopics([QUOTES]);
    const task = await backend.openTask(TASK);
    const big = 'x'.repeat(20_000);
    const fill = async (): Promise<void> => {
      for (;;) await append(backend, QUOTES.name, big);
    };
    await expect(fill()).rejects.toMatchObject({ name: 'QuotaError' });
    expect(backend.health().accepting).toBe(false);
    await task.commit(epoch(1, { outputs: [to(QUOTES.name, 1, chunkOf('in flight'))] }));
    expect(keysOf(await read(backend, 1, { topic: QUOTES.name, partition: 1 }))).toEqual(['in flight']);
    await advanceHours?.(25);
    await backend.tidy();
    await append(backend, QUOTES.name, 'again');
    expect(backend.health().accepting).toBe(true);
    const [message] = await read(backend, 1, { topic: QUOTES.name });
    expect(message!.key).toBe('again');
  });
}
