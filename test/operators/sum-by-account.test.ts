import fc from 'fast-check';
import { FixedSum } from '../../operators/risk/fixed-sum';
import { pnlWith } from '../../pipelines/pnl';
import { type Row, Run } from '../support/run';

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
  private readonly run = new Run([pnlWith({ everyMicros: 0, convention: 'mid' })]);

  says(data: { positions?: readonly Row[]; marks?: readonly Row[] }): readonly Row[] {
    const { positions = [], marks = [] } = data;
    return this.run.bring({ now: START, data: { 'market.marks': marks, 'ledger.positions': positions } })[
      'risk.account_pnl'
    ]!;
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

  test('a fixed sum is the same in any order, and after whatever was added and taken back', () => {
    const anyAmount = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(anyAmount, { maxLength: 50 }),
        fc.array(anyAmount, { maxLength: 50 }),
        (kept, passing) => {
          const [forwards, backwards] = [new FixedSum(), new FixedSum()];
          for (const amount of kept) forwards.add(amount);
          for (const amount of passing) backwards.add(amount);
          for (const amount of [...kept].reverse()) backwards.add(amount);
          for (const amount of passing) backwards.subtract(amount);

          expect(backwards.value).toBe(forwards.value);
          const exact = kept.reduce((sum, amount) => sum + amount, 0);
          expect(Math.abs(forwards.value - exact)).toBeLessThan(kept.length * 2 ** -33 + 1e-3);
        },
      ),
    );
  });
});
