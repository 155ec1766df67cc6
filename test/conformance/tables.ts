/** Tables come back as their epochs left them, whatever was changed how often. */
import fc from 'fast-check';
import { cases } from '../support/long-runs';
import type { Suite } from './suite';
import { changes, epoch, rowsOf, TASK } from './support';

export function describeTables({ open }: Suite): void {
  it('after any history of changes a table holds the last record of each slot, in order of slots', async () => {
    const { backend, reopen } = await open();
    let current = backend;
    let partition = 0;
    // Few slots and short records, so that they collide; an empty text is a deletion.
    const change = fc.tuple(
      fc.nat({ max: 6 }),
      fc.option(fc.constantFrom('a', 'bb', 'cccc'), { nil: undefined }),
    );
    const history = fc.array(fc.uniqueArray(change, { selector: ([slot]) => slot, minLength: 1 }), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(history, fc.boolean(), async (epochs, restart) => {
        partition += 1;
        const id = { ...TASK, partition };
        const task = await current.openTask(id);
        const expected = new Map<number, string>();
        for (const [index, rows] of epochs.entries()) {
          await task.commit({
            ...epoch(index + 1, { tables: [changes(new Map(rows), { nextSlot: 7 })] }),
            task: id,
          });
          for (const [slot, text] of rows) {
            if (text === undefined) expected.delete(slot);
            else expected.set(slot, text);
          }
        }
        if (restart) current = await reopen();
        const restored = await current.openTask(id);
        expect(restored.restored.table('positions')?.nextSlot).toBe(7);
        const rows = rowsOf(restored).map(([slot, text]) => [slot, text] as const);
        expect(rows).toEqual([...expected].sort(([a], [b]) => a - b));
      }),
      { numRuns: cases(15) },
    );
  });

  it('restores a table whose highest slots are gone, and that grew again', async () => {
    const { backend, reopen } = await open();
    const task = await backend.openTask(TASK);
    const many = new Map(Array.from({ length: 40 }, (_, slot) => [slot, `row ${slot}`]));
    const none = new Map<number, string | undefined>();
    for (let slot = 1; slot < 40; slot += 1) none.set(slot, undefined);
    await task.commit(epoch(1, { tables: [changes(many)] }));
    await task.commit(epoch(2, { tables: [changes(none, { nextSlot: 1 })] }));
    const shrunk = await (await reopen()).openTask(TASK);
    expect(shrunk.restored.table('positions')?.nextSlot).toBe(1);
    expect(rowsOf(shrunk).map(([slot, text]) => [slot, text])).toEqual([[0, 'row 0']]);
    await shrunk.commit(epoch(3, { tables: [changes(new Map([[5, 'again']]), { nextSlot: 6 })] }));
    const grown = await (await reopen()).openTask(TASK);
    expect(rowsOf(grown).map(([slot, text]) => [slot, text])).toEqual([
      [0, 'row 0'],
      [5, 'again'],
    ]);
  });

  it('gives each record the schema that it was written with', async () => {
    const { backend, reopen } = await open();
    const task = await backend.openTask(TASK);
    const rows = (...entries: [number, string][]) => new Map(entries);
    await task.commit(epoch(1, { tables: [changes(rows([0, 'old'], [1, 'older']), { schema: '"v1"' })] }));
    await task.commit(epoch(2, { tables: [changes(rows([0, 'new']), { schema: '"v2"', nextSlot: 2 })] }));
    const again = await (await reopen()).openTask(TASK);
    expect(rowsOf(again)).toEqual([
      [0, 'new', '"v2"'],
      [1, 'older', '"v1"'],
    ]);
  });

  it('keeps a table right and small that is rewritten four hundred times', async () => {
    const { backend, reopen } = await open();
    const task = await backend.openTask(TASK);
    const ROWS = 50;
    const text = (slot: number, round: number): string => `${slot}:${round}:`.padEnd(150, 'x');
    for (let round = 1; round <= 400; round += 1) {
      const rows = new Map(
        Array.from({ length: 10 }, (_, index) => (index * 7 + round * 13) % ROWS).map((slot) => [
          slot,
          text(slot, round),
        ]),
      );
      await task.commit(epoch(round, { tables: [changes(rows, { nextSlot: ROWS })] }));
    }
    const { usedBytes } = backend.health();
    const rows = rowsOf(await (await reopen()).openTask(TASK));
    const last = new Map<number, string>();
    for (let round = 1; round <= 400; round += 1)
      for (let index = 0; index < 10; index += 1) {
        const slot = (index * 7 + round * 13) % ROWS;
        last.set(slot, text(slot, round));
      }
    expect(rows.map(([slot, record]) => [slot, record])).toEqual([...last].sort(([a], [b]) => a - b));
    // 600 KB were written, of which 8 KB are live; recorded epochs are the rest.
    expect(usedBytes).toBeLessThan(300_000);
  });

  it('restores several tables, also those the last epochs did not touch', async () => {
    const { backend } = await open();
    const task = await backend.openTask(TASK);
    await task.commit(
      epoch(1, {
        tables: [
          changes(new Map([[3, 'p']]), { table: 'positions' }),
          changes(new Map([[0, 'm']]), { table: 'marks' }),
        ],
      }),
    );
    await task.commit(epoch(2, { tables: [changes(new Map([[1, 'n']]), { table: 'marks' })] }));
    const again = await backend.openTask(TASK);
    expect(rowsOf(again, 'positions').map(([slot, text]) => [slot, text])).toEqual([[3, 'p']]);
    expect(rowsOf(again, 'marks').map(([slot, text]) => [slot, text])).toEqual([
      [0, 'm'],
      [1, 'n'],
    ]);
    expect(again.restored.table('limits')).toBeUndefined();
  });
}
