/** A task's `now` over clocks that are set, leap and stand still. */
import fc from 'fast-check';
import { SteadyTime } from '../../../runtime/drive/steady-time';

const START = 1_700_000_000_000_000;
const SECOND = 1_000_000;
const HOUR = 3_600 * SECOND;

class TwoClocks {
  passed = 0;
  lead = 0;
  now = (): number => START + this.passed + this.lead;
  elapsed = (): number => this.passed;
}

/** Reads once a second for so long. */
function run(time: SteadyTime, clocks: TwoClocks, micros: number): number {
  let now = time.read();
  for (const end = clocks.passed + micros; clocks.passed < end; ) {
    clocks.passed += SECOND;
    now = time.read();
  }
  return now;
}

test('follows the clock as it goes', () => {
  const clocks = new TwoClocks();
  const time = new SteadyTime(clocks, 0);
  expect(run(time, clocks, 10 * SECOND)).toBe(START + 10 * SECOND);
  clocks.lead = 900_000;
  expect(run(time, clocks, SECOND)).toBe(START + 11.9 * SECOND);
  expect(time.trouble()).toBeUndefined();
});

test('a clock that leaps six hours ahead and comes back is not followed, and time goes on', () => {
  const clocks = new TwoClocks();
  const time = new SteadyTime(clocks, 0);
  run(time, clocks, 10 * SECOND);
  clocks.lead = 6 * HOUR;
  expect(run(time, clocks, 30 * SECOND)).toBe(START + 40 * SECOND);
  expect(time.trouble()).toMatch(/leapt 21600 s ahead/);
  clocks.lead = 0;
  expect(run(time, clocks, 15 * SECOND)).toBe(START + 55 * SECOND);
  expect(time.trouble()).toBeUndefined();
});

test('a clock that still says so after a minute is right', () => {
  const clocks = new TwoClocks();
  const time = new SteadyTime(clocks, 0);
  run(time, clocks, SECOND);
  clocks.lead = 6 * HOUR;
  expect(run(time, clocks, 62 * SECOND)).toBe(START + 63 * SECOND + 6 * HOUR);
});

test('set back by six hours after it was believed, time goes on at half its pace until the clock has come up', () => {
  const clocks = new TwoClocks();
  const time = new SteadyTime(clocks, START + 6 * HOUR);
  expect(run(time, clocks, 30 * SECOND)).toBe(START + 6 * HOUR + 15 * SECOND);
  expect(time.trouble()).toMatch(/half its pace/);
  expect(run(time, clocks, 12 * HOUR)).toBe(START + 12 * HOUR + 30 * SECOND);
  expect(time.trouble()).toBeUndefined();
});

test('a task that was down is at the time of the clock at once', () => {
  const clocks = new TwoClocks();
  expect(new SteadyTime(clocks, START - 48 * HOUR).read()).toBe(START);
});

test('never goes back, never stands still while time passes, and is never further ahead of the clock than it was', () =>
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          passed: fc.integer({ min: 0, max: 100 * SECOND }),
          lead: fc.constantFrom(0, -HOUR, HOUR, 6 * HOUR, 500_000, 5 * SECOND),
        }),
        { maxLength: 40 },
      ),
      (moments) => {
        const clocks = new TwoClocks();
        const time = new SteadyTime(clocks, 0);
        let before = time.read();
        let furthest = 0;
        for (const { passed, lead } of moments) {
          clocks.passed += passed;
          clocks.lead = lead;
          furthest = Math.max(furthest, START + clocks.passed + lead);
          const now = time.read();
          expect(now).toBeGreaterThanOrEqual(before + Math.floor(passed / 2) - 1);
          expect(now).toBeLessThanOrEqual(Math.max(furthest, before + passed));
          before = now;
        }
      },
    ),
  ));
