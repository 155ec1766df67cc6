/** An account's total in one currency: by pairs, inverses and crosses; unknown where there is no rate. */
import { pnlWith } from '../../pipelines/pnl';
import { InstrumentKind } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import { heldPosition } from '../support/held-position';
import { type Row, Run } from '../support/run';
import { SavedTables } from '../support/saved-tables';

const ONE = 10n ** 9n;
const START = 1_700_000_000_000_000;
const [NO_RATE, STALE_RATE, PARTS_UNKNOWN] = [17, 18, 19];

const held = (currency: string, realised: number, more: Row = {}): Row =>
  heldPosition(0, {
    account: 7,
    instrument: 1,
    currency,
    realisedPnl: BigInt(realised) * ONE * ONE,
    time: START,
    ...more,
  });
const pair = (instrument: number, name: string, currency: string): Row => ({
  instrument,
  name,
  currency,
  multiplier: ONE,
  inverse: false,
  kind: InstrumentKind.Fx,
  ...instrumentUntold,
});
const marked = (instrument: number, price: number, state = 1): Row => ({
  instrument,
  bid: price,
  ask: price,
  price,
  state,
  quality: 1,
  reason: 0,
  time: START,
});
const PAIRS = [pair(10, 'EUR/USD', 'USD'), pair(11, 'USD/JPY', 'JPY'), pair(12, 'BNB/EUR', 'EUR')];

class Desk {
  private readonly run: Run;

  constructor(saved = new SavedTables(), firstStep = 0) {
    this.run = new Run(
      [pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' })],
      saved,
      firstStep,
    );
  }

  restored(): Desk {
    this.run.save();
    return new Desk(this.run.saved, 1_000);
  }

  says({
    pairs = [],
    positions = [],
    marks = [],
    fees = [],
  }: Readonly<Record<string, readonly Row[]>>): readonly Row[] {
    const data = {
      'reference.instruments': pairs,
      'market.marks': marks,
      'ledger.positions': positions,
      'ledger.foreign_fees': fees,
    };
    return this.run.bring({ now: START, data })['risk.account_totals']!;
  }
}

const MARKS = [marked(10, 1.25), marked(11, 100), marked(12, 400)];

describe('totalInBase', () => {
  test.each`
    currency | realised | total   | by
    ${'USD'} | ${100}   | ${100}  | ${'nothing: it is the base'}
    ${'EUR'} | ${100}   | ${125}  | ${'a pair'}
    ${'JPY'} | ${1000}  | ${10}   | ${'the inverse of a pair'}
    ${'BNB'} | ${2}     | ${1000} | ${'a cross over a third currency'}
  `('$currency by $by', ({ currency, realised, total }) => {
    expect(
      new Desk().says({ pairs: PAIRS, marks: MARKS, positions: [held(currency, realised)] }),
    ).toMatchObject([
      { account: 7, currency: 'USD', totalPnl: total, knownPnl: total, reason: 0, knownAt: START },
    ]);
  });

  test('yen and dollars are summed in dollars, and move with their rate, before and after a restore', () => {
    const desk = new Desk();
    const positions = [held('USD', 100), held('JPY', 1000, { instrument: 2 })];
    const first = desk.says({ pairs: PAIRS, marks: MARKS, positions });
    const moved = desk.restored().says({ marks: [marked(11, 200)] });

    expect(first).toMatchObject([{ totalPnl: 110 }]);
    expect(moved).toMatchObject([{ totalPnl: 105 }]);
  });

  test('11 missing: without a rate the total is unknown, and what is known stands beside it', () => {
    const desk = new Desk();
    const fee = {
      account: 7,
      instrument: 1,
      currency: 'BNB',
      fees: 2n * ONE * ONE,
      time: START,
      knownAt: START,
    };
    const unknown = desk.says({ pairs: PAIRS, positions: [held('USD', 100)], fees: [fee] });
    const known = desk.says({ marks: MARKS });

    expect(unknown).toMatchObject([{ totalPnl: Number.NaN, knownPnl: 100, withoutRate: 1, reason: NO_RATE }]);
    expect(known).toMatchObject([{ totalPnl: -900, fees: 1000, withoutRate: 0 }]);
  });

  test('an account of which nothing is known makes nothing that could be told, not zero', () => {
    const desk = new Desk();
    const unknown = desk.says({ pairs: PAIRS, positions: [held('EUR', 4)] });
    const known = desk.says({ marks: MARKS });

    const none = { realisedPnl: Number.NaN, fees: Number.NaN, knownPnl: Number.NaN, totalPnl: Number.NaN };
    expect(unknown).toMatchObject([{ ...none, withoutRate: 1, reason: NO_RATE }]);
    expect(known).toMatchObject([{ realisedPnl: 5, knownPnl: 5, totalPnl: 5, withoutRate: 0 }]);
  });

  test('what has no price is unknown in every currency; what is nothing needs no rate', () => {
    const open = { quantity: ONE, cost: ONE * ONE };
    const rows = new Desk().says({
      pairs: PAIRS,
      marks: MARKS,
      positions: [held('EUR', 4, open), held('XAU', 0, { instrument: 2 })],
    });

    expect(rows).toMatchObject([
      { totalPnl: Number.NaN, knownPnl: 5, unpriced: 1, withoutRate: 0, reason: PARTS_UNKNOWN },
    ]);
  });

  test('a rate that is stale is told, and one of zero is none', () => {
    const desk = new Desk();
    const positions = [held('EUR', 100)];

    expect(desk.says({ pairs: PAIRS, marks: [marked(10, 1.25, 2)], positions })).toMatchObject([
      { totalPnl: 125, reason: STALE_RATE },
    ]);
    expect(desk.says({ marks: [marked(10, 0)] })).toMatchObject([{ totalPnl: Number.NaN, reason: NO_RATE }]);
  });

  test('the price of an option or of an inverse contract is no rate, whatever its base', () => {
    const option = { ...pair(8, 'BTC-CALL', 'USD'), kind: InstrumentKind.Option, base: 'BTC' };
    const inverse = { ...pair(9, 'XBTUSD', 'BTC'), kind: InstrumentKind.Crypto, inverse: true, base: 'USD' };
    const rows = new Desk().says({
      pairs: [option, inverse],
      marks: [marked(8, 500), marked(9, 60_000)],
      positions: [held('BTC', 2)],
    });

    expect(rows).toMatchObject([{ totalPnl: Number.NaN, reason: NO_RATE }]);
  });

  test('a tick of what is no pair of currencies concerns no total', () => {
    const desk = new Desk();
    desk.says({ pairs: PAIRS, marks: MARKS, positions: [held('EUR', 100)] });

    expect(desk.says({ marks: [marked(1, 5)] })).toEqual([]);
  });
});
