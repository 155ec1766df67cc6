/** Quotes of a request that are there and empty: each takes away its node and the rows that hang on it, and no more. */

import { isFailed } from '../../../pricing/request';
import type { PlainRow } from '../../../pricing/request/fields';
import { answers, faultsOf } from '../support/rows';

const valuation = '2026-03-02';
const tenors: Readonly<Record<string, number>> = { '1Y': 0.021, '3Y': 0.022, '5Y': 0.023, '10Y': 0.026 };

describe('a curve', () => {
  const market = (missing: readonly string[]): PlainRow => ({
    model: 'discounting',
    curves: [
      {
        name: 'EUR',
        instruments: Object.entries(tenors).map(([tenor, quote]) => ({
          type: 'swap',
          convention: 'EUR-FIXED-1Y-ESTR-OIS',
          tenor,
          quote: missing.includes(tenor) ? null : quote,
        })),
      },
    ],
    discount: { EUR: 'EUR' },
    forward: { 'EUR-ESTR': 'EUR' },
  });
  const swap = (tenor: string): PlainRow => ({
    product: 'swap',
    model: 'd',
    convention: 'EUR-FIXED-1Y-ESTR-OIS',
    tenor,
    paysFixed: true,
    notional: 1e6,
    rate: 0.02,
  });
  const rows = ['1Y', '2Y', '5Y', '10Y'].map(swap);

  test('without its quote of three years prices what ends before, and says what hangs on it', () => {
    const [whole, without] = [[], ['3Y']].map((missing) => answers(valuation, { d: market(missing) }, rows));
    expect(faultsOf(whole!)).toEqual([]);
    expect(faultsOf(without!)).toEqual([2, 3, 4].map((row) => `${row} : curve-node-must-be-quoted`));
    const [first, same] = [whole![0]!, without![0]!];
    if (isFailed(first) || isFailed(same)) throw new Error('a swap of a year failed');
    expect(same.value).toBe(first.value);
    expect(same.explain).toContainEqual({ name: 'node EUR 3Y', value: 'left out: EUR 3Y is missing' });
  });
  test('without its last quote is read up to the one before', () => {
    expect(faultsOf(answers(valuation, { d: market(['10Y']) }, rows))).toEqual([
      '4 : curve-node-must-be-quoted',
    ]);
  });
  test('without any quote is refused, and so is an instrument without the field', () => {
    expect(faultsOf(answers(valuation, { d: market(Object.keys(tenors)) }, [rows[0]!]))).toEqual([
      '1 model "d" curves: quote-must-be-present',
    ]);
    const unquoted = { type: 'swap', convention: 'EUR-FIXED-1Y-ESTR-OIS', tenor: '5Y' };
    const model = { ...market([]), curves: [{ name: 'EUR', instruments: [unquoted] }] };
    expect(faultsOf(answers(valuation, { d: model }, [rows[0]!]))).toContain(
      '1 model "d" curves[0].instruments[0].quote: field-must-be-present',
    );
  });
});

describe('the spreads of an entity', () => {
  const credit = (spreads: Readonly<Record<string, number | null>>): PlainRow => ({
    model: 'isda-cds',
    curves: [{ name: 'USD', nodes: [{ date: '2036-02-10', zero: 0.037 }] }],
    discount: { USD: 'USD' },
    credit: [
      {
        entity: 'ACME',
        currency: 'USD',
        recovery: 0.4,
        quotes: Object.entries(spreads).map(([maturity, spread]) => ({ maturity, spread })),
      },
    ],
  });
  const protection = (maturity: string): PlainRow => ({
    product: 'cds',
    model: 'c',
    buys: true,
    currency: 'USD',
    notional: 1e6,
    coupon: 0.01,
    entity: 'ACME',
    recovery: 0.4,
    maturity,
  });
  const rows = ['1Y', '2Y', '5Y', '7Y'].map(protection);
  const priced = (spreads: Readonly<Record<string, number | null>>) =>
    answers(valuation, { c: credit(spreads) }, rows);
  const valueOf1Y = ([first]: ReturnType<typeof priced>): number => {
    if (!first || isFailed(first)) throw new Error(JSON.stringify(first));
    return first.value;
  };

  test('without that of three years price what ends before, and say what hangs on it', () => {
    const whole = priced({ '1Y': 0.007, '3Y': 0.01, '5Y': 0.0127 });
    const without = priced({ '1Y': 0.007, '3Y': null, '5Y': 0.0127 });
    expect(faultsOf(whole)).toEqual([]);
    expect(faultsOf(without)).toEqual([2, 3, 4].map((row) => `${row} : curve-node-must-be-quoted`));
    expect(valueOf1Y(without)).toBe(valueOf1Y(whole));
  });
  test('without the last one are read up to the one before', () => {
    expect(faultsOf(priced({ '1Y': 0.007, '5Y': 0.0127, '7Y': null }))).toEqual([
      '4 : curve-node-must-be-quoted',
    ]);
  });
  test('without any are refused', () => {
    expect(faultsOf(priced({ '1Y': null, '5Y': null }))[0]).toMatch(/credit-curve-must-have-quotes$/);
  });
});
