/**
 * Flipped bits, zeroed pages and truncations of a store at rest. Whatever happens, nobody reads a wrong number, and
 * nobody dies of it: reading ends in an error, or in exactly what was written.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '../../../backends/embedded/verify';
import { changes, chunkOf, epoch, MARKS, POSITIONS, QUOTES, TASK, to } from '../../conformance/support';
import { type Damage, inflict, randoms, someDamage } from '../../support/damage';
import { inLongRuns } from '../../support/long-runs';
import type { Reading } from './damage-child';
import { readAll } from './damage-readers';
import { dump } from './dump';
import { openStore, type Store } from './support';

const CASES = inLongRuns(2_000, 200);

async function fill({ backend }: Store): Promise<void> {
  await backend.log.createTopics([QUOTES, POSITIONS, MARKS]);
  await backend.names.numbersOf('instrument', ['ESZ6', 'AAPL', 'MSFT']);
  await backend.registry.register('a-value', '{"type":"record","name":"A","fields":[]}');
  const task = await backend.openTask(TASK);
  for (let number = 1; number <= 40; number += 1) {
    await backend.log.append({
      producer: 'gateway',
      sequence: number,
      outputs: [to(QUOTES.name, number % 2, chunkOf(`q${number}`, 'r'.repeat(number * 40)))],
    });
    await task.commit(
      epoch(number, {
        outputs: [
          to(POSITIONS.name, 0, chunkOf(`p${number}`)),
          to(MARKS.name, 0, chunkOf('f'.repeat(5_000))),
        ],
        tables: [changes(new Map([[number % 9, `row ${number}`.padEnd(300, '.')]]), { nextSlot: 9 })],
      }),
    );
    const needs = [{ topic: QUOTES.name, partition: 0, next: number / 2 }];
    await backend.bookmarks.set({ name: 'sink', state: Buffer.from(`cut ${number}`), needs });
  }
}

describe('law: no damage is read as data', () => {
  const folder = mkdtempSync(join(tmpdir(), 'breakwater-damage-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(
    `${CASES} damaged stores give an error, or what was written`,
    async () => {
      const store = await openStore();
      await fill(store);
      await store.backend.close();
      expect((await verify(store.dir)).damage).toEqual([]);
      const whole = createHash('sha256')
        .update(await dump(store.dir))
        .digest('hex');
      const files = readdirSync(store.dir).filter((name) => name !== 'lock.mdb');
      const random = randoms(20_261_121);
      const cases = Array.from({ length: CASES }, (_, number) =>
        someDamage(number, store.dir, files, random),
      );
      const damaged = (one: Damage): string => {
        const copy = join(folder, `${one.number}`);
        mkdirSync(copy);
        for (const name of files) copyFileSync(join(store.dir, name), join(copy, name));
        inflict(one, copy);
        return copy;
      };
      const counts = { identical: 0, refused: 0 };
      const wrong: (Damage | Reading | 'death')[] = [];
      await readAll(cases, damaged, (one, outcome) => {
        rmSync(join(folder, `${one.number}`), { recursive: true, force: true });
        if (outcome === 'death') wrong.push(one, outcome);
        else if (outcome.error !== undefined) {
          counts.refused += 1;
          // Whatever stops a reader, the check must find as well.
          if (outcome.findings === 0) wrong.push(one, outcome);
        } else if (outcome.hash === whole) counts.identical += 1;
        else wrong.push(one, outcome);
      });
      expect(wrong).toEqual([]);
      expect(counts.identical + counts.refused).toBe(cases.length);
      // Else the damage would not have been worth the name.
      expect(counts.refused).toBeGreaterThan(CASES / 4);
      await store.reopen();
      await store.destroy();
    },
    inLongRuns(1_800_000, 180_000),
  );
});
