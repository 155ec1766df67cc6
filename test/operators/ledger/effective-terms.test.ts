/** Terms that change on a day, end, begin again, or were wrong: what a desk sees, whatever comes first. */
import { pnlWith } from '../../../pipelines/pnl';
import { positionsWith } from '../../../pipelines/positions';
import { FillKind, type Position } from '../../../schemas/ledger';
import { type Instrument, InstrumentKind } from '../../../schemas/reference';
import { bust, Desk, EQ, ONE, OPTIONS, SECOND, START, short, told } from '../../support/ledger-desk';
import { type Row, Run, removal } from '../../support/run';

const NOON = 7_200;
const at = (seconds: number): number => START + seconds * SECOND;
const from = (seconds: number, terms: Partial<Instrument>): Instrument => ({
  ...EQ,
  ...terms,
  validFrom: at(seconds),
});
const money = (position: Position) => ({ ...short(position), contract: position.contract });

test('a contract size that changes at noon: each fill counts on that of its time, also one that comes late', () => {
  const desk = new Desk();
  desk.at(1, {
    instruments: [from(NOON, { multiplier: 5n * ONE })],
    fills: [told('a', { time: 1, quantity: 1 })],
  });
  desk.at(NOON - 1, { fills: [told('b', { time: NOON - 1, quantity: -1, price: 110 })] });
  desk.at(NOON + 2, { fills: [told('c', { time: NOON + 1, quantity: 1 })] });
  desk.restart();
  const after = desk.at(NOON + 3, { fills: [told('d', { time: NOON - 2, quantity: 1, price: 90 })] });
  expect(after.refused).toEqual([]);
  // The late one is before noon: bought at 90 on the old size, between the purchase at 100 and the sale at 110.
  expect(after.positions.map(money)).toEqual([
    { quantity: 1, cost: 95, realised: 15, fills: 3, contract: 0 },
  ]);
});

test('a position says which load of reference data told its terms, and keeps saying so', () => {
  const desk = new Desk();
  const NEW = { instrument: 4 };
  desk.at(1, {
    instruments: [{ ...EQ, ...NEW, version: 3 }, from(NOON, { ...NEW, multiplier: 5n * ONE, version: 4 })],
  });
  const before = desk.at(2, { fills: [told('a', { ...NEW, time: 2, quantity: 1 })] });
  desk.at(3, { fills: [told('b', { ...NEW, time: 3, quantity: -1 })] });
  desk.restart();
  const after = desk.at(NOON + 1, { fills: [told('c', { ...NEW, time: NOON + 1 })] });
  expect([before, after].map(({ positions }) => positions.map((one) => one.referenceVersion))).toEqual([
    [3],
    [4],
  ]);
});

test('a split is an event of the position, and the terms stay: cost is what it was', () => {
  const desk = new Desk();
  desk.at(1, { fills: [told('a', { quantity: 10, price: 700 })] });
  const split = told('s', { kind: FillKind.Split, quantity: 0, price: 7, time: 2 });
  expect(desk.at(2, { fills: [split] }).positions.map(short)).toMatchObject([{ quantity: 70, cost: 7_000 }]);
});

describe('a symbol that ends at noon', () => {
  const ended = { ...EQ, validTo: at(NOON) };

  test('takes fills of before, also late, and refuses those of after by name of the time', () => {
    const desk = new Desk();
    desk.at(1, { instruments: [ended] });
    const { positions, refused, details } = desk.at(NOON + 60, {
      fills: [told('a', { time: NOON - 1 }), told('b', { time: NOON })],
    });
    expect(positions.map(short)).toMatchObject([{ quantity: 10, fills: 1 }]);
    expect(refused).toEqual(['b: UnknownInstrument']);
    expect(details).toEqual([expect.stringContaining(`had ended at ${at(NOON)} by reference.instruments`)]);
  });

  test('and is used again an hour later for something else: nothing in between, two positions that never meet', () => {
    const desk = new Desk();
    const again = from(2 * NOON, { currency: 'EUR', multiplier: 100n * ONE, kind: InstrumentKind.Option });
    desk.at(1, { instruments: [ended, again], fills: [told('a', { time: 1 })] });
    desk.restart();
    const { positions, refused } = desk.at(2 * NOON + 5, {
      fills: [
        told('b', { time: 2 * NOON - 1 }),
        told('c', { time: 2 * NOON, account: 8, price: 3 }),
        told('d', { time: NOON - 1, quantity: -10, price: 101 }),
      ],
    });
    expect(refused).toEqual(['b: UnknownInstrument']);
    expect(positions.map((one) => [one.account, one.currency, money(one)])).toEqual([
      [8, 'EUR', { quantity: 10, cost: 3_000, realised: 0, fills: 1, contract: 1 }],
      [7, 'USD', { quantity: 0, cost: 0, realised: 10, fills: 2, contract: 0 }],
    ]);
  });

  test('a bust of a fill from before its end is taken after it', () => {
    const desk = new Desk();
    desk.at(1, { instruments: [ended], fills: [told('a', { time: 1 })] });
    const { positions, refused } = desk.at(NOON + 60, { fills: [bust('x', 'a', { time: NOON + 60 })] });
    expect(refused).toEqual([]);
    expect(positions.map(short)).toMatchObject([{ quantity: 0 }]);
  });
});

test('a version that is withdrawn leaves the others', () => {
  const desk = new Desk();
  desk.at(1, { instruments: [from(NOON, { multiplier: 5n * ONE })] });
  const gone = removal({ instrument: 1, validFrom: at(NOON) }) as unknown as Instrument;
  desk.at(2, { instruments: [gone] });
  desk.restart();
  expect(desk.at(3, { fills: [told('a', { time: 3 })] }).refused).toEqual([]);
});

test('a multiplier that was wrong from the beginning: a version before the first fill, and the fills again', () => {
  const desk = new Desk();
  desk.at(1, { fills: [told('a', { time: 1, quantity: 2 })] });
  desk.at(2, { instruments: [from(0, { multiplier: 50n * ONE })] });
  const { positions, refused } = desk.at(4, {
    fills: [bust('x', 'a', { time: 3 }), told('a again', { time: 1, quantity: 2 })],
  });
  expect(refused).toEqual([]);
  expect(positions.map(money)).toEqual([
    { quantity: 0, cost: 0, realised: 0, fills: 0, contract: 0 },
    { quantity: 2, cost: 10_000, realised: 0, fills: 1, contract: 1 },
  ]);
});

test('in one task new terms reach the ledger and the value of what it holds in the same step', () => {
  const run = new Run([
    positionsWith(OPTIONS),
    pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
  ]);
  const mark = {
    instrument: 1,
    bid: 101,
    ask: 101,
    price: 101,
    state: 1,
    quality: 1,
    reason: 0,
    time: at(1),
  };
  const bring = (seconds: number, data: Record<string, readonly object[]>) =>
    run.bring({ now: at(seconds), data: data as Record<string, readonly Row[]> });
  bring(0, { 'reference.instruments': [EQ] });
  const held = bring(1, { 'ledger.fills': [told('a', { time: 1 })], 'market.marks': [mark] });
  expect(held['risk.pnl']).toMatchObject([{ status: 'Priced', totalPnl: 10 }]);
  // From before the mark on it is another contract: what the mark values is not what is held.
  const other = bring(2, { 'reference.instruments': [from(0, { multiplier: 5n * ONE, currency: 'EUR' })] });
  expect(other['ledger.positions']).toMatchObject([{ contract: 0, markedUntil: at(0) }]);
  expect(other['risk.pnl']).toMatchObject([{ status: 'Unpriced', reason: 'OtherContract' }]);
  expect(other['risk.account_totals']).toMatchObject([{ totalPnl: Number.NaN, unpriced: 1 }]);
});
