/** Curves quoted in a request: against the library's own group and QuantLib, Greeks by quote, faults by curve and node. */

import { swapPricer } from '../../../pricing/measures/swap';
import { standardRegistry } from '../../../pricing/pricers';
import { resolveSwap } from '../../../pricing/products/swap';
import { priceRequest } from '../../../pricing/request';
import { standardModels } from '../../../pricing/request/standard-models';
import { standardProducts } from '../../../pricing/request/standard-products';
import { dataText, withData } from '../support/data-folder';
import { certain, dualQuotes } from '../support/dual-curve';
import { context, curveSet, marketOf, swapBook } from '../support/rates-books';
import { answered, answers, explained, faultsOf, type Models } from '../support/rows';

const valuation = '2025-02-10';
const roles = {
  discount: { EUR: 'EUR-OIS' },
  forward: { 'EUR-EURIBOR-6M': 'EUR-6M', 'EUR-ESTR': 'EUR-OIS' },
};
const overnight = {
  type: 'deposit',
  tenor: '1D',
  spotLag: 0,
  calendar: 'TARGET',
  dayCount: 'ACT/360',
  convention: 'Following',
  quote: 0.0266,
};
const ois = (tenor: string, quote: number) => ({
  type: 'swap',
  convention: 'EUR-FIXED-1Y-ESTR-OIS',
  tenor,
  quote,
});
const euribor = {
  index: 'EUR-EURIBOR-6M',
  fixedTenor: '1Y',
  fixedDayCount: '30/360',
  calendar: 'TARGET',
  spotLag: 2,
};
const irs = (tenor: string, quote: number) => ({ type: 'swap', convention: euribor, tenor, quote });
const fixing = { type: 'fixing', index: 'EUR-EURIBOR-6M', quote: 0.0252 };
const swapRow = {
  product: 'swap',
  model: 'curves',
  legs: swapBook('2025-02-12', '7Y', { rate: 0.025 }).legs,
};
const models = (curves: readonly object[], more: object = {}): Models => ({
  curves: { model: 'discounting', ...roles, curves, ...more },
});

test('the dual euro market in rows is the one that the library builds, value and every sensitivity', () => {
  const names = Object.keys(dualQuotes);
  const quoted = (prefix: string, make: (tenor: string, quote: number) => object): readonly object[] =>
    names
      .filter((name) => name.startsWith(prefix))
      .map((name) => ({ ...make(name.slice(2), dualQuotes[name]!), name }));
  const answer = answered(
    valuation,
    models([
      { name: 'EUR-6M', instruments: [{ ...fixing, name: 'F-6M' }, ...quoted('S-', irs)] },
      {
        name: 'EUR-OIS',
        instruments: [{ ...overnight, name: 'D-ON', label: undefined }, ...quoted('O-', ois)],
      },
    ]),
    swapRow,
  );
  const swap = certain(resolveSwap(swapBook('2025-02-12', '7Y', { rate: 0.025 })));
  const own = certain(swapPricer.price(swap, { kind: 'discounting', market: marketOf(curveSet) }, context));
  expect(answer.value).toBeCloseTo(own.value, 6);
  const quotes = Object.keys(own.greeks).filter((name) => name.startsWith('par-delta'));
  expect(quotes).toHaveLength(names.length);
  for (const name of quotes) expect(answer.greeks[name]!.value).toBeCloseTo(own.greeks[name]!.value, 6);
});

/** QuantLib 1.44 was given this market: PiecewiseLogLinearDiscount of OIS, FRA and swap rate helpers, indexed coupons. */
const small = [
  {
    name: 'EUR-OIS',
    instruments: [
      overnight,
      ...Object.entries({
        '1M': 0.0264,
        '3M': 0.0258,
        '6M': 0.0249,
        '1Y': 0.0234,
        '2Y': 0.0221,
        '5Y': 0.0223,
        '10Y': 0.0235,
        '30Y': 0.0228,
      }).map(([tenor, quote]) => ois(tenor, quote)),
    ],
  },
  {
    name: 'EUR-6M',
    instruments: [
      fixing,
      { type: 'fra', index: 'EUR-EURIBOR-6M', startsAfter: '6M', quote: 0.0231 },
      ...Object.entries({ '2Y': 0.0229, '5Y': 0.0232, '10Y': 0.0243, '30Y': 0.0236 }).map(([t, q]) =>
        irs(t, q),
      ),
    ],
  },
];

test('a payer swap on quoted curves has the value of QuantLib 1.44', () => {
  const answer = answered(valuation, models(small), swapRow);
  expect(answer.value).toBeCloseTo(-7517.44058940158, 5);
  const unit = {
    product: 'bond',
    model: 'curves',
    currency: 'EUR',
    face: 1,
    dayCount: 'ACT/360',
    settlementLag: 0,
  };
  const zero = (end: string) => ({
    ...unit,
    schedule: { start: '2025-02-10', end, tenor: '50Y', calendar: 'NullCalendar', convention: 'Unadjusted' },
  });
  const discounts = { '2026-02-12': 0.9766811072491196, '2030-02-12': 0.8940522929748659 };
  for (const [end, expected] of Object.entries(discounts))
    expect(answered(valuation, models(small), zero(end)).value).toBeCloseTo(expected, 10);
});

test.each([1e-5, 1e-4])('deltas by quote are what a quote moved by %d shows', (step) => {
  const answer = answered(valuation, models(small), swapRow);
  const moved = (curve: string, node: number, by: number): number => {
    const shifted = small.map((one) => ({
      ...one,
      instruments: one.instruments.map((quoted, i) =>
        one.name === curve && i === node ? { ...quoted, quote: quoted.quote + by } : quoted,
      ),
    }));
    return answered(valuation, models(shifted), swapRow).value;
  };
  for (const [name, curve, node] of [
    ['par-delta EUR-6M 6M+6M', 'EUR-6M', 1],
    ['par-delta EUR-6M 5Y', 'EUR-6M', 3],
    ['par-delta EUR-OIS 5Y', 'EUR-OIS', 6],
  ] as const) {
    const difference = ((moved(curve, node, step) - moved(curve, node, -step)) / (2 * step)) * 1e-4;
    expect(Math.abs(answer.greeks[name]!.value - difference)).toBeLessThan(
      1e-4 * Math.max(1, Math.abs(difference)),
    );
  }
});

test('interpolation goes by its name, curve by curve, and changes what lies between the nodes', () => {
  const values = ['log-linear-discount', 'monotone-convex', 'natural-cubic-zero'].map(
    (interpolation) =>
      answered(valuation, models(small.map((curve) => ({ ...curve, interpolation }))), swapRow).value,
  );
  expect(new Set(values).size).toBe(3);
  for (const value of values) expect(Math.abs(value - values[0]!)).toBeLessThan(2000);
});

test('models that name a market share it, and its faults are said once by its name', () => {
  const requested = (curves: readonly object[], market = 'euro') =>
    priceRequest(
      {
        context: { valuationTime: Date.parse(`${valuation}T00:00:00Z`) * 1000, snapshot: 'test' },
        markets: { euro: { ...roles, curves } },
        models: { curves: { model: 'discounting', market } },
        products: [swapRow],
      },
      { products: standardProducts, models: standardModels },
      standardRegistry,
    );
  const [answer] = requested(small);
  expect(answer).toMatchObject({ value: answered(valuation, models(small), swapRow).value });
  expect(faultsOf(requested([{ ...small[0], instruments: [{ ...overnight, quote: 'x' }] }]))).toEqual([
    '1 model "curves" market "euro" curves[0].instruments[0].quote: field-must-be-number',
  ]);
  expect(faultsOf(requested(small, 'dollar'))).toEqual(['1 model "curves" market: market-must-be-given']);
});

test('a swap at its quote costs nothing, under every model that takes the market', () => {
  const five = { ...swapRow, legs: swapBook('2025-02-12', '5Y', { rate: 0.0232 }).legs };
  expect(Math.abs(answered(valuation, models(small), five).value)).toBeLessThan(1e-6);
  const swaption = {
    product: 'swaption',
    buys: true,
    swap: { legs: swapBook('2027-02-12', '5Y').legs },
    exercises: ['2027-02-10'],
  };
  for (const own of [
    { model: 'black-rates', volatility: 0.3 },
    { model: 'bachelier-rates', volatility: 0.008 },
    { model: 'sabr-rates', alpha: 0.03, beta: 0.5, rho: -0.2, nu: 0.4 },
    { model: 'hull-white', reversion: 0.03, volatility: 0.008 },
  ]) {
    const answer = answered(
      valuation,
      { own: { ...own, ...roles, curves: small } },
      { ...swaption, model: 'own' },
    );
    expect(Object.keys(answer.greeks)).toContain('par-delta EUR-6M 10Y');
  }
});

describe('every kind of instrument reprices to its quote', () => {
  const usd = {
    name: 'USD-OIS',
    instruments: [
      { type: 'deposit', index: 'USD-SOFR', tenor: '1D', spotLag: 0, quote: 0.0433 },
      { type: 'future', index: 'USD-SOFR', month: '2025-06', quote: 95.83, convexity: { volatility: 0.009 } },
      {
        type: 'future',
        index: 'USD-SOFR',
        month: '2025-09',
        quote: 95.95,
        convexity: { volatility: 0.009, reversion: 0.03 },
      },
      { type: 'swap', convention: 'USD-FIXED-1Y-SOFR-OIS', tenor: '2Y', quote: 0.0398 },
      { type: 'swap', convention: 'USD-FIXED-1Y-SOFR-OIS', tenor: '5Y', quote: 0.0391 },
    ],
  };
  const eur = {
    name: 'EUR-XCCY',
    instruments: [
      {
        type: 'fx-forward',
        pair: 'EURUSD',
        tenor: '3M',
        calendar: 'TARGET+USNY',
        pointSize: 1e-4,
        quote: 46.2,
      },
      { type: 'fx-forward', pair: 'EURUSD', tenor: '1Y', calendar: 'TARGET+USNY', quote: 1.0512 },
      {
        type: 'cross-currency-basis',
        index: 'EUR-ESTR',
        flatIndex: 'USD-SOFR',
        tenor: '5Y',
        calendar: 'TARGET+USNY',
        quote: -0.0007,
      },
    ],
  };
  const estr = { name: 'EUR-OIS', instruments: small[0]!.instruments };
  const three = {
    name: 'EUR-3M',
    instruments: [
      { type: 'fixing', index: 'EUR-EURIBOR-3M', quote: 0.0254 },
      {
        type: 'basis-swap',
        convention: 'EUR-FIXED-1Y-EURIBOR-3M',
        flatConvention: 'EUR-FIXED-1Y-EURIBOR-6M',
        quotedOnFixed: true,
        tenor: '5Y',
        quote: 0.0011,
      },
    ],
  };
  const market = {
    model: 'discounting',
    curves: [usd, eur, estr, small[1], three],
    discount: { USD: 'USD-OIS', EUR: 'EUR-XCCY' },
    forward: {
      'USD-SOFR': 'USD-OIS',
      'EUR-ESTR': 'EUR-OIS',
      'EUR-EURIBOR-6M': 'EUR-6M',
      'EUR-EURIBOR-3M': 'EUR-3M',
    },
    fx: { EURUSD: { rate: 1.031, spot: '2025-02-12' } },
  };

  test('an FX forward at the outright quote, and dollars and euros in one group', () => {
    const forward = {
      product: 'fx-forward',
      model: 'fx',
      bought: { currency: 'EUR', amount: 1e6 },
      sold: { currency: 'USD', amount: 1.0512e6 },
      settles: '2026-02-12',
    };
    const answer = answered(valuation, { fx: market }, forward);
    expect(Math.abs(answer.value)).toBeLessThan(1e-3);
    expect(Object.keys(answer.greeks)).toContain('par-delta USD-OIS 2025-06');
    expect(Object.keys(answer.greeks)).toContain('par-delta EUR-XCCY EURUSD 1Y');
  });

  test('a future forecasts its rate less the convexity', () => {
    const fra = {
      product: 'term-deposit',
      model: 'fx',
      lends: true,
      currency: 'USD',
      notional: 1e6,
      start: '2025-06-18',
      end: '2025-09-17',
      rate: 1 - 0.9583 - 0.5 * 0.009 ** 2 * (128 / 365) * (219 / 365),
      dayCount: 'ACT/360',
    };
    expect(Math.abs(answered(valuation, { fx: market }, fra).value)).toBeLessThan(1e-4);
  });

  test('a government curve from bonds at their clean prices', () => {
    const bond = (end: string, coupon: number) => ({
      currency: 'EUR',
      face: 100,
      schedule: { start: '2024-02-15', end, tenor: '1Y', calendar: 'TARGET', convention: 'Unadjusted' },
      dayCount: 'ACT/ACT ICMA',
      coupon,
    });
    const quotes = [
      [bond('2027-02-15', 0.025), 100.4],
      [bond('2030-02-15', 0.0225), 99.1],
      [bond('2034-02-15', 0.022), 96.8],
    ] as const;
    const govies = {
      model: 'discounting',
      curves: [
        { name: 'BUND', instruments: quotes.map(([book, quote]) => ({ type: 'bond', bond: book, quote })) },
      ],
      discount: { EUR: 'BUND' },
    };
    for (const [book, quote] of quotes) {
      const answer = answered(valuation, { govies }, { product: 'bond', model: 'govies', ...book });
      expect(explained(answer, 'clean price')).toBeCloseTo(quote, 8);
    }
  });
});

test('a swap by its convention is the swap that the curve was fitted to, and the one that its legs say', () => {
  const short = {
    product: 'swap',
    model: 'curves',
    convention: euribor,
    tenor: '10Y',
    rate: 0.0243,
    notional: 1e6,
    paysFixed: true,
  };
  expect(Math.abs(answered(valuation, models(small), short).value)).toBeLessThan(1e-6);
  const same = answered(valuation, models(small), { ...short, tenor: '7Y', rate: 0.025 });
  expect(same.value).toBeCloseTo(answered(valuation, models(small), swapRow).value, 8);
  const forward = { ...short, tenor: '5Y', startsAfter: '2Y' };
  const dated = { ...short, tenor: '5Y', start: '2027-02-12' };
  expect(answered(valuation, models(small), forward).value).toBe(
    answered(valuation, models(small), dated).value,
  );
  const overnightSwap = { ...short, convention: 'EUR-FIXED-1Y-ESTR-OIS', rate: 0.0235 };
  expect(Math.abs(answered(valuation, models(small), overnightSwap).value)).toBeLessThan(1e-6);
  expect(faultsOf(answers(valuation, models(small), [{ ...short, legs: [] }]))).toEqual([
    '1 legs: field-must-be-known',
  ]);
});

test('a swaption by its convention is the one that its legs say', () => {
  const normal = { own: { model: 'bachelier-rates', ...roles, curves: small, volatility: 0.008 } };
  const short = {
    product: 'swaption',
    model: 'own',
    buys: true,
    convention: euribor,
    expiry: '2Y',
    tenor: '5Y',
    strike: 0.024,
    notional: 1e6,
    paysFixed: true,
  };
  const long = {
    product: 'swaption',
    model: 'own',
    buys: true,
    swap: { legs: swapBook('2027-02-12', '5Y').legs },
    exercises: ['2027-02-10'],
  };
  expect(answered(valuation, normal, short).value).toBeCloseTo(answered(valuation, normal, long).value, 8);
  expect(answered(valuation, normal, { ...short, expiry: '2027-02-10' }).value).toBe(
    answered(valuation, normal, short).value,
  );
  expect(faultsOf(answers(valuation, normal, [{ ...short, expiry: 'soon' }]))).toEqual([
    '1 expiry: date-must-be-valid',
  ]);
});

test('quotes of an earlier day give curves of the valuation date', () => {
  const aged = small.map((curve) => ({
    ...curve,
    // What was overnight money then is behind.
    instruments: curve.instruments.filter(({ type }) => type !== 'deposit'),
  }));
  const later = models(aged, { quotedOn: '2025-02-07' });
  const forward = { ...swapRow, legs: swapBook('2026-02-11', '4Y', { rate: 0.0226 }).legs };
  const here = answered(valuation, models(small), forward).value;
  const there = answered(valuation, later, forward).value;
  expect(there).not.toBe(here);
  expect(Math.abs(there - here)).toBeLessThan(500);
  expect(faultsOf(answers(valuation, models(small, { quotedOn: '2025-02-07' }), [forward]))).toContain(
    '1 model "curves" curves[0].instruments[0]: curve-pillars-must-rise',
  );
});

const changed = (place: number, change: object) =>
  models([
    {
      ...small[0],
      instruments: small[0]!.instruments.map((one, i) => (i === place ? { ...one, ...change } : one)),
    },
    small[1]!,
  ]);
test.each<[object, string]>([
  [changed(3, { quote: undefined }), 'curves[0].instruments[3].quote: field-must-be-present'],
  [changed(3, { quote: 'high' }), 'curves[0].instruments[3].quote: field-must-be-number'],
  [changed(3, { quote: 2.4 }), 'curves[0].instruments[3].quote: field-must-be-number'],
  [changed(3, { tenor: '6X' }), 'curves[0].instruments[3].tenor: tenor-must-be-valid'],
  [changed(3, { tenor: '3M' }), 'curves[0].instruments[3]: curve-pillars-must-rise'],
  [changed(3, { type: 'swop' }), 'curves[0].instruments[3].type: field-must-be-known'],
  [
    changed(3, { convention: 'EUR-ESTR' }),
    'curves[0].instruments[3].convention: swap-convention-must-be-known',
  ],
  [
    changed(3, { convention: 'USD-FIXED-1Y-SOFR-OIS' }),
    'curves[0].instruments[3].convention: discount-curve-must-be-assigned',
  ],
  [changed(3, { strike: 1 }), 'curves[0].instruments[3].strike: field-must-be-known'],
  [changed(3, { name: 'EUR-OIS 3M' }), 'curves: quote-must-be-given-once'],
  [models([small[0]!, small[1]!, small[0]!]), 'curves: curve-must-be-given-once'],
  [models([small[0]!]), 'forward.EUR-EURIBOR-6M: curve-must-be-known'],
  [models(small, { fx: { 'EUR/USD': 1.1 } }), 'fx.EUR/USD: pair-must-be-two-currencies'],
  [
    models([{ name: 'EUR-OIS', instruments: [] }, small[1]!]),
    'curves[0].instruments: curve-must-have-instruments',
  ],
])('a market %j is refused by curve, node and field', (market, fault) => {
  expect(faultsOf(answers(valuation, market as Models, [swapRow]))).toContain(`1 model "curves" ${fault}`);
});

test('a group that cannot be solved names the curve and the instrument', () => {
  const impossible = changed(5, { quote: -0.999 });
  const [answer] = answers(valuation, impossible, [swapRow]);
  const text = JSON.stringify(answer);
  expect(text).toContain('curve-must-fit-its-quotes');
  expect(text).toContain('EUR-OIS');
});

test('a CDS has deltas by the quotes of its discount curve, hazard rates held', () => {
  const rates = { '3M': 0.0362, '12M': 0.0349, '2Y': 0.0342, '5Y': 0.0349, '10Y': 0.0371 };
  const isda = (moved: string, by: number) => ({
    model: 'isda-cds',
    curves: [
      {
        name: 'USD',
        instruments: Object.entries(rates).map(([tenor, quote]) => ({
          type: tenor.endsWith('M') ? 'isda-deposit' : 'isda-swap',
          currency: 'USD',
          tenor,
          quote: quote + (tenor === moved ? by : 0),
        })),
      },
    ],
    discount: { USD: 'USD' },
    credit: [{ entity: 'ACME', nodes: [{ date: '2035-02-10', hazard: 0.03 }] }],
  });
  const cds = {
    product: 'cds',
    model: 'm',
    buys: true,
    currency: 'USD',
    notional: 1e8,
    coupon: 0.01,
    entity: 'ACME',
    recovery: 0.4,
    maturity: '7Y',
  };
  const here = answered(valuation, { m: isda('', 0) }, cds);
  for (const tenor of ['2Y', '5Y', '10Y'])
    for (const step of [1e-5, 1e-4]) {
      const at = (by: number): number => answered(valuation, { m: isda(tenor, by) }, cds).value;
      const difference = ((at(step) - at(-step)) / (2 * step)) * 1e-4;
      const found = here.greeks[`par-delta USD ${tenor}`]!.value;
      expect(Math.abs(found - difference)).toBeLessThan(2e-6 * 1e4);
    }
});

test('forward rates by their dates make the same curve as by their tenors', () => {
  const fra = small[1]!.instruments[1]!;
  const byDates = {
    type: 'fra',
    index: 'EUR-EURIBOR-6M',
    start: '2025-08-12',
    end: '2026-02-12',
    quote: 0.0231,
  };
  const other = [
    small[0]!,
    { ...small[1]!, instruments: small[1]!.instruments.map((one) => (one === fra ? byDates : one)) },
  ];
  expect(answered(valuation, models(other), swapRow).value).toBeCloseTo(
    answered(valuation, models(small), swapRow).value,
    8,
  );
});

interface MarkitFile {
  readonly trade_date: string;
  readonly notional: number;
  readonly running_coupon: number;
  readonly curve: { readonly deposits: Record<string, number>; readonly swaps: Record<string, number> };
  readonly rows: readonly {
    maturity: string;
    quoted_spread: number;
    recovery: number;
    expected_upfront: number;
  }[];
}
withData('reference-values', 'creditdefaultswap.markit_upfronts.json')(
  "Markit's upfronts, through rows",
  () => {
    test('a conventional spread on the ISDA yield curve gives the published upfront', () => {
      const file = JSON.parse(
        dataText('reference-values', 'creditdefaultswap.markit_upfronts.json'),
      ) as MarkitFile;
      const rates = (type: string, quotes: Readonly<Record<string, number>>): readonly object[] =>
        Object.entries(quotes).map(([tenor, quote]) => ({ type, currency: 'USD', tenor, quote }));
      const instruments = [
        ...rates('isda-deposit', file.curve.deposits),
        ...rates('isda-swap', file.curve.swaps),
      ];
      expect(file.rows.length).toBeGreaterThan(8);
      for (const row of file.rows) {
        const { maturity, recovery } = row;
        const quote = { maturity, conventionalSpread: row.quoted_spread, coupon: file.running_coupon };
        const isda = {
          model: 'isda-cds',
          curves: [{ name: 'USD', instruments }],
          discount: { USD: 'USD' },
          credit: [{ entity: 'ACME', currency: 'USD', recovery, rule: 'CDS', quotes: [quote] }],
        };
        const answer = answered(
          file.trade_date,
          { isda },
          {
            product: 'cds',
            model: 'isda',
            buys: true,
            currency: 'USD',
            entity: 'ACME',
            notional: file.notional,
            coupon: file.running_coupon,
            maturity,
            recovery,
            rule: 'CDS',
          },
        );
        const error = explained(answer, 'clean upfront') / row.expected_upfront - 1;
        expect(Math.abs(error)).toBeLessThan(1e-8);
        expect(Object.keys(answer.greeks)).toContain('par-delta USD 5Y');
      }
    });
  },
);
