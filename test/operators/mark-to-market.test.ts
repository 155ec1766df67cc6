import type { MarkConvention } from '../../operators/mark-to-market';
import { pnlWith } from '../../pipelines/pnl';
import { positionsWith } from '../../pipelines/positions';
import { instrumentUntold, positionUntold } from '../../schemas/untold';
import { OPTIONS, told } from '../support/ledger-desk';
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

  describe('11 missing: a symbol that is used again', () => {
    const NEXT = START + 3;
    test.each`
      case                                     | position                                            | found
      ${'the old contract, at the new mark'}   | ${held(10, 900, { markedUntil: NEXT })}             | ${'OtherContract'}
      ${'the old contract, never marked more'} | ${held(10, 900, { markedFrom: 1, markedUntil: 1 })} | ${'OtherContract'}
      ${'the old contract, at its own mark'}   | ${held(10, 900, { markedUntil: START + 6 })}        | ${'None'}
      ${'the new contract, at the old mark'}   | ${held(10, 900, { markedFrom: START + 6 })}         | ${'OtherContract'}
      ${'the new contract, at its own mark'}   | ${held(10, 900, { markedFrom: START + 5 })}         | ${'None'}
    `('values $case: $found', ({ position, found }) => {
      const isOther = found === 'OtherContract';
      expect(valued(position, [marked(99, 101)])).toMatchObject({
        reason: found,
        status: isOther ? 'Unpriced' : 'Priced',
        quality: isOther ? 'Missing' : expect.anything(),
        marketValue: isOther ? Number.NaN : 1_000,
        totalPnl: isOther ? Number.NaN : 105,
      });
    });

    test('has no value of the old contract once its terms are others, without a fill or a mark in between', () => {
      const META: Row = {
        ...{ instrument: 1, name: 'META', currency: 'USD', multiplier: ONE, inverse: false, kind: 0 },
        ...instrumentUntold,
      };
      const run = new Run([
        positionsWith(OPTIONS),
        pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
      ]);
      const bought = told('a', { quantity: 10, price: 14 });
      const at = (now: number, data: Readonly<Record<string, readonly Row[]>>): readonly Row[] =>
        run.bring({ now, data })['risk.pnl']!;
      const quote = { instrument: 1, bid: 15, ask: 15, price: 15, state: Priced, quality: 1, reason: 0 };
      const told1 = at(bought.time, {
        'reference.instruments': [META],
        'ledger.fills': [bought as unknown as Row],
        'market.marks': [{ ...quote, time: bought.time }],
      });
      const next = bought.time + 1_000;
      const euro = { ...META, currency: 'EUR', multiplier: 100n * ONE, validFrom: next };
      const listed = at(next - 1, { 'reference.instruments': [euro] });
      const again = at(next, { 'market.marks': [{ ...quote, time: next }] });

      expect(
        [told1, listed, again].map(([row]) => [row!['status'], row!['totalPnl'], row!['reason']]),
      ).toEqual([
        ['Priced', 10, 'None'],
        ['Priced', 10, 'None'],
        ['Unpriced', Number.NaN, 'OtherContract'],
      ]);
    });
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
