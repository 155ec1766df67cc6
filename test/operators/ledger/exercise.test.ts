/** Options exercised and assigned: one event, both legs. Contracts of 100 on EQ at a strike of 50, bought or sold at 2. */
import { FillKind } from '../../../schemas/ledger';
import {
  ExerciseStyle,
  type Instrument,
  InstrumentKind,
  OptionRight,
  SettlementKind,
} from '../../../schemas/reference';
import {
  bust,
  correct,
  DAY,
  Desk,
  decided,
  EQ,
  ONE,
  OPTIONS,
  SECOND,
  short,
  type Told,
  told,
} from '../../support/ledger-desk';

const option = (instrument: number, more: Partial<Instrument> = {}): Instrument => ({
  ...EQ,
  ...{ instrument, name: `option ${instrument}`, kind: InstrumentKind.Option, multiplier: 100n * ONE },
  ...{ underlying: 1, strike: 50n * ONE, right: OptionRight.Call, exercise: ExerciseStyle.American },
  settlement: SettlementKind.Physical,
  ...more,
});
const [CALL, PUT, CASH_CALL, CASH_PUT, FUTURE, ON_FUTURE, VAGUE, ODD] = [10, 11, 12, 13, 14, 15, 16, 17];
const LISTED = [
  option(CALL),
  option(PUT, { right: OptionRight.Put }),
  option(CASH_CALL, { settlement: SettlementKind.Cash }),
  option(CASH_PUT, { settlement: SettlementKind.Cash, right: OptionRight.Put }),
  { ...EQ, instrument: FUTURE, name: 'FUTURE', kind: InstrumentKind.Future, multiplier: 50n * ONE },
  option(ON_FUTURE, { underlying: FUTURE, multiplier: 50n * ONE, strike: 4000n * ONE }),
  option(VAGUE, { settlement: SettlementKind.None }),
  option(ODD, { underlying: FUTURE, multiplier: 1n }),
];
const options = { ...OPTIONS, limits: { ...OPTIONS.limits, positions: 20 } };
const desk = (): Desk => {
  const one = new Desk(options);
  one.at(0, { instruments: LISTED });
  return one;
};
/** What positions stand at, by instrument, after all that was said. */
class Book {
  readonly desk = desk();
  private readonly held = new Map<number, ReturnType<typeof short>>();

  at(seconds: number, ...fills: ReturnType<typeof told>[]) {
    const said = this.desk.at(seconds, { fills });
    for (const position of said.positions) this.held.set(position.instrument, short(position));
    return said;
  }

  of(instrument: number): string | undefined {
    const held = this.held.get(instrument);
    return held && `${held.quantity} for ${held.cost}, made ${held.realised}`;
  }
}
const exercise = (id: string, instrument: number, quantity: number, more: Told = {}) =>
  told(id, { kind: FillKind.Exercise, instrument, quantity, price: 0, time: 60, ...more });
const assignment = (id: string, instrument: number, quantity: number, more: Told = {}) =>
  exercise(id, instrument, quantity, { kind: FillKind.Assignment, ...more });

describe.each([
  ['a long call', CALL, 10, exercise, '6 for 1200, made -800', '400 for 20000, made 0'],
  ['a short call', CALL, -10, assignment, '-6 for -1200, made 800', '-400 for -20000, made 0'],
  ['a long put', PUT, 10, exercise, '6 for 1200, made -800', '-400 for -20000, made 0'],
  ['a short put', PUT, -10, assignment, '-6 for -1200, made 800', '400 for 20000, made 0'],
] as const)('%s of which four of ten contracts end physically', (_, instrument, quantity, event, left, delivered) => {
  const trade = told('T', { instrument, quantity, price: 2 });

  test('closes them at nothing, and the underlying opens at the strike', () => {
    const book = new Book();
    book.at(1, trade);
    expect(book.at(61, event('X', instrument, 4)).refused).toEqual([]);
    expect([book.of(instrument), book.of(1)]).toEqual([left, delivered]);
  });

  test('in any order, and after a restart', () => {
    const book = new Book();
    book.at(61, event('X', instrument, 4));
    book.desk.restart();
    book.at(62, trade);
    expect([book.of(instrument), book.of(1)]).toEqual([left, delivered]);
  });

  test('a correction restates both legs, a bust takes both back', () => {
    const book = new Book();
    book.at(1, trade);
    book.at(71, correct('C', 'X', { instrument, quantity: 10, price: 0, time: 70 }));
    book.at(72, event('X', instrument, 4));
    const whole = quantity > 0 ? '0 for 0, made -2000' : '0 for 0, made 2000';
    expect(book.of(instrument)).toBe(whole);
    expect(book.of(1)).toBe(delivered.replace('400', '1000').replace('20000', '50000'));
    book.desk.restart();
    expect(book.at(80, bust('B', 'X', { instrument, time: 80 })).refused).toEqual([]);
    expect(book.of(instrument)).toBe(`${quantity} for ${quantity * 200}, made 0`);
    expect(book.of(1)).toBe('0 for 0, made 0');
  });
});

test('what is delivered closes what is held of the underlying first', () => {
  const book = new Book();
  book.at(
    1,
    told('S', { quantity: 100, price: 40 }),
    told('T', { instrument: CALL, quantity: -1, price: 2 }),
  );
  book.at(61, assignment('X', CALL, 1));
  expect([book.of(CALL), book.of(1)]).toEqual(['0 for 0, made 200', '0 for 0, made 1000']);
});

test.each([
  ['a long call in the money', CASH_CALL, 10, exercise, 57, '6 for 1200, made 2000'],
  ['a long call out of the money', CASH_CALL, 10, exercise, 45, '6 for 1200, made -800'],
  ['a short call', CASH_CALL, -10, assignment, 57, '-6 for -1200, made -2000'],
  ['a long put', CASH_PUT, 10, exercise, 44, '6 for 1200, made 1600'],
  ['a short put', CASH_PUT, -10, assignment, 44, '-6 for -1200, made -1600'],
] as const)('%s is settled in cash, at the price of the underlying', (_, instrument, quantity, event, price, says) => {
  const book = new Book();
  book.at(1, told('T', { instrument, quantity, price: 2 }));
  book.at(61, event('X', instrument, 4, { price }));
  expect([book.of(instrument), book.of(1)]).toEqual([says, undefined]);
});

test('the price of a cash settlement is corrected as it was told: that of the underlying', () => {
  const book = new Book();
  book.at(1, told('T', { instrument: CASH_CALL, price: 2 }));
  book.at(61, exercise('X', CASH_CALL, 4, { price: 57 }));
  book.at(70, correct('C', 'X', { instrument: CASH_CALL, quantity: 4, price: 58, time: 70 }));
  expect(book.of(CASH_CALL)).toBe('6 for 1200, made 2400');
});

test('an option on a future delivers futures, one for one where their multipliers are the same', () => {
  const book = new Book();
  book.at(1, told('T', { instrument: ON_FUTURE, quantity: 3, price: 10 }));
  book.at(61, exercise('X', ON_FUTURE, 3));
  expect([book.of(ON_FUTURE), book.of(FUTURE)]).toEqual(['0 for 0, made -1500', '3 for 600000, made 0']);
});

test('a fee is paid once, by the option', () => {
  const book = new Book();
  book.at(1, told('T', { instrument: CALL, price: 2 }));
  book.at(61, exercise('X', CALL, 4, { fee: 5n * ONE * ONE }));
  expect([book.of(CALL), book.of(1)]).toEqual(['6 for 1200, made -805', '400 for 20000, made 0']);
});

test('it is known by its id like any execution', () => {
  const book = new Book();
  book.at(61, exercise('X', CALL, 4));
  expect(book.at(62, exercise('X', CALL, 4)).refused).toEqual(['X: Duplicate']);
  expect(book.at(63, exercise('X', CALL, 5)).refused).toEqual(['X: EconomicDifference']);
  expect(book.of(1)).toBe('400 for 20000, made 0');
});

test.each([
  ['of a share', exercise('X', 1, 4), 'NotExercisable', /is no option/],
  ['whose settlement nobody told', exercise('X', VAGUE, 4), 'NotExercisable', /in cash or physical/],
  ['of less of a future than can be said', exercise('X', ODD, 1), 'NotExercisable', /finer than/],
  ['of fewer contracts than none', exercise('X', CALL, -4), 'NotExercisable', /never below zero/],
  ['of nothing', exercise('X', CALL, 0), 'ZeroQuantity', /nothing/],
  ['told as its delivery', exercise('X', 1, 4, { kind: FillKind.Delivery }), 'NotExercisable', /send that/],
])('an exercise %s is refused whole', (_, fill, reason, says) => {
  const said = desk().at(61, { fills: [fill] });
  expect(said).toMatchObject({ refused: [`X: ${reason}`], positions: [] });
  expect(said.details[0]).toMatch(says);
});

test('a delivery is restated by its exercise alone', () => {
  const book = new Book();
  book.at(61, exercise('X', CALL, 4));
  expect(book.at(62, bust('B', 'X/delivery', { time: 62 })).refused).toEqual(['B: NotExercisable']);
  expect(book.of(1)).toBe('400 for 20000, made 0');
});

test('one that comes too late waits for a person, who books both legs', () => {
  const book = new Book();
  book.at(1, told('T', { instrument: CALL, price: 2 }));
  const days = (count: number): number => (count * DAY) / SECOND;
  for (const step of book.desk.drain(days(5))) expect(step).toBeDefined();
  const late = exercise('X', CALL, 4, { time: 0 });
  expect(book.at(days(5), late).refused).toEqual(['X: TooOld']);
  const said = book.desk.at(days(5) + 1, { decisions: [decided(late, { time: days(5) + 1 })] });
  expect(
    said.positions.map(({ instrument, ...row }) => [instrument, short({ instrument, ...row }).quantity]),
  ).toEqual([
    [1, 400],
    [CALL, 6],
  ]);
});
