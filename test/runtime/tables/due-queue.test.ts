import fc from 'fast-check';
import { DueQueue } from '../../../runtime/tables/due-queue';

describe('DueQueue', () => {
  test('gives keys in order of due, then key, after any history of settings, moves and removals', () => {
    const anyAct = fc.record({ key: fc.nat(90), due: fc.option(fc.nat(9), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(anyAct, { maxLength: 200 }), (acts) => {
        const queue = new DueQueue();
        const model = new Map<number, number>();
        for (const { key, due } of acts) {
          if (due === undefined) {
            queue.remove(key);
            model.delete(key);
          } else {
            queue.set(key, due);
            model.set(key, due);
          }
          expect(queue.has(key)).toBe(model.has(key));
        }
        const expected = [...model].sort(([a, x], [b, y]) => x - y || a - b);
        const found: [number, number][] = [];
        for (let due = queue.nextDue(); due !== undefined; due = queue.nextDue()) {
          found.push([queue.first(), due]);
          queue.remove(queue.first());
        }
        expect(found).toEqual(expected);
      }),
    );
  });

  test('a key that is moved a hundred thousand times is one entry', () => {
    const queue = new DueQueue();
    for (let move = 0; move < 100_000; move += 1) queue.set(3, 1e15 + move);
    expect([queue.size, queue.nextDue()]).toEqual([1, 1e15 + 99_999]);
  });
});
