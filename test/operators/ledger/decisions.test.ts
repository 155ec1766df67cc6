/** Fills that came beyond the horizon, and what people decided about them. */
import fc from 'fast-check';
import { type Fill, LateAction, LateFillStatus, lateFillStatusNames } from '../../../schemas/ledger';
import { bust, correct, DAY, Desk, decided, ONE, OPTIONS, short, told } from '../../support/ledger-desk';

const DAYS = DAY / 1_000_000;
const statusOf = (rows: readonly unknown[]) =>
  rows.map((row) => {
    const { executionId, status, detail } = row as { executionId: string; status: number; detail: string };
    return `${executionId} ${lateFillStatusNames[status as LateFillStatus]}: ${detail}`;
  });

/** On Thursday: Monday's trade is folded, and `late`, of Monday, has come. */
function lateDesk(late: Fill) {
  const desk = new Desk();
  desk.at(0, { fills: [told('a', { price: 100 })] });
  desk.drain(3 * DAYS);
  const came = desk.at(3 * DAYS, { fills: [told('b', { price: 110, time: 3 * DAYS }), late] });
  expect(came.late).toMatchObject([{ executionId: late.executionId, status: LateFillStatus.Open }]);
  return desk;
}

describe('a late fill', () => {
  const late = told('late', { quantity: 5, price: 90, fee: 2n * ONE * ONE });

  test('that is booked counts from the decision on, at its own price, with who and why', () => {
    const desk = lateDesk(late);
    const done = desk.at(3 * DAYS + 60, { decisions: [decided(late, { time: 3 * DAYS + 50 })] });
    expect(done.positions.map(short)).toEqual([{ quantity: 25, cost: 2550, realised: -2, fills: 3 }]);
    expect(done.positions[0]!.time).toBe(decided(late, { time: 3 * DAYS + 50 }).time);
    expect(statusOf(done.late)).toEqual(['late Booked: by ann: seen with the broker']);
    expect(done.refused).toEqual([]);
  });

  test('that is discarded never counts, however often it comes again', () => {
    const desk = lateDesk(late);
    const done = desk.at(3 * DAYS + 60, {
      decisions: [decided(late, { action: LateAction.Discard, why: 'test of the gateway' })],
    });
    expect(done.positions).toEqual([]);
    expect(statusOf(done.late)).toEqual(['late Discarded: by ann: test of the gateway']);
    desk.restart();
    const other = { ...late, price: 91n * ONE };
    expect(desk.at(3 * DAYS + 70, { fills: [late, other] })).toMatchObject({
      positions: [],
      late: [],
      refused: ['late: Duplicate', 'late: EconomicDifference'],
    });
  });

  test('is settled once: whoever decides after that is told, and nothing changes', () => {
    const desk = lateDesk(late);
    const both = [decided(late), decided(late), decided(late, { action: LateAction.Discard, by: 'bob' })];
    const done = desk.at(3 * DAYS + 60, { decisions: both });
    expect(done.positions.map(short)).toEqual([{ quantity: 25, cost: 2550, realised: -2, fills: 3 }]);
    expect(done.refused).toEqual(['late: NotSettled', 'late: NotSettled']);
    expect(done.details[1]).toBe(
      'by bob: seen with the broker: it was settled before: by ann: seen with the broker',
    );
    desk.restart();
    expect(desk.at(3 * DAYS + 70, { decisions: [decided(late)] })).toMatchObject({
      positions: [],
      late: [],
      refused: ['late: NotSettled'],
    });
    expect(desk.at(3 * DAYS + 80, { fills: [late] }).refused).toEqual(['late: Duplicate']);
  });

  test('that is booked can be busted like any other', () => {
    const desk = lateDesk(late);
    desk.at(3 * DAYS + 60, { decisions: [decided(late, { time: 3 * DAYS + 50 })] });
    const busted = desk.at(3 * DAYS + 70, { fills: [bust('x', 'late', { time: 3 * DAYS + 70 })] });
    expect(busted.positions.map(short)).toEqual([{ quantity: 20, cost: 2100, realised: 0, fills: 2 }]);
  });

  test('that cannot be booked stays in the queue, and says why', () => {
    const huge = told('huge', { quantity: 5 });
    const desk = lateDesk({ ...huge, feeCurrency: 'EUR', fee: 10n ** 38n - 1n });
    desk.at(3 * DAYS + 1, {
      fills: [told('c', { time: 3 * DAYS + 1, feeCurrency: 'EUR', fee: 10n ** 38n - 1n })],
    });
    const done = desk.at(3 * DAYS + 60, { decisions: [decided(huge)] });
    expect(done).toMatchObject({ positions: [], refused: ['huge: OutOfRange'] });
    expect(statusOf(done.late)).toEqual([
      expect.stringMatching(
        /^huge Open: .*; not booked by ann: seen with the broker: the position would not/,
      ),
    ]);
    const again = desk.at(3 * DAYS + 70, { decisions: [decided(huge, { action: LateAction.Discard })] });
    expect(statusOf(again.late)).toEqual(['huge Discarded: by ann: seen with the broker']);
  });
});

describe('a late bust', () => {
  test('that is booked takes back what it says, from the decision on', () => {
    const late = bust('x', 'a', { quantity: 10, price: 100 });
    const desk = lateDesk(late);
    const done = desk.at(3 * DAYS + 60, { decisions: [decided(late, { time: 3 * DAYS + 50 })] });
    // 20 for 2,100: ten of them go at 100.
    expect(done.positions.map(short)).toEqual([{ quantity: 10, cost: 1050, realised: -50, fills: 3 }]);
    expect(desk.at(3 * DAYS + 70, { fills: [late] }).refused).toEqual(['x: Duplicate']);
  });

  test.each([
    ['of what is not known to have been booked', bust('x', 'nobody', { quantity: 10 }), /is not known/],
    ['that says no quantity', bust('x', 'a', { quantity: 0 }), /does not say how much/],
    ['correction', correct('x', 'a', { quantity: 7 }), /send the difference/],
  ])('%s is not guessed', (_, late, why) => {
    const desk = new Desk();
    desk.at(0, { fills: [told('a')] });
    desk.drain(3 * DAYS);
    desk.at(3 * DAYS, { fills: [late] });
    desk.drain(9 * DAYS);
    const done = desk.at(9 * DAYS, { decisions: [decided(late, { time: 9 * DAYS })] });
    expect(done).toMatchObject({ positions: [], refused: ['x: NotSettled'] });
    expect(statusOf(done.late)).toEqual([expect.stringMatching(why)]);
  });

  test('that waits can be discarded, and is not booked by hand', () => {
    const desk = new Desk();
    const waits = bust('x', 'a');
    desk.at(0, { fills: [waits] });
    desk.drain(100);
    expect(desk.at(101, { decisions: [decided(waits)] }).refused).toEqual(['x: NotSettled']);
    const done = desk.at(102, { decisions: [decided(waits, { action: LateAction.Discard })] });
    expect(statusOf(done.late)).toEqual(['x Discarded: by ann: seen with the broker']);
    expect(desk.at(103, { fills: [told('a')] }).positions.map(short)).toMatchObject([{ quantity: 10 }]);
  });
});

describe('a decision that comes before its fill', () => {
  const fill = told('a');

  test('to book it lets it be booked in its own place', () => {
    const desk = new Desk();
    expect(desk.at(0, { decisions: [decided(fill), decided(fill)] }).refused).toEqual(['a: NotSettled']);
    desk.restart();
    const { positions, late } = desk.at(1, { fills: [fill] });
    expect(positions.map(short)).toMatchObject([{ quantity: 10 }]);
    expect(statusOf(late)).toEqual(['a Booked: by ann: seen with the broker; booked in its own place']);
  });

  test('to discard it keeps it out, as a decision that comes after it takes it out', () => {
    const no = decided(fill, { action: LateAction.Discard });
    const [before, after] = [new Desk(), new Desk()];
    before.at(0, { decisions: [no] });
    expect(before.at(1, { fills: [fill] })).toMatchObject({ positions: [], refused: ['a: TooOld'] });
    after.at(0, { fills: [fill] });
    const done = after.at(1, { decisions: [no] });
    expect(done.positions.map(short)).toEqual([{ quantity: 0, cost: 0, realised: 0, fills: 0 }]);
    expect(statusOf(done.late)).toEqual(['a Discarded: by ann: seen with the broker']);
  });
});

/** From scratch: whatever came counts once, or lies in the queue by name; a decision is of the first that was told. */
test('nothing is lost and nothing is doubled, whatever came late and whatever was decided, in whatever order', () => {
  const event = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd'),
    decides: fc.constantFrom(undefined, undefined, LateAction.Book, LateAction.Discard),
    passed: fc.constantFrom(0, 1, DAYS, 3 * DAYS),
    late: fc.constantFrom(0, 1, DAYS, 4 * DAYS),
    restarts: fc.boolean(),
  });
  const amounts: Record<string, number> = { a: 1, b: 2, c: -4, d: 8 };
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const desk = new Desk({ ...OPTIONS, limits: { ...OPTIONS.limits, positions: 9 } });
      const first = new Map<string, Fill>();
      const queue = new Map<string, number>();
      let [now, held, cash] = [DAYS, 0n, 0n];
      const hear = (written: ReturnType<Desk['at']>): void => {
        for (const row of written.late) queue.set(String(row['executionId']), Number(row['status']));
        for (const { quantity, cost, realisedPnl } of written.positions)
          [held, cash] = [quantity, realisedPnl - cost];
      };
      for (const { id, decides, passed, late, restarts } of events) {
        now += passed;
        desk.drain(now);
        const quantity = amounts[id]!;
        const fill = first.get(id) ?? told(id, { quantity, price: 10 + quantity, time: now - late });
        if (decides === undefined) first.set(id, fill);
        const decision = decided(fill, { action: decides ?? LateAction.Book, time: now });
        hear(desk.at(now, decides === undefined ? { fills: [fill] } : { decisions: [decision] }));
        if (restarts) desk.restart();
      }
      const counting = [...first.values()].filter(({ executionId }) => {
        const status = queue.get(executionId);
        return status === undefined || status === LateFillStatus.Booked;
      });
      const sum = (of: (fill: Fill) => bigint) => counting.reduce((total, fill) => total + of(fill), 0n);
      expect(held).toBe(sum(({ quantity }) => quantity));
      expect(cash).toBe(-sum(({ quantity, price }) => quantity * price));
      for (const [id, status] of queue)
        if (status === LateFillStatus.Discarded)
          expect(events).toContainEqual(expect.objectContaining({ id, decides: LateAction.Discard }));
    }),
    { numRuns: 300 },
  );
});
