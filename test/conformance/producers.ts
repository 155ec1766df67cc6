/** Producers repeat safely. */
import type { Suite } from './suite';
import { chunkOf, keysOf, QUOTES, read, to } from './support';

export function describeProducers({ open }: Suite): void {
  const append = (sequence: number, key: string, state?: Uint8Array) => ({
    producer: 'gateway',
    sequence,
    outputs: [to(QUOTES.name, 0, chunkOf(key))],
    ...(state && { state }),
  });

  it('an append already made does nothing and says so, after a restart too', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    expect(await backend.log.append(append(1, 'a'))).toEqual({ duplicate: false });
    expect(await backend.log.append(append(5, 'b'))).toEqual({ duplicate: false });
    expect(await backend.log.append(append(5, 'b'))).toEqual({ duplicate: true });
    const again = await reopen();
    expect(await again.log.append(append(1, 'a'))).toEqual({ duplicate: true });
    expect(await again.log.append(append(6, 'c'))).toEqual({ duplicate: false });
    expect(keysOf(await read(again, 3, { topic: QUOTES.name }))).toEqual(['a', 'b', 'c']);
  });

  it('an append that names the one before is taken only behind it', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    const follows = (previous: number, sequence: number, key: string) => ({
      ...append(sequence, key),
      previous,
    });
    const outOfOrder = { name: 'OutOfOrderError', message: expect.stringMatching(/follow/) };
    await expect(backend.log.append(follows(1, 2, 'b'))).rejects.toMatchObject(outOfOrder);
    expect(await backend.log.append(follows(0, 1, 'a'))).toEqual({ duplicate: false });
    expect(await backend.log.append(follows(1, 2, 'b'))).toEqual({ duplicate: false });
    expect(await backend.log.append(follows(1, 2, 'b'))).toEqual({ duplicate: true });
    await expect(backend.log.append(follows(3, 5, 'lost'))).rejects.toMatchObject(outOfOrder);
    const again = await reopen();
    await expect(again.log.append(follows(1, 3, 'another writer'))).rejects.toMatchObject(outOfOrder);
    expect(await again.log.append(follows(2, 5, 'c'))).toEqual({ duplicate: false });
    expect(keysOf(await read(again, 3, { topic: QUOTES.name }))).toEqual(['a', 'b', 'c']);
  });

  it('producers do not share their sequences', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    await backend.log.append(append(9, 'a'));
    expect(await backend.log.append({ ...append(1, 'b'), producer: 'drop copy' })).toEqual({
      duplicate: false,
    });
  });

  it('a producer gets back where it was, with the state it left', async () => {
    const { backend, reopen } = await open();
    await backend.log.createTopics([QUOTES]);
    expect(await backend.log.producer('gateway')).toBeUndefined();
    await backend.log.append(append(1, 'a'));
    expect(await backend.log.producer('gateway')).toEqual({ sequence: 1, state: undefined });
    await backend.log.append(append(2, 'b', Buffer.from([0, 255, 1])));
    await backend.log.append(append(3, 'c'));
    const again = await reopen();
    const { sequence, state } = (await again.log.producer('gateway'))!;
    expect([sequence, [...state!]]).toEqual([3, [0, 255, 1]]);
  });

  it('appends made at once are all kept, each whole', async () => {
    const { backend } = await open();
    await backend.log.createTopics([QUOTES]);
    const producers = Array.from({ length: 20 }, (_, index) => `p${index}`);
    await Promise.all(
      producers.map((producer) =>
        backend.log.append({
          producer,
          sequence: 1,
          outputs: [0, 1].map((partition) => to(QUOTES.name, partition, chunkOf(producer, producer))),
        }),
      ),
    );
    for (const partition of [0, 1]) {
      const keys = keysOf(await read(backend, 40, { topic: QUOTES.name, partition }));
      const pairs = keys.filter((_, index) => index % 2 === 0);
      expect([...pairs].sort()).toEqual([...producers].sort());
      expect(keys).toEqual(pairs.flatMap((key) => [key, key]));
    }
  });
}
