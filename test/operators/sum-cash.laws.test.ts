import fc from 'fast-check';
import { cash } from '../../pipelines/cash';
import { positionsWith } from '../../pipelines/positions';
import type { Fill } from '../../schemas/ledger';
import { type Instrument, InstrumentKind } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import { anyFill } from '../support/any-fill';
import { cashOf } from '../support/cash-oracle';
import { obeysLaws } from '../support/laws';
import { LedgerOracle } from '../support/ledger-oracle';
import { type Row, removal } from '../support/run';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const listed = (instrument: number, terms: Partial<Instrument>): Instrument => ({
  ...{ instrument, name: `I${instrument}`, currency: 'USD', multiplier: 10n ** 9n, inverse: false },
  kind: InstrumentKind.Equity,
  ...instrumentUntold,
  ...terms,
});
const INSTRUMENTS = [
  listed(1, { base: 'ABC', kind: InstrumentKind.Crypto }),
  listed(2, { multiplier: 333_333_333n, currency: 'EUR', kind: InstrumentKind.Option }),
  listed(3, { inverse: true, currency: 'BTC', multiplier: 100n * 10n ** 9n, kind: InstrumentKind.Perpetual }),
];
/** Later it is said that what is paid in full is a future after all. */
const MENDED = { ...INSTRUMENTS[1]!, kind: InstrumentKind.Future };

describe('sumCash', () => {
  obeysLaws({
    pipelines: [
      positionsWith({
        horizon: { tradingDays: 10, bytes: 1e6 },
        limits: { patienceMicros: DAY, waiting: 100, aheadMicros: DAY, positions: 100, remembered: 1000 },
      }),
      cash,
    ],
    start: 10 * SECOND,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND),
      data: fc.record({
        'reference.instruments': fc
          .subarray([...INSTRUMENTS, MENDED])
          .map((rows) => rows as unknown as readonly Row[]),
        'ledger.fills': fc.array(anyFill, { maxLength: 5 }).map((rows) => rows as unknown as readonly Row[]),
      }),
    }),
    oracle: (history) => {
      const oracle = new LedgerOracle(INSTRUMENTS);
      const kinds = new Map<number, number>();
      for (const { data } of history) {
        for (const { instrument, kind } of (data['reference.instruments'] ?? []) as unknown as Instrument[])
          kinds.set(instrument, kind);
        for (const fill of (data['ledger.fills'] ?? []) as unknown as readonly Fill[])
          oracle.take(fill, (instrument) => kinds.has(instrument));
      }
      const byDifference = [InstrumentKind.Future, InstrumentKind.Perpetual] as readonly unknown[];
      const balances = cashOf(oracle, INSTRUMENTS, (one) => byDifference.includes(kinds.get(one)));
      const rows = [...balances].map(([key, amount]): [string, Row] => {
        const [account, currency] = key.split('/');
        return [key, { account: Number(account), currency, cash: amount }];
      });
      return { 'ledger.cash': new Map(rows.sort(([a], [b]) => (a < b ? -1 : 1))) };
    },
    comparable: (row, topic) => {
      if (topic !== 'ledger.cash') return row;
      const { account, currency, cash: amount } = row;
      // A balance of nothing says as much as none.
      return amount === 0n ? removal({ account, currency }) : { account, currency, cash: amount };
    },
    runs: 100,
  });
});
