/** Positions ⋈ values of options, and the scopes above: by chance, against sums from scratch. */
import fc from 'fast-check';
import { exposuresWith } from '../../pipelines/exposures';
import { greeksWith } from '../../pipelines/greeks';
import { pnlWith } from '../../pipelines/pnl';
import { scopeGreeksWith } from '../../pipelines/scope-greeks';
import { instrumentUntold } from '../../schemas/untold';
import { greeksFromScratch, type ScratchGreeks, scopesOf, summedGreeks } from '../support/greeks-oracle';
import { heldPosition } from '../support/held-position';
import { type Outcome, obeysLaws } from '../support/laws';
import type { History, Row } from '../support/run';

const SECOND = 1_000_000;
const START = 100 * SECOND;
const ONE = 10n ** 9n;
const [EQUITY, OPTION] = [0, 2];
const [STOCK, CALL, PUT] = [1, 2, 3];
const said = { validTo: 0, version: 1, changedBy: 'ada', why: 'because' };
const terms = { ...instrumentUntold, multiplier: ONE, inverse: false };

const anyInstrument: fc.Arbitrary<Row> = fc.constantFrom<Row>(
  { ...terms, instrument: STOCK, name: 'S', currency: 'USD', kind: EQUITY, sector: 'Wood', issuer: 'Alder' },
  { ...terms, instrument: STOCK, name: 'S', currency: 'USD', kind: EQUITY, sector: 'Tools' },
  { ...terms, instrument: CALL, name: 'C', currency: 'USD', kind: OPTION, underlying: STOCK },
  { ...terms, instrument: PUT, name: 'P', currency: 'EUR', kind: OPTION, underlying: STOCK, sector: 'Paper' },
  { ...terms, instrument: 10, name: 'EUR/USD', currency: 'USD', kind: 3 },
);
const anyMark: fc.Arbitrary<Row> = fc
  .record({
    instrument: fc.constantFrom(STOCK, CALL, PUT, 10),
    price: fc.constantFrom(1, 1.37, 2.11),
    state: fc.constantFrom(0, 1, 1, 2),
  })
  .map(({ instrument, price, state }) => {
    const side = state === 0 ? Number.NaN : price;
    return {
      instrument,
      bid: side,
      ask: side,
      price: side,
      state,
      quality: Math.sign(state),
      reason: 0,
      time: START,
    };
  });
const anyValue: fc.Arbitrary<Row> = fc
  .record({
    instrument: fc.constantFrom(CALL, PUT),
    delta: fc.constantFrom(0.37, -0.61),
    gamma: fc.constantFrom(0.011, 0.03),
    years: fc.constantFrom(0.01, 7 / 365, 0.2, 0.9, 1.7, 4),
    quality: fc.constantFrom(0, 1, 2),
    reason: fc.constantFrom(0, 6),
  })
  .map(({ instrument, delta, gamma, years, quality, reason }) => {
    const of = (value: number): number => (quality === 0 ? Number.NaN : value);
    return {
      instrument,
      value: of(2.3),
      delta: of(delta),
      gamma: of(gamma),
      vega: of(11.1),
      theta: of(-3.7),
      rho: of(1),
      volatility: of(0.2),
      forward: of(101),
      spot: of(99.7),
      years,
      quality,
      reason: quality === 0 ? 7 : reason,
      time: START,
      knownAt: START,
    };
  });
const anyPosition: fc.Arbitrary<Row> = fc
  .record({
    account: fc.constantFrom(7, 8),
    of: fc.constantFrom(
      { instrument: STOCK, currency: 'USD' },
      { instrument: CALL, currency: 'USD', multiplier: 100n * ONE },
      { instrument: PUT, currency: 'EUR' },
    ),
    quantity: fc.integer({ min: -2, max: 2 }),
  })
  .map(({ account, of, quantity }) => heldPosition(quantity, { account, ...of, time: START }));
const from = fc.constantFrom(0, 0, START + SECOND, START + 3 * SECOND);
const anyAccount: fc.Arbitrary<Row> = fc
  .record({
    account: fc.constantFrom(7, 8),
    book: fc.constantFrom(undefined, 1, 2, 3),
    trader: fc.constantFrom(undefined, 5),
    strategy: fc.constantFrom(undefined, 6),
    counterparty: fc.constantFrom(undefined, 1, 2),
    legalEntity: fc.constantFrom(undefined, 1),
    validFrom: from,
    validTo: fc.constantFrom(0, 0, START + 5 * SECOND),
  })
  .map((row) => ({ ...said, name: `A${row.account}`, ...row }));
const anyScope: fc.Arbitrary<Row> = fc
  .record({
    of: fc.constantFrom<Row>(
      { scope: 1, name: 'Vol', kind: 2, parent: 3 },
      { scope: 1, name: 'Rates', kind: 2, parent: 4 },
      { scope: 2, name: 'Cash', kind: 2, parent: undefined },
      { scope: 3, name: 'Equity', kind: 1, parent: 4 },
      { scope: 3, name: 'Equity', kind: 1, parent: undefined },
      { scope: 4, name: 'House', kind: 0, parent: undefined },
      { scope: 5, name: 'ann', kind: 3, parent: undefined },
      { scope: 6, name: 'carry', kind: 4, parent: undefined },
    ),
    validFrom: from,
  })
  .map(({ of, validFrom }) => ({
    ...said,
    baseCurrency: undefined,
    markSide: 0,
    calendar: undefined,
    validFrom,
    ...of,
  }));
const anyParty: fc.Arbitrary<Row> = fc
  .record({
    of: fc.constantFrom({ party: 1, name: 'House Ltd' }, { party: 2, name: 'Broker' }),
    validFrom: from,
  })
  .map(({ of, validFrom }) => ({
    ...said,
    roles: 'Counterparty',
    legalName: '',
    lei: undefined,
    country: undefined,
    sector: undefined,
    parent: undefined,
    validFrom,
    ...of,
  }));

describe('exposeGreeks and sumGreeks', () => {
  obeysLaws({
    pipelines: [
      pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
      exposuresWith({ everyMicros: 0, baseCurrency: 'USD' }),
      greeksWith({ baseCurrency: 'USD' }),
      scopeGreeksWith({ baseCurrency: 'USD' }),
    ],
    start: START,
    step: fc.record({
      passed: fc.constantFrom(0, SECOND),
      data: fc.record({
        'reference.instruments': fc.array(anyInstrument, { maxLength: 2 }),
        'market.marks': fc.array(anyMark, { maxLength: 2 }),
        'valuation.unit_values': fc.array(anyValue, { maxLength: 2 }),
        'ledger.positions': fc.array(anyPosition, { maxLength: 2 }),
        'reference.accounts': fc.array(anyAccount, { maxLength: 1 }),
        'reference.scopes': fc.array(anyScope, { maxLength: 2 }),
        'reference.parties': fc.array(anyParty, { maxLength: 1 }),
      }),
    }),
    oracle: fromScratch,
    comparable: (row) => comparable(row),
    runs: 100,
  });
});

/** When it was known goes by steps, and so does the time of what was moved. */
const BY_STEPS = /^(net|gross)By|^knownAt$|^time$/;

function comparable(row: Row): Row {
  // A key that is gone says so by a mark that a copy would lose.
  if (Object.getOwnPropertySymbols(row).length > 0) return row;
  const near = (value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toFixed(6)) + 0 : value;
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !BY_STEPS.test(name))
      .map(([name, value]) => [name, near(value)]),
  );
}

function fromScratch(history: History): Outcome {
  const held = greeksFromScratch(history);
  const parts = new Map<string, Row>();
  const scopes = new Map<string, ScratchGreeks[]>();
  const add = (key: string, one: ScratchGreeks): void => {
    scopes.set(key, [...(scopes.get(key) ?? []), one]);
  };
  for (const one of held) {
    const { account, currency, issuer, sector, isOpen } = one;
    add(`account/${account}/`, one);
    for (const scope of scopesOf(account, history)) add(scope.replace('/', '/-1/'), one);
    for (const [dimension, member] of Object.entries({ currency, issuer, sector }))
      if (member !== undefined && isOpen) {
        add(`${dimension}/${account}/${member}`, one);
        add(`${dimension}/-1/${member}`, one);
      }
  }
  const rows = new Map<string, Row>();
  for (const [key, members] of scopes) {
    const [dimension, account, member] = key.split('/') as [string, string, string];
    const sums = summedGreeks(members) as Row & ReturnType<typeof summedGreeks>;
    const of = { dimension, account: Number(account), member };
    if (account !== '-1') parts.set(`${account}/${dimension}/${member}`, comparable({ ...of, ...sums }));
    const vegas = Object.entries(sums).filter(([name]) => name.startsWith('vega'));
    const more = {
      delta: sums.deltaLong + sums.deltaShort,
      deltaGross: sums.deltaLong - sums.deltaShort,
      vega: vegas.reduce((total, [, vega]) => total + (vega as number), 0),
      reason: sums.unvalued > 0 ? 19 : 0,
    };
    rows.set(key, comparable({ ...of, ...sums, ...more }));
  }
  return { 'risk.greek_parts': parts, 'risk.greeks': rows };
}
