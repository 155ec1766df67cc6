import type { MarkConvention } from '../../operators/mark-to-market';
import { pnlWith } from '../../pipelines/pnl';
import { positionUntold } from '../../schemas/untold';
import { type Row, Run } from '../support/run';

const ONE = 10n ** 9n;
const START = 1_700_000_000_000_000;
const Missing = 0;
const Priced = 1;
const Stale = 2;

const held = (quantity: number, cost: number, terms: Row = {}): Row => ({
  account: 7,
  instrument: 1,
  currency: 'USD',
  multiplier: ONE,
  inverse: false,
  quantity: BigInt(quantity) * ONE,
  cost: BigInt(cost) * ONE * ONE,
  realisedPnl: 5n * ONE * ONE,
  fees: 0n,
  ...positionUntold,
  bought: 0n,
  sold: 0n,
  fills: 1,
  time: START,
  ...terms,
});
const marked = (bid: number, ask: number, state = Priced): Row => ({
  instrument: 1,
  bid,
  ask,
  price: (bid + ask) / 2,
  state,
  time: START + 5,
});
const NONE = marked(Number.NaN, Number.NaN, Missing);

function valued(position: Row, marks: readonly Row[], convention: MarkConvention = 'mid'): Row {
  const run = new Run([pnlWith({ everyMicros: 0, convention, baseCurrency: 'USD' })]);
  const written = run.bring({ now: START, data: { 'market.marks': marks, 'ledger.positions': [position] } });
  return written['risk.pnl']![0]!;
}

describe('markToMarket', () => {
  test.each`
    case                                | position                                       | mark                    | convention        | price    | marketValue | unrealisedPnl
    ${'long'}                           | ${held(100, 9_900)}                            | ${marked(100, 102)}     | ${'mid'}          | ${101}   | ${10_100}   | ${200}
    ${'short'}                          | ${held(-100, -9_900)}                          | ${marked(100, 102)}     | ${'mid'}          | ${101}   | ${-10_100}  | ${-200}
    ${'long at the bid'}                | ${held(100, 9_900)}                            | ${marked(100, 102)}     | ${'closing-side'} | ${100}   | ${10_000}   | ${100}
    ${'short at the ask'}               | ${held(-100, -9_900)}                          | ${marked(100, 102)}     | ${'closing-side'} | ${102}   | ${-10_200}  | ${-300}
    ${'a contract of fifty'}            | ${held(2, 400_000, { multiplier: 50n * ONE })} | ${marked(4_000, 4_002)} | ${'mid'}          | ${4_001} | ${400_100}  | ${100}
    ${'what was free is not worthless'} | ${held(100, 0)}                                | ${marked(1, 3)}         | ${'mid'}          | ${2}     | ${200}      | ${200}
    ${'worth less than nothing'}        | ${held(1, 10)}                                 | ${marked(-38, -36)}     | ${'mid'}          | ${-37}   | ${-37}      | ${-47}
    ${'a price of zero is a price'}     | ${held(100, 9_900)}                            | ${marked(0, 0)}         | ${'mid'}          | ${0}     | ${0}        | ${-9_900}
  `('$case', ({ position, mark, convention, price, marketValue, unrealisedPnl }) => {
    expect(valued(position, [mark], convention)).toMatchObject({
      price,
      marketValue,
      unrealisedPnl,
      realisedPnl: 5,
      status: 'Priced',
      time: START + 5,
    });
  });

  test('an inverse contract gains contracts times (1/entry − 1/exit)', () => {
    // Ten contracts of 100 dollars, bought at 50,000: the cost of each is −100/50,000 coins.
    const position = { ...held(10, 0), multiplier: 100n * ONE, inverse: true, cost: -20n * 10n ** 15n };

    expect(valued(position, [marked(62_500, 62_500)])['unrealisedPnl']).toBeCloseTo(
      1_000 / 50_000 - 1_000 / 62_500,
      15,
    );
    expect(valued(position, [marked(0, 0)])).toMatchObject({ status: 'Unpriced', marketValue: Number.NaN });
  });

  test.each`
    case                   | marks                       | status        | marketValue
    ${'has never quoted'}  | ${[]}                       | ${'Unpriced'} | ${Number.NaN}
    ${'has no mark'}       | ${[NONE]}                   | ${'Unpriced'} | ${Number.NaN}
    ${'has lost its mark'} | ${[marked(99, 101), NONE]}  | ${'Unpriced'} | ${Number.NaN}
    ${'has gone stale'}    | ${[marked(99, 101, Stale)]} | ${'Stale'}    | ${1_000}
    ${'has a mark'}        | ${[marked(99, 101)]}        | ${'Priced'}   | ${1_000}
  `('11 missing: a position whose instrument $case is $status', ({ marks, status, marketValue }) => {
    expect(valued(held(10, 900), marks)).toMatchObject({ status, marketValue });
  });

  test('11 missing: a flat position is worth nothing, and needs no price for that', () => {
    expect(valued(held(0, 0), [])).toMatchObject({
      status: 'Priced',
      price: Number.NaN,
      marketValue: 0,
      unrealisedPnl: 0,
      time: START,
    });
  });
});
