import fc from 'fast-check';
import { exposuresWith } from '../../pipelines/exposures';
import { limitsWith } from '../../pipelines/limits';
import { pnlWith } from '../../pipelines/pnl';
import { instrumentUntold } from '../../schemas/untold';
import { exposuresFromScratch, summed } from '../support/exposures-oracle';
import { heldPosition } from '../support/held-position';
import { type Outcome, obeysLaws } from '../support/laws';
import type { History, Row } from '../support/run';

const SECOND = 1_000_000;
const START = 100 * SECOND;
const ONE = 10n ** 9n;
const FX = 3;
const TERMS = [
  { instrument: 1, currency: 'USD', multiplier: ONE, inverse: false },
  { instrument: 2, currency: 'EUR', multiplier: 65_537n * ONE, inverse: false },
  { instrument: 3, currency: 'JPY', multiplier: 100n * ONE, inverse: true },
];
const time = fc.integer({ min: 0, max: 9 }).map((seconds) => START + seconds * SECOND);
const whole = fc.integer({ min: -3, max: 3 });

const anyInstrument: fc.Arbitrary<Row> = fc
  .constantFrom(
    { instrument: 10, name: 'EUR/USD', currency: 'USD' },
    { instrument: 11, name: 'USD/JPY', currency: 'JPY' },
  )
  .map((row) => ({ ...instrumentUntold, ...row, multiplier: ONE, inverse: false, kind: FX }));
const anyMark: fc.Arbitrary<Row> = fc
  .record({
    instrument: fc.constantFrom(1, 2, 3, 10, 11),
    // Values with more bits than sums keep: what is taken back must leave nothing behind.
    price: fc.constantFrom(0, 1, 1.37, 2.11, 3.3),
    state: fc.constantFrom(0, 1, 1, 2),
    time,
  })
  .map(({ instrument, price, state, time }) =>
    state === 0
      ? {
          instrument,
          bid: Number.NaN,
          ask: Number.NaN,
          price: Number.NaN,
          state,
          quality: 0,
          reason: 0,
          time,
        }
      : { instrument, bid: price, ask: price, price, state, quality: 1, reason: 0, time },
  );
const anyPosition: fc.Arbitrary<Row> = fc
  .record({ account: fc.constantFrom(7, 8), terms: fc.constantFrom(...TERMS), quantity: whole, time })
  .map(({ account, terms, quantity, time }) => heldPosition(quantity, { account, ...terms, time }));

describe('exposePositions and sumScopes', () => {
  obeysLaws({
    pipelines: [
      pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
      exposuresWith({ everyMicros: 0, baseCurrency: 'USD' }),
      limitsWith({ baseCurrency: 'USD' }),
    ],
    start: START,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND),
      data: fc.record({
        'reference.instruments': fc.array(anyInstrument, { maxLength: 1 }),
        'market.marks': fc.array(anyMark, { maxLength: 3 }),
        'ledger.positions': fc.array(anyPosition, { maxLength: 3 }),
      }),
    }),
    oracle: fromScratch,
    comparable: (row) => comparable(row),
  });
});

/** What moved a sum goes by steps, and so does the time at which a rate that is asked for again was seen. */
const BY_STEPS = /^(net|gross)By|^knownAt$|^time$/;

function comparable(row: Row): Row {
  const near = (value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(6)) + 0 : value;
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !BY_STEPS.test(name))
      .map(([name, value]) => [name, near(value)]),
  );
}

function fromScratch(history: History): Outcome {
  const exposed = exposuresFromScratch(history);
  const accounts = [...new Set(exposed.map(({ account }) => account))].sort();
  const parts = accounts.map((account) => {
    const of = { account, dimension: 'account', member: '' };
    return { ...of, ...summed(exposed.filter((one) => one.account === account)) };
  });
  const scope = ({ long, short, unpriced, ...rest }: ReturnType<typeof summed>, of: Row): Row => ({
    ...of,
    ...rest,
    long,
    short,
    gross: long - short,
    net: long + short,
    unpriced,
    reason: unpriced > 0 ? 19 : 0,
  });
  const scopes = [
    ...parts.map(({ account, dimension, member, ...sums }): [string, Row] => [
      `account/${account}/`,
      scope(sums, { dimension, account, member }),
    ]),
    ...(parts.length > 0
      ? [
          ['firm/-1/', scope(summed(exposed), { dimension: 'firm', account: -1, member: '' })] as [
            string,
            Row,
          ],
        ]
      : []),
  ];
  return {
    'risk.exposure_parts': new Map(parts.map((row) => [`${row.account}/account/`, comparable(row)])),
    'risk.exposures': new Map(scopes.map(([key, row]) => [key, comparable(row)])),
  };
}
