import fc from 'fast-check';
import { positionsWith } from '../../pipelines/positions';
import { type Fill, type FillRefusal, fillRefusalNames } from '../../schemas/ledger';
import { type Instrument, InstrumentKind } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
import { anyFill } from '../support/any-fill';
import { type Outcome, obeysLaws } from '../support/laws';
import { LedgerOracle } from '../support/ledger-oracle';
import { type History, latestBy, type Row } from '../support/run';

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const listed = (instrument: number, terms: Partial<Instrument>): Instrument => ({
  instrument,
  name: `I${instrument}`,
  currency: 'USD',
  multiplier: 10n ** 9n,
  inverse: false,
  kind: InstrumentKind.Future,
  ...instrumentUntold,
  ...terms,
});
const INSTRUMENTS = [
  listed(1, { base: 'ABC' }),
  listed(2, { multiplier: 333_333_333n, currency: 'EUR' }),
  listed(3, { inverse: true, currency: 'BTC', multiplier: 100n * 10n ** 9n }),
];

function play(history: History): { readonly oracle: LedgerOracle; readonly fills: readonly Fill[] } {
  const oracle = new LedgerOracle(INSTRUMENTS);
  const known = new Set<unknown>();
  const fills: Fill[] = [];
  for (const { data } of history) {
    for (const { instrument } of data['reference.instruments'] ?? []) known.add(instrument);
    for (const fill of (data['ledger.fills'] ?? []) as unknown as readonly Fill[]) {
      fills.push(fill);
      oracle.take(fill, (instrument) => known.has(instrument));
    }
  }
  return { oracle, fills };
}

function recomputed(history: History): Outcome {
  const { oracle } = play(history);
  const refused = oracle.told
    .filter(({ verdict }) => verdict !== 'applied')
    .map(({ fill, verdict }) => ({ executionId: fill.executionId, account: fill.account, reason: verdict }));
  const positions = latestBy(oracle.positions() as unknown as readonly Row[], [
    'account',
    'instrument',
    'contract',
  ]);
  return { 'ledger.positions': positions, 'ledger.refused_fills': byId(refused) };
}

const without = (row: Row, field: string): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== field));

const byId = (rows: readonly { readonly executionId: string }[]): readonly Row[] =>
  rows
    .map((row, index) => ({ row, index }))
    .sort((a, b) =>
      a.row.executionId < b.row.executionId
        ? -1
        : a.row.executionId > b.row.executionId
          ? 1
          : a.index - b.index,
    )
    .map(({ row }) => row);

describe('applyFills', () => {
  obeysLaws({
    pipelines: [
      positionsWith({
        horizon: { tradingDays: 10, bytes: 1e6 },
        limits: { patienceMicros: DAY, waiting: 100, aheadMicros: DAY, positions: 100, remembered: 1000 },
      }),
    ],
    start: 10 * SECOND,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND),
      data: fc.record({
        'reference.instruments': fc.subarray(INSTRUMENTS).map((rows) => rows as unknown as readonly Row[]),
        'ledger.fills': fc.array(anyFill, { maxLength: 5 }).map((rows) => rows as unknown as readonly Row[]),
      }),
    }),
    oracle: recomputed,
    comparable: (row, topic) =>
      topic === 'ledger.refused_fills'
        ? {
            executionId: row['executionId'],
            account: row['account'],
            reason: fillRefusalNames[row['reason'] as FillRefusal],
          }
        : without(row, 'knownAt'),
    runs: 200,
  });
});
