import { FillKind } from '../../../schemas/ledger';
import {
  bust,
  correct,
  DAY,
  Desk,
  EQ,
  ONE,
  OPTIONS,
  PAIR,
  START,
  short,
  told,
} from '../../support/ledger-desk';

const BIGGER = { ...EQ, multiplier: 100n * ONE, validFrom: START + DAY };
const TOMORROW = 86_400;

describe('terms of a contract, restatements and restarts', () => {
  test('what corrects an execution on later terms is found with it after a restart', () => {
    const desk = new Desk();
    desk.at(1, { instruments: [BIGGER] });
    desk.at(TOMORROW + 1, { fills: [told('a', { time: TOMORROW + 1 })] });
    const corrected = desk.at(TOMORROW + 2, {
      fills: [correct('b', 'a', { time: TOMORROW + 2, price: 90 })],
    });
    desk.restart();
    const busted = desk.at(TOMORROW + 3, { fills: [bust('c', 'b', { time: TOMORROW + 3 })] });

    expect(corrected.positions.map(short)).toMatchObject([{ cost: 90_000 }]);
    expect(busted.positions.map(short)).toMatchObject([{ quantity: 0, cost: 0 }]);
  });

  test('a full ledger folds what was corrected on later terms', () => {
    const desk = new Desk({ ...OPTIONS, horizon: { tradingDays: 1, bytes: 600 } });
    desk.at(1, { instruments: [BIGGER] });
    const fills = ['a', 'c', 'd', 'e', 'f', 'g'].map((id, index) =>
      told(id, { time: TOMORROW + index, quantity: 1 }),
    );
    fills.splice(1, 0, correct('b', 'a', { time: TOMORROW + 2, price: 90, quantity: 1 }));
    desk.at(TOMORROW + 9, { fills });
    const { refused, positions } = desk.at(TOMORROW + 10, { fills: [told('h', { time: TOMORROW + 10 })] });

    expect(refused).toEqual([]);
    expect(positions.map(short)).toMatchObject([{ quantity: 16 }]);
  });

  test('a base that is mended does not change what was booked, before or after a restart', () => {
    const desk = new Desk();
    const fee = ONE * ONE;
    desk.at(1, { fills: [told('a', { instrument: 3, fee, feeCurrency: 'XBT' })] });
    desk.at(2, { instruments: [{ ...PAIR, base: 'XBT' }] });
    desk.at(3, { fills: [told('b', { instrument: 3 })] });
    desk.restart();
    const { positions } = desk.at(4, { fills: [told('c', { instrument: 3, quantity: 5 })] });

    expect(positions.map(short)).toMatchObject([{ quantity: 25, fills: 3 }]);
  });

  test('a fee in coins is no part of the quantity where a unit is not one coin', () => {
    const desk = new Desk();
    desk.at(1, { instruments: [{ ...PAIR, name: 'BTC-PERP', base: 'BTC', multiplier: ONE / 1000n }] });
    const { positions, fees } = desk.at(2, {
      fills: [told('a', { instrument: 3, quantity: 1000, fee: (ONE * ONE) / 2n, feeCurrency: 'BTC' })],
    });

    expect(positions.map(short)).toMatchObject([{ quantity: 1000 }]);
    expect(fees).toMatchObject([{ currency: 'BTC', fees: (ONE * ONE) / 2n }]);
  });

  test('fees in another currency that sum to more than the ledger can say are refused one by one', () => {
    const desk = new Desk();
    const fee = 9n * 10n ** 37n;
    const more = { fee, feeCurrency: 'EUR' };
    const first = desk.at(1, {
      fills: [told('a', more), told('b', more), told('c', { ...more, fee: -fee })],
    });
    const again = desk.at(2, { fills: [told('b', more), correct('d', 'a', { ...more, fee: 2n * fee })] });

    expect(first).toMatchObject({ refused: ['b: OutOfRange'], fees: [{ fees: 0n }] });
    expect(again).toMatchObject({ refused: ['d: OutOfRange'], fees: [{ fees: fee }] });
  });

  test('each who waits is told of after its patience, also where another has waited for longer', () => {
    const desk = new Desk();
    desk.at(1, { fills: [bust('b', 'a')] });
    desk.drain(100);
    desk.at(200, { fills: [bust('d', 'c')] });
    const late = desk.drain(300).flatMap((written) => written['ledger.late_fills']!);

    expect(late).toMatchObject([{ executionId: 'd', status: 1 }]);
  });

  test('a correction says what its execution may say: no split into nothing, and a split needs no quantity', () => {
    const desk = new Desk();
    desk.at(1, {
      fills: [told('a'), told('s', { kind: FillKind.Split, quantity: 0, price: 2, time: 1 })],
    });
    const nothing = desk.at(2, { fills: [correct('t', 's', { quantity: 0, price: 0, time: 1 })] });
    const three = desk.at(3, { fills: [correct('u', 's', { quantity: 0, price: 3, time: 1 })] });

    expect(nothing).toMatchObject({ refused: ['t: OutOfRange'], positions: [] });
    expect(three.positions.map(short)).toMatchObject([{ quantity: 30 }]);
  });

  test('what waited and was refused in the end is not called booked', () => {
    const desk = new Desk();
    desk.at(1, { fills: [bust('b', 'a'), correct('c', 'a')] });
    desk.drain(100);
    const { late, refused } = desk.at(200, { fills: [told('a')] });

    expect(refused).toEqual(['c: AlreadyBusted']);
    expect(late).toMatchObject([
      { executionId: 'b', status: 2 },
      { executionId: 'c', status: 0 },
    ]);
  });
});
