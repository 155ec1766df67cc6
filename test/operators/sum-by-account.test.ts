import fc from 'fast-check';
import { pnlWith } from '../../pipelines/pnl';
import { Reason } from '../../schemas/market';
import { positionUntold } from '../../schemas/untold';
import { type Row, Run } from '../support/run';
import { SavedTables } from '../support/saved-tables';

const ONE = 10n ** 9n;
const START = 1_700_000_000_000_000;

const held = (account: number, instrument: number, currency: string, realisedPnl = 0n): Row => ({
  account,
  instrument,
  currency,
  multiplier: ONE,
  inverse: false,
  quantity: 10n * ONE,
  cost: 1_000n * ONE * ONE,
  realisedPnl,
  fees: 0n,
  ...positionUntold,
  bought: 0n,
  sold: 0n,
  fills: 1,
  time: START,
});
const marked = (instrument: number, price: number, state = 1): Row => ({
  instrument,
  bid: price,
  ask: price,
  price,
  state,
  time: START,
});

class Desk {
  private readonly run: Run;

  constructor(saved = new SavedTables(), firstStep = 0) {
    this.run = new Run(
      [pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' })],
      saved,
      firstStep,
    );
  }

  /** What a restart makes of it. */
  restored(): Desk {
    this.run.save();
    return new Desk(this.run.saved, 1_000);
  }

  says(data: { positions?: readonly Row[]; marks?: readonly Row[]; fees?: readonly Row[] }): readonly Row[] {
    const { positions = [], marks = [], fees = [] } = data;
    return this.run.bring({
      now: START,
      data: { 'market.marks': marks, 'ledger.positions': positions, 'ledger.foreign_fees': fees },
    })['risk.account_pnl']!;
  }
}

describe('sumByAccount', () => {
  test('sums positions by account and currency', () => {
    const rows = new Desk().says({
      marks: [marked(1, 101), marked(2, 90), marked(3, 100)],
      positions: [held(7, 1, 'USD'), held(7, 2, 'USD'), held(7, 3, 'EUR'), held(8, 1, 'USD')],
    });

    expect(rows).toMatchObject([
      { account: 7, currency: 'USD', unrealisedPnl: -90, marketValue: 1_910, positions: 2 },
      { account: 7, currency: 'EUR', unrealisedPnl: 0, marketValue: 1_000, positions: 1 },
      { account: 8, currency: 'USD', unrealisedPnl: 10, marketValue: 1_010, positions: 1 },
    ]);
  });

  test('a sum that has no room in its digits is said by name, and stops nothing', () => {
    const large = 10n ** 38n - 1n;
    const desk = new Desk();
    const rows = desk.says({ positions: [held(7, 1, 'USD', large), held(7, 2, 'USD', large)] });
    expect(rows).toMatchObject([{ realisedPnl: large, reason: Reason.OutOfRange, knownPnl: 2e20 }]);
    const after = desk.restored().says({ positions: [held(7, 2, 'USD', -large)] });
    expect(after).toMatchObject([{ realisedPnl: 0n, reason: Reason.PartsUnknown }]);
  });

  test('realised P&L is summed to the last digit, where doubles would lose it', () => {
    const large = 10n ** 37n;
    const rows = new Desk().says({
      positions: [held(7, 1, 'USD', large), held(7, 2, 'USD', 1n), held(7, 3, 'USD', -large)],
    });

    expect(rows).toMatchObject([{ realisedPnl: 1n }]);
  });

  test('11 missing: what is unpriced is counted and left out of the sums, never taken for zero', () => {
    const desk = new Desk();
    const first = desk.says({ positions: [held(7, 1, 'USD'), held(7, 2, 'USD')], marks: [marked(1, 101)] });
    const then = desk.says({ marks: [marked(2, 99, 2)] });
    const lost = desk.says({ marks: [marked(1, Number.NaN, 0)] });

    expect(first).toMatchObject([
      { unrealisedPnl: 10, marketValue: 1_010, positions: 2, unpriced: 1, stale: 0 },
    ]);
    expect(then).toMatchObject([
      { unrealisedPnl: 0, marketValue: 2_000, positions: 2, unpriced: 0, stale: 1 },
    ]);
    expect(lost).toMatchObject([
      { unrealisedPnl: -10, marketValue: 990, positions: 2, unpriced: 1, stale: 1 },
    ]);
  });

  test('11 missing: while something is unpriced the total is unknown, and what is known of it stands beside it', () => {
    const desk = new Desk();
    const positions = [held(7, 1, 'USD', ONE * ONE), held(7, 2, 'USD')];
    const partly = desk.says({ positions, marks: [marked(1, 101)] });
    const wholly = desk.says({ marks: [marked(2, 100)] });

    expect(partly).toMatchObject([{ totalPnl: Number.NaN, knownPnl: 11, reason: 19, unpriced: 1 }]);
    expect(wholly).toMatchObject([{ totalPnl: 11, knownPnl: 11, reason: 0, knownAt: START }]);
  });

  test('a fee in another currency than the position is P&L of the account in its own, and follows what is said of it', () => {
    const fee = (units: bigint): Row => ({
      account: 7,
      instrument: 1,
      currency: 'BNB',
      fees: units * ONE * ONE,
      time: START,
      knownAt: START,
    });
    const desk = new Desk();
    const paid = desk.says({ positions: [held(7, 1, 'USD')], fees: [fee(25n)] });
    const mended = desk.restored().says({ fees: [fee(5n)] });

    expect(paid).toMatchObject([
      { currency: 'USD', positions: 1 },
      { currency: 'BNB', positions: 0, realisedPnl: -25n * ONE * ONE, fees: 25, totalPnl: -25 },
    ]);
    expect(mended).toMatchObject([{ currency: 'BNB', realisedPnl: -5n * ONE * ONE, fees: 5 }]);
  });

  test('two contracts of one instrument are two holdings, each in its own currency', () => {
    const rows = new Desk().says({
      marks: [marked(1, 101)],
      positions: [held(7, 1, 'USD', 3n), { ...held(7, 1, 'EUR', 4n), contract: 1 }],
    });

    expect(rows).toMatchObject([
      { currency: 'USD', realisedPnl: 3n, positions: 1 },
      { currency: 'EUR', realisedPnl: 4n, positions: 1 },
    ]);
  });

  test('a price of 10¹⁴ that is taken back leaves nothing behind', () => {
    const desk = new Desk();
    desk.says({
      positions: [held(7, 1, 'USD'), held(7, 2, 'USD')],
      marks: [marked(1, 99.9), marked(2, 0.1)],
    });
    for (const price of [1e14, 1e300, 1e308, 99.9]) desk.says({ marks: [marked(1, price)] });
    const [row] = desk.says({ marks: [marked(2, 0.3)] });
    expect(row).toMatchObject({ marketValue: 1_002, unrealisedPnl: -998 });
  });

  test('live is restored, to the last bit, whatever prices there were', () => {
    const anyPrice = fc.oneof(
      fc.constantFrom(1e-300, 2 ** -33, 0.1, 101, 1e14, 2 ** 53, 1e22, 1e300, 1.7e308, -1e308),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
    );
    const anyMarks = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), anyPrice), {
      minLength: 1,
      maxLength: 3,
    });
    fc.assert(
      fc.property(fc.array(anyMarks, { minLength: 1, maxLength: 12 }), (history) => {
        const live = new Desk();
        const positions = [1, 2, 3, 4].map((instrument) => held(7, instrument, 'USD'));
        live.says({ positions });
        for (const marks of history)
          live.says({ marks: marks.map(([instrument, price]) => marked(instrument, price)) });
        const restored = live.restored();
        expect(restored.says({ positions })).toEqual(live.says({ positions }));
      }),
    );
  });
});
