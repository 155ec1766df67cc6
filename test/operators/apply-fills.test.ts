import fc from 'fast-check';
import { LedgerMismatchError } from '../../operators/ledger/live-positions';
import { positionsWith } from '../../pipelines/positions';
import { type Fill, FillKind, type Position } from '../../schemas/ledger';
import { bust, correct, Desk, EQ, ONE, OPTIONS, SECOND, START, short, told } from '../support/ledger-desk';
import { LedgerOracle } from '../support/ledger-oracle';
import { cases } from '../support/long-runs';
import { Run } from '../support/run';

const HOUR = 3600;
const DAYS = 24 * HOUR;
const withoutKnownAt = ({ knownAt: _, ...position }: Position) => position;

describe('applyFills', () => {
  test('an execution that comes late counts in order of its time', () => {
    const desk = new Desk();
    desk.at(3, { fills: [told('a', { time: 1 }), told('c', { time: 3, quantity: -10, price: 120 })] });
    const { positions } = desk.at(4, { fills: [told('b', { time: 2, price: 110 })] });

    // Ten of twenty at an average of 105 were sold, not the ten at 100.
    expect(positions.map(short)).toEqual([{ quantity: 10, cost: 1050, realised: 150, fills: 3 }]);
  });

  test('executions of equal time count in order of arrival', () => {
    const { positions } = new Desk().at(1, { fills: [told('a'), told('b', { quantity: -20, price: 110 })] });

    expect(positions.map(short)).toEqual([{ quantity: -10, cost: -1100, realised: 100, fills: 2 }]);
  });

  test('a bust restates as if the execution had never been, a correction as if it had been as told', () => {
    const desk = new Desk();
    desk.at(1, {
      fills: [
        told('a'),
        told('b', { time: 1, price: 110 }),
        told('c', { time: 1, quantity: -5, price: 120 }),
      ],
    });
    const corrected = desk.at(2, { fills: [correct('d', 'b', { quantity: 20, price: 100 })] });
    const busted = desk.at(3, { fills: [bust('e', 'a')] });

    expect(corrected.positions.map(short)).toEqual([{ quantity: 25, cost: 2500, realised: 100, fills: 3 }]);
    expect(busted.positions.map(short)).toEqual([{ quantity: 15, cost: 1500, realised: 100, fills: 2 }]);
  });

  test('a bust may come before its execution: it waits, and then the execution counts for nothing', () => {
    const desk = new Desk();
    const before = desk.at(1, { fills: [bust('b', 'a')] });
    const after = desk.at(2, { fills: [told('a')] });

    expect(before).toMatchObject({ positions: [], refused: [] });
    expect(after.positions.map(short)).toEqual([{ quantity: 0, cost: 0, realised: 0, fills: 0 }]);
  });

  test('of what waits longer than the patience somebody is told; it is applied if its execution still comes', () => {
    const desk = new Desk();
    desk.at(1, { fills: [bust('b', 'a')] });
    const told61 = desk.drain(100).flatMap((written) => written['ledger.late_fills']!);
    desk.restart();

    expect(told61).toMatchObject([
      { executionId: 'b', refersTo: 'a', status: 1, knownAt: START + 61 * SECOND },
    ]);
    const came = desk.at(500, { fills: [told('a')] });
    expect(came.positions.map(short)).toMatchObject([{ quantity: 0, fills: 0 }]);
    expect(came.late).toMatchObject([{ executionId: 'b', status: 2 }]);
  });

  test('what has waited for as long as the horizon is refused, and stays in the queue', () => {
    const desk = new Desk();
    desk.at(1, { fills: [bust('b', 'a')] });
    const written = desk.drain(3 * DAYS);
    const refused = written.flatMap((step) => step['ledger.refused_fills']!);

    expect(refused).toMatchObject([
      { executionId: 'b', detail: expect.stringContaining('"a" has not come') },
    ]);
    expect(written.flatMap((step) => step['ledger.late_fills']!).at(-1)).toMatchObject({ status: 0 });
    expect(desk.at(3 * DAYS, { fills: [told('a', { time: 3 * DAYS })] }).positions.map(short)).toMatchObject([
      { quantity: 10 },
    ]);
  });

  test('fees in another currency are summed apart, and follow busts and corrections', () => {
    const desk = new Desk();
    const [fee, feeCurrency] = [3n, 'EUR'];
    const first = desk.at(1, { fills: [told('a', { fee, feeCurrency }), told('b', { fee, feeCurrency })] });
    const then = desk.at(2, { fills: [bust('c', 'a'), correct('d', 'b', { fee: 5n, feeCurrency })] });

    expect(first.fees).toMatchObject([{ account: 7, instrument: 1, currency: 'EUR', fees: 6n }]);
    expect(then.fees).toMatchObject([{ fees: 5n }]);
    expect(then.positions).toMatchObject([{ fees: 0n, realisedPnl: 0n }]);
  });

  test.each`
    rule                                          | before                                                               | fill                                      | refused
    ${'an execution id counts once'}              | ${[told('a')]}                                                       | ${told('a')}                              | ${'a: Duplicate'}
    ${'a bust counts once'}                       | ${[told('a'), bust('b', 'a')]}                                       | ${bust('b', 'a')}                         | ${'b: Duplicate'}
    ${'the instrument must be known'}             | ${[]}                                                                | ${told('a', { instrument: 9 })}           | ${'a: UnknownInstrument'}
    ${'an execution is of something'}             | ${[]}                                                                | ${told('a', { quantity: 0 })}             | ${'a: ZeroQuantity'}
    ${'a bust says of what'}                      | ${[]}                                                                | ${told('a', { kind: FillKind.Bust })}     | ${'a: UnknownExecution'}
    ${'a new execution refers to none'}           | ${[]}                                                                | ${told('a', { refersTo: 'b' })}           | ${'a: UnknownExecution'}
    ${'a bust is not busted'}                     | ${[told('a'), bust('b', 'a')]}                                       | ${bust('c', 'b')}                         | ${'c: UnknownExecution'}
    ${'an execution is busted once'}              | ${[told('a'), bust('b', 'a')]}                                       | ${bust('c', 'a')}                         | ${'c: AlreadyBusted'}
    ${'a busted execution is not corrected'}      | ${[told('a'), bust('b', 'a')]}                                       | ${correct('c', 'a')}                      | ${'c: AlreadyBusted'}
    ${'the future has not happened'}              | ${[]}                                                                | ${told('a', { time: 60 })}                | ${'a: OutOfRange'}
    ${'an inverse contract has no price of zero'} | ${[]}                                                                | ${told('a', { instrument: 2, price: 0 })} | ${'a: OutOfRange'}
    ${'the same id with other economics is told'} | ${[told('a')]}                                                       | ${told('a', { price: 1 })}                | ${'a: EconomicDifference'}
    ${'positions are limited'}                    | ${[told('a'), told('b', { account: 8 }), told('c', { account: 9 })]} | ${told('d', { account: 10 })}             | ${'d: LedgerFull'}
    ${'so is what waits'}                         | ${[bust('a', 'x'), bust('b', 'x')]}                                  | ${bust('c', 'x')}                         | ${'c: UnknownExecution'}
  `('$rule', ({ before, fill, refused }) => {
    const desk = new Desk();
    const { positions: held } = desk.at(1, { fills: before });
    const answer = desk.at(2, { fills: [fill] });

    if (String(refused).endsWith('none')) expect(answer.refused).toEqual([]);
    else expect(answer).toMatchObject({ refused: [refused], positions: [] });
    expect(held.length).toBeLessThanOrEqual(3);
  });

  test('a correction of a correction restates the execution that both stand for', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a'), correct('b', 'a', { price: 110 })] });

    expect(desk.at(2, { fills: [correct('c', 'b', { price: 120 })] }).positions.map(short)).toMatchObject([
      { cost: 1200 },
    ]);
    expect(desk.at(3, { fills: [bust('d', 'c')] }).positions.map(short)).toMatchObject([
      { quantity: 0, fills: 0 },
    ]);
  });
});

describe('the horizon', () => {
  test('an execution within the horizon can be restated, one that has left it waits for a person', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a'), told('b', { time: 1 })] });
    const young = desk.at(1 * DAYS, { fills: [correct('c', 'b', { price: 110, time: 1 * DAYS })] });
    desk.drain(2 * DAYS);
    const late = desk.at(2 * DAYS, { fills: [told('d'), bust('e', 'a')] });

    expect(young.positions.map(short)).toMatchObject([{ cost: 2100 }]);
    expect(late).toMatchObject({
      refused: ['d: TooOld', 'e: TooOld'],
      positions: [],
      late: [
        { executionId: 'd', quantity: 10n * ONE, status: 0 },
        { executionId: 'e', refersTo: 'a', status: 0 },
      ],
    });
  });

  test('a duplicate of a folded execution is known for what it is, however late and under whatever time', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a')] });
    desk.drain(30 * DAYS);
    desk.restart();

    const again = [told('a', { time: 30 * DAYS }), told('a', { time: 30 * DAYS, quantity: 11 })];
    expect(desk.at(30 * DAYS, { fills: again })).toMatchObject({
      refused: ['a: Duplicate', 'a: EconomicDifference'],
      positions: [],
    });
    expect(desk.at(30 * DAYS, { fills: [told('b', { time: 30 * DAYS })] }).positions.map(short)).toEqual([
      { quantity: 20, cost: 2000, realised: 0, fills: 2 },
    ]);
  });

  test('ids beyond what can be remembered are forgotten in the order in which they came', () => {
    const desk = new Desk({ ...OPTIONS, limits: { ...OPTIONS.limits, remembered: 2 } });
    desk.at(1, { fills: [told('a'), told('b', { time: 1 }), told('c', { time: 1 })] });
    desk.drain(5 * DAYS);
    const fills = ['a', 'b', 'c'].map((id) => told(id, { time: 5 * DAYS }));

    expect(desk.at(5 * DAYS, { fills }).refused).toEqual(['b: Duplicate', 'c: Duplicate']);
  });

  test('when memory is full the account that takes most of it folds its first to have come, and it is told', () => {
    const desk = new Desk({ ...OPTIONS, horizon: { tradingDays: 1, bytes: 10_000 } });
    desk.at(0, { fills: [told('quiet', { account: 8 })] });
    const horizons = Array.from({ length: 100 }, (_, second) =>
      desk.at(second, { fills: [told(`f${second}`, { time: second })] }),
    ).flatMap((said) => said.horizons);
    const late = [told('y', { time: 10 }), bust('x', 'f99'), bust('z', 'quiet', { account: 8 })];

    expect(desk.at(100, { fills: late })).toMatchObject({
      refused: ['y: TooOld'],
      positions: [
        { account: 7, fills: 99, quantity: 990n * ONE },
        { account: 8, fills: 0, quantity: 0n },
      ],
    });
    expect(horizons.at(-1)).toMatchObject({ account: 7, boundBy: 1 });
    expect(horizons.every(({ account, bytes }) => account === 7 && Number(bytes) < 10_000)).toBe(true);
  });

  test('9 ledger: whatever was refused, positions equal a recomputation from all that was not', () => {
    const anyFill = fc.record({
      id: fc.nat(30),
      kind: fc.constantFrom(FillKind.New, FillKind.New, FillKind.New, FillKind.Bust, FillKind.Correct),
      refersTo: fc.nat(30),
      account: fc.constantFrom(7, 7, 7, 8),
      quantity: fc.integer({ min: -5, max: 5 }).filter(Boolean),
      price: fc.integer({ min: 1, max: 9 }),
      late: fc.constantFrom(0, 0, 0, 1, 5, 20, 60, DAYS, 3 * DAYS),
      passed: fc.constantFrom(0, 1, 9, 40, 5 * HOUR),
    });
    fc.assert(
      fc.property(
        fc.array(anyFill, { maxLength: 150, size: 'max' }),
        fc.constantFrom(1_200, 1_000_000),
        (fills, bytes) => {
          const desk = new Desk({ ...OPTIONS, horizon: { tradingDays: 1, bytes } });
          const oracle = new LedgerOracle([EQ]);
          const latest = new Map<string, Position>();
          const order: Fill[] = [];
          const refused = new Set<string>();
          let now = 5 * DAYS;
          fills.forEach(({ id, kind, refersTo, late, passed, ...fill }, index) => {
            now += passed;
            // Ids are told apart by their place, so that a refusal names one message.
            const executionId = `${id}#${index}`;
            const known = order
              .filter(({ executionId: other }) => other.startsWith(`${refersTo}#`))
              .at(-1)?.executionId;
            const message = told(executionId, {
              ...fill,
              kind: known === undefined ? FillKind.New : kind,
              refersTo: kind === FillKind.New ? undefined : known,
              time: now - late,
            });
            order.push(message);
            const answer = desk.at(now, { fills: [message] });
            for (const one of answer.refused)
              if (!one.endsWith('Superseded')) refused.add(one.split(':')[0]!);
            for (const position of answer.positions) latest.set(String(position.account), position);
          });
          for (const written of desk.drain(now + 10 * DAYS))
            for (const row of written['ledger.refused_fills']!) refused.add(String(row['executionId']));
          for (const message of order)
            if (!refused.has(message.executionId)) oracle.take(message, () => true);
          expect([...latest.values()].map(withoutKnownAt).sort((a, b) => a.account - b.account)).toEqual(
            [...oracle.positions()].sort((a, b) => a.account - b.account),
          );
        },
      ),
      { numRuns: cases(80) },
    );
  });
});

describe('what is remembered', () => {
  test('a bust deep in the history of a busy position is restated from the nearest holding remembered', () => {
    const desk = new Desk();
    const fills = Array.from({ length: 300 }, (_, index) =>
      told(`f${index}`, { time: index / 100, price: index + 1 }),
    );
    desk.at(3, { fills });
    const { positions } = desk.at(4, {
      fills: [bust('x', 'f7'), told('y', { time: 1.505, quantity: -5, price: 9 })],
    });
    const oracle = new LedgerOracle([EQ]);
    for (const fill of [...fills, bust('x', 'f7'), told('y', { time: 1.505, quantity: -5, price: 9 })])
      oracle.take(fill, () => true);

    expect(positions.map(withoutKnownAt)).toEqual(oracle.positions());
  });

  test('refuses positions that do not follow from the executions saved with them', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a'), told('b')] });
    desk.run.save();
    const { saved } = desk.run;
    const withoutExecutions = {
      table: (name: string) => (name === 'executions' ? undefined : saved.table(name)),
    } as typeof saved;

    const goOn = (from: typeof saved) => () =>
      new Run([positionsWith(OPTIONS)], from, 2).bring({ now: START + 3 * SECOND, data: {} });

    expect(goOn(withoutExecutions)).toThrow(LedgerMismatchError);
    expect(goOn(saved)).not.toThrow();
  });
});
