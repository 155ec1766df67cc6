/** Cases from the desk: what an option adds to an account and what is above it, and what is said where it has no value. */
import { exposuresWith } from '../../pipelines/exposures';
import { greeksWith } from '../../pipelines/greeks';
import { pnlWith } from '../../pipelines/pnl';
import { scopeGreeksWith } from '../../pipelines/scope-greeks';
import { Reason } from '../../schemas/market';
import { instrumentUntold } from '../../schemas/untold';
import { heldPosition } from '../support/held-position';
import { type Row, Run, type Written } from '../support/run';

const START = 1_700_000_000_000_000;
const ONE = 10n ** 9n;
const [STOCK, CALL, COIN_CALL] = [1, 2, 3];
const [EQUITY, OPTION] = [0, 2];
const terms = { ...instrumentUntold, multiplier: ONE, inverse: false, currency: 'USD' };
const LISTED: readonly Row[] = [
  { ...terms, instrument: STOCK, name: 'S', kind: EQUITY, sector: 'Wood' },
  { ...terms, instrument: CALL, name: 'C', kind: OPTION, underlying: STOCK },
  {
    ...terms,
    instrument: COIN_CALL,
    name: 'B',
    kind: OPTION,
    inverse: true,
    quoteCurrency: 'USD',
    currency: 'BTC',
  },
  { ...terms, instrument: 9, name: 'BTC/USD', kind: 3 },
];
const marked = (instrument: number, price: number): Row => ({
  instrument,
  bid: price,
  ask: price,
  price,
  state: Number.isNaN(price) ? 0 : 1,
  quality: 1,
  reason: 0,
  time: START,
});
const valued = (instrument: number, more: Row = {}): Row => ({
  instrument,
  value: 4,
  delta: 0.5,
  gamma: 0.02,
  vega: 20,
  theta: -7.3,
  rho: 1,
  volatility: 0.2,
  forward: 100,
  spot: 100,
  years: 0.1,
  quality: 1,
  reason: 0,
  time: START,
  knownAt: START,
  ...more,
});
const held = (account: number, instrument: number, units: number, more: Row = {}): Row =>
  heldPosition(units, { account, instrument, time: START, ...more });
const hundred = { multiplier: 100n * ONE };
const told = { validFrom: 0, validTo: 0, version: 1, changedBy: 'ada', why: 'because' };
const scope = (number: number, name: string, kind: number, parent?: number): Row => ({
  scope: number,
  name,
  kind,
  parent,
  baseCurrency: undefined,
  markSide: 0,
  calendar: undefined,
  ...told,
});
const account = (number: number, more: Row): Row => ({
  account: number,
  name: `A${number}`,
  book: undefined,
  trader: undefined,
  strategy: undefined,
  legalEntity: undefined,
  counterparty: undefined,
  ...told,
  ...more,
});

class Desk {
  private readonly run = new Run([
    pnlWith({ everyMicros: 0, convention: 'mid', baseCurrency: 'USD' }),
    exposuresWith({ everyMicros: 0, baseCurrency: 'USD' }),
    greeksWith({ baseCurrency: 'USD' }),
    scopeGreeksWith({ baseCurrency: 'USD' }),
  ]);
  private now = START;

  constructor() {
    this.says({ 'reference.instruments': LISTED });
  }

  says(data: Readonly<Record<string, readonly Row[]>>): Written {
    this.now += 1;
    return this.run.bring({ now: this.now, data });
  }
}

const positionsOf = (written: Written): readonly Row[] => written['risk.position_greeks']!;
const scopeOf = (written: Written, dimension: string, member = '', of = -1): Row | undefined =>
  written['risk.greeks']!.find(
    (row) => row['dimension'] === dimension && row['member'] === member && row['account'] === of,
  );

describe('a position in an option', () => {
  test('moves by its units, multiplier and rate; its vega falls where it expires', () => {
    const written = new Desk().says({
      'market.marks': [marked(STOCK, 100), marked(CALL, 4)],
      'valuation.unit_values': [valued(CALL)],
      'ledger.positions': [held(7, CALL, -10, hundred)],
    });
    // Ten short contracts of a hundred: 1,000 units.
    const greeks = { value: -4_000, delta: -50_000, gamma: -2_000, vega: -200, theta: -7_300 / -365 };
    expect(positionsOf(written)).toMatchObject([{ ...greeks, status: 'Quoted', years: 0.1 }]);
    expect(scopeOf(written, 'firm')).toMatchObject({
      ...greeks,
      deltaLong: 0,
      deltaShort: -50_000,
      deltaGross: 50_000,
      vegaQuarter: -200,
      vegaMonth: 0,
      unvalued: 0,
      modelled: 0,
    });
  });

  test('without a price it is worth what its model makes it, and that is said', () => {
    const written = new Desk().says({
      'valuation.unit_values': [valued(CALL, { quality: 2 })],
      'ledger.positions': [held(7, CALL, 10, hundred)],
    });
    expect(positionsOf(written)).toMatchObject([{ value: 4_000, status: 'Modelled' }]);
    expect(scopeOf(written, 'account', '', 7)).toMatchObject({ value: 4_000, modelled: 1, unvalued: 0 });
  });

  test('11 missing: without a value it is counted, is in no sum, and blanks none; alone, nothing is known', () => {
    const desk = new Desk();
    const alone = desk.says({ 'ledger.positions': [held(7, CALL, 10, hundred)] });
    const beside = desk.says({
      'market.marks': [marked(STOCK, 100)],
      'valuation.unit_values': [valued(CALL, { quality: 0, reason: 7, delta: Number.NaN })],
      'ledger.positions': [held(8, STOCK, 3)],
    });
    const nothing = { value: Number.NaN, delta: Number.NaN, vega: Number.NaN };

    expect(positionsOf(alone)).toMatchObject([{ status: 'Unknown', reason: 'NoMark', ...nothing }]);
    expect(scopeOf(alone, 'firm')).toMatchObject({ ...nothing, positions: 1, unvalued: 1 });
    expect(positionsOf(beside)[0]).toMatchObject({ status: 'Unknown', valueReason: 'NoVolatility' });
    expect(scopeOf(beside, 'firm')).toMatchObject({
      delta: 300,
      vega: 0,
      positions: 2,
      unvalued: 1,
      reason: Reason.PartsUnknown,
    });
  });

  test.each([
    'spot',
    'delta',
    'vega',
    'years',
  ])('a value that does not tell its %s makes no number', (field) => {
    const written = new Desk().says({
      'market.marks': [marked(STOCK, 100), marked(CALL, 4)],
      'valuation.unit_values': [valued(CALL, { [field]: Number.NaN })],
      'ledger.positions': [held(7, CALL, 10, hundred), held(7, STOCK, 3)],
    });
    expect(positionsOf(written)[0]).toMatchObject({ status: 'Unknown', delta: Number.NaN, vega: Number.NaN });
    expect(scopeOf(written, 'firm')).toMatchObject({ delta: 300, vega: 0, positions: 2, unvalued: 1 });
  });

  test('on a coin it is worth coins, and moves in the currency of its strike', () => {
    const desk = new Desk();
    const position = held(7, COIN_CALL, 2, { currency: 'BTC', inverse: true });
    const value = valued(COIN_CALL, { value: 0.05, spot: 40_000 });
    const blind = desk.says({ 'valuation.unit_values': [value], 'ledger.positions': [position] });
    const seen = desk.says({ 'market.marks': [marked(9, 40_000)] });

    expect(positionsOf(blind)).toMatchObject([{ status: 'Unknown', reason: 'NoRate' }]);
    expect(positionsOf(seen)).toMatchObject([{ value: 4_000, delta: 40_000, vega: 0.4, status: 'Quoted' }]);
  });
});

describe('scopes', () => {
  const open = (): Desk => {
    const desk = new Desk();
    desk.says({
      'market.marks': [marked(STOCK, 100)],
      'reference.scopes': [
        scope(1, 'House', 0),
        scope(2, 'Equity', 1, 1),
        scope(3, 'Vol', 2, 2),
        scope(4, 'Cash', 2, 2),
        scope(5, 'ann', 3),
      ],
      'reference.accounts': [account(7, { book: 3, trader: 5 }), account(8, { book: 4, trader: 5 })],
      'ledger.positions': [held(7, STOCK, 3), held(8, STOCK, -1)],
    });
    return desk;
  };

  test('have what their accounts have, each account once', () => {
    const written = open().says({ 'market.marks': [marked(STOCK, 10)] });
    const deltas = written['risk.greeks']!.map((row) => [
      row['dimension'],
      row['account'],
      row['member'],
      row['delta'],
    ]);
    expect(deltas).toEqual([
      ['account', 7, '', 30],
      ['account', 8, '', -10],
      ['book', -1, 'Cash', -10],
      ['book', -1, 'Vol', 30],
      ['currency', -1, 'USD', 20],
      ['currency', 7, 'USD', 30],
      ['currency', 8, 'USD', -10],
      ['desk', -1, 'Equity', 20],
      ['firm', -1, '', 20],
      ['firm', -1, 'House', 20],
      ['sector', -1, 'Wood', 20],
      ['sector', 7, 'Wood', 30],
      ['sector', 8, 'Wood', -10],
      ['trader', -1, 'ann', 20],
    ]);
  });

  test('an account that moves to another book in the step of its fill takes all along', () => {
    const written = open().says({
      'reference.accounts': [account(7, { book: 4 })],
      'ledger.positions': [held(7, STOCK, 5)],
    });
    expect(scopeOf(written, 'book', 'Cash')).toMatchObject({ delta: 400, positions: 2 });
    expect(scopeOf(written, 'trader', 'ann')).toMatchObject({ delta: -100, positions: 1 });
    // In the other book nothing lies any more: it is gone.
    expect(Object.keys(scopeOf(written, 'book', 'Vol')!)).toEqual(['dimension', 'account', 'member']);
  });
});

test('12 work: a value costs those who hold its option, however many others there are', () => {
  const writtenBy = (others: number): number => {
    const desk = new Desk();
    const accounts = Array.from({ length: others }, (_, index) => 100 + index);
    desk.says({
      'market.marks': [marked(STOCK, 100)],
      'valuation.unit_values': [valued(CALL)],
      'ledger.positions': [held(7, CALL, 1), ...accounts.map((one) => held(one, STOCK, 1))],
    });
    const written = desk.says({ 'valuation.unit_values': [valued(CALL, { delta: 0.6 })] });
    return positionsOf(written).length + written['risk.greek_parts']!.length + written['risk.greeks']!.length;
  };
  expect(writtenBy(10)).toBe(writtenBy(500));
});
