import { statSync } from 'node:fs';
import { join } from 'node:path';
import { newestMeta } from '../../../backends/embedded/meta-pages';
import { OwnedStore } from '../../../backends/embedded/owned-store';
import { verify } from '../../../backends/embedded/verify';
import { chunkOf, keysOf, QUOTES, read, to } from '../../conformance/support';
import { openStore } from './support';

test('the file is made longer ahead of what is written, by a share of it, and what is written goes there', async () => {
  const store = await openStore();
  const file = join(store.dir, 'data.mdb');
  await store.backend.log.createTopics([QUOTES]);
  const append = (sequence: number) =>
    store.backend.log.append({
      producer: 'p',
      sequence,
      outputs: [to(QUOTES.name, 0, chunkOf(`${sequence}`.padEnd(500_000, '.')))],
    });
  for (let sequence = 1; sequence <= 10; sequence += 1) await append(sequence);
  await store.backend.close();
  const owned = new OwnedStore(store.dir, 2 ** 30);
  while (owned.growAhead());
  await owned.close();
  const used = (): number => (newestMeta(file).lastPage + 1) * newestMeta(file).pageBytes;
  const { size } = statSync(file);
  expect(size).toBeGreaterThanOrEqual(used() * 1.25);
  expect(size).toBeLessThan(used() * 1.25 + 2 ** 20);
  await store.reopen();
  await append(11);
  await append(12);
  const keys = keysOf(await read(store.backend, 12, { topic: QUOTES.name }));
  expect(keys.map(Number.parseFloat)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
  await store.backend.close();
  expect(statSync(file).size).toBeGreaterThanOrEqual(size);
  expect((await verify(store.dir)).damage).toEqual([]);
  await store.reopen();
  await store.destroy();
});
