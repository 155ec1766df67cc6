import fc from 'fast-check';
import type { ApplyFillsOptions } from '../../operators/apply-fills';
import { LedgerMismatchError } from '../../operators/ledger/live-positions';
import { positionsWith } from '../../pipelines/positions';
import { type Fill, FillKind, type FillRefusal, fillRefusalNames, type Position } from '../../schemas/ledger';
import { type Instrument, InstrumentKind } from '../../schemas/reference';
import { LedgerOracle } from '../support/ledger-oracle';
import { type Row, Run } from '../support/run';

const SECOND = 1_000_000;
const START = 1_000 * SECOND;
const ONE = 10n ** 9n;
const EQ: Instrument = {
  instrument: 1,
  name: 'EQ',
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  kind: InstrumentKind.Equity,
};
const COIN: Instrument = { ...EQ, instrument: 2, name: 'COIN', inverse: true };
const OPTIONS: ApplyFillsOptions = {
  horizon: { micros: 160 * SECOND, executions: 64 },
  limits: { patienceMicros: 60 * SECOND, waiting: 2, aheadMicros: 5 * SECOND, positions: 3 },
};

type Told = Partial<Omit<Fill, 'quantity' | 'price'>> & {
  readonly quantity?: number;
  readonly price?: number;
};
const told = (executionId: string, { quantity = 10, price = 100, time = 0, ...fill }: Told = {}): Fill => ({
  executionId,
  kind: FillKind.New,
  refersTo: undefined,
  account: 7,
  instrument: 1,
  fee: 0n,
  feeCurrency: 'USD',
  venue: 1,
  ...fill,
  quantity: BigInt(quantity) * ONE,
  price: BigInt(price) * ONE,
  time: START + time * SECOND,
});
const bust = (executionId: string, refersTo: string, fill: Told = {}) =>
  told(executionId, { ...fill, kind: FillKind.Bust, refersTo });
const correct = (executionId: string, refersTo: string, fill: Told = {}) =>
  told(executionId, { ...fill, kind: FillKind.Correct, refersTo });

class Desk {
  readonly run: Run;

  constructor(options = OPTIONS) {
    this.run = new Run([positionsWith(options)]);
    this.at(0, { instruments: [EQ, COIN] });
  }

  /** What the ledger says after fills at a time, in seconds after the start. */
  at(
    seconds: number,
    { fills = [], instruments = [] }: { fills?: readonly Fill[]; instruments?: readonly Instrument[] },
  ) {
    const written = this.run.bring({
      now: START + seconds * SECOND,
      data: {
        'reference.instruments': instruments as unknown as readonly Row[],
        'ledger.fills': fills as unknown as readonly Row[],
      },
    });
    return {
      positions: written['ledger.positions'] as unknown as readonly Position[],
      refused: written['ledger.refused_fills']!.map(
        ({ executionId, reason }) => `${executionId}: ${fillRefusalNames[reason as FillRefusal]}`,
      ),
      fees: written['ledger.foreign_fees']!,
    };
  }
}

const short = ({ quantity, cost, realisedPnl, fills }: Position) => ({
  quantity: Number(quantity / ONE),
  cost: Number(cost / ONE / ONE),
  realised: Number(realisedPnl / ONE / ONE),
  fills,
});

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

  test('what waits longer than the patience is refused, at the time when that ends', () => {
    const desk = new Desk();
    desk.at(1, { fills: [bust('b', 'a')] });
    const refused = desk.run
      .drain(START + 100 * SECOND)
      .flatMap((written) => written['ledger.refused_fills']!);

    expect(refused).toMatchObject([{ executionId: 'b', detail: 'execution "a" has not come' }]);
    expect(desk.at(101, { fills: [told('a')] }).positions.map(short)).toMatchObject([{ quantity: 10 }]);
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
    rule                                          | before                                                                    | fill                                      | refused
    ${'an execution id counts once'}              | ${[told('a')]}                                                            | ${told('a', { price: 1 })}                | ${'a: Duplicate'}
    ${'a bust counts once'}                       | ${[told('a'), bust('b', 'a')]}                                            | ${bust('b', 'a')}                         | ${'b: Duplicate'}
    ${'the instrument must be known'}             | ${[]}                                                                     | ${told('a', { instrument: 9 })}           | ${'a: UnknownInstrument'}
    ${'an execution is of something'}             | ${[]}                                                                     | ${told('a', { quantity: 0 })}             | ${'a: ZeroQuantity'}
    ${'a bust says of what'}                      | ${[]}                                                                     | ${told('a', { kind: FillKind.Bust })}     | ${'a: UnknownExecution'}
    ${'a new execution refers to none'}           | ${[]}                                                                     | ${told('a', { refersTo: 'b' })}           | ${'a: UnknownExecution'}
    ${'a bust is not busted'}                     | ${[told('a'), bust('b', 'a')]}                                            | ${bust('c', 'b')}                         | ${'c: UnknownExecution'}
    ${'an execution is busted once'}              | ${[told('a'), bust('b', 'a')]}                                            | ${bust('c', 'a')}                         | ${'c: AlreadyBusted'}
    ${'a busted execution is not corrected'}      | ${[told('a'), bust('b', 'a')]}                                            | ${correct('c', 'a')}                      | ${'c: AlreadyBusted'}
    ${'a bust names the instrument'}              | ${[told('a')]}                                                            | ${bust('b', 'a', { instrument: 2 })}      | ${'b: WrongInstrument'}
    ${'the future has not happened'}              | ${[]}                                                                     | ${told('a', { time: 60 })}                | ${'a: OutOfRange'}
    ${'an inverse contract has no price of zero'} | ${[]}                                                                     | ${told('a', { instrument: 2, price: 0 })} | ${'a: OutOfRange'}
    ${'a position fits a long of scale 9'}        | ${[told('a', { quantity: 9e9 })]}                                         | ${told('b', { quantity: 1e9 })}           | ${'b: OutOfRange'}
    ${'so does one that is restated'}             | ${[told('a', { quantity: 9e9, time: 1 }), told('s', { quantity: -9e9 })]} | ${bust('b', 's', { time: 1 })}            | ${'b: none'}
    ${'a late execution must fit, too'}           | ${[told('a', { quantity: 9e9, time: 1 })]}                                | ${told('b', { quantity: 1e9 })}           | ${'b: OutOfRange'}
    ${'so must a correction'}                     | ${[told('a', { quantity: 9e9 }), told('b')]}                              | ${correct('c', 'b', { quantity: 1e9 })}   | ${'c: OutOfRange'}
    ${'positions are limited'}                    | ${[told('a'), told('b', { account: 8 }), told('c', { account: 9 })]}      | ${told('d', { account: 10 })}             | ${'d: LedgerFull'}
    ${'so is what waits'}                         | ${[bust('a', 'x'), bust('b', 'x')]}                                       | ${bust('c', 'x')}                         | ${'c: UnknownExecution'}
  `('$rule', ({ before, fill, refused }) => {
    const desk = new Desk();
    const { positions: held } = desk.at(1, { fills: before });
    const answer = desk.at(2, { fills: [fill] });

    if (String(refused).endsWith('none')) expect(answer.refused).toEqual([]);
    else expect(answer).toMatchObject({ refused: [refused], positions: [] });
    expect(held.length).toBeLessThanOrEqual(3);
  });

  test('a position keeps the contract it was opened with: a changed instrument is refused', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a')] });
    const { refused } = desk.at(2, { instruments: [{ ...EQ, multiplier: 7n * ONE }], fills: [told('b')] });

    expect(refused).toEqual(['b: InstrumentChanged']);
    expect(desk.at(3, { instruments: [EQ], fills: [told('b')] }).positions).toMatchObject([{ fills: 2 }]);
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
  test('an execution younger than the horizon can be restated, one that has left it is too old', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a'), told('b', { time: 1 })] });
    const young = desk.at(159, { fills: [correct('c', 'b', { price: 110 })] });
    desk.run.drain(START + 180 * SECOND);
    const late = desk.at(181, { fills: [told('d'), bust('e', 'a')] });
    const refused = desk.run
      .drain(START + 300 * SECOND)
      .flatMap((written) => written['ledger.refused_fills']!);

    expect(young.positions.map(short)).toMatchObject([{ cost: 2100 }]);
    expect(late).toMatchObject({ refused: ['d: TooOld'], positions: [] });
    // Whether "a" will still come or has been folded cannot be told at once.
    expect(refused).toMatchObject([
      { executionId: 'e', reason: 4, detail: expect.stringContaining('older than') },
    ]);
  });

  test('a duplicate of a folded execution is refused: it cannot count twice', () => {
    const desk = new Desk();
    desk.at(1, { fills: [told('a')] });
    desk.run.drain(START + 300 * SECOND);

    expect(desk.at(300, { fills: [told('a')] })).toMatchObject({ refused: ['a: TooOld'], positions: [] });
    expect(desk.at(301, { fills: [told('b', { time: 300 })] }).positions.map(short)).toEqual([
      { quantity: 20, cost: 2000, realised: 0, fills: 2 },
    ]);
  });

  test('at most so many executions are kept: the first to have come are folded', () => {
    const desk = new Desk();
    for (let second = 0; second < 100; second += 1)
      desk.at(second, { fills: [told(`f${second}`, { time: second })] });

    expect(desk.at(100, { fills: [bust('x', 'f99'), told('y', { time: 10 })] })).toMatchObject({
      refused: ['y: TooOld'],
      positions: [{ fills: 99, quantity: 990n * ONE }],
    });
  });

  test('9 ledger: whatever was refused, positions equal a recomputation from all that was not', () => {
    const anyFill = fc.record({
      id: fc.nat(30),
      kind: fc.constantFrom(FillKind.New, FillKind.New, FillKind.New, FillKind.Bust, FillKind.Correct),
      refersTo: fc.nat(30),
      account: fc.constantFrom(7, 7, 7, 8),
      quantity: fc.integer({ min: -5, max: 5 }).filter(Boolean),
      price: fc.integer({ min: 1, max: 9 }),
      late: fc.constantFrom(0, 0, 0, 1, 5, 20, 60, 200),
      passed: fc.constantFrom(0, 1, 9, 40),
    });
    fc.assert(
      fc.property(
        fc.array(anyFill, { maxLength: 150, size: 'max' }),
        fc.constantFrom(8, 1000),
        (fills, executions) => {
          const desk = new Desk({ ...OPTIONS, horizon: { micros: 160 * SECOND, executions } });
          const oracle = new LedgerOracle([EQ]);
          const latest = new Map<string, Position>();
          const order: Fill[] = [];
          const refused = new Set<string>();
          let now = 200;
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
            for (const one of answer.refused) refused.add(one.split(':')[0]!);
            for (const position of answer.positions) latest.set(String(position.account), position);
          });
          for (const written of desk.run.drain(START + (now + 100) * SECOND))
            for (const row of written['ledger.refused_fills']!) refused.add(String(row['executionId']));
          for (const message of order)
            if (!refused.has(message.executionId)) oracle.take(message, () => true);
          expect([...latest.values()].sort((a, b) => a.account - b.account)).toEqual(
            [...oracle.positions()].sort((a, b) => a.account - b.account),
          );
        },
      ),
      { numRuns: 80 },
    );
  });
});

describe('what is remembered', () => {
  test('a bust deep in the history of a busy position is restated from the nearest holding remembered', () => {
    const desk = new Desk({ ...OPTIONS, horizon: { micros: 1_000 * SECOND, executions: 1_000 } });
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

    expect(positions).toEqual(oracle.positions());
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
