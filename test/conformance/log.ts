/** Topics, readers, and what they may rely on. */
import fc from 'fast-check';
import { cases } from '../support/long-runs';
import type { Suite } from './suite';
import { chunkOf, keysOf, type Message, messagesIn, QUOTES, read, to } from './support';

export function describeLog({ open }: Suite): void {
  const quotes = { topic: QUOTES.name };

  it('creates topics once, and refuses another shape of the same topic', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    await backend.log.createTopics([QUOTES]);
    await expect(backend.log.createTopics([{ ...QUOTES, partitions: 3 }])).rejects.toThrow(
      /partitions 2, not 3/,
    );
    await expect(backend.log.createTopics([{ ...QUOTES, kind: 'state' }])).rejects.toThrow(/kind event/);
    const again = await reopen();
    expect(again.log.topics()).toContainEqual(expect.objectContaining(QUOTES));
  });

  it('refuses topics and partitions that do not exist, and writes nothing of such an append', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const wrong = [to(QUOTES.name, 0, chunkOf('a')), to(QUOTES.name, 2, chunkOf('b'))];
    await expect(backend.log.append({ producer: 'p', sequence: 1, outputs: wrong })).rejects.toThrow(
      /no partition 2/,
    );
    const right = [to(QUOTES.name, 0, chunkOf('c'))];
    await backend.log.append({ producer: 'p', sequence: 1, outputs: right });
    expect(keysOf(await read(backend, 1, quotes))).toEqual(['c']);
    expect(() => backend.log.reader({ topic: 'market.rumours', partition: 0, next: 0 }, 'x')).toThrow(
      /does not exist/,
    );
  });

  it('gives back what was written: keys, headers, values and tombstones, in order of growing offsets', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    const message: fc.Arbitrary<Message> = fc.record({
      key: text,
      value: fc.option(text, { nil: undefined }),
      headers: fc.array(fc.tuple(text, text), { maxLength: 3 }),
    });
    let sequence = 0;
    let from = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(message, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
        async (appends) => {
          for (const messages of appends) {
            sequence += 1;
            const outputs = [to(QUOTES.name, 0, chunkOf(...messages))];
            await backend.log.append({ producer: 'p', sequence, outputs });
          }
          const sent = appends.flat();
          const received = await read(backend, sent.length, { ...quotes, from });
          expect(received.map(({ key, value, headers }) => ({ key, value, headers }))).toEqual(sent);
          for (const { offset } of received) {
            expect(offset).toBeGreaterThanOrEqual(from);
            from = offset + 1;
          }
        },
      ),
      { numRuns: cases(20) },
    );
  });

  it('polls without waiting, at most about so many bytes, and at least one message', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const reader = backend.log.reader({ ...quotes, partition: 0, next: 0 }, 'slow');
    expect(reader.poll(1_000)).toBeUndefined();
    const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);
    await backend.log.append({ producer: 'p', sequence: 1, outputs: [to(QUOTES.name, 0, chunkOf(...keys))] });
    await reader.whenArrived();
    const one = reader.poll(1)!;
    expect(keysOf(messagesIn(one))).toEqual(['key-0']);
    expect(one.count).toBe(1);
    const few = reader.poll(150)!;
    expect(few.bytes.length).toBeLessThanOrEqual(150);
    const rest = await read(backend, 20 - 1 - few.count, { ...quotes, from: few.nextOffset });
    expect([...keysOf(messagesIn(few)), ...keysOf(rest)]).toEqual(keys.slice(1));
    reader.close();
  });

  it('begins to read in the middle of what was appended at once', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const outputs = [to(QUOTES.name, 1, chunkOf('a', 'b', 'c', 'd'))];
    await backend.log.append({ producer: 'p', sequence: 1, outputs });
    const all = await read(backend, 4, { ...quotes, partition: 1 });
    const later = await read(backend, 2, { ...quotes, partition: 1, from: all[2]!.offset });
    expect(keysOf(later)).toEqual(['c', 'd']);
  });

  it('carries runs of messages far longer than a poll', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const long = 'x'.repeat(1_000);
    const messages = Array.from({ length: 3_000 }, (_, index) => ({ key: `${index}`, value: long }));
    await backend.log.append({
      producer: 'p',
      sequence: 1,
      outputs: [to(QUOTES.name, 0, chunkOf(...messages))],
    });
    const received = await read(backend, 3_000, { ...quotes, maxBytes: 100_000 });
    expect(keysOf(received)).toEqual(messages.map(({ key }) => key));
    expect(new Set(received.map(({ value }) => value))).toEqual(new Set([long]));
  });

  it('wakes a waiting reader when something arrives, and when it is closed', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const reader = backend.log.reader({ ...quotes, partition: 0, next: 0 }, 'waiting');
    const arrived = reader.whenArrived();
    await backend.log.append({ producer: 'p', sequence: 1, outputs: [to(QUOTES.name, 0, chunkOf('a'))] });
    await arrived;
    expect(keysOf(await read(backend, 1, quotes))).toEqual(['a']);
    while (reader.poll(1_000) === undefined) await reader.whenArrived();
    const closing = reader.whenArrived();
    reader.close();
    await closing;
    expect(reader.poll(1_000)).toBeUndefined();
  });

  it('knows the ends of each partition: the next offset lies after the last message', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    const before = backend.log.ends({ ...quotes, partition: 0 });
    await backend.log.append({
      producer: 'p',
      sequence: 1,
      outputs: [to(QUOTES.name, 0, chunkOf('a', 'b'))],
    });
    const messages = await read(backend, 2, quotes);
    const again = await reopen();
    const after = again.log.ends({ ...quotes, partition: 0 });
    expect(after.first).toBe(before.first);
    expect(after.next).toBeGreaterThan(messages[1]!.offset);
    expect(again.log.ends({ ...quotes, partition: 1 }).next).toBe(before.next);
  });
}
