/**
 * A book of rates and credit products prices what the pricers price, with the derivative in every node, and after any moves it
 * is the book prepared afresh, bit for bit; a moved quote costs the rows that hang on it.
 */
import fc from 'fast-check';
import {
  bookQuoteSensitivities,
  bookSensitivities,
  delistRates,
  listRates,
  prepareRates,
  type RatesBook,
  type RatesBookMarket,
  type RatesRow,
  ratesReason,
  repriceRates,
  rowSensitivities,
  setRatesMarket,
} from '../../../pricing/batch/rates/book';
import { microsOfDay } from '../../../pricing/calendars/date';
import type { Valuation } from '../../../pricing/contract';
import { buildCurves, compileCurveGroup, rebuildCurves } from '../../../pricing/curves/curve-group';
import { discountCurve } from '../../../pricing/curves/discount-curve';
import { interpolationNames } from '../../../pricing/curves/interpolation';
import { nodeMoved } from '../../../pricing/curves/moved-curve';
import { parJacobian } from '../../../pricing/curves/par-jacobian';
import { standardRegistry } from '../../../pricing/pricers';
import { resolveBond } from '../../../pricing/products/bond';
import { resolveCds } from '../../../pricing/products/cds';
import { resolveFra } from '../../../pricing/products/fra';
import { resolveFxForward } from '../../../pricing/products/fx-forward';
import { resolveSwap } from '../../../pricing/products/swap';
import { resolveTermDeposit } from '../../../pricing/products/term-deposit';
import type { Kinded } from '../../../pricing/registry';
import { certain, dualCurve, dualQuotes, trade } from '../support/dual-curve';
import {
  amortising,
  basis,
  bond,
  cap,
  context,
  curveSet,
  markedToMarket,
  marketOf,
  ois,
  overnightCap,
  swapBook,
} from '../support/rates-books';

const survival = discountCurve({
  name: 'ACME',
  reference: trade,
  times: Float64Array.of(0.5, 1, 3, 5, 10),
  zeros: Float64Array.of(0.01, 0.012, 0.018, 0.022, 0.028),
  interpolation: 'log-linear-discount',
});
const bookMarket = (set = curveSet): RatesBookMarket => ({
  ...marketOf(set),
  survival: new Map([['ACME', survival]]),
});
const cds = (more: Partial<Parameters<typeof resolveCds>[0]> = {}) =>
  certain(
    resolveCds({
      buysProtection: true,
      currency: 'EUR',
      notional: 1e6,
      coupon: 0.01,
      start: '2024-12-20',
      maturity: '2029-12-20',
      entity: 'ACME',
      recovery: 0.4,
      ...more,
    }),
  );
const black = { kind: 'black', volatility: 0.3, shift: 0.01 } as const;
const normal = [0.006, 0.0065, 0.007].map((volatility) => ({ kind: 'bachelier', volatility }) as const);
const sabr = { kind: 'sabr', alpha: 0.02, beta: 0.5, rho: -0.2, nu: 0.45, shift: 0.01 } as const;

const rows: readonly (readonly [string, RatesRow])[] = [
  [
    'deposit',
    {
      product: certain(
        resolveTermDeposit({
          lends: true,
          currency: 'EUR',
          notional: 1e6,
          start: '2025-03-10',
          end: '2026-03-10',
          rate: 0.02,
          dayCount: 'ACT/360',
        }),
      ),
    },
  ],
  [
    'FRA',
    {
      product: certain(
        resolveFra({ buys: true, notional: 1e6, index: 'EUR-EURIBOR-6M', start: '2026-02-12', rate: 0.021 }),
      ),
    },
  ],
  ['swap', { product: certain(resolveSwap(swapBook('2025-02-12', '10Y'))) }],
  ['overnight swap', { product: certain(resolveSwap(ois)) }],
  ['averaging basis swap', { product: certain(resolveSwap(basis)) }],
  ['amortising swap with a stub', { product: certain(resolveSwap(amortising)) }],
  ['cross-currency swap', { product: certain(resolveSwap(markedToMarket)) }],
  [
    'FX forward',
    {
      product: certain(
        resolveFxForward({
          bought: { currency: 'EUR', amount: 1e6 },
          sold: { currency: 'USD', amount: 1.06e6 },
          settles: '2026-08-12',
        }),
      ),
    },
  ],
  ['bond', { product: certain(resolveBond({ ...bond, coupon: 0.03 })) }],
  ['cap under Black', { product: cap('cap', 0.025), volatility: black }],
  ['floor under Bachelier', { product: cap('floor', 0.02), volatility: normal }],
  ['cap under SABR', { product: cap('cap', 0.03), volatility: sabr }],
  ['overnight cap', { product: overnightCap('cap', 0.022), volatility: normal }],
  ['credit default swap', { product: cds() }],
  [
    'credit default swap without accrual',
    { product: cds({ buysProtection: false, paysAccruedOnDefault: false }) },
  ],
  ['credit default swap, exact', { product: cds({ maturity: '2034-06-20' }), formula: 'exact' }],
];

/** What the pricer of the product says, with the model that the row stands for. */
function scalar({ product, volatility, formula }: RatesRow, market: RatesBookMarket): Valuation {
  const smiles = volatility === undefined ? [] : [volatility].flat();
  const model =
    product.kind === 'cds'
      ? { kind: 'isda-cds', market, survival: market.survival, formula }
      : product.kind === 'cap-floor'
        ? smiles[0]!.kind === 'sabr'
          ? { ...smiles[0], market }
          : { ...smiles[0], market, volatility: smiles.map((smile) => (smile as typeof black).volatility) }
        : { kind: 'discounting', market };
  return certain(standardRegistry.price(product, model as Kinded, context));
}

const all = rows.map(([, row]) => row);
const prepared = (market = bookMarket(), sources = all): RatesBook => {
  const book = certain(prepareRates(sources, market, context));
  repriceRates(book);
  return book;
};

describe.each(rows)('%s', (_, row) => {
  const market = bookMarket();
  const book = prepared(market, [row]);
  const told = scalar(row, market);

  test('has the value of its pricer', () => {
    expect(ratesReason(book, 0)).toBe('priced');
    expect(Math.abs(book.value.data[0]! - told.value)).toBeLessThan(1e-7);
  });

  test('has the derivatives of its pricer in every node', () => {
    const { set: _set, ...rest } = market;
    const greeks = scalar(row, rest).greeks;
    const nodes = rowSensitivities(book, 0).filter(({ curve }) => !curve.startsWith('survival'));
    const names = Object.keys(greeks).filter((name) => name.startsWith('zero-delta'));
    const found = new Map(
      nodes.map(({ curve, label, value }) => [`zero-delta ${curve} ${label}`, value * 1e-4]),
    );
    for (const name of names)
      expect(Math.abs((found.get(name) ?? 0) - greeks[name]!.value)).toBeLessThan(2e-5);
    for (const [name, value] of found) expect(names.includes(name) || Math.abs(value) < 1e-9).toBe(true);
  });
});

test('derivatives are what moving a node shows, also of hazard rates', () => {
  const market = bookMarket();
  const book = prepared(market);
  const step = 1e-6;
  const at = (change: Partial<RatesBookMarket>) =>
    prepared({ ...market, ...change }).value.data.slice(0, all.length);
  const judge = (curve: string, label: string, up: Float64Array, down: Float64Array): void => {
    for (const row of all.keys()) {
      const own = rowSensitivities(book, row).find((each) => each.curve === curve && each.label === label);
      const slope = (up[row]! - down[row]!) / (2 * step);
      expect(Math.abs((own?.value ?? 0) - slope)).toBeLessThan(1e-6 * Math.abs(slope) + 0.5);
    }
  };
  for (const [name, node] of [
    ['EUR-OIS', 8],
    ['EUR-OIS', 12],
    ['EUR-6M', 3],
    ['EUR-6M', 5],
  ] as const) {
    const moved = (by: number) =>
      at({ curves: new Map(market.curves).set(name, nodeMoved(market.curves.get(name)!, node, by)) });
    judge(name, market.curves.get(name)!.labels[node]!, moved(step), moved(-step));
  }
  for (const node of [1, 3]) {
    const moved = (by: number) => at({ survival: new Map([['ACME', nodeMoved(survival, node, by)]]) });
    judge('survival ACME', survival.labels[node]!, moved(step), moved(-step));
  }
});

test.each(interpolationNames)('derivatives hold under %s, before and after a quote moved', (name) => {
  const set = certain(buildCurves(certain(compileCurveGroup(dualCurve(name))), dualQuotes));
  const some = [all[2]!, all[9]!];
  const book = prepared(bookMarket(set), some);
  const moved = certain(rebuildCurves(set, { 'O-5Y': dualQuotes['O-5Y']! + 2e-4 }));
  certain(setRatesMarket(book, bookMarket(moved)));
  repriceRates(book);
  const { set: _set, ...market } = bookMarket(moved);
  for (const row of some.keys()) {
    const told = scalar(some[row]!, market);
    expect(Math.abs(book.value.data[row]! - told.value)).toBeLessThan(1e-7);
    for (const { curve, label, value } of rowSensitivities(book, row))
      expect(Math.abs(value * 1e-4 - (told.greeks[`zero-delta ${curve} ${label}`]?.value ?? 0))).toBeLessThan(
        2e-6,
      );
  }
});

/** Everything that can be read of a book, rows in order. */
const read = (book: RatesBook) =>
  book.rows.map((_, row) => ({
    value: book.value.data[row],
    reason: ratesReason(book, row),
    vega: book.vega.data[row],
    nodes: rowSensitivities(book, row)
      .map(({ curve, label, value }) => [`${curve} ${label}`, value] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  }));

type Step =
  | { readonly do: 'quote'; readonly name: string; readonly by: number }
  | { readonly do: 'fx'; readonly rate: number }
  | { readonly do: 'survival'; readonly by: number }
  | { readonly do: 'list' | 'delist'; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('quote' as const),
    name: fc.constantFrom('O-5Y', 'O-1M', 'S-10Y', 'S-30Y', 'F-6M'),
    by: fc.constantFrom(0, 1e-4, -3e-4, Number.NaN),
  }),
  fc.record({ do: fc.constant('fx' as const), rate: fc.constantFrom(1.05, 1.1) }),
  fc.record({ do: fc.constant('survival' as const), by: fc.constantFrom(0, 0.002) }),
  fc.record({
    do: fc.constantFrom('list' as const, 'delist' as const),
    which: fc.integer({ min: 0, max: all.length - 1 }),
  }),
);

test('whatever the moves, the book is the one that is prepared afresh', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      let set = curveSet;
      let market = bookMarket();
      const book = prepared(market);
      for (const each of steps) {
        if (each.do === 'list') certain(listRates(book, all[each.which]!));
        else if (each.do === 'delist') delistRates(book, each.which);
        else {
          if (each.do === 'quote') {
            set = certain(rebuildCurves(set, { [each.name]: dualQuotes[each.name]! + each.by }));
            market = { ...market, curves: set.curves, set };
          } else if (each.do === 'fx')
            market = { ...market, fx: { EURUSD: { rate: each.rate, spot: trade + 2 } } };
          else if (each.do === 'survival')
            market = { ...market, survival: new Map([['ACME', nodeMoved(survival, 2, each.by)]]) };
          certain(setRatesMarket(book, market));
        }
        if (each.do !== 'list') repriceRates(book);
      }
      repriceRates(book);
      const listed = [...book.rows.keys()].filter((row) => book.rows[row] !== undefined);
      const fresh = prepared(
        market,
        listed.map((row) => book.rows[row]!),
      );
      const own = read(book);
      expect(listed.map((row) => own[row])).toEqual(read(fresh));
      // A row that was taken out keeps its place, empty, until another is listed.
      for (const row of book.rows.keys())
        if (!listed.includes(row)) expect(own[row]).toMatchObject({ reason: 'not-listed', nodes: [] });
    }),
    { numRuns: 40 },
  );
});

test('a quote that moves costs the rows that hang on it', () => {
  const short = certain(resolveSwap(swapBook('2025-02-12', '2Y')));
  const long = certain(resolveSwap(swapBook('2025-02-12', '20Y')));
  const overnight = certain(resolveSwap(ois));
  const book = prepared(bookMarket(), [{ product: short }, { product: long }, { product: overnight }]);
  const before = book.rowsPriced;
  const moved = certain(rebuildCurves(curveSet, { 'S-15Y': dualQuotes['S-15Y']! + 1e-4 }));
  certain(setRatesMarket(book, bookMarket(moved)));
  // Before the node zero rates move by the solver's last digits at most: those rows may be told, others are not.
  expect([...repriceRates(book)]).not.toContain(2);
  expect(book.rowsPriced - before).toBeLessThanOrEqual(2);
  certain(setRatesMarket(book, bookMarket(moved)));
  expect(repriceRates(book)).toHaveLength(0);
  expect(book.rowsCompiled).toBe(3);
});

test('a missing quote leaves without a value what hangs on its node, and nothing else; it comes back with the quote', () => {
  const sources = ['5Y', '10Y', '30Y'].map((tenor) => ({
    product: certain(resolveSwap(swapBook('2025-02-12', tenor))),
  }));
  const book = prepared(bookMarket(), sources);
  const before = read(book);
  const gone = certain(rebuildCurves(curveSet, { 'S-10Y': Number.NaN }));
  certain(setRatesMarket(book, bookMarket(gone)));
  repriceRates(book);
  expect([0, 1, 2].map((row) => ratesReason(book, row))).toEqual([
    'priced',
    'curve-node-missing',
    'curve-node-missing',
  ]);
  expect(book.value.data[1]).toBeNaN();
  expect(rowSensitivities(book, 1).every(({ value }) => Number.isNaN(value))).toBe(true);
  certain(setRatesMarket(book, bookMarket()));
  repriceRates(book);
  expect(read(book)).toEqual(before);
  expect(book.rowsCompiled).toBe(3);
});

test('each row says why it has no value, and a row beside it has one', () => {
  const market = bookMarket();
  const swap = certain(resolveSwap(swapBook('2025-02-12', '5Y')));
  const { survival: _survival, ...withoutCredit } = market;
  const low = { kind: 'black', volatility: 0.3, shift: -0.04 } as const;
  const cases: readonly (readonly [RatesBookMarket, RatesRow, string])[] = [
    [withoutCredit, { product: cds() }, 'curve-missing'],
    [market, { product: cds({ entity: 'OTHER' }) }, 'curve-missing'],
    [{ ...market, forward: {} }, { product: swap }, 'curve-missing'],
    [
      { ...market, fixings: new Map() },
      { product: overnightCap('cap', 0.02), volatility: normal },
      'fixing-missing',
    ],
    [{ ...market, fx: {} }, { product: certain(resolveSwap(markedToMarket)) }, 'fx-missing'],
    [market, { product: cap('cap', 0.02) }, 'volatility-missing'],
    [
      market,
      { product: cap('cap', 0.02), volatility: { ...black, volatility: Number.NaN } },
      'volatility-missing',
    ],
    [market, { product: cap('cap', 0.05), volatility: low }, 'rate-below-minus-shift'],
    [market, { product: overnightCap('cap', 0.02), volatility: sabr }, 'not-supported'],
    [market, { product: cds({ start: '2015-03-20', maturity: '2020-06-20' }) }, 'expired'],
    [market, { product: certain(resolveSwap(swapBook('2015-02-12', '5Y'))) }, 'settled'],
  ];
  for (const [own, row, reason] of cases) {
    const book = prepared(own, [row, { product: certain(resolveBond({ ...bond, coupon: 0.03 })) }]);
    expect(ratesReason(book, 0)).toBe(reason);
    expect(book.value.data[0]).toBeNaN();
    expect(ratesReason(book, 1)).toBe('priced');
  }
  expect(prepareRates([], market, { ...context, valuationTime: microsOfDay(trade + 1) })).toMatchObject({
    ok: false,
    reason: 'curves-must-be-of-the-valuation-date',
  });
  const book = prepared(market, [{ product: swap }]);
  expect(delistRates(book, 3)).toMatchObject({ ok: false, reason: 'row-must-be-listed' });
  certain(delistRates(book, 0));
  expect(ratesReason(book, 0)).toBe('not-listed');
  expect(certain(listRates(book, { product: swap }))).toBe(0);
});

test('an FX rate that moved before a row was listed moves it no less', () => {
  const market = bookMarket();
  const at = (rate: number) => ({ ...market, fx: { EURUSD: { rate, spot: trade + 2 } } });
  const forward = [all[7]!];
  const book = prepared(at(1.05), [all[2]!]);
  certain(setRatesMarket(book, at(1.1)));
  certain(listRates(book, forward[0]!));
  repriceRates(book);
  expect(book.value.data[1]).toBe(prepared(at(1.1), forward).value.data[0]);
  certain(setRatesMarket(book, at(1.05)));
  repriceRates(book);
  expect(book.value.data[1]).toBe(prepared(at(1.05), forward).value.data[0]);
});

test('fixings in a new list compile everything anew, and the same lists in another map nothing', () => {
  const market = bookMarket();
  const book = prepared(market);
  certain(setRatesMarket(book, { ...market, fixings: new Map(market.fixings) }));
  expect(book.rowsCompiled).toBe(all.length);
  const days = new Map([...market.fixings!.get('EUR-ESTR')!].map(([day, rate]) => [day, rate + 0.001]));
  const other = { ...market, fixings: new Map([['EUR-ESTR', days]]) };
  certain(setRatesMarket(book, other));
  repriceRates(book);
  expect(book.rowsCompiled).toBe(2 * all.length);
  expect(read(book)).toEqual(read(prepared(other)));
});

test('a row that waited for a curve has a value once it is there', () => {
  const market = bookMarket();
  const { survival: _survival, ...without } = market;
  const book = prepared(without, [{ product: cds() }]);
  expect(ratesReason(book, 0)).toBe('curve-missing');
  certain(setRatesMarket(book, market));
  repriceRates(book);
  expect(read(book)).toEqual(read(prepared(market, [{ product: cds() }])));
});

test('positions add up by node and by quote', () => {
  const market = bookMarket();
  const linear = all.slice(1, 4);
  const book = prepared(market, linear);
  const quantities = [2, -1, 3];
  const byQuote = bookQuoteSensitivities(book, quantities, certain(parJacobian(curveSet)));
  const names = certain(parJacobian(curveSet)).quoteNames;
  for (const quote of ['O-5Y', 'S-10Y', 'F-6M']) {
    const expected = linear.reduce(
      (sum, row, place) => sum + quantities[place]! * scalar(row, market).greeks[`par-delta ${quote}`]!.value,
      0,
    );
    expect(byQuote[names.indexOf(quote)]! * 1e-4).toBeCloseTo(expected, 5);
  }
  expect([...bookSensitivities(book, quantities).keys()].sort()).toEqual(['EUR-6M', 'EUR-OIS']);
});
