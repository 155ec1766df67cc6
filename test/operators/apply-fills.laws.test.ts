import fc from 'fast-check';
import { positionsWith } from '../../pipelines/positions';
import { type Fill, FillKind, type FillRefusal, fillRefusalNames } from '../../schemas/ledger';
import { type Instrument, InstrumentKind } from '../../schemas/reference';
import { instrumentUntold } from '../../schemas/untold';
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

const KINDS: readonly FillKind[] = [
  ...Array<FillKind>(8).fill(FillKind.New),
  ...Array<FillKind>(3).fill(FillKind.Bust),
  ...Array<FillKind>(3).fill(FillKind.Correct),
  FillKind.Transfer,
  FillKind.Split,
  FillKind.Dividend,
  FillKind.Funding,
  FillKind.Expiry,
];

// Small alphabets, so that ids, times and sides collide.
const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
const anyFill: fc.Arbitrary<Fill> = fc
  .record({
    executionId: ids,
    kind: fc.constantFrom(...KINDS),
    refersTo: fc.option(ids, { nil: undefined, freq: 9 }),
    account: fc.constantFrom(7, 8),
    instrument: fc.constantFrom(1, 1, 2, 3),
    quantity: fc.oneof(
      fc.integer({ min: -5, max: 5 }).map((units) => BigInt(units) * 10n ** 9n),
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    ),
    price: fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((points) => BigInt(points) * 10n ** 9n),
      fc.bigInt({ min: 1n, max: 10n ** 13n }),
    ),
    negative: fc.boolean(),
    fee: fc.constantFrom(0n, 5n, -(10n ** 16n), 3n * 10n ** 17n),
    feeCurrency: fc.constantFrom('USD', 'EUR', 'ABC'),
    venue: fc.constantFrom(1, 1, 1, 2),
    broker: fc.constantFrom(undefined, undefined, undefined, 'B'),
    tradingDay: fc.constantFrom(undefined, undefined, undefined, '2026-03-02'),
    refersToDay: fc.constant(undefined),
    version: fc.constantFrom(0, 0, 0, 1),
    time: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ negative, ...fill }) => ({
    ...fill,
    refersTo: fill.kind === FillKind.Bust || fill.kind === FillKind.Correct ? fill.refersTo : undefined,
    price: negative && fill.instrument === 1 ? -fill.price : fill.price,
  }));

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
