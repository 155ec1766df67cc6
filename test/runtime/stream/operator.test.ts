import { Subject } from 'rxjs';
import { operator, StepSkippedError, type Stream, workOf } from '../../../runtime/stream/operator';
import type { Batch } from '../../../runtime/stream/step';

const stepOf = (number: number) => ({ number, now: number * 1_000_000 });
const times = (factor: number, numbers: Stream<readonly number[]>) =>
  operator(`times ${factor}`, { numbers }, () => {
    let products: number[] = [];
    return {
      on: {
        numbers: (all) => {
          products = all.map((number) => number * factor);
        },
      },
      emit: () => products,
    };
  });
const ignoring = { on: { left: () => undefined, right: () => undefined }, emit: () => undefined };

describe('operator', () => {
  test('law 1 progress: one batch out per step, a diamond sees all of a step or nothing of it', () => {
    const numbers = new Subject<Batch<readonly number[]>>();
    const seen: string[] = [];
    operator('join', { doubled: times(2, numbers), tripled: times(3, numbers) }, () => {
      const parts: (readonly number[])[] = [];
      return {
        on: { doubled: (all) => parts.push(all), tripled: (all) => parts.push(all) },
        emit: () => parts.splice(0).join('/'),
      };
    }).subscribe(({ step, data }) => seen.push(`${step.number}: ${data}`));
    numbers.next({ step: stepOf(0), data: [1] });
    numbers.next({ step: stepOf(1), data: [] });
    numbers.next({ step: stepOf(2), data: [2, 3] });

    expect(seen).toEqual(['0: 2/3', '1: /', '2: 4,6/6,9']);
  });

  test('law 3 isolation: runs once per step however many read it', () => {
    const handled = jest.fn();
    const numbers = new Subject<Batch<number>>();
    const counted = operator('counted', { numbers }, () => ({ on: { numbers: handled }, emit: () => 0 }));
    counted.subscribe();
    counted.subscribe();
    numbers.next({ step: stepOf(0), data: 7 });

    expect(handled).toHaveBeenCalledTimes(1);
  });

  test.each(['error', 'complete'] as const)('law 4 release: on %s every input is let go', (ending) => {
    const left = new Subject<Batch<number>>();
    const right = new Subject<Batch<number>>();
    operator('both', { left, right }, () => ignoring).subscribe({ error: () => undefined });
    if (ending === 'error') left.error(new Error('source failed'));
    else for (const source of [left, right]) source.complete();

    expect({ left: left.observed, right: right.observed }).toEqual({ left: false, right: false });
  });

  test('an input that skips a step is a bug, and named', () => {
    const left = new Subject<Batch<number>>();
    const right = new Subject<Batch<number>>();
    const error = jest.fn();
    operator('both', { left, right }, () => ignoring).subscribe({ error });
    left.next({ step: stepOf(0), data: 1 });
    right.next({ step: stepOf(1), data: 2 });

    expect(error).toHaveBeenCalledWith(expect.any(StepSkippedError));
    expect(error.mock.calls[0][0].message).toContain('left, right');
  });

  test('law 12 work: the runtime counts what goes in, what comes out and what is marked', () => {
    const numbers = new Subject<Batch<readonly number[]>>();
    const stream = operator('marking', { numbers }, ({ marker }) => {
      const changed = marker();
      return {
        on: {
          numbers: (all: readonly number[]) => {
            for (const number of all) changed.add(number);
          },
        },
        emit: () => {
          const keys = [...changed.keys()];
          changed.clear();
          return keys;
        },
      };
    });
    stream.subscribe();
    numbers.next({ step: stepOf(0), data: [5, 5, 6] });

    expect(workOf(stream)).toMatchObject({ name: 'marking', steps: 1, recordsIn: 3, recordsOut: 2 });
    expect(workOf(stream)!.marked()).toBe(3);
  });
});
