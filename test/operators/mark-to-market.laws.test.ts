import fc from 'fast-check';
import { pnlWith } from '../../pipelines/pnl';
import type { Position } from '../../schemas/ledger';
import { positionUntold } from '../../schemas/untold';
import { type Outcome, obeysLaws } from '../support/laws';
import { type History, latestBy, type Row } from '../support/run';

const SECOND = 1_000_000;
const START = 100 * SECOND;
const ONE = 10n ** 9n;
/** What an instrument is does not change; only the third is inverse. */
const TERMS = [
  { instrument: 1, currency: 'USD', multiplier: ONE, inverse: false },
  { instrument: 2, currency: 'EUR', multiplier: 50n * ONE, inverse: false },
  { instrument: 3, currency: 'USD', multiplier: 100n * ONE, inverse: true },
];
const QUALITIES = ['Missing', 'Good', 'OneSided', 'Wide', 'Stale'];
const REASONS: Readonly<Record<number, string>> = { 0: 'None', 5: 'StaleBid', 10: 'WideSpread' };
const reasons = { None: 0, PartsUnknown: 19 };
const time = fc.integer({ min: 0, max: 9 }).map((seconds) => START + seconds * SECOND);
// Small whole numbers, so that doubles are exact in whatever order they are summed.
const whole = fc.integer({ min: -3, max: 3 });

const anyPosition: fc.Arbitrary<Row> = fc
  .record({
    account: fc.constantFrom(7, 8),
    terms: fc.constantFrom(...TERMS),
    quantity: whole,
    cost: whole,
    realised: whole,
    fees: fc.nat(2),
    contract: fc.constantFrom(0, 0, 1),
    marked: fc.constantFrom([0, 0], [0, 0], [0, START + 5 * SECOND], [START + 5 * SECOND, 0], [1, 1]),
    time,
  })
  .map(({ account, terms, quantity, cost, realised, fees, contract, marked, time }) => ({
    account,
    ...terms,
    quantity: BigInt(quantity) * ONE,
    cost: quantity === 0 ? 0n : BigInt(cost) * ONE * ONE,
    realisedPnl: BigInt(realised) * ONE * ONE,
    ...positionUntold,
    contract: terms.instrument === 2 ? contract : 0,
    markedFrom: marked[0],
    markedUntil: marked[1],
    fees: BigInt(fees) * ONE * ONE,
    bought: 0n,
    sold: 0n,
    fills: 1,
    time,
  }));
const anyMark: fc.Arbitrary<Row> = fc
  .record({
    instrument: fc.constantFrom(1, 2, 3),
    bid: whole,
    wide: fc.nat(2),
    state: fc.constantFrom(0, 1, 1, 2),
    quality: fc.constantFrom(1, 2, 3, 4),
    reason: fc.constantFrom(0, 5, 10),
    time,
  })
  .map(({ instrument, bid, wide, state, quality, reason, time }) =>
    state === 0
      ? { instrument, bid: Number.NaN, ask: Number.NaN, price: Number.NaN, state, quality: 0, reason, time }
      : { instrument, bid, ask: bid + wide, price: bid + wide / 2, state, quality, reason, time },
  );

const anyFee: fc.Arbitrary<Row> = fc.record({
  account: fc.constantFrom(7, 9),
  instrument: fc.constantFrom(1, 2),
  currency: fc.constantFrom('EUR', 'BNB'),
  fees: whole.map((units) => BigInt(units) * ONE * ONE),
  time,
  knownAt: fc.constant(START),
});

describe.each([
  { everyMicros: 0, convention: 'mid', baseCurrency: 'USD' },
  { everyMicros: 3 * SECOND, convention: 'closing-side', baseCurrency: 'USD' },
] as const)('markToMarket and sumByAccount at $convention, marks every $everyMicros µs', (options) => {
  obeysLaws({
    pipelines: [pnlWith(options)],
    start: START,
    drainMicros: 10 * SECOND,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND, 2 * SECOND),
      data: fc.record({
        'market.marks': fc.array(anyMark, { maxLength: 3 }),
        'ledger.positions': fc.array(anyPosition, { maxLength: 3 }),
        'ledger.foreign_fees': fc.array(anyFee, { maxLength: 2 }),
      }),
    }),
    oracle: (history) => pnlFromScratch(history, options.convention),
    // What was made in a period is judged by `period-pnl.test.ts`.
    comparable: (row) =>
      rounded(
        Object.fromEntries(
          Object.entries(row).filter(
            ([name]) => name !== 'knownAt' && !/^(tradingDay|(day|month|year)(Known)?Pnl)$/.test(name),
          ),
        ),
      ),
    snapshotsAreWhatWasSaid: options.everyMicros === 0,
  });
});

/** A third of a coin is no sum of doubles: the sums by account are said to 2·10⁻¹⁰. */
function rounded(row: Row): Row {
  const near = (value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(6)) + 0 : value;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, near(value)]));
}

/** Every position at the last mark there is, whatever came when. */
function pnlFromScratch(history: History, convention: 'mid' | 'closing-side'): Outcome {
  const all = (topic: string) => history.flatMap(({ data }) => data[topic] ?? []);
  const marks = latestBy(all('market.marks'), ['instrument']) as ReadonlyMap<
    string,
    Readonly<Record<string, number>>
  >;
  const positions = latestBy(all('ledger.positions'), [
    'account',
    'instrument',
    'contract',
  ]) as unknown as ReadonlyMap<string, Position>;
  const pnl = [...positions].map(([key, position]) => [key, valued(position, marks, convention)] as const);
  const accounts = new Map<string, Row[]>();
  for (const [key, row] of pnl) {
    const account = `${row['account']}/${positions.get(key)!.currency}`;
    accounts.set(account, [
      ...(accounts.get(account) ?? []),
      { ...row, exact: positions.get(key)!.realisedPnl, part: true },
    ]);
  }
  for (const fee of latestBy(all('ledger.foreign_fees'), ['account', 'instrument', 'currency']).values()) {
    const account = `${fee['account']}/${fee['currency']}`;
    const paid = fee['fees'] as bigint;
    const row = {
      exact: -paid,
      fees: Number(paid / ONE / ONE),
      marketValue: 0,
      unrealisedPnl: 0,
      part: false,
    };
    accounts.set(account, [...(accounts.get(account) ?? []), { ...row, time: fee['time'] }]);
  }
  const sums = [...accounts].map(([key, rows]) => [key, rounded(summed(key, rows))] as const);
  return {
    'risk.pnl': new Map(pnl.map(([key, row]) => [key, rounded(row)])),
    'risk.account_pnl': new Map(sums.sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

const isOfContract = ({ markedFrom, markedUntil }: Position, markTime: number): boolean =>
  markTime >= markedFrom && !(markedUntil > 0 && markTime >= markedUntil);

function valued(
  position: Position,
  marks: ReadonlyMap<string, Readonly<Record<string, number>>>,
  convention: 'mid' | 'closing-side',
): Row {
  const { account, instrument, contract, quantity, cost, realisedPnl, fees, multiplier, inverse, time } =
    position;
  const units = Number(quantity / ONE);
  const mark = units === 0 ? undefined : marks.get(String(instrument));
  const side = convention === 'mid' ? 'price' : units > 0 ? 'bid' : 'ask';
  const hasPrice = mark !== undefined && mark['state'] !== 0;
  const isZero = hasPrice && inverse && mark[side] === 0;
  const isOther = hasPrice && !isZero && !isOfContract(position, mark['time']!);
  const isPriced = hasPrice && !isZero && !isOther;
  const price = isPriced ? mark[side]! : Number.NaN;
  const contracts = units * Number(multiplier / ONE);
  const marketValue = units === 0 ? 0 : inverse ? -contracts / price : contracts * price;
  const status = units === 0 ? 'Priced' : !isPriced ? 'Unpriced' : mark['state'] === 2 ? 'Stale' : 'Priced';
  const unrealisedPnl = marketValue - Number(cost / ONE / ONE);
  const realised = Number(realisedPnl / ONE / ONE);
  const [quality, reason] =
    units === 0
      ? ['Good', 'None']
      : [
          isPriced ? QUALITIES[mark['quality']!] : 'Missing',
          isZero ? 'ZeroPrice' : isOther ? 'OtherContract' : mark ? REASONS[mark['reason']!] : 'NoMark',
        ];
  return {
    account,
    instrument,
    contract,
    quantity: units,
    price,
    marketValue,
    unrealisedPnl,
    realisedPnl: realised,
    fees: Number(fees / ONE / ONE),
    totalPnl: realised + unrealisedPnl,
    status,
    quality,
    reason,
    time: Math.max(time, mark?.['time'] ?? 0),
  };
}

function summed(key: string, rows: readonly Row[]): Row {
  const [account, currency] = key.split('/');
  const priced = rows.filter(({ status }) => status !== 'Unpriced');
  const parts = rows.filter(({ part }) => part);
  const realisedPnl = rows.reduce((total, { exact }) => total + (exact as bigint), 0n);
  const sum = (field: string): number => priced.reduce((total, row) => total + (row[field] as number), 0);
  const unpriced = rows.length - priced.length;
  const isNothingKnown = unpriced > 0 && unpriced === parts.length;
  const knownPnl = Number(realisedPnl / ONE / ONE) + sum('unrealisedPnl');
  return {
    account: Number(account),
    currency,
    realisedPnl,
    fees: rows.reduce((total, { fees }) => total + (fees as number), 0),
    // Of nothing known there is no sum, not even zero.
    unrealisedPnl: isNothingKnown ? Number.NaN : sum('unrealisedPnl'),
    marketValue: isNothingKnown ? Number.NaN : sum('marketValue'),
    knownPnl,
    totalPnl: unpriced > 0 ? Number.NaN : knownPnl,
    reason: unpriced > 0 ? reasons.PartsUnknown : reasons.None,
    positions: parts.length,
    unpriced,
    stale: rows.filter(({ status }) => status === 'Stale').length,
    time: Math.max(...rows.map(({ time }) => time as number)),
  };
}
